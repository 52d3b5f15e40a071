import type { ToldStep } from '../../../lib/benefit_steps';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Badge } from '../../../ui/badge';

/** A reckoning, sentence by sentence: on what each rests, and a mark where that is not sure. */
export function StepList({ steps }: { steps: readonly ToldStep[] }) {
  const { benefit: text } = useBenefitText();
  return (
    <ol class="reckoning">
      {steps.map((step, i) => (
        <li key={`${step.code} ${i}`}>
          <p class="numbers">{text.steps[step.code]?.(step.figures) ?? text.unknownStep(step.code)}</p>
          <div class="row">
            <span class="muted small">{step.article}</span>
            {step.certainty !== 'sourced' && <Badge kind="warn">{text.sure[step.certainty] ?? step.certainty}</Badge>}
          </div>
        </li>
      ))}
    </ol>
  );
}

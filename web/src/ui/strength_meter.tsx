import { rulesMet, type Rules } from '../lib/strength';
import { useText } from '../text/use_text';
import { Icon } from './icon';

const order: (keyof Rules)[] = ['length', 'classes', 'words', 'variety'];

/** How strong a new password is so far, and what is still missing. */
export function StrengthMeter({ password, own }: { password: string; own: readonly string[] }) {
  const { password: text } = useText();
  const met = rulesMet(password, own);
  const count = order.filter((rule) => met[rule]).length;
  return (
    <div class="meter">
      <meter min={0} max={order.length} low={2} high={3} optimum={4} value={count} aria-label={text.meter}>{count} / {order.length}</meter>
      <ul>
        {order.map((rule) => (
          <li key={rule} class={met[rule] ? 'met' : ''}>
            <Icon name={met[rule] ? 'check' : 'clock'} />
            <span>{text.rules[rule]}<span class="visually-hidden">: {met[rule] ? text.met : text.unmet}</span></span>
          </li>
        ))}
      </ul>
      <p class="hint">{text.others}</p>
    </div>
  );
}

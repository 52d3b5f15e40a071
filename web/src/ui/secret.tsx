import { useState } from '#fw';
import { useText } from '../text/use_text';
import { Button } from './button';

/** Something to hand to somebody, told this once. */
export function Secret({ label, value }: { label: string; value: string }) {
  const { states } = useText();
  const [isCopied, setIsCopied] = useState(false);
  return (
    <div class="secret">
      <div class="muted small">{label}</div>
      <div class="row">
        <code>{value}</code>
        <Button kind="quiet" label={`${isCopied ? states.copied : states.copy}: ${label}`} onClick={() => { void navigator.clipboard.writeText(value).then(() => setIsCopied(true)); }}>
          {isCopied ? states.copied : states.copy}
        </Button>
      </div>
    </div>
  );
}

import type { ComponentChildren } from '#fw';
import { Icon, type IconName } from './icon';

interface Props {
  children: ComponentChildren;
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  isBusy?: boolean;
  /** There is nothing to do with it now. It keeps the focus. */
  isOff?: boolean;
  type?: 'button' | 'submit';
  /** Of a form that can be sent in more than one way: which of them, as the value "how". */
  how?: string;
  onClick?: () => void;
  /** More than what is seen, for who does not see what stands around it. Begins with what is seen. */
  label?: string;
}

/** Stays to be pressed while it is busy, but does nothing then: a button that goes grey takes the focus away. */
export function Button({ children, kind = 'plain', icon, isBusy = false, isOff = false, type = 'button', how, onClick, label }: Props) {
  return (
    <button
      type={how === undefined ? type : 'submit'} name={how === undefined ? undefined : 'how'} value={how}
      class={`button ${kind}`} aria-busy={isBusy} aria-disabled={isOff || undefined} aria-label={label}
      onClick={(event) => { if (isBusy || isOff) event.preventDefault(); else onClick?.(); }}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

import { useText } from '../text/use_text';
import { Link } from '../ui/link';
import icon from './icon.svg';
import type { Side } from './side';

export function Brand({ side }: { side: Side }) {
  const text = useText();
  return (
    <Link href="/" class="brand">
      <img src={icon} alt="" width="30" height="30" />
      <span>{text.product}</span>
      <small>{text.sides[side.name]}</small>
    </Link>
  );
}

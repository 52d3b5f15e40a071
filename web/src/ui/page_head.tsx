import { useEffect, useRef, type ComponentChildren } from '#fw';
import { useText } from '../text/use_text';

interface Props { title: string; intro?: ComponentChildren; children?: ComponentChildren; back?: ComponentChildren }

/** The title of a page. Takes the focus when the page appears, so that a screen reader begins there. */
export function PageHead({ title, intro, children, back }: Props) {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { document.title = `${title} - ${text.product}`; }, [title, text]);
  useEffect(() => {
    if (document.activeElement === document.body || !document.activeElement?.closest('main')) heading.current?.focus();
  }, []);
  return (
    <div class="page-head">
      {back}
      <div class="page-head-row">
        <div>
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {intro && <p class="muted">{intro}</p>}
        </div>
        {children && <div class="actions">{children}</div>}
      </div>
    </div>
  );
}

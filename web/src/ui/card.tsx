import { useId, type ComponentChildren } from '#fw';

interface Props { title?: string | undefined; children: ComponentChildren; actions?: ComponentChildren }

/** A part of a page, with a heading of its own. */
export function Card({ title, children, actions }: Props) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <div class="card-head">
          {title && <h2 id={id}>{title}</h2>}
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}

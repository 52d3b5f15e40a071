import type { ComponentChildren } from '#fw';

export interface Total { name: string; value: ComponentChildren; hint?: ComponentChildren }

/** Figures with their names, beside each other where there is room. */
export function Totals({ of, isSmall = false }: { of: readonly Total[]; isSmall?: boolean }) {
  return (
    <dl class={isSmall ? 'columns totals small-totals' : 'columns totals'}>
      {of.map(({ name, value, hint }) => (
        <div key={name}>
          <dt class="muted">{name}</dt>
          <dd class="total numbers">{value}</dd>
          {hint !== undefined && <dd class="hint">{hint}</dd>}
        </div>
      ))}
    </dl>
  );
}

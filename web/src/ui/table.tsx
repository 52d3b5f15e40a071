import type { ComponentChildren } from '#fw';

/** Rows under heads; on a phone each row is a card, where a cell says with `data-label` what it is. */
export function Table({ heads, isDense = false, children }: { heads: readonly ComponentChildren[]; isDense?: boolean; children: ComponentChildren }) {
  return (
    <div class={isDense ? 'table-box many' : 'table-box'}>
      <table>
        <thead><tr>{heads.map((head, i) => <th key={i} scope="col">{head}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

import type { ComponentChildren } from '#fw';

/** Rows under heads; on a phone each row is a card, where a cell says with `data-label` what it is. */
export function Table({ heads, children }: { heads: readonly ComponentChildren[]; children: ComponentChildren }) {
  return (
    <div class="table-box">
      <table>
        <thead><tr>{heads.map((head, i) => <th key={i} scope="col">{head}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

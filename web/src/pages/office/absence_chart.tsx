import type { components } from '../../api/office';
import { percent, shortMonth } from '../../lib/format';
import { useText } from '../../text/use_text';

type Figure = components['schemas']['AbsenceFigure'];

// Across in percent of the width, so that bars grow with the page and words do not; down in pixels.
const height = 210;
const top = 24;
const base = 172;
const left = 10;
const tops = [20, 50, 100, 200, 500, 1000];

/** Bars of how much people were ill, a month each. What is not told has a sign in the place of a bar; the table beside it says all. */
export function AbsenceChart({ months, label }: { months: readonly Figure[]; label: string }) {
  const { office: { figures: text } } = useText();
  const most = Math.max(...months.map((one) => one.tenths_of_percent ?? 0));
  const scale = tops.find((one) => most <= one) ?? most;
  const step = (100 - left) / months.length;
  const y = (tenths: number) => base - ((base - top) * tenths) / scale;
  const across = (share: number) => `${share.toFixed(2)}%`;
  return (
    <figure class="chart">
      <svg width="100%" height={height} role="img" aria-label={label}>
        {[0, scale / 2, scale].map((one) => (
          <g key={one}>
            <line x1={across(left)} x2="100%" y1={y(one)} y2={y(one)} />
            <text x={across(left - 1.5)} y={y(one) + 4} text-anchor="end">{one / 10}%</text>
          </g>
        ))}
        {months.map((one, i) => {
          const x = left + i * step;
          const tenths = one.tenths_of_percent;
          return (
            <g key={one.month}>
              {tenths !== null && <rect x={across(x + step * 0.18)} y={y(tenths)} width={across(step * 0.64)} height={base - y(tenths)} rx="2" />}
              <text class="value" x={across(x + step / 2)} y={y(tenths ?? 0) - 6} text-anchor="middle">
                {tenths !== null ? percent(tenths).replace(/\s*%/, '') : one.withheld === 'no_headcount' ? '?' : '–'}
              </text>
              <text x={across(x + step / 2)} y={base + 18} text-anchor="middle">{shortMonth(one.month)}</text>
              {(i === 0 || one.month.endsWith('-01')) && <text x={across(x + step / 2)} y={base + 34} text-anchor="middle">{one.month.slice(0, 4)}</text>}
            </g>
          );
        })}
      </svg>
      <figcaption class="muted small">
        {months.some((one) => one.withheld === 'group_too_small') && <div>–: {text.withheldSign}</div>}
        {months.some((one) => one.withheld === 'no_headcount') && <div>?: {text.unknownSign}</div>}
      </figcaption>
    </figure>
  );
}

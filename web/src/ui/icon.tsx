// Line drawings of 20 by 20. Beside a text they say nothing to a screen reader.
const paths = {
  alert: 'M10 3 18 17H2ZM10 8v4M10 14.2v.6',
  back: 'm12.5 4-6 6 6 6',
  bank: 'M2.5 8 10 3l7.5 5ZM4.5 8v6.5M8.2 8v6.5M11.8 8v6.5M15.5 8v6.5M2.5 17h15',
  card: 'M2.5 4.5h15v11h-15ZM2.5 8.5h15M5 12.5h4',
  chart: 'M3 3v14h14M7 14v-3M11 14V6M15 14V9',
  check: 'm4 10.5 4 4 8-9',
  clock: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M10 5.5V10l3 2',
  document: 'M5 2.5h7l3.5 3.5v11.5H5ZM12 2.5V6h3.5M7.5 10h5.5M7.5 13.5h5.5',
  euro: 'M15.5 5.2a6.3 6.3 0 1 0 0 9.6M2.5 8.5h9M2.5 11.5h8',
  folder: 'M2.5 5h5l2 2h8v9h-15Z',
  key: 'M12.8 2.8a4.2 4.2 0 1 1-2.9 7.2L3 17H2.5v-3l6.8-6.6a4.2 4.2 0 0 1 3.5-4.6M14 6v.2',
  inbox: 'M3 4h14v12H3ZM3 11h4l1.5 2.5h3L13 11h4',
  leave: 'M8 3H3v14h5M8 10h9m-3.5-3.5L17 10l-3.5 3.5',
  letter: 'M2.5 4.5h15v11h-15Zl7.5 6.5 7.5-6.5',
  lock: 'M4.5 9h11v8h-11ZM7 9V6.5a3 3 0 0 1 6 0V9',
  next: 'm7.5 4 6 6-6 6',
  people: 'M7.5 9.5a3 3 0 1 1 0-6 3 3 0 0 1 0 6M2 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5M13.5 4a2.6 2.6 0 0 1 0 5M15 12.3c1.9.6 3 1.9 3 4.2',
  person: 'M10 10a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7M3.5 17.5c0-3.5 3-5 6.5-5s6.5 1.5 6.5 5',
  plus: 'M10 4v12M4 10h12',
  rounds: 'M4 9.5a6 6 0 0 1 10.8-3.2M16 10.5a6 6 0 0 1-10.8 3.2M15.2 2.8v3.7h-3.7M4.8 17.2v-3.7h3.7',
  search: 'M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M12.5 12.5 17 17',
  shield: 'M10 2.5 16.5 5v5c0 4-3 6.5-6.5 7.5C6.5 16.5 3.5 14 3.5 10V5Z',
  upload: 'M10 13V3.5M6 7l4-4 4 4M3 13v4h14v-4',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

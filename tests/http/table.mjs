// The authorisation table (tests/law/authorisation.tsv), and how everything that api/ describes is asked.
import { readFileSync } from 'node:fs';
import { uuid } from './client.mjs';
import { daysAgo, pdfOfColours } from './made_up.mjs';

const table = readFileSync(new URL('../law/authorisation.tsv', import.meta.url), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#')).slice(1).map((line) => line.split('\t'));

/** Whether the table has it for some relation. */
export const isGranted = (side, role, thing, action) =>
  table.some(([s, r, t, , may]) => s === side && r === role && t === thing && may.split(' ').includes(action));
/** Whether the table has it for who stands so to the thing. */
export const isGrantedTo = (side, role, thing, relation, action) => table.some(([s, r, t, when, may]) =>
  s === side && r === role && t === thing && (when === relation || when === 'any') && may.split(' ').includes(action));

/** Of each side, a form of which drafts are kept. */
export const draftForms = { office: 'sick_report', medical: 'consult' };

/** A month of which an employer may tell how many people it had: this one. */
export const month = daysAgo(0).slice(0, 7);

/** Content of the right shape with nothing right in it: a role that may gets 4xx about it, a role that may not learns nothing. */
export function contentOf({ headers, kind, fields }) {
  const all = Object.fromEntries(headers.map((name) => [name, { 'Idempotency-Key': uuid(), 'If-Match': '"0"' }[name] ?? 'a.pdf']));
  if (kind === null) return { headers: all };
  if (kind === 'application/json') return { json: Object.fromEntries(fields.map((name) => [name, ''])), headers: all };
  // A document is told by its content: any kind will do. This one has a page to look at.
  if (kind === '*/*') return { body: pdfOfColours(['1 0 0']), headers: { ...all, 'Content-Type': 'application/pdf' } };
  return { body: 'x', headers: { ...all, 'Content-Type': kind } };
}

// Asks the program for proofs of its log, checks them here, and remembers in this browser the newest checkpoint that held: so that a later
// one which is smaller, or does not begin with it, is noticed.
import type { components } from '../api/office';
import { common, Refused } from './api';
import { checkGrowth, checkLine, differences, fromBase64, NotProven, readCheckpoint, readEntry, toBase64, type Checkpoint, type Entry, type Tree } from './transparency';

type Line = components['schemas']['LogLine'];
type Remembered = Record<string, { size: number; root: string }>;
const key = 'k7-log';

function remembered(): Remembered {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Remembered;
  } catch {
    return {};  // a browser that keeps nothing
  }
}
function remember({ origin, size, root }: Checkpoint): void {
  const all = remembered();
  if ((all[origin]?.size ?? -1) >= size) return;
  try {
    localStorage.setItem(key, JSON.stringify({ ...all, [origin]: { size, root: toBase64(root) } }));
  } catch {
    // Then the next time is the first.
  }
}

export interface Checked {
  checkpoint: Checkpoint;
  /** What the signature was checked with. */
  key: string;
  /** How many lines the log had when this browser last checked it; nothing when it never did. */
  before: number | null;
}

/** `known` is what was remembered before the program was asked: another window may have seen a newer one meanwhile. */
async function check(answer: { checkpoint: string; key: string }, known: Remembered): Promise<Checked> {
  const checkpoint = await readCheckpoint(answer.checkpoint, answer.key);
  const past = known[checkpoint.origin];
  const root = fromBase64(past?.root ?? '');
  if (!past || !root) {
    remember(checkpoint);
    return { checkpoint, key: answer.key, before: null };
  }
  const before: Tree = { size: past.size, root };
  const query = { from: String(before.size), to: String(checkpoint.size) };
  const isLonger = before.size < checkpoint.size;
  await checkGrowth(before, checkpoint, isLonger ? (await common.get('/api/v1/audit-log/consistency', { query })).hashes : []);
  remember(checkpoint);
  return { checkpoint, key: answer.key, before: before.size };
}

/** The signature under the whole log, and that it only grew. Errors: NotProven, and those of asking. */
export async function checkLog(signal: AbortSignal): Promise<Checked> {
  const known = remembered();
  return check(await common.get('/api/v1/audit-log/checkpoint', { signal }), known);
}

export interface CheckedLine extends Checked {
  /** From 1. */
  place: number;
  entry: Entry;
  /** What of the line is shown otherwise than it was signed. */
  differing: (keyof Entry)[];
}

/** A line comes under a checkpoint within a second or two: that is waited for. */
async function proofOf({ program, number }: Line, signal: AbortSignal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await common.get('/api/v1/audit-log/proof', { query: { program, number: String(number) }, signal });
    } catch (error) {
      if (attempt === 4 || !(error instanceof Refused) || error.fields[0]?.code !== 'not_signed_yet') throw error;
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
    }
  }
}

/** The same, and that a line as it is shown stands in that log. Errors: NotProven, and those of asking. */
export async function checkShownLine(line: Line, signal: AbortSignal): Promise<CheckedLine> {
  const known = remembered();
  const answer = await proofOf(line, signal);
  const checked = await check(answer, known);
  const bytes = fromBase64(answer.entry);
  if (!bytes) throw new NotProven('not_an_entry');
  await checkLine(bytes, answer.index, answer.hashes, checked.checkpoint);
  const entry = readEntry(bytes);
  return { ...checked, place: answer.index + 1, entry, differing: differences(entry, line) };
}

// What the operator of the running installation (KLOUT7_DATA) can do beside it, for stories.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.KLOUT7_DATA;
export const klout7 = process.env.KLOUT7_PROGRAM;

export const operator = (...words) => execFileSync(klout7, [...words, '--data', folder], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
export const sql = (statement) => execFileSync(klout7, ['dba-shell', '--data', folder, '--', '--batch', '--raw', '-e', statement], { encoding: 'latin1' });
/** The one value that a statement asks for, as text; empty when there is no row. */
export const valueOf = (statement) => sql(statement).trim().split('\n')[1] ?? '';
export const numberOf = (statement) => Number(valueOf(statement));

/** All that is clean was scanned with other signatures than there are: as when new ones have come. */
export function makeSignaturesOld() {
  for (const side of ['office', 'medical'])
    sql(`UPDATE klout7_${side}.document_scan SET signatures = 'ClamAV before' WHERE state = 'clean'; UPDATE klout7_${side}.document_rescan SET signatures = 'ClamAV before'`);
}

const numberIn = (...file) => Number(readFileSync(join(folder, ...file), 'utf8'));
export const serveProcess = () => numberIn('run', 'serve.pid');
export const databaseProcess = () => numberIn('database', 'run', 'server.pid');
/** The program of a side that serves now; nothing while it is started again. */
export function programProcess(side) {
  try {
    return Number(execFileSync('pgrep', ['-x', '-P', String(serveProcess()), `klout7-${side}`], { encoding: 'utf8' }).trim());
  } catch {
    return undefined;
  }
}

/** The scanner that serves now; nothing while it is started again. */
export function scannerProcess() {
  try {
    return Number(execFileSync('pgrep', ['-x', '-P', String(serveProcess()), 'clamd'], { encoding: 'utf8' }).trim());
  } catch {
    return undefined;
  }
}

/** Makes a process stand still; gives a way to let it go on, which also runs when the test fails in between. */
export function standStill(t, pid) {
  process.kill(pid, 'SIGSTOP');
  // Whoever started it as another user stood still with it.
  const parent = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  const goOn = () => [pid, parent].filter((one) => one > 1).forEach((one) => process.kill(one, 'SIGCONT'));
  t.after(() => { try { goOn(); } catch { /* it is gone */ } });
  return goOn;
}

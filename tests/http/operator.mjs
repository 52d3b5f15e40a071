// What the operator of the running installation (KLOUT7_DATA) can do beside it, for stories.
import { execFileSync } from 'node:child_process';

const folder = process.env.KLOUT7_DATA;
export const klout7 = process.env.KLOUT7_PROGRAM;

export const operator = (...words) => execFileSync(klout7, [...words, '--data', folder], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
export const sql = (statement) => execFileSync(klout7, ['dba-shell', '--data', folder, '--', '--batch', '--raw', '-e', statement], { encoding: 'latin1' });
/** The one value that a statement asks for, as text; empty when there is no row. */
export const valueOf = (statement) => sql(statement).trim().split('\n')[1] ?? '';
export const numberOf = (statement) => Number(valueOf(statement));

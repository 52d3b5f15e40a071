// Opens cases at two installations in turns, the second of them without sealing and logging, and prints one table.
// Run by script/bench open-case, which makes the two.
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

import { Client, installation } from '../tests/http/client.mjs';

const goal = 1.3;
/** A few people at once, and a busy morning: the line of a read is on disk before its answer, which many wait for together. */
const crowds = [32, 128];
const [work, rounds, seconds, realHome, plainHome] = process.argv.slice(2);
const run = promisify(execFile);

const operator = (home, ...words) => execFileSync(process.env.KLOUT7_PROGRAM, words, {
  encoding: 'latin1',
  maxBuffer: 1 << 28,
  env: { ...process.env, KLOUT7_PROGRAMS: join(home, 'bin') },
});
/** The lines that a statement asks for. */
const ask = (home, statement) => operator(home, 'dba-shell', '--data', join(home, 'data'), '--', '--batch', '--skip-column-names',
  'klout7_office', '-e', statement).trim().split('\n');
const count = (home, what) => Number(ask(home, `SELECT COUNT(*) FROM ${what}`)[0]);

/** The same order in every run: xorshift, a fixed seed. */
function shuffle(list) {
  let state = 7;
  for (let i = list.length - 1; i > 0; i--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

/** Signs in and writes down the paths of all cases of this case manager; one must open. */
async function prepare(name, home) {
  const client = await new Client(installation(join(home, 'data')), 'office').signIn('casemanager');
  const { user } = (await client.get('/api/v1/session')).json;
  const ids = ask(home, `SELECT LOWER(HEX(id)) FROM case_file WHERE case_manager_id = UNHEX('${user.replaceAll('-', '')}') ORDER BY id`);
  const paths = shuffle(ids).map((hex) => `/api/v1/cases/${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`);
  const file = join(work, home === realHome ? 'real' : 'plain');
  writeFileSync(file, `${paths.join('\n')}\n`);
  const one = await client.get(paths[0]);
  if (one.status !== 200 || !one.json.person.bsn) throw new Error(`${name}: a case does not open: ${one.status}`);
  const cookie = [...client.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  return {
    name, home, cases: paths.length, answered: 0,
    address: `https://localhost:${client.where.ports.office}`,
    environment: { ...process.env, OPEN_CASE_PATHS: file, OPEN_CASE_COOKIE: cookie },
  };
}

/** Each is what its name says, or the comparison would be of nothing. */
function check(real, plain) {
  if (real.cases !== plain.cases) throw new Error('the two installations do not hold the same cases');
  const format = (one) => ask(one.home, 'SELECT DISTINCT HEX(SUBSTRING(phone, 1, 1)) FROM case_file').join();
  if (format(real) !== '01') throw new Error('cells are not sealed where they must be');
  if (format(plain) !== '00') throw new Error('cells are sealed in the build that shall not');
  if (count(plain.home, 'audit_event') !== 0) throw new Error('the build that shall log nothing has a log');
}

/** Until the database has written what the import left behind, which it does beside its work. */
async function settle(home) {
  const written = () => Number(ask(home, "SHOW GLOBAL STATUS LIKE 'Innodb_pages_written'")[0].split('\t')[1]);
  for (let before = written(), tries = 0; tries < 60; tries++) {
    await wait(2000);
    const now = written();
    if (now - before < 50) return;
    before = now;
  }
}

async function load(one, connections) {
  const { stdout } = await run('wrk', ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`,
    '--timeout', '10s', '--script', 'bench/open_case.lua', one.address],
  { env: { ...one.environment, OPEN_CASE_SKIP: String(one.answered) } });
  const measured = JSON.parse(stdout.trim().split('\n').at(-1));
  if (measured.failed || !measured.requests) throw new Error(`${one.name}: ${measured.failed} requests failed`);
  one.answered += measured.requests;
  return { rate: measured.requests / measured.seconds, p50: measured.p50, p99: measured.p99 };
}

/** Every answer has its line, and every line is under the signed checkpoint soon after. */
async function checkLog(one, linesBefore) {
  await wait(2000);
  const lines = count(one.home, 'audit_event') - linesBefore;
  if (lines < one.answered) throw new Error(`${one.answered} cases were opened and ${lines} lines written`);
  const verdict = operator(one.home, 'audit', 'verify', '--data', join(one.home, 'data'), '--side', 'office').trim();
  const [, events, signed] = /whole, (\d+) events, (\d+) of them/.exec(verdict) ?? [];
  if (events === undefined || events !== signed) throw new Error(`two seconds after the last answer: ${verdict}`);
  console.log(`\n${one.answered} cases opened, each with its line\n${verdict}`);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const row = (name, cells) => console.log(name.padEnd(34) + cells.map((cell) => cell.padStart(12)).join(''));

/** Both in turns, so that what else the machine does meets both alike. */
async function compare(connections) {
  const taken = new Map([[real, []], [plain, []]]);
  for (const one of taken.keys()) await load(one, connections);
  for (let round = 0; round < rounds; round++) {
    for (const [one, measured] of taken) {
      await wait(1000);
      measured.push(await load(one, connections));
    }
  }
  const middle = (one, what) => median(taken.get(one).map((round) => round[what]));
  const ratios = { rate: middle(plain, 'rate') / middle(real, 'rate') };
  for (const what of ['p50', 'p99']) ratios[what] = middle(real, what) / middle(plain, what);
  console.log('');
  row(`${connections} connections`, ['requests/s', 'p50 ms', 'p99 ms']);
  for (const one of taken.keys()) row(one.name, [middle(one, 'rate').toFixed(0), middle(one, 'p50').toFixed(1), middle(one, 'p99').toFixed(1)]);
  row('ratio', Object.values(ratios).map((ratio) => ratio.toFixed(2)));
  row(`goal: at most ${goal}`, Object.values(ratios).map((ratio) => (ratio <= goal ? 'reached' : 'missed')));
}

const real = await prepare('with sealing and logging', realHome);
const plain = await prepare('without', plainHome);
check(real, plain);
execFileSync('sync');
for (const one of [real, plain]) await settle(one.home);
const linesBefore = count(real.home, 'audit_event');
console.log(`opening a case over HTTPS: ${count(real.home, 'case_file')} cases, ${real.cases} of them this case manager's, each request another one;
medians of ${rounds} rounds of ${seconds} s taken in turns, on ${cpus().length} cores, where the requests are made too`);
for (const connections of crowds) await compare(connections);
await checkLog(real, linesBefore);

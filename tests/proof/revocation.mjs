// How soon an open session is refused when its right is taken away, while others keep the machine busy.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { administrators, Client, installation, signedIn } from '../http/client.mjs';

const where = installation(process.env.KLOUT7_DATA);
const [times = '200'] = process.argv.slice(2);
const goalMs = 100;
const [first, second] = await Promise.all(administrators.office.map((name) => signedIn(where, 'office', name)));
const good = (answer, ...statuses) => {
  if (!statuses.includes(answer.status)) throw new Error(`wanted ${statuses}, got ${answer.status}: ${answer.text}`);
  return answer;
};

/** A case manager who opens case after case on many connections at once. */
async function makeBusy(connections) {
  const manager = await signedIn(where, 'office', 'casemanager');
  const { cases } = (await manager.get('/api/v1/cases')).json;
  const folder = mkdtempSync(join(tmpdir(), 'klout7-revocation-'));
  const paths = join(folder, 'paths');
  writeFileSync(paths, `${cases.map((one) => `/api/v1/cases/${one.case}`).join('\n')}\n`);
  const cookie = [...manager.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const load = spawn('wrk', ['--threads', '1', '--connections', String(connections), '--duration', '1h', '--script', 'bench/open_case.lua',
    `https://localhost:${where.ports.office}`],
  { env: { ...process.env, OPEN_CASE_PATHS: paths, OPEN_CASE_COOKIE: cookie, OPEN_CASE_SKIP: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => load.kill('SIGKILL'));
  let said = '';
  load.stdout.on('data', (part) => { said += part; });
  const begun = Date.now();
  return async () => {
    load.kill('SIGINT');  // then it prints what it did
    await new Promise((resolve) => load.on('close', resolve));
    rmSync(folder, { recursive: true });
    const { requests, p50, p99, failed } = JSON.parse(said.trim().split('\n').at(-1));
    assert.equal(failed, 0);
    return `${(requests / ((Date.now() - begun) / 1000)).toFixed(0)} cases a second opened by another, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  };
}

/** Somebody whose right is taken away again and again, and who comes in with a recovery code each time. */
class Somebody {
  constructor(userName) {
    this.account = new Client(where, 'office').account(userName);
    this.codes = [];
  }
  async enter() {
    if (this.codes.length > 0) {
      this.client = new Client(where, 'office');
      const { user_name, password } = this.account;
      good(await this.client.post('/api/v1/session', { user_name, password, code: this.codes.pop() }), 201);
    } else {
      this.client = await new Client(where, 'office').signIn(this.account.user_name);
      this.user = (await this.client.get('/api/v1/session')).json.user;
    }
    if (this.codes.length === 0) this.codes = [...good(await this.client.post('/api/v1/session/recovery-codes'), 201).json.codes];
  }
  /** Asks without a pause until told to stop: when each request went out, when its answer came, and what that was. */
  ask() {
    let isAsking = true;
    const asked = [];
    const loops = Array.from({ length: 2 }, async () => {
      while (isAsking) {
        const begun = performance.now();
        const { status } = await this.client.send('GET', '/api/v1/cases');
        asked.push({ begun, ended: performance.now(), status });
      }
    });
    return { asked, stop: async () => { isAsking = false; await Promise.all(loops); } };
  }
}
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** From just before the right is taken away until the first refusal came, in milliseconds. */
async function measure(somebody, { prepare, takeAway }) {
  await somebody.enter();
  const prepared = await prepare(somebody.user);
  const { asked, stop } = somebody.ask();
  await wait(50);
  const begun = performance.now();
  await takeAway(prepared);
  const done = performance.now();
  while (!asked.some((one) => one.status === 401) && performance.now() - done < 5000) await wait(1);
  await stop();
  assert.ok(asked.some((one) => one.status === 200 && one.ended < begun), 'nothing was open before');
  assert.deepEqual(asked.filter((one) => one.begun > done && one.status !== 401), [], 'something opened after the right was gone');
  assert.ok(asked.some((one) => one.status === 401), 'still open five seconds later');
  const refused = Math.min(...asked.filter((one) => one.status === 401).map((one) => one.ended));
  return refused - begun;
}
const propose = async (fields) => good(await first.post('/api/v1/account-proposals', fields), 201).json.proposal;
const approve = async (proposal) => good(await second.post(`/api/v1/account-proposals/${proposal}/approval`), 200);
const ways = {
  'the account is closed': {
    prepare: async (user) => user,
    takeAway: async (user) => good(await first.post(`/api/v1/users/${user}/closing`), 204),
    giveBack: async (user) => approve(await propose({ kind: 'reopen', user })),
  },
  'the role is another': {
    prepare: (user) => propose({ kind: 'move', user, role: 'payments' }),
    takeAway: approve,
    giveBack: async (user) => approve(await propose({ kind: 'move', user, role: 'case_manager' })),
  },
};

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const somebody = new Somebody('casemanager2');
const endBusy = await makeBusy(32);
console.log(`from just before a right is taken away until an open session is refused, ${times} times each, on ${cpus().length} cores, ms`);
console.log(`${''.padEnd(30)}     50 %     99 %  longest   goal ${goalMs}`);
for (const [name, way] of Object.entries(ways)) {
  const taken = [];
  for (let i = 0; i < Number(times); i++) {
    taken.push(await measure(somebody, way));
    await way.giveBack(somebody.user);
  }
  const shown = [percentile(taken, 0.5), percentile(taken, 0.99), Math.max(...taken)].map((value) => value.toFixed(1).padStart(9)).join('');
  console.log(`${name.padEnd(30)}${shown}   ${percentile(taken, 0.99) <= goalMs ? 'reached' : 'missed'}`);
}
console.log(`meanwhile ${await endBusy()}`);
process.exit(0);

// What many who try to sign in learn and do: how long an answer takes tells nothing of who exists, and a flood keeps nobody else out.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { installation, signedIn } from '../http/client.mjs';
import { sql } from '../http/operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const port = where.ports.office;
const password = 'Vergeten groene 7 fietsen!';

/** One try from an address of this machine that nobody tried from before: [status, milliseconds]. */
let addresses = 0;
function enter(userName) {
  const content = JSON.stringify({ user_name: userName, password, code: '000000' });
  const address = ++addresses;
  const options = {
    host: '127.0.0.1', servername: 'localhost', port, ca: where.ca, agent: false, method: 'POST', path: '/api/v1/session',
    localAddress: `127.1.${Math.floor(address / 200)}.${1 + (address % 200)}`,
    headers: { Host: `localhost:${port}`, Origin: `https://localhost:${port}`, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) },
  };
  return new Promise((resolve, reject) => {
    let begun;
    const request = https.request(options, (answer) => {
      answer.resume();
      answer.on('end', () => resolve([answer.statusCode, performance.now() - begun]));
    });
    request.on('error', reject);
    // From when it is sent: how long TLS takes says nothing of names.
    request.on('socket', (socket) => socket.once('secureConnect', () => { begun = performance.now(); request.end(content); }));
  });
}
const sorted = (values) => [...values].sort((a, b) => a - b);
const percentile = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(share * values.length))];

/** The chance that one of the first took longer than one of the second: 0.5 when they cannot be told apart (Mann and Whitney). */
function chanceLonger(first, second) {
  const all = [...first.map((value) => [value, 1]), ...second.map((value) => [value, 0])].sort((a, b) => a[0] - b[0]);
  let ranks = 0;
  all.forEach(([, isFirst], i) => { if (isFirst) ranks += i + 1; });
  return (ranks - (first.length * (first.length + 1)) / 2) / (first.length * second.length);
}

/** `tries` each, in turns by chance, two at once: more would make them wait for each other longer than a refusal waits anyway. */
async function compare(tries) {
  const users = where.accounts.filter((one) => one.side === 'office').map((one) => one.user_name);
  const taken = { existing: [], unknown: [] };
  const left = { existing: tries, unknown: tries };
  // So many tries at one account are delayed, which is another promise: the counters are emptied again and again.
  const emptying = setInterval(() => sql('DELETE FROM klout7_office.guess_counter'), 1000);
  await Promise.all(Array.from({ length: 2 }, async () => {
    while (left.existing + left.unknown > 0) {
      const kind = randomInt(left.existing + left.unknown) < left.existing ? 'existing' : 'unknown';
      left[kind] -= 1;
      const name = kind === 'existing' ? users[left[kind] % users.length] : `niemand${left[kind]}`;
      const [status, took] = await enter(name);
      assert.equal(status, 401);
      taken[kind].push(took);
    }
  }));
  clearInterval(emptying);
  const chance = chanceLonger(taken.existing, taken.unknown);
  // Three standard errors of that chance when there is no difference.
  const noise = 3 * Math.sqrt((2 * tries + 1) / (12 * tries * tries));
  const shown = (values) => [0.05, 0.5, 0.95].map((share) => percentile(values, share).toFixed(1).padStart(8)).join('');
  console.log(`\nsigning in with a wrong password, ${tries} tries each, ms         5 %     50 %     95 %`);
  console.log(`a user who exists                                      ${shown(taken.existing)}`);
  console.log(`a user who does not                                    ${shown(taken.unknown)}`);
  console.log(`the first takes longer with a chance of ${chance.toFixed(3)}; without any difference it is 0.5, within ${noise.toFixed(3)}`);
  assert.ok(Math.abs(chance - 0.5) <= noise, 'how long it takes tells who exists');
}

const memoryOf = (program, what) => {
  const [pid] = execFileSync('pgrep', ['-f', `${process.env.KLOUT7_PROGRAMS}/${program}`], { encoding: 'utf8' }).trim().split('\n');
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
};
const limitMiB = 512;

/** `count` sign-ins at the same moment, while a case manager works on. */
async function flood(count) {
  const manager = await signedIn(where, 'office', 'casemanager');
  const { cases } = (await manager.get('/api/v1/cases')).json;
  const open = async () => {
    const begun = performance.now();
    const { status } = await manager.get(`/api/v1/cases/${cases[randomInt(cases.length)].case}`);
    assert.equal(status, 200);
    return performance.now() - begun;
  };
  const quiet = [];
  for (let i = 0; i < 100; i++) quiet.push(await open());
  let isFlooded = true;
  const tries = Promise.all(Array.from({ length: count }, (_, i) => enter(`niemand.${i}`))).finally(() => { isFlooded = false; });
  const during = [];
  while (isFlooded) during.push(await open());
  const statuses = {};
  const waited = [];
  for (const [status, took] of await tries) {
    statuses[status] = (statuses[status] ?? 0) + 1;
    waited.push(took);
  }
  const peak = memoryOf('klout7-office', 'VmHWM');
  const shown = Object.entries(statuses).map(([status, times]) => `${times} times ${status}`).join(', ');
  console.log(`\n${count} sign-ins at once: ${shown}; the last answer after ${(Math.max(...waited) / 1000).toFixed(1)} s`);
  console.log(`peak memory of klout7-office: ${peak.toFixed(0)} MiB; limit ${limitMiB} MiB`);
  console.log(`a case manager opened ${during.length} cases meanwhile: p50 ${percentile(during, 0.5).toFixed(1)} ms, p99 ${percentile(during, 0.99).toFixed(1)} ms; ` +
    `before p50 ${percentile(quiet, 0.5).toFixed(1)} ms, p99 ${percentile(quiet, 0.99).toFixed(1)} ms`);
  assert.ok(peak <= limitMiB, 'more memory than stated');
  assert.ok(Object.keys(statuses).every((status) => ['401', '429', '503'].includes(status)), 'an answer that is none');
  assert.ok(during.length >= 20, 'the case manager was kept waiting');
}

const [what, count] = process.argv.slice(2);
if (what === 'timing') await compare(Number(count));
else if (what === 'flood') await flood(Number(count));
else throw new Error('timing or flood?');
process.exit(0);

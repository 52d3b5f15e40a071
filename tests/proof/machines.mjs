// Mutual TLS with real certificates: the right one comes in, and of each wrong one the answer and the reason in the log.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, installation, until } from '../http/client.mjs';
import { Machine, ownAuthority, replaceFile, wrongCertificates } from '../http/machine.mjs';
import { reports } from '../http/made_up.mjs';
import { operator, serveProcess } from '../http/operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const report = reports(7);
const authority = ownAuthority(where);
const list = join(where.folder, 'tls', 'machines.crl');
const [, , employer] = operator('service-account', 'list').trim().split('\n')[0].split(/ {2,}/);
const own = `/O=${employer}/CN=hr-systeem.example`;
const send = (machine) => machine.post('/api/v1/sick-reports', report());
/** The reason of the newest line in the operating log that has one. */
const reason = () => readFileSync(join(where.folder, 'log', 'serve.log'), 'utf8').match(/"reason":"\w+"/g)?.at(-1).slice(10, -1);
const say = (what, { status }, why = '') => console.log(`  ${what.padEnd(44)} ${status}  ${why}`.trimEnd());

const running = serveProcess();
const nobody = await send(new Client(where, 'office'));
console.log('  certificate                                  answer, reason in the log only');
say('none', nobody);
let refused = 0;
async function isRefused(what, machine, expected, ask = send) {
  const answer = await ask(machine);
  assert.equal(answer.status, 401, `${what}: ${answer.text}`);
  assert.equal(answer.text, nobody.text, what);
  assert.equal(reason(), expected, what);
  say(what, answer, expected);
  refused += 1;
}
async function isTaken(what, machine) {
  const answer = await send(machine);
  assert.equal(answer.status, 201, `${what}: ${answer.text}`);
  say(what, answer);
}

const first = authority.issue(own);
const open = new Machine(where, first);
await isTaken('of the HR system', open);
for (const [what, shown, expected] of wrongCertificates(authority, own)) await isRefused(what, new Machine(where, shown), expected);
await isRefused('right, for a route of people', open, 'route_of_people', (machine) => machine.get('/api/v1/cases'));

const renewed = new Machine(where, authority.issue(own));
await isTaken('renewed, with another key', renewed);
const before = authority.file('before.crl');
copyFileSync(list, before);
authority.revoke([first], list);
const at = Date.now();
await until('the revocation', async () => (await open.post('/api/v1/sick-reports', {})).status === 401, 5);
const took = Date.now() - at;
await isRefused('revoked, on a connection that was open', open, 'revoked');
await isRefused('revoked, on a new connection', new Machine(where, first), 'revoked');
await isTaken('renewed, after the other was revoked', renewed);
replaceFile(before, list);

const other = authority.issue(`/O=Example/CN=proof-${Date.now()}.example`);
const add = (networks) => operator('service-account', 'add', '--employer', employer, '--certificate', other.files.certificate, '--networks', networks).split(' ')[0];
const elsewhere = add('192.0.2.0/24,2001:db8::/32');
const machine = new Machine(where, other);
await isRefused('right, from a network that is not listed', machine, 'other_network');
operator('service-account', 'close', elsewhere);
await isRefused('right, of an account that was closed', machine, 'closed_account');
const here = add('127.0.0.0/8,::1');
await isTaken('right, of an account opened meanwhile', machine);
operator('service-account', 'close', here);
await isRefused('right, of the account closed once more', machine, 'closed_account');

assert.equal(serveProcess(), running);
console.log(`mutual TLS: ${refused} refusals, each with the one message of who is not signed in; a revocation took ${took} ms, without a restart`);
process.exit(0);

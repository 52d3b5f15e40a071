// From where people may come: an administrator from a network listed for the role only, a user of an employer from one of the
// employer's list, with whatever they bring.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import test from 'node:test';
import { Client, installation, oneTimeCode, signedIn, until } from './client.mjs';
import { operator, programProcess, valueOf } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const settings = join(where.folder, 'office.toml');

/** A client at another address of this machine. */
function from(address, cookies = new Map()) {
  const client = new Client(where, 'office');
  // Not every machine names its IPv6 address localhost.
  const lookup = (_, { all }, found) => (all ? found(null, [{ address, family: 6 }]) : found(null, address, 6));
  client.agent = new https.Agent({ keepAlive: true, ca: where.ca, localAddress: address, ...(address.includes(':') && { lookup }) });
  return Object.assign(client, { cookies });
}
/** The settings count from the next start on; what looks after the programs starts this one again. */
async function restartWith(text) {
  writeFileSync(settings, text);
  const before = programProcess('office');
  process.kill(before, 'SIGTERM');
  await until('the office again', async () => {
    const now = programProcess('office');
    return now && now !== before && (await from('127.0.0.1').get('/healthz').catch(() => ({}))).status === 200;
  }, 20);
}

test('an administrator comes from a listed network only; a session that is used elsewhere is none there', async (t) => {
  const administrator = await signedIn(where, 'office', 'beheer2');
  const manager = await signedIn(where, 'office', 'casemanager');
  const before = readFileSync(settings, 'utf8');
  t.after(() => restartWith(before));
  await restartWith(`${before}\n[networks]\nfunctional_administrator = "127.0.0.2 192.0.2.0/24"\n`);

  const listed = from('127.0.0.2', administrator.cookies);
  const elsewhere = from('127.0.0.3', administrator.cookies);
  assert.equal((await listed.get('/api/v1/session')).status, 200);
  const refused = await elsewhere.get('/api/v1/session');
  assert.equal(refused.status, 401);
  assert.equal(refused.text, (await from('127.0.0.3').get('/api/v1/session')).text);
  assert.equal((await listed.get('/api/v1/session')).status, 200);
  assert.equal((await from('127.0.0.3', manager.cookies).get('/api/v1/session')).status, 200);

  const { user_name, password, totp_secret } = administrator.account('beheer2');
  const enter = (client, code) => client.post('/api/v1/session', { user_name, password, code });
  const code = oneTimeCode(totp_secret, Date.now() + 30000);
  const wrong = await enter(from('127.0.0.3'), code);
  assert.equal(wrong.status, 401);
  assert.equal(wrong.json.code, 'sign_in_wrong');

  const { lines } = (await (await signedIn(where, 'office', 'privacy')).get('/api/v1/audit-log')).json;
  const [atSignIn, ofSession] = lines.filter((one) => one.detail === '127.0.0.3\nother_network');
  assert.equal(atSignIn.outcome, 'refused');
  assert.equal(ofSession.outcome, 'refused');
  assert.equal(ofSession.user, (await listed.get('/api/v1/session')).json.user);
});

/** The employers as the operator sees them: code, networks. */
const employers = () => operator('employer', 'list').trim().split('\n').map((line) => line.split(/ {2,}/));
/** The code of the employer for whom this account works. */
async function ownCode(client) {
  const { user } = (await client.get('/api/v1/session')).json;
  return valueOf(`SELECT code FROM klout7_office.employer WHERE id =
    (SELECT employer_id FROM klout7_office.user_account WHERE id = x'${user.replaceAll('-', '')}')`.replace('\n', ' '));
}
const linesOf = async () => (await (await signedIn(where, 'office', 'privacy')).get('/api/v1/audit-log')).json.lines;

test("a user of an employer comes from a network of the employer's list only, from the next request on", async (t) => {
  const [employer, other] = [await signedIn(where, 'office', 'werkgever'), await signedIn(where, 'office', 'werkgever2')];
  const code = await ownCode(employer);
  const set = (networks) => operator('employer', 'networks', code, '--networks', networks);
  t.after(() => set(''));
  const asks = async (address, cookies = employer.cookies) => (await from(address, cookies).get('/api/v1/session')).status;
  const listed = () => employers().find(([one]) => one === code)[1];

  assert.equal(listed(), 'from everywhere');
  assert.equal(await asks('127.0.0.9'), 200);
  // 127.0.0.4 to 127.0.0.7.
  set('192.0.2.0/24,127.0.0.4/30');
  assert.equal(listed(), '192.0.2.0/24 127.0.0.4/30');
  for (const [address, status] of [['127.0.0.3', 401], ['127.0.0.4', 200], ['127.0.0.7', 200], ['127.0.0.8', 401]]) {
    assert.equal(await asks(address), status, address);
    assert.equal(await asks(address, other.cookies), 200, address);
  }
  const refused = await from('127.0.0.8', employer.cookies).get('/api/v1/cases');
  assert.equal(refused.text, (await from('127.0.0.8').get('/api/v1/cases')).text);

  // Who is not in can try with everything right, and hears what somebody with a wrong password hears.
  const { user_name, password, totp_secret } = employer.account('werkgever');
  const enter = (address, right) => from(address).post('/api/v1/session',
    { user_name, password: right ? password : 'Zeven blauwe fietsen 8!', code: oneTimeCode(totp_secret, Date.now() + 30000) });
  const [right, wrong] = [await enter('127.0.0.8', true), await enter('127.0.0.8', false)];
  assert.equal(right.status, 401);
  assert.equal(right.json.code, 'sign_in_wrong');
  assert.equal(right.text, wrong.text);
  const user = (await from('127.0.0.4', employer.cookies).get('/api/v1/session')).json.user;
  const lines = await linesOf();
  const [atSignIn, ofSession] = lines.filter((one) => one.detail === '127.0.0.8\nother_network_of_employer');
  assert.deepEqual([atSignIn, ofSession].map((one) => [one.user, one.outcome]), [[user, 'refused'], [user, 'refused']]);
  const change = lines.find((one) => one.thing === 'employer');
  assert.deepEqual([change.action, change.role, change.outcome], ['change', 'operator', 'done']);
  assert.match(change.detail, /\nnetworks: 192\.0\.2\.0\/24 127\.0\.0\.4\/30$/);

  // Another list counts for the session that is open, and only as long as it stands there.
  set('127.0.0.8');
  assert.equal(await asks('127.0.0.4'), 401);
  assert.equal(await asks('127.0.0.8'), 200);
  set('');
  assert.equal(await asks('127.0.0.4'), 200);
  assert.equal(listed(), 'from everywhere');

  for (const bad of ['127.0.0.5/30', 'everywhere', '127.0.0.4/33', '127.0.0.4/30 x'])
    assert.throws(() => set(bad), /--networks is a list/, bad);
  assert.throws(() => operator('employer', 'networks', 'nobody', '--networks', ''), /no employer has this code/);
  assert.throws(() => operator('employer', 'networks', code), /usage: klout7 employer/);
  assert.equal(listed(), 'from everywhere');
});

test('an IPv4 address that comes as an IPv6 one, or is listed as one, is the IPv4 one', async (t) => {
  const employer = await signedIn(where, 'office', 'werkgever');
  const code = await ownCode(employer);
  const before = readFileSync(settings, 'utf8');
  t.after(async () => {
    operator('employer', 'networks', code, '--networks', '');
    await restartWith(before);
  });
  const asks = async (address) => (await from(address, employer.cookies).get('/api/v1/session')).status;
  const holds = async () => {
    for (const list of ['127.0.0.4/30', '::ffff:127.0.0.4/126']) {
      operator('employer', 'networks', code, '--networks', list);
      for (const [address, status] of [['127.0.0.3', 401], ['127.0.0.4', 200], ['127.0.0.7', 200], ['127.0.0.8', 401]])
        assert.equal(await asks(address), status, `${address} with ${list}`);
    }
  };
  await holds();
  await restartWith(before.replace('address = "127.0.0.1"', 'address = "::"'));
  await holds();
  // It does listen to both now.
  assert.equal(await asks('::1'), 401);
  operator('employer', 'networks', code, '--networks', '::1');
  assert.equal(await asks('::1'), 200);
  assert.equal(await asks('127.0.0.1'), 401);
});

// From where people of a role may come: an administrator from a listed network only, with whatever they bring.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import test from 'node:test';
import { Client, installation, oneTimeCode, signedIn, until } from './client.mjs';
import { programProcess } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const settings = join(where.folder, 'office.toml');

/** A client at another address of this machine. */
function from(address, cookies = new Map()) {
  const client = new Client(where, 'office');
  client.agent = new https.Agent({ keepAlive: true, ca: where.ca, localAddress: address });
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

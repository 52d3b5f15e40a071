// What the operator does with accounts of administrators: made together with another administrator, helped, and closed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { administrators, Client, installation, oneTimeCode, signedIn } from './client.mjs';
import { klout7, operator } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const ownPassword = 'Negen groene molens 9!';

/** What a command printed, by its label. */
const told = (text) => Object.fromEntries([...text.matchAll(/^(user name|welcome password|half of the code|code|until) +(\S+)$/gm)].map(([, label, value]) => [label, value]));
/** What a command that fails says. */
function refused(...words) {
  const { status, stdout, stderr } = spawnSync(klout7, [...words, '--data', process.env.KLOUT7_DATA], { encoding: 'utf8' });
  assert.notEqual(status, 0, words.join(' '));
  assert.equal(stdout, '');
  return stderr;
}

for (const side of ['office', 'medical']) {
  const name = `beheer.${side}`;
  const act = (what, ...more) => operator('administrator', what, name, ...more, '--side', side);
  const enter = async (password, code) => {
    const client = new Client(where, side);
    return { client, answer: await client.post('/api/v1/session', { user_name: name, password, code }) };
  };
  /** The other half, of the one proposal of the operator that waits. */
  async function approvedBy(who) {
    const { json: { proposals } } = await who.get('/api/v1/account-proposals');
    const [waiting] = proposals.filter((one) => one.user_name === name);
    assert.equal(waiting.proposed_by, '00000000-0000-0000-0000-000000000000');
    assert.equal(waiting.is_own, false);
    const answer = await who.post(`/api/v1/account-proposals/${waiting.proposal}/approval`);
    assert.equal(answer.status, 200, answer.text);
    return answer.json.second_half;
  }

  test(`on the ${side} side the operator and an administrator make another administrator`, async () => {
    const existing = await signedIn(where, side, administrators[side][0]);
    const made = told(act('add', '--name', 'B. Beheerder', '--e-mail', `${name}@example.org`));
    assert.match(refused('administrator', 'add', name, '--name', 'B. Beheerder', '--e-mail', `${name}@example.org`, '--side', side), /was proposed already/);
    assert.equal((await enter(made['welcome password'], made['half of the code'])).answer.status, 401);
    const code = `${made['half of the code']} ${await approvedBy(existing)}`;
    assert.match(refused('administrator', 'add', name, '--name', 'B. Beheerder', '--e-mail', `${name}@example.org`, '--side', side), /has this user name/);
    const { client, answer } = await enter(made['welcome password'], code);
    assert.equal(answer.status, 201, answer.text);
    assert.equal((await client.put('/api/v1/session/password', { old_password: made['welcome password'], new_password: ownPassword })).status, 204);
    const app = (await client.post('/api/v1/session/factors/app-offers')).json;
    assert.equal((await client.post('/api/v1/session/factors/apps', { name: 'Telefoon', offer: app.offer, code: oneTimeCode(app.secret, Date.now() - 30000) })).status, 201);
    assert.equal((await client.get('/api/v1/users')).status, 200);
    assert.match(operator('administrator', 'list', '--side', side), new RegExp(`^${name.replace('.', '\\.')} +B\\. Beheerder$`, 'm'));
    const { json: { notices } } = await existing.get('/api/v1/notices');
    assert.ok(notices.some((one) => one.kind === 'administrator_changed'), 'the other administrators hear of it');

    // The phone is lost, then the password.
    const lost = told(act('new-factors'));
    const again = await enter(ownPassword, `${lost['half of the code']}${await approvedBy(existing)}`);
    assert.equal(again.answer.status, 201, again.answer.text);
    assert.equal((await client.get('/api/v1/users')).status, 401);
    const forgotten = told(act('welcome-password'));
    assert.equal(forgotten.code, undefined);
    assert.equal((await again.client.get('/api/v1/session')).status, 401);
    assert.equal((await enter(ownPassword, '123456')).answer.status, 401);

    act('close');
    assert.match(refused('administrator', 'new-factors', name, '--side', side), /is closed/);
    assert.ok(!operator('administrator', 'list', '--side', side).includes(name));
  });

  test(`on the ${side} side the operator is told what is wrong`, () => {
    const other = side === 'office' ? 'casemanager' : 'bedrijfsarts';
    assert.match(refused('administrator', 'new-factors', other, '--side', side), /not an administrator's/);
    assert.match(refused('administrator', 'close', 'niemand', '--side', side), /no account of this side/);
    assert.match(refused('administrator', 'add', 'X', '--name', 'B', '--e-mail', 'b@example.org', '--side', side), /a user name is/);
    assert.match(refused('administrator', 'add', 'nieuw.een', '--side', side), /--name is how/);
    assert.match(refused('administrator', 'add', 'nieuw.een', '--name', 'a'.repeat(101), '--side', side), /--name is how/);
    assert.match(refused('administrator', 'add', 'nieuw.een', '--name', 'B'), /usage/);
    assert.match(refused('administrator', 'add', 'nieuw.een', '--name', 'B', '--side', 'north'), /usage/);
    assert.match(refused('administrator', 'add', 'nieuw.een', '--name', 'B', '--side', side), /--e-mail is/);
    assert.match(refused('administrator', 'add', 'nieuw.een', '--name', 'B', '--e-mail', `${other}@example.org`, '--side', side), /another account/);
    assert.match(refused('administrator', 'remove', 'nieuw.een', '--side', side), /usage/);
  });
}

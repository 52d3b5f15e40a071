// The life of an account over HTTP: invited by one administrator and approved by another, its first sign-in, its loss of the
// second factors, its end and its return.
import assert from 'node:assert/strict';
import test from 'node:test';
import { administrators, Client, installation, oneTimeCode, signedIn, until, uuid } from './client.mjs';
import { operations } from './description.mjs';

const where = installation(process.env.KLOUT7_DATA);
const ownPassword = 'Zeven blauwe fietsen 7!';

/** Asks every route of a side; those that do not answer with this code. */
async function routesOpenTo(client, side, code) {
  const open = [];
  for (const { method, path, thing } of operations[side]) {
    if (thing === null) continue;  // for anybody
    const answer = await client.request(method, path.replace(/{.*?}/g, uuid()));
    if (answer.status !== 403 || answer.json.code !== code) open.push(`${method} ${path}`);
  }
  return open;
}

for (const side of ['office', 'medical']) {
  const role = side === 'office' ? 'case_manager' : 'company_doctor';
  const name = `nieuw.${side}`;
  const both = () => Promise.all(administrators[side].map((one) => signedIn(where, side, one)));
  const propose = async (who, fields) => {
    const answer = await who.post('/api/v1/account-proposals', fields);
    assert.equal(answer.status, 201, answer.text);
    return answer.json;
  };
  const approve = (who, { proposal }) => who.post(`/api/v1/account-proposals/${proposal}/approval`);
  const enter = async (proof) => {
    const client = new Client(where, side);
    return { client, answer: await client.post('/api/v1/session', { user_name: name, ...proof }) };
  };
  let user;

  test(`on the ${side} side a welcome password opens the change of itself, a set-up code the making of a factor`, async () => {
    const [first, second] = await both();
    const wrong = await first.post('/api/v1/account-proposals', { kind: 'invite', user_name: 'x', display_name: '', role: 'king' });
    assert.equal(wrong.status, 422);
    assert.deepEqual(wrong.json.fields.map((one) => one.field), ['user_name', 'display_name', 'role', 'e_mail']);
    const proposed = await propose(first, { kind: 'invite', user_name: name, display_name: 'N. Nieuw', role, e_mail: `${name}@example.org` });
    assert.equal((await approve(first, proposed)).json.code, 'not_allowed');
    const waiting = async (who) => (await who.get('/api/v1/account-proposals')).json.proposals.find((one) => one.proposal === proposed.proposal);
    assert.equal((await waiting(first)).is_own, true);
    assert.equal((await waiting(second)).is_own, false);
    assert.equal((await waiting(second)).display_name, 'N. Nieuw');
    const approved = await approve(second, proposed);
    assert.equal(approved.status, 200, approved.text);
    assert.equal(await waiting(second), undefined);
    assert.equal((await approve(second, proposed)).json.code, 'not_now');
    user = approved.json.user;

    const code = `${proposed.first_half} ${approved.json.second_half}`;
    assert.equal((await enter({ password: proposed.welcome_password, code: proposed.first_half })).answer.status, 401);
    const { client, answer } = await enter({ password: proposed.welcome_password, code });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.json.must_change_password, true);
    assert.equal(answer.json.must_add_factor, true);

    // Ending the session is among what it opens; a copy of it does that.
    const copy = () => Object.assign(new Client(where, side), { cookies: new Map(client.cookies) });
    assert.deepEqual(await routesOpenTo({ request: (method, path) =>
      method === 'DELETE' && path === '/api/v1/session' ? { status: 204 } : copy().request(method, path) }, side, 'change_password_first'),
    ['GET /api/v1/session', 'DELETE /api/v1/session', 'PUT /api/v1/session/password']);
    assert.equal((await client.put('/api/v1/session/password', { old_password: proposed.welcome_password, new_password: ownPassword })).status, 204);

    const mine = (await client.get('/api/v1/session')).json;
    assert.equal(mine.must_change_password, false);
    assert.equal(mine.must_add_factor, true);
    assert.deepEqual(await routesOpenTo({ request: (method, path) =>
      path.startsWith('/api/v1/session/') || path === '/api/v1/session' ? { status: 204 } : copy().request(method, path) }, side, 'add_factor_first'),
    operations[side].map((one) => `${one.method} ${one.path}`)
      .filter((one) => /^(GET|DELETE|PUT) \/api\/v1\/session$|\/session\/(password|factors|proof|recovery-codes)/.test(one)));
    assert.equal((await client.post('/api/v1/session/proof', { code: '123456' })).json.code, 'add_factor_first');
    const app = (await client.post('/api/v1/session/factors/app-offers')).json;
    const added = await client.post('/api/v1/session/factors/apps', { name: 'Telefoon', offer: app.offer, code: oneTimeCode(app.secret, Date.now() - 30000) });
    assert.equal(added.status, 201, added.text);
    assert.equal((await client.get('/api/v1/session')).json.must_add_factor, false);
    assert.equal((await client.get('/api/v1/cases')).status, 200);

    const listed = (await first.get('/api/v1/users')).json.users.find((one) => one.user === user);
    assert.equal(listed.user_name, name);
    assert.equal(listed.role, role);
    assert.equal(listed.review_is_due, false);
    assert.ok(listed.last_signed_in_at);

    // Somebody lost the phone.
    const lost = await propose(second, { kind: 'new_factors', user });
    assert.equal(lost.welcome_password, null);
    assert.equal((await client.get('/api/v1/cases')).status, 200);
    const found = await approve(first, lost);
    assert.equal((await client.get('/api/v1/cases')).status, 401);
    assert.equal((await enter({ password: ownPassword, code: oneTimeCode(app.secret) })).answer.status, 401);
    const again = await enter({ password: ownPassword, code: `${lost.first_half}-${found.json.second_half}` });
    assert.equal(again.answer.status, 201, again.answer.text);
    assert.equal((await again.client.get('/api/v1/cases')).json.code, 'add_factor_first');

    // And left.
    assert.equal((await first.post(`/api/v1/users/${user}/closing`)).status, 204);
    assert.equal((await again.client.get('/api/v1/session')).status, 401);
    assert.equal((await first.post(`/api/v1/users/${user}/closing`)).json.code, 'not_now');
    assert.equal((await first.post(`/api/v1/users/${user}/review`)).json.code, 'not_now');
    const back = await propose(first, { kind: 'reopen', user });
    assert.equal((await second.request('DELETE', `/api/v1/account-proposals/${back.proposal}`)).status, 204);
    assert.equal((await approve(second, back)).json.code, 'not_now');
    assert.equal((await approve(second, await propose(first, { kind: 'reopen', user }))).status, 200);
    assert.equal((await second.post(`/api/v1/users/${user}/review`)).status, 204);
    const welcome = await second.post(`/api/v1/users/${user}/welcome-password`);
    assert.equal(welcome.status, 200, welcome.text);
    assert.equal((await enter({ password: welcome.json.welcome_password, code: '123456' })).answer.status, 401);
  });
}

for (const [here, role, there, otherRole] of [['office', 'case_manager', 'medical', 'delegated_staff'], ['medical', 'company_doctor', 'office', 'payments']]) {
  test(`who works on the ${here} side is not let in on the other, until that account is closed`, async () => {
    const [first, second] = await Promise.all(administrators[here].map((name) => signedIn(where, here, name)));
    const other = await signedIn(where, there, administrators[there][0]);
    const e_mail = `beide.${here}@example.org`;
    const proposed = await first.post('/api/v1/account-proposals', { kind: 'invite', user_name: `beide.${here}`, display_name: 'B. Eide', role, e_mail });
    assert.equal(proposed.status, 201, proposed.text);
    const made = await second.post(`/api/v1/account-proposals/${proposed.json.proposal}/approval`);
    assert.equal(made.status, 200, made.text);
    const isRefused = async () => {
      const answer = await other.post('/api/v1/account-proposals',
        { kind: 'invite', user_name: `beide.${uuid().slice(0, 8)}`, display_name: 'B. Eide', role: otherRole, e_mail: e_mail.toUpperCase() });
      if (answer.status === 201) assert.equal((await other.request('DELETE', `/api/v1/account-proposals/${answer.json.proposal}`)).status, 204);
      return answer.status === 422 && answer.json.fields.some((one) => one.field === 'e_mail' && one.code === 'roles_conflict');
    };
    await until('the other side to know', isRefused);
    assert.equal((await first.post(`/api/v1/users/${made.json.user}/closing`)).status, 204);
    await until('the other side to know that it is closed', async () => !(await isRefused()));
  });
}

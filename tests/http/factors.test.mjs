// The second factors that a user has: authenticator apps, passkeys and recovery codes, added, used and removed over HTTP.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, installation, oneTimeCode, signedIn } from './client.mjs';
import { Authenticator, flags } from './passkey.mjs';

const where = installation(process.env.KLOUT7_DATA);
// Somebody whose failures hinder nobody else.
const users = { office: 'auditor', medical: 'artsauditor' };

/** Signs in with this proof in place of a code. */
async function enter(side, proof) {
  const { user_name, password } = where.accounts.find((one) => one.side === side && one.user_name === users[side]);
  const client = new Client(where, side);
  return { client, answer: await client.post('/api/v1/session', { user_name, password, ...proof }) };
}
const question = async (side) => (await new Client(where, side).get('/api/v1/session/challenge')).json;

for (const side of ['office', 'medical']) {
  test(`on the ${side} side a user adds a passkey, an app and recovery codes, signs in with each, and removes them`, async () => {
    const me = await signedIn(where, side, users[side]);
    const before = (await me.get('/api/v1/session/factors')).json;
    assert.equal(before.factors.length, 1);
    assert.equal(before.factors[0].kind, 'authenticator_app');

    const offered = (await me.post('/api/v1/session/factors/passkey-offers')).json;
    assert.equal(offered.relying_party, 'localhost');
    assert.equal(offered.user.name, users[side]);
    const authenticator = new Authenticator(where.ports[side]);
    const added = await me.post('/api/v1/session/factors/passkeys', authenticator.made(offered, 'Sleutelhanger'));
    assert.equal(added.status, 201, added.text);
    const first = authenticator.used(await question(side), { handle: Buffer.from(offered.user.handle, 'base64url') });
    assert.equal((await enter(side, first)).answer.status, 201);
    const again = (await enter(side, first)).answer;
    assert.equal(again.status, 401);
    assert.equal(again.json.code, 'sign_in_wrong');

    const app = (await me.post('/api/v1/session/factors/app-offers')).json;
    assert.match(app.uri, new RegExp(`secret=${app.secret}`));
    assert.ok(app.qr_code.length >= 21 && app.qr_code.every((row) => row.length === app.qr_code.length));
    // The corner that every QR code begins with.
    assert.deepEqual(app.qr_code.slice(0, 3).map((row) => row.slice(0, 7)), ['1111111', '1000001', '1011101']);
    const code = oneTimeCode(app.secret, Date.now() - 30000);
    assert.equal((await me.post('/api/v1/session/factors/apps', { name: 'Tablet', offer: app.offer, code: '000000' })).json.fields[0].code, 'wrong');
    const tablet = await me.post('/api/v1/session/factors/apps', { name: 'Tablet', offer: app.offer, code });
    assert.equal(tablet.status, 201, tablet.text);
    assert.equal((await enter(side, { code })).answer.status, 401);
    assert.equal((await enter(side, { code: oneTimeCode(app.secret) })).answer.status, 201);

    const { codes } = (await me.post('/api/v1/session/recovery-codes')).json;
    assert.equal(codes.length, 10);
    assert.equal((await enter(side, { code: codes[3] })).answer.status, 201);
    assert.equal((await enter(side, { code: codes[3] })).answer.status, 401);
    const mine = (await me.get('/api/v1/session/factors')).json;
    assert.equal(mine.recovery_codes_left, 9);
    assert.deepEqual(mine.factors.map((one) => one.name), ['Authenticator', 'Sleutelhanger', 'Tablet']);

    for (const one of mine.factors.slice(1)) assert.equal((await me.request('DELETE', `/api/v1/session/factors/${one.factor}`)).status, 204);
    const last = await me.request('DELETE', `/api/v1/session/factors/${mine.factors[0].factor}`);
    assert.equal(last.json.code, 'not_now');
    assert.equal((await enter(side, authenticator.used(await question(side)))).answer.status, 401);
  });
}

test('a passkey shows a second factor again', async () => {
  const me = await signedIn(where, 'office', users.office);
  const authenticator = new Authenticator(where.ports.office);
  const added = await me.post('/api/v1/session/factors/passkeys', authenticator.made((await me.post('/api/v1/session/factors/passkey-offers')).json, 'Telefoon'));
  assert.equal(added.status, 201, added.text);
  const session = (await me.get('/api/v1/session')).json;
  const shown = await me.post('/api/v1/session/proof', authenticator.used(session.passkey));
  assert.equal(shown.status, 204, shown.text);
  assert.ok((await me.get('/api/v1/session')).json.fresh_until > session.fresh_until);
  // A question for signing in is none for this.
  const wrong = await me.post('/api/v1/session/proof', authenticator.used(await question('office')));
  assert.equal(wrong.status, 422);
  assert.equal((await me.request('DELETE', `/api/v1/session/factors/${added.json.factor}`)).status, 204);
});

test('a user sees from where the own sessions were opened, and ends them', async () => {
  const me = await signedIn(where, 'medical', users.medical);
  const offered = (await me.post('/api/v1/session/factors/passkey-offers')).json;
  const authenticator = new Authenticator(where.ports.medical);
  const { factor } = (await me.post('/api/v1/session/factors/passkeys', authenticator.made(offered, 'Telefoon'))).json;
  const open = async () => (await enter('medical', authenticator.used(await question('medical')))).client;
  const [first, second] = [await open(), await open()];
  const { sessions } = (await me.get('/api/v1/sessions')).json;
  assert.equal(sessions.filter((one) => one.is_this).length, 1);
  assert.equal(sessions[0].source, '127.0.0.1');
  assert.ok(sessions[0].is_open && sessions[1].is_open);
  // The newest is that of `second`.
  assert.equal((await me.request('DELETE', `/api/v1/sessions/${sessions[0].session}`)).status, 204);
  assert.equal((await second.get('/api/v1/session')).status, 401);
  assert.equal((await first.get('/api/v1/session')).status, 200);
  assert.equal((await me.request('DELETE', `/api/v1/sessions/${sessions[0].session}`)).status, 404);
  assert.equal((await me.request('DELETE', '/api/v1/sessions')).status, 204);
  assert.equal((await first.get('/api/v1/session')).status, 401);
  assert.equal((await me.get('/api/v1/session')).status, 200);
  assert.equal((await me.request('DELETE', `/api/v1/session/factors/${factor}`)).status, 204);
});

test('what is no passkey is refused with one message, and the reason stands in the log', async () => {
  const me = await signedIn(where, 'office', users.office);
  const wrong = {
    'cut off': { cut: 40 }, 'another site': { origin: 'https://evil.example' }, 'the other side': { origin: `https://localhost:${where.ports.medical}` },
    'another relying party': { relyingParty: 'evil.example' }, 'nobody there': { flag: flags.withCredential | flags.verified },
    'nobody verified': { flag: flags.withCredential | flags.present }, 'no passkey': { flag: flags.present | flags.verified },
    'made for signing in': { type: 'webauthn.get' }, 'inside another site': { crossOrigin: true }, 'another challenge': { challenge: 'AAAA' },
    'no JSON': { clientData: '{' }, 'no CBOR': { attestation: Buffer.from([0xff]) }, 'an unknown format': { format: 'tpm' },
    'an unknown algorithm': { cose: keyForSha1() }, 'more behind it': { more: 'x' },
  };
  const answers = new Set();
  for (const [what, change] of Object.entries(wrong)) {
    const offered = (await me.post('/api/v1/session/factors/passkey-offers')).json;
    const answer = await me.post('/api/v1/session/factors/passkeys', new Authenticator(where.ports.office).made(offered, 'Sleutelhanger', change));
    assert.equal(answer.status, 422, `${what}: ${answer.text}`);
    answers.add(answer.text);
  }
  assert.equal(answers.size, 1, [...answers].join('\n'));
  assert.equal((await me.get('/api/v1/session/factors')).json.factors.length, 1);
});

/** A COSE key for RSA with SHA-1, as bytes. */
function keyForSha1() {
  return Buffer.from([0xa2, 0x01, 0x03, 0x03, 0x39, 0xff, 0xfe]);
}

test('a user hears of what was done with the own sign-in, in the own language, until it was seen', async () => {
  for (const side of ['office', 'medical']) {
    const me = await signedIn(where, side, users[side]);
    assert.ok((await me.get('/api/v1/session')).json.unseen_notices > 0);
    const heard = (await me.get('/api/v1/notices')).json.notices;
    for (const kind of ['new_device', 'factor_added', 'factor_removed', 'recovery_codes_renewed'])
      assert.ok(heard.some((one) => one.kind === kind && !one.is_seen && one.source === '127.0.0.1'), `${kind}: ${JSON.stringify(heard)}`);
    const { notices } = (await me.get('/api/v1/notices', { language: 'en' })).json;
    assert.ok(notices.some((one) => one.text === 'Somebody signed in from a device that was not known.'));
    assert.equal((await me.post('/api/v1/notices/seen')).status, 204);
    assert.equal((await me.get('/api/v1/session')).json.unseen_notices, 0);
  }
});

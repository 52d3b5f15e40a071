// Signing in with every second factor: what opens, in a real browser too, and what does not.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Client, installation, oneTimeCode } from '../http/client.mjs';
import { sql } from '../http/operator.mjs';
import { Authenticator, flags } from '../http/passkey.mjs';
import { openPage } from './browser.mjs';

const where = installation(process.env.KLOUT7_DATA);
const users = { office: 'auditor', medical: 'artsauditor' };
const credentials = (side) => {
  const { user_name, password, totp_secret } = where.accounts.find((one) => one.side === side && one.user_name === users[side]);
  return { user_name, password, totp_secret };
};

/** In the page: makes a passkey, and signs in with it. */
async function makeAndUse(signIn, name) {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const call = async (method, path, body) => {
    const answer = await fetch(path, { method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body && JSON.stringify(body) });
    return { status: answer.status, json: answer.status === 204 ? null : await answer.json() };
  };
  const steps = [];
  const step = async (...request) => {
    const answer = await call(...request);
    steps.push(`${request[0]} ${request[1]}: ${answer.status}`);
    return answer.json;
  };
  await step('POST', '/api/v1/session', signIn);
  const offer = await step('POST', '/api/v1/session/factors/passkey-offers');
  const made = await navigator.credentials.create({ publicKey: {
    challenge: bytes(offer.challenge), rp: { id: offer.relying_party, name: 'Klout7' },
    user: { id: bytes(offer.user.handle), name: offer.user.name, displayName: offer.user.display_name },
    pubKeyCredParams: offer.algorithms.map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, attestation: name,
  } });
  await step('POST', '/api/v1/session/factors/passkeys', {
    name: `Chromium ${name}`, challenge: offer.challenge, client_data: text(made.response.clientDataJSON), attestation: text(made.response.attestationObject),
  });
  await step('DELETE', '/api/v1/session');
  const question = await step('GET', '/api/v1/session/challenge');
  const used = await navigator.credentials.get({ publicKey: { challenge: bytes(question.challenge), rpId: question.relying_party, userVerification: 'required' } });
  await step('POST', '/api/v1/session', {
    user_name: signIn.user_name, password: signIn.password, challenge: question.challenge, passkey: text(used.rawId),
    client_data: text(used.response.clientDataJSON), authenticator_data: text(used.response.authenticatorData),
    signature: text(used.response.signature), user_handle: text(used.response.userHandle),
  });
  const { factors } = await step('GET', '/api/v1/session/factors');
  const mine = factors.find((one) => one.name === `Chromium ${name}`);
  await step('DELETE', `/api/v1/session/factors/${mine.factor}`);
  return steps.map((one) => one.replace(mine.factor, '...'));
}

const asked = [
  'POST /api/v1/session: 201', 'POST /api/v1/session/factors/passkey-offers: 200', 'POST /api/v1/session/factors/passkeys: 201', 'DELETE /api/v1/session: 204',
  'GET /api/v1/session/challenge: 200', 'POST /api/v1/session: 201', 'GET /api/v1/session/factors: 200', 'DELETE /api/v1/session/factors/...: 204',
];

/** A code that was not used yet. */
const usedCodes = new Set();
async function newCode(secret) {
  for (;;) {
    const code = oneTimeCode(secret);
    if (!usedCodes.has(secret + code)) {
      usedCodes.add(secret + code);
      return code;
    }
    await new Promise((resolve) => setTimeout(resolve, 30500 - (Date.now() % 30000)));
  }
}

for (const side of ['office', 'medical']) {
  const { totp_secret: secret, ...who } = credentials(side);
  const page = await openPage(`https://localhost:${where.ports[side]}/healthz`, join(where.folder, 'tls', `${side}.pem`));
  try {
    await page.tell('WebAuthn.addVirtualAuthenticator', { options: {
      protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
    } });
    for (const attestation of ['none', 'direct'])
      assert.deepEqual(await page.run(makeAndUse, { ...who, code: await newCode(secret) }, attestation), asked);
  } finally {
    await page.close();
  }
}
console.log('in Chromium a passkey is made and signs in on both sides, with attestation and without');

/** What each wrong passkey gets when it is made; and when it is used. */
const madeWrong = {
  'another site': { origin: 'https://evil.example' }, 'another port': { origin: 'https://localhost:1' }, 'without TLS': { origin: 'http://localhost' }, 'no site': { origin: '' },
  'another relying party': { relyingParty: 'evil.example' }, 'nobody there': { flag: flags.withCredential | flags.verified },
  'nobody verified': { flag: flags.withCredential | flags.present }, 'no flags': { flag: flags.withCredential }, 'no passkey': { flag: flags.present | flags.verified },
  'made for signing in': { type: 'webauthn.get' }, 'no type': { type: '' }, 'inside another site': { crossOrigin: true }, 'another challenge': { challenge: 'AAAA' },
  'no JSON': { clientData: '{' }, 'JSON of nothing': { clientData: '{}' }, 'a list': { clientData: '[]' }, 'no CBOR': { attestation: Buffer.from([0xff]) },
  'an endless map': { attestation: Buffer.from('bbffffffffffffffff', 'hex') }, 'an endless list': { attestation: Buffer.from('9a7fffffff', 'hex') },
  'format TPM': { format: 'tpm' }, 'format U2F': { format: 'fido-u2f' }, 'an unknown format': { format: 'x' }, 'packed without a statement': { format: 'packed' },
  'RSA with SHA-1': { cose: Buffer.from('a201030339fffe', 'hex') }, 'no key': { cose: Buffer.alloc(0) }, 'an empty key': { cose: Buffer.from('a0', 'hex') }, 'more behind it': { more: 'x' },
};
const usedWrong = {
  'another site': { origin: 'https://evil.example' }, 'another port': { origin: 'https://localhost:1' }, 'another relying party': { relyingParty: 'evil.example' },
  'nobody there': { flag: flags.verified }, 'nobody verified': { flag: flags.present }, 'made for a new passkey': { type: 'webauthn.create' },
  'inside another site': { crossOrigin: true }, 'another challenge': { challenge: 'AAAA' }, 'no JSON': { clientData: '{' }, 'no signature': { signature: Buffer.alloc(0) },
  'a signature of zeros': { signature: Buffer.alloc(64) }, 'another passkey': { id: Buffer.alloc(32, 1) }, 'another user': { handle: Buffer.alloc(16, 1) },
  'an old counter': { counter: 0 }, 'more behind it': { more: 'x' }, 'cut off': { cut: 36 }, 'nothing': { cut: 0 },
};
// A whole one has some 160 bytes.
for (let cut = 1; cut < 150; cut += 2) madeWrong[`cut off after ${cut} bytes`] = { cut };

const { totp_secret: secret, ...who } = credentials('office');
const me = new Client(where, 'office');
const code = await newCode(secret);
assert.equal((await me.post('/api/v1/session', { ...who, code })).status, 201);
const replayed = await new Client(where, 'office').post('/api/v1/session', { ...who, code });
assert.equal(replayed.status, 401);
const neutral = replayed.text;
console.log('a one-time code that was used opens nothing');

const answers = new Set();
for (const [what, change] of Object.entries(madeWrong)) {
  const offer = (await me.post('/api/v1/session/factors/passkey-offers')).json;
  const answer = await me.post('/api/v1/session/factors/passkeys', new Authenticator(where.ports.office).made(offer, 'Fout', change));
  assert.equal(answer.status, 422, `${what}: ${answer.text}`);
  answers.add(answer.text);
}
assert.equal(answers.size, 1);
const authenticator = new Authenticator(where.ports.office);
const added = await me.post('/api/v1/session/factors/passkeys', authenticator.made((await me.post('/api/v1/session/factors/passkey-offers')).json, 'Goed'));
assert.equal(added.status, 201, added.text);
for (const [what, change] of Object.entries(usedWrong)) {
  // So many wrong ones are delayed, which is another promise.
  sql('DELETE FROM klout7_office.guess_counter');
  const use = async (more) => me.post('/api/v1/session', { ...who, ...authenticator.used((await me.get('/api/v1/session/challenge')).json, more) });
  assert.equal((await use()).status, 201, 'the right one');
  const answer = await use(change);
  assert.equal(answer.status, 401, `${what}: ${answer.text}`);
  assert.equal(answer.text, neutral, `${what}: ${answer.text}`);
}
console.log(`${Object.keys(madeWrong).length + Object.keys(usedWrong).length} wrong passkeys refused, ${Object.keys(madeWrong).length} as they were made and ${Object.keys(usedWrong).length} as they were used, each with the one message of its kind`);
process.exit(0);

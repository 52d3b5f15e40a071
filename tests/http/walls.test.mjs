// Every route of both programs against every role: exactly the table (tests/law/authorisation.tsv), no more and no less.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { administrators, Client, installation, signedIn, until, uuid } from './client.mjs';
import { faultsOfDescriptions, operations } from './description.mjs';
import { anotherReportOf, askForFile, askForRelease, caseOnBothSides, pdfOfColours, somePayments } from './made_up.mjs';
import { valueOf } from './operator.mjs';
import { contentOf, draftForms, isGranted, month } from './table.mjs';

const where = installation(process.env.KLOUT7_DATA);
const json = (value) => ({ json: value });
const file = () => ({ body: pdfOfColours(['1 0 0']), headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': 'a.pdf' } });

/** Of each side, all that it serves to who is signed in: method, path, thing, action, content. */
const routes = Object.fromEntries(Object.entries(operations).map(([side, all]) => [side,
  all.filter((one) => one.thing !== null && one.action !== 'end').map((one) => [one.method, one.path, one.thing, one.action, () => contentOf(one)])]));

/** Names a doctor of a case, waits until the doctor has it, and adds a document; its id. */
async function giveTo(manager, path, doctorName, doctor) {
  const found = (await manager.get('/api/v1/doctors')).json.doctors.find((one) => one.name === doctorName);
  assert.equal((await manager.change(path, 'doctor', { doctor: found.doctor })).status, 204);
  await until('the case at the doctor', async () => (await doctor.get(path)).status === 200);
  return (await doctor.request('POST', `${path}/documents`, file())).json.document;
}

/** A doctor reads a case of another one in an emergency; its id. */
async function breakGlass(id) {
  const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
  const opened = await doctor.post(`/api/v1/cases/${id}/emergency-access`, { reason: 'De eigen arts is niet bereikbaar.' });
  assert.equal(opened.status, 201, opened.text);
  const officer = await signedIn(where, 'medical', 'privacy');
  return (await officer.get('/api/v1/emergency-accesses')).json.emergency_accesses.find((one) => one.case === id).emergency_access;
}

/** A machine of an employer that an administrator proposed whom nobody asks with. */
async function prepareMachine() {
  const second = await signedIn(where, 'office', administrators.office[1]);
  const employer = valueOf('SELECT code FROM klout7_office.employer ORDER BY code');
  const { proposal } = (await second.post('/api/v1/service-account-proposals',
    { employer, subject: `CN=${uuid()}.example`, networks: '192.0.2.0/24' })).json;
  return { service_account_proposal: proposal };
}

/** On each side an account that the administrators manage, and a proposal about it of one whom nobody asks with. */
async function prepareAccounts(side) {
  const [first, second] = await Promise.all(administrators[side].map((name) => signedIn(where, side, name)));
  const userName = `walls.${uuid().slice(0, 8)}`;
  const invited = await second.post('/api/v1/account-proposals',
    { kind: 'invite', user_name: userName, display_name: 'W. Alls', role: 'privacy_officer', e_mail: `${userName}@example.org` });
  const { user } = (await first.post(`/api/v1/account-proposals/${invited.json.proposal}/approval`)).json;
  const { proposal } = (await second.post('/api/v1/account-proposals', { kind: 'new_factors', user })).json;
  return { user, proposal };
}

/**
 * A case of the client of the demo, with a doctor and a document on each side: every role can stand nearest to it. Of the two
 * kinds of doctors a case has one, so an insurance doctor has another case of this client.
 */
async function prepare() {
  const client = await signedIn(where, 'office', 'client');
  const own = (await client.get('/api/v1/cases')).json.cases[0].case;
  const manager = await signedIn(where, 'office', 'casemanager');
  const insurance = await signedIn(where, 'medical', 'verzekeringsarts');
  const patient = await signedIn(where, 'medical', 'client');
  const path = await caseOnBothSides({ employer: await signedIn(where, 'office', 'werkgever'), manager, doctor: insurance, doctorName: 'V. Arts', report: await anotherReportOf(client), until });
  const other = path.split('/').at(-1);
  const medical = await giveTo(manager, `/api/v1/cases/${own}`, 'A. de Arts', await signedIn(where, 'medical', 'bedrijfsarts'));
  const assessed = (await insurance.request('POST', `${path}/documents`, file())).json.document;
  const office = (await manager.request('POST', `/api/v1/cases/${own}/documents`, file())).json.document;
  const releases = { office: await askForRelease(manager, `/api/v1/cases/${own}`), medical: await askForRelease(insurance, path) };
  const emergency = await breakGlass(own);
  const [specialist, payments] = await Promise.all(['uitkering2', 'betalingen2'].map((name) => signedIn(where, 'office', name)));
  const [officeAccounts, medicalAccounts] = [await prepareAccounts('office'), await prepareAccounts('medical')];
  return {
    office: { case: own, document: office, release: releases.office, page: 1, form: draftForms.office, month, ...officeAccounts, ...await prepareMachine(), ...await somePayments({ specialist, payments }, `/api/v1/cases/${own}`, until, valueOf) },
    medical: { case: own, document: medical, release: releases.medical, page: 1, form: draftForms.medical, file_request: await askForFile(patient, own), emergency_access: emergency, ...medicalAccounts },
    insurance_doctor: { case: other, document: assessed, release: releases.medical, page: 1, form: draftForms.medical, file_request: await askForFile(patient, other), emergency_access: emergency, ...medicalAccounts },
  };
}
/** Asks a route about what stands nearest to a role. What was replaced is not replaced again: its new version stands there then. */
async function ask(who, role, [method, pattern], options) {
  const nearest = made[role] ?? made[who.side];
  const answer = await who.request(method, pattern.replace(/{(.*?)}/g, (_, name) => nearest[name]), options);
  if (pattern.endsWith('/versions') && answer.status === 201) nearest.document = answer.json.document;
  return answer;
}

test('the descriptions are OpenAPI 3.1, and each side serves its own', async () => {
  assert.equal(faultsOfDescriptions(), '');
  for (const side of ['office', 'medical']) {
    for (const [path, file] of [['/api/v1/openapi.yaml', `${side}.yaml`], ['/api/v1/common.yaml', 'common.yaml']]) {
      const { headers, text } = await new Client(where, side).get(path);
      assert.equal(headers['content-type'], 'application/yaml');
      assert.equal(text, readFileSync(new URL(`../../api/${file}`, import.meta.url), 'utf8'));
    }
  }
});

test('without a session there is no answer, but for signing in and what the program says of itself', async () => {
  for (const side of ['office', 'medical']) {
    const anybody = new Client(where, side);
    for (const one of operations[side].filter(({ thing }) => thing !== null)) {
      const { status } = await anybody.request(one.method, one.path.replace(/{.*?}/g, uuid()), contentOf(one));
      assert.equal(status, 401, `${side} ${one.method} ${one.path}`);
    }
    assert.equal((await anybody.get('/healthz')).status, 200);
    assert.deepEqual(operations[side].filter(({ thing }) => thing === null).map(({ method, path }) => `${method} ${path}`),
      ['GET /healthz', 'GET /.well-known/security.txt', 'GET /api/v1/openapi.yaml', 'GET /api/v1/common.yaml', 'POST /api/v1/session', 'GET /api/v1/session/challenge']);
  }
});

test('both sides tell anybody where to report a hole, in a text that has not expired', async () => {
  for (const side of ['office', 'medical']) {
    const { status, headers, text } = await new Client(where, side).get('/.well-known/security.txt');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
    const { Contact: contact, Expires: expires } = Object.fromEntries(text.trim().split('\n').map((line) => line.split(/: (.*)/)));
    assert.equal(contact, 'mailto:security@example.org');
    const days = (new Date(expires) - Date.now()) / 86400000;
    assert.ok(days > 0 && days < 365, `it expires in ${days} days`);
  }
});

let made;

test('every route against every role is exactly the table', async () => {
  made = await prepare();
  let asked = 0;
  let allowed = 0;
  const wrong = [];
  for (const side of ['office', 'medical']) {
    const roles = [...new Set(where.accounts.filter((one) => one.side === side).map((one) => one.role))];
    assert.ok(roles.length >= 7);
    for (const role of roles) {
      const account = where.accounts.find((one) => one.side === side && one.role === role);
      const who = await signedIn(where, side, account.user_name);
      for (const route of routes[side]) {
        const [method, pattern, thing, action, options] = route;
        // The payment here is somebody else's: the client of the demo may have none yet (payments.test.mjs reads an own one).
        if (role === 'client' && pattern.endsWith('/specification')) continue;
        const answer = await ask(who, role, route, options());
        const passed = ![401, 403, 404].includes(answer.status);
        // Everybody may look after the own sign-in.
        if (!thing.startsWith('own_')) {
          asked += 1;
          allowed += passed;
        }
        if (passed !== isGranted(side, role, thing, action))
          wrong.push(`${side} ${role} ${method} ${pattern}: ${answer.status}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(allowed > 50 && allowed < asked / 2, `${allowed} of ${asked} allowed`);
});

/** Content that is wrong in its shape, one way at a time: [what is wrong, options, code of the fault]. */
function* spoilt({ json: value, body, headers = {} }) {
  const without = (name) => ({ json: value, body, headers: { ...headers, [name]: null } });
  const type = headers['Content-Type'] ?? 'application/json';
  const as = (content) => ({ body: content, headers: { ...headers, 'Content-Type': type } });
  if (headers['Idempotency-Key']) yield ['no Idempotency-Key', without('Idempotency-Key'), 'missing'];
  if (!value && !body) return;
  const isDocument = Boolean(headers['K7-File-Name']);
  if (!isDocument) yield ['another kind of content', { ...as(body ?? JSON.stringify(value)), headers: { ...headers, 'Content-Type': 'text/plain' } }, 'wrong_content_type'];
  if (!isDocument) yield ['no kind of content', { ...as(body ?? JSON.stringify(value)), headers: { ...headers, 'Content-Type': null } }, 'wrong_content_type'];
  if (value) {
    yield ['half a JSON object', as('{'), 'not_json'];
    yield ['a JSON list', as('[]'), 'not_json'];
    yield ['an unknown field', { json: { ...value, oorzaak: 'griep' }, headers }, 'unknown_field'];
  }
  if (headers['K7-File-Name']) yield ['no K7-File-Name', without('K7-File-Name'), 'missing'];
  if (isDocument) yield ['a program', as('MZ\0\0\0'), 'unknown_type'];
}

/** The lines that `work` leaves in the log of a side, oldest first. */
async function linesOf(side, work) {
  const officer = await signedIn(where, side, 'privacy');
  const page = async (after = '') => (await officer.get(`/api/v1/audit-log?after=${after}`)).json;
  const [mark] = (await page()).lines;
  await work();
  const lines = [];
  for (let next = '', end = -1; end < 0;) {
    const read = await page(next);
    end = read.lines.findIndex((line) => line.program === mark.program && line.number === mark.number);
    lines.push(...(end < 0 ? read.lines : read.lines.slice(0, end)));
    next = read.next;
  }
  lines.splice(lines.findIndex((line) => line.thing === 'audit_log'), 1);  // reading the first page
  return lines.reverse();
}

/** What an answer says that its line in the log must say too. */
const outcomeOf = ({ status }) => (status < 300 ? 'done' : [403, 404].includes(status) ? 'refused' : 'failed');

test('wrong content is told only to who may do the thing, and whatever was asked is a line in the log', async () => {
  for (const side of ['office', 'medical']) {
    const expected = new Map();
    const names = new Map();
    const wrong = [];
    const lines = await linesOf(side, async () => {
      for (const role of new Set(where.accounts.filter((one) => one.side === side).map((one) => one.role))) {
        const who = await signedIn(where, side, where.accounts.find((one) => one.side === side && one.role === role).user_name);
        const absent = (await who.get('/api/v1/nothing')).text;
        const { user } = (await who.get('/api/v1/session')).json;
        expected.set(user, []);
        names.set(user, role);
        for (const route of routes[side]) {
          const [method, pattern, thing, action, options] = route;
          // Asking who one is, is no access: every page begins with it.
          if (`${method} ${pattern}` === 'GET /api/v1/session') continue;
          const line = (outcome) => expected.get(user).push(`${action} ${thing} ${outcome}`);
          const arrives = (outcome, code) => thing === 'document' && action === 'create' && (outcome === 'done' || code === 'unknown_type');
          const before = await ask(who, role, route, options());
          if (arrives(outcomeOf(before))) line('done');  // once that it may arrive, once that it did
          line(outcomeOf(before));
          const refused = outcomeOf(before) === 'refused';
          for (const [what, spoiltOptions, code] of spoilt(options())) {
            const answer = await ask(who, role, route, spoiltOptions);
            if (!refused && arrives(outcomeOf(answer), code)) line('done');
            line(refused ? 'refused' : 'failed');
            const good = refused
              ? answer.status === before.status && answer.text === before.text && (answer.status === 403 || answer.text === absent)
              : [415, 422].includes(answer.status) && [answer.json.code, answer.json.fields?.[0].code].includes(code);
            if (!good) wrong.push(`${role} ${method} ${pattern}, ${what}: ${answer.status} ${answer.text}`);
          }
        }
      }
    });
    assert.deepEqual(wrong, []);
    for (const [user, ofUser] of expected) {
      const written = lines.filter((line) => line.user === user).map((line) => `${line.action} ${line.thing} ${line.outcome}`);
      assert.deepEqual(written, ofUser, `the lines of ${names.get(user)} on the ${side} side`);
    }
  }
});

test('a sign-in that cannot be read is refused and is a line in the log', async () => {
  const who = new Client(where, 'office');
  const lines = await linesOf('office', async () => {
    for (const [what, options, code] of spoilt(json({ user_name: 'werkgever', password: 'x', code: '1' }))) {
      const answer = await who.request('POST', '/api/v1/session', options);
      // It counts as a wrong guess: after enough of them nobody is heard for a while.
      assert.ok(answer.status === 429 || [answer.json.code, answer.json.fields?.[0].code].includes(code), `${what}: ${answer.status} ${answer.text}`);
    }
  });
  const tries = lines.filter((line) => line.action.startsWith('sign_in'));
  assert.deepEqual(tries.map((line) => [line.user, line.outcome]), Array(5).fill([null, 'refused']));
});

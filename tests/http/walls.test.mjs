// Every route of both programs against every role: exactly the table (tests/law/authorisation.tsv), no more and no less.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { installation, signedIn, until, uuid } from './client.mjs';

const where = installation(process.env.KLOUT7_DATA);
const table = readFileSync(new URL('../law/authorisation.tsv', import.meta.url), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#')).slice(1).map((line) => line.split('\t'));
const isGranted = (side, role, thing, action) =>
  table.some(([s, r, t, , may]) => s === side && r === role && t === thing && may.split(' ').includes(action));

const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
const json = (value) => ({ json: value, headers: { 'Idempotency-Key': uuid() } });
const file = () => ({ body: pdf, headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': 'a.pdf' } });
// method, path, thing, action, options. Contents are wrong on purpose where a right one would change much: a role that may
// gets 4xx about the content, a role that may not learns nothing of it.
const routes = {
  office: [
    ['POST', '/api/v1/sick-reports', 'sick_report', 'create', () => json({ bsn: 'wrong' })],
    ['POST', '/api/v1/sick-report-imports', 'import_file', 'create', () => ({ body: 'x', headers: { 'Content-Type': 'text/csv' } })],
    ['GET', '/api/v1/cases', 'case_list', 'list'],
    ['POST', '/api/v1/cases/search', 'case_list', 'search', () => json({ bsn: 'wrong' })],
    ['GET', '/api/v1/cases/{case}', 'case_file', 'read'],
    ['PUT', '/api/v1/cases/{case}/doctor', 'case_file', 'assign', () => json({ doctor: uuid() })],
    ['GET', '/api/v1/cases/{case}/letters', 'letter', 'read'],
    ['GET', '/api/v1/cases/{case}/documents', 'document', 'list'],
    ['POST', '/api/v1/cases/{case}/documents', 'document', 'create', file],
    ['GET', '/api/v1/documents/{document}', 'document', 'read'],
    ['GET', '/api/v1/doctors', 'doctor_list', 'list'],
    ['GET', '/api/v1/users', 'user', 'list'],
    ['GET', '/api/v1/audit-log', 'audit_log', 'read'],
    ['GET', '/api/v1/own-access-log', 'own_access_log', 'read'],
    ['GET', '/api/v1/session', 'own_session', 'read'],
  ],
  medical: [
    ['GET', '/api/v1/cases', 'case_list', 'list'],
    ['GET', '/api/v1/cases/{case}', 'case_file', 'read'],
    ['GET', '/api/v1/cases/{case}/consults', 'consult', 'list'],
    ['POST', '/api/v1/cases/{case}/consults', 'consult', 'create', () => json({ note: '', cas_code: '' })],
    ['GET', '/api/v1/cases/{case}/letters', 'letter', 'list'],
    ['POST', '/api/v1/cases/{case}/letters', 'letter', 'sign', () => json({ limits: 'none of these' })],
    ['GET', '/api/v1/cases/{case}/documents', 'document', 'list'],
    ['POST', '/api/v1/cases/{case}/documents', 'document', 'create', file],
    ['GET', '/api/v1/documents/{document}', 'document', 'read'],
    ['GET', '/api/v1/audit-log', 'audit_log', 'read'],
    ['GET', '/api/v1/own-access-log', 'own_access_log', 'read'],
    ['GET', '/api/v1/session', 'own_session', 'read'],
  ],
};

/** A case of the client of the demo, with a doctor and a document on each side: every role can stand nearest to it. */
async function prepare() {
  const client = await signedIn(where, 'office', 'client');
  const own = (await client.get('/api/v1/cases')).json.cases[0].case;
  const manager = await signedIn(where, 'office', 'casemanager');
  const arts = (await manager.get('/api/v1/doctors')).json.doctors.find((one) => one.name === 'A. de Arts');
  assert.equal((await manager.put(`/api/v1/cases/${own}/doctor`, { doctor: arts.doctor })).status, 204);
  const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
  await until('the case at the doctor', async () => (await doctor.get(`/api/v1/cases/${own}`)).status === 200);
  const add = async (who) => (await who.request('POST', `/api/v1/cases/${own}/documents`, file())).json.document;
  return { own, office: await add(manager), medical: await add(doctor) };
}

test('every route against every role is exactly the table', async () => {
  const made = await prepare();
  let asked = 0;
  let allowed = 0;
  const wrong = [];
  for (const side of ['office', 'medical']) {
    const roles = [...new Set(where.accounts.filter((one) => one.side === side).map((one) => one.role))];
    assert.ok(roles.length >= 7);
    for (const role of roles) {
      const account = where.accounts.find((one) => one.side === side && one.role === role);
      const who = await signedIn(where, side, account.user_name);
      for (const [method, pattern, thing, action, options] of routes[side]) {
        const path = pattern.replace('{case}', made.own).replace('{document}', made[side]);
        const answer = await who.request(method, path, options?.() ?? {});
        const passed = ![401, 403, 404].includes(answer.status);
        asked += 1;
        allowed += passed;
        // An insurance doctor is never the doctor whom the office assigns: granted for own cases, of which there are none yet.
        const has_none = role === 'insurance_doctor' && pattern.includes('{');
        if (passed !== (isGranted(side, role, thing, action) && !has_none))
          wrong.push(`${side} ${role} ${method} ${pattern}: ${answer.status}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(allowed > 50 && allowed < asked / 2, `${allowed} of ${asked} allowed`);
});

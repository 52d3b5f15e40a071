// What somebody hands over for a time and takes back, and what a doctor opens in an emergency.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation, signedIn, until, uuid } from './client.mjs';
import { daysAgo, reports } from './made_up.mjs';
import { sql } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const report = reports(5);
const later = (days) => daysAgo(-days);

/** A case of the first employer, which `casemanager` has. */
async function newCase() {
  const employer = await signedIn(where, 'office', 'werkgever');
  const sick = report();
  const made = await employer.post('/api/v1/sick-reports', sick);
  assert.equal(made.status, 201, made.text);
  return { id: made.json.case, path: `/api/v1/cases/${made.json.case}`, bsn: sick.bsn };
}
/** Takes back what this one gave. */
async function takeBack(who) {
  const { mandates } = (await who.get('/api/v1/mandates')).json;
  for (const one of mandates.filter((each) => each.is_own))
    assert.equal((await who.request('DELETE', `/api/v1/mandates/${one.mandate}`)).status, 204);
}

test('a case manager stands in for a colleague from the day it was handed over until it is taken back', async () => {
  const manager = await signedIn(where, 'office', 'casemanager');
  const colleague = await signedIn(where, 'office', 'casemanager2');
  const { path, id, bsn } = await newCase();
  const { can_be_given_to: colleagues } = (await manager.get('/api/v1/mandates')).json;
  assert.deepEqual(colleagues.map((one) => one.role).filter((role) => role !== 'case_manager'), []);
  const to = colleagues.find((one) => one.name === 'K. Bakker');
  const absent = await colleague.get(`/api/v1/cases/${uuid()}`);
  const { user: of } = (await manager.get('/api/v1/session')).json;
  const opens = async () => [(await colleague.get(path)).status, (await colleague.get(`/api/v1/cases?of=${of}`)).status,
    (await colleague.post('/api/v1/cases/search', { bsn })).json.cases.some((one) => one.case === id)];
  assert.deepEqual(await opens(), [404, 404, false]);
  assert.equal((await colleague.get(path)).text, absent.text);

  const wrong = await manager.post('/api/v1/mandates', { given_to: uuid(), tasks: 'letters', starts_on: '', ends_on: daysAgo(1) });
  assert.deepEqual(wrong.json.fields.map((one) => [one.field, one.code]), [['given_to', 'unknown'], ['ends_on', 'out_of_range']]);
  const tomorrow = await manager.post('/api/v1/mandates', { given_to: to.user, starts_on: later(1), ends_on: later(8) });
  assert.equal(tomorrow.status, 201, tomorrow.text);
  assert.deepEqual(await opens(), [404, 404, false]);
  const given = await manager.post('/api/v1/mandates', { given_to: to.user, ends_on: later(7) });
  assert.equal(given.status, 201, given.text);
  assert.deepEqual(await opens(), [200, 200, true]);
  const { cases } = (await colleague.get(`/api/v1/cases?of=${of}`)).json;
  assert.ok(cases.length > 0 && cases.every((one) => one.case_manager === of));
  const seen = (await colleague.get('/api/v1/mandates')).json.mandates.find((one) => one.mandate === given.json.mandate);
  assert.equal(seen.is_own, false);
  assert.equal(seen.given_by, of);
  assert.equal((await colleague.request('DELETE', `/api/v1/mandates/${given.json.mandate}`)).status, 404);

  await takeBack(manager);
  assert.deepEqual(await opens(), [404, 404, false]);
});

test('a doctor who stands in signs a letter in their own name, and it reaches the office', async () => {
  const manager = await signedIn(where, 'office', 'casemanager');
  const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
  const colleague = await signedIn(where, 'medical', 'bedrijfsarts2');
  const { path } = await newCase();
  const { doctors } = (await manager.get('/api/v1/doctors')).json;
  await manager.change(path, 'doctor', { doctor: doctors.find((one) => one.name === 'A. de Arts').doctor });
  await until('the case at the doctor', async () => (await doctor.get(path)).status === 200);
  const letter = { limits: 'lifting', possibilities: 'adapted_work', advice: '', expected_duration: 'up_to_6_weeks', hours_per_week: 12, next_contact: later(14) };
  const sign = () => colleague.post(`${path}/letters`, letter, { headers: { 'Idempotency-Key': uuid() } });
  assert.equal((await sign()).status, 404);
  const to = (await doctor.get('/api/v1/mandates')).json.can_be_given_to.find((one) => one.name === 'M. Dokter');
  const given = await doctor.post('/api/v1/mandates', { given_to: to.user, ends_on: later(7) });
  assert.equal(given.status, 201, given.text);
  const signed = await sign();
  assert.equal((await doctor.request('DELETE', `/api/v1/mandates/${given.json.mandate}`)).status, 204);
  assert.equal(signed.status, 201, signed.text);
  assert.equal(signed.json.doctor_name, 'M. Dokter');
  const [atManager] = await until('the letter on the office side', async () => {
    const { letters } = (await manager.get(`${path}/letters`)).json;
    return letters.length > 0 && letters;
  });
  assert.deepEqual(atManager, signed.json);
});

test('delegated staff does the tasks that the doctor gave, until they are taken back', async () => {
  const manager = await signedIn(where, 'office', 'casemanager');
  const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
  const staff = await signedIn(where, 'medical', 'taakdelegatie');
  const { path } = await newCase();
  const { doctors } = (await manager.get('/api/v1/doctors')).json;
  await manager.change(path, 'doctor', { doctor: doctors.find((one) => one.name === 'A. de Arts').doctor });
  await until('the case at the doctor', async () => (await doctor.get(path)).status === 200);
  const opens = async () => [(await staff.get(path)).status, (await staff.get(`${path}/consults`)).status,
    (await staff.get(`${path}/functional-abilities`)).status, (await staff.get(`${path}/letters`)).status];
  assert.deepEqual(await opens(), [200, 200, 200, 200]);
  await takeBack(doctor);
  assert.deepEqual(await opens(), [404, 404, 404, 404]);
  const to = (await doctor.get('/api/v1/mandates')).json.can_be_given_to.find((one) => one.name === 'T. Gedelegeerd');
  assert.equal((await doctor.post('/api/v1/mandates', { given_to: to.user, ends_on: later(30) })).json.fields[0].field, 'tasks');
  const give = async (tasks) => assert.equal((await doctor.post('/api/v1/mandates', { given_to: to.user, tasks, ends_on: later(30) })).status, 201);
  await give('letters');
  assert.deepEqual(await opens(), [200, 404, 404, 200]);
  await give('consults documents');
  assert.deepEqual(await opens(), [200, 200, 200, 200]);
});

test('in an emergency a doctor reads a case for an hour; the client and who controls see it, and unlooked at it is the last', async () => {
  const manager = await signedIn(where, 'office', 'casemanager');
  const client = await signedIn(where, 'medical', 'client');
  const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
  const other = await signedIn(where, 'medical', 'bedrijfsarts2');
  const officer = await signedIn(where, 'medical', 'privacy');
  const own = (await (await signedIn(where, 'office', 'client')).get('/api/v1/cases')).json.cases[0].case;
  const path = `/api/v1/cases/${own}`;
  const { doctors } = (await manager.get('/api/v1/doctors')).json;
  await manager.change(path, 'doctor', { doctor: doctors.find((one) => one.name === 'A. de Arts').doctor });
  await until('the case at the doctor', async () => (await doctor.get(path)).status === 200);

  assert.equal((await other.get(path)).status, 404);
  const open = (reason, id = own) => other.post(`/api/v1/cases/${id}/emergency-access`, { reason });
  assert.equal((await open('Spoed')).json.fields[0].field, 'reason');
  assert.equal((await open('De cliënt ligt op de eerste hulp.', uuid())).status, 404);
  const opened = await open('De cliënt ligt op de eerste hulp.');
  assert.equal(opened.status, 201, opened.text);
  const minutes = (new Date(opened.json.until) - Date.now()) / 60000;
  assert.ok(minutes > 58 && minutes <= 60, opened.text);
  assert.equal((await other.get(path)).status, 200);
  assert.equal((await other.get(`${path}/consults`)).status, 200);
  assert.equal((await other.get(`${path}/functional-abilities`)).status, 200);
  const note = { note: 'Een notitie', cas_code: 'L608' };
  assert.equal((await other.post(`${path}/consults`, note, { headers: { 'Idempotency-Key': uuid() } })).json.code, 'not_allowed');

  const lines = (await client.get('/api/v1/own-access-log')).json.lines.map((one) => one.text);
  assert.ok(lines.includes('Een bedrijfsarts voegde toe een noodtoegang tot uw medisch dossier.'), lines.join('\n'));
  assert.ok(lines.includes('Een bedrijfsarts bekeek uw spreekuurverslagen, in een noodgeval.'), lines.join('\n'));
  const waiting = async () => (await officer.get('/api/v1/emergency-accesses')).json.emergency_accesses.filter((one) => one.case === own);
  const [first] = await waiting();
  assert.equal(first.doctor, 'M. Dokter');
  assert.equal(first.reason, 'De cliënt ligt op de eerste hulp.');
  const review = (is_justified) => officer.post(`/api/v1/emergency-accesses/${first.emergency_access}/review`, { is_justified });
  assert.equal((await review('')).json.fields[0].field, 'is_justified');
  assert.equal((await review(true)).status, 204);
  assert.equal((await review(false)).json.code, 'not_now');
  assert.deepEqual(await waiting(), []);
  // Altered in the database so that it would last, it opens nothing.
  sql('UPDATE klout7_medical.emergency_access SET opened_at = opened_at + 86400000000');
  assert.ok([404, 503].includes((await other.get(path)).status));
  sql('UPDATE klout7_medical.emergency_access SET opened_at = opened_at - 86400000000');
  assert.equal((await other.get(path)).status, 200);
});

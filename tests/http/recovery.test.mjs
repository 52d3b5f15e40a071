// A recovery: reported by the client at the office or by the doctor on the medical side, by nobody else; taken back; heard of on the
// other side; and what the employer sees of all absence together.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation, signedIn, until } from './client.mjs';
import { anotherReportOf, caseOnBothSides, daysAgo, reports } from './made_up.mjs';

const where = installation(process.env.KLOUT7_DATA);
const someReport = reports(9);
const field = (answer) => [answer.status, (answer.json?.fields ?? []).map(({ field: name, code }) => `${name} ${code}`).join()];

async function everybody() {
  const [client, employer, manager, doctor] = await Promise.all([signedIn(where, 'office', 'client'), signedIn(where, 'office', 'werkgever'),
    signedIn(where, 'office', 'casemanager'), signedIn(where, 'medical', 'bedrijfsarts')]);
  return { client, employer, manager, doctor };
}
/** A case of the client at the doctor that no other story has; its path. */
async function newCase({ client, employer, manager, doctor }) {
  return caseOnBothSides({ employer, manager, doctor, doctorName: 'A. de Arts', report: await anotherReportOf(client), until });
}
/** As who just looked at the case reports: with its version. */
async function report(who, path, day, headers = {}) {
  const { headers: { etag = '"0"' } } = await who.get(path);
  return who.post(`${path}/recovery`, { first_fit_day: day }, { headers: { 'If-Match': etag, ...headers } });
}
const atTheDoctor = (doctor, path, day) => until(`the doctor sees ${day}`, async () => (await doctor.get(path)).json.recovered_from === day);

test('a client reports to be well again: the case waits for the report to UWV, and the doctor and all lists know', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const before = (await who.client.get(path)).json;
  assert.equal(before.recovery, null);
  assert.deepEqual((await who.client.get(`${path}/recovery`)).json, { recoveries: [], client_changes_until: null });
  assert.equal((await report(who.client, path, daysAgo(0))).status, 204);
  const after = (await who.manager.get(path)).json;
  assert.equal(after.version, before.version + 1);
  assert.equal(after.recovered_from, daysAgo(0));
  assert.deepEqual([after.recovery.first_fit_day, after.recovery.by], [daysAgo(0), 'client']);
  const step = after.deadlines.find((one) => one.kind === 'recovery_report_to_uwv');
  assert.deepEqual([step.task, step.due], ['recovery_report_to_uwv-1', daysAgo(-2)]);
  assert.ok(after.deadlines.every((one) => one.due <= daysAgo(-2) || one.kind === 'sick_report_to_uwv'), 'nothing is asked of who is well again');
  await atTheDoctor(who.doctor, path, daysAgo(0));
  const listed = async (asker) => (await asker.get('/api/v1/cases')).json.cases.find((one) => path.endsWith(one.case));
  assert.equal((await listed(who.client)).recovered_from, daysAgo(0));
  assert.equal((await listed(who.doctor)).recovered_from, daysAgo(0));
  const read = (await who.employer.get(`${path}/recovery`)).json;
  assert.deepEqual(read.recoveries.map((one) => [one.first_fit_day, one.by]), [[daysAgo(0), 'client']]);
  assert.equal(read.client_changes_until, daysAgo(-7));
  const { json: { lines } } = await who.client.get('/api/v1/own-access-log');
  assert.ok(lines.some((one) => one.text === 'U zelf meldde uw herstelmelding.'));
});

test('a client takes it back, and reports another day', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const before = (await who.client.get(path)).json;
  assert.equal((await report(who.client, path, daysAgo(1))).status, 204);
  assert.equal((await report(who.client, path, null)).status, 204);
  const back = (await who.client.get(path)).json;
  assert.deepEqual([back.recovery, back.recovered_from, back.next_step], [null, null, before.next_step]);
  await atTheDoctor(who.doctor, path, null);
  assert.equal((await report(who.client, path, daysAgo(-2))).status, 204);
  await atTheDoctor(who.doctor, path, daysAgo(-2));
  assert.deepEqual((await who.client.get(`${path}/recovery`)).json.recoveries.map((one) => one.first_fit_day), [daysAgo(-2), null, daysAgo(1)]);
});

test('what is wrong with a day is told at its field, and nothing is written down', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const { json: { first_sick_day: first, version } } = await who.client.get(path);
  assert.deepEqual(field(await report(who.client, path, first)), [422, 'first_fit_day not_after_the_illness']);
  assert.deepEqual(field(await report(who.client, path, daysAgo(-3))), [422, 'first_fit_day too_far_ahead']);
  assert.deepEqual(field(await report(who.client, path, 'morgen')), [422, 'first_fit_day not_a_date']);
  assert.deepEqual(field(await report(who.client, path, null)), [422, 'first_fit_day nothing_to_take_back']);
  assert.deepEqual(field(await report(who.client, path, daysAgo(0), { 'If-Match': null })), [422, 'If-Match missing']);
  assert.deepEqual(field(await who.doctor.post(`${path}/recovery`, { first_fit_day: first })), [422, 'first_fit_day not_after_the_illness']);
  assert.deepEqual(field(await who.doctor.post(`${path}/recovery`, { first_fit_day: daysAgo(-3) })), [422, 'first_fit_day too_far_ahead']);
  assert.deepEqual(field(await who.doctor.post(`${path}/recovery`, { first_fit_day: null })), [422, 'first_fit_day nothing_to_take_back']);
  assert.equal((await who.client.get(path)).json.version, version);
});

test('who saw an older version is told; the same day twice is told too', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const seen = { 'If-Match': (await who.client.get(path)).headers.etag };
  assert.equal((await report(who.client, path, daysAgo(1), seen)).status, 204);
  const stale = await report(who.client, path, daysAgo(1), seen);
  assert.deepEqual([stale.status, stale.json.code], [412, 'changed_meanwhile']);
  assert.deepEqual(field(await report(who.client, path, daysAgo(1))), [422, 'first_fit_day reported_already']);
  assert.equal((await who.client.get(`${path}/recovery`)).json.recoveries.length, 1);
});

test('the doctor reports, and takes back: only a doctor changes that', async () => {
  const who = await everybody();
  const path = await newCase(who);
  assert.equal((await who.doctor.post(`${path}/recovery`, { first_fit_day: daysAgo(2) })).status, 204);
  await until('the office knows', async () => (await who.manager.get(path)).json.recovered_from === daysAgo(2));
  assert.equal((await who.manager.get(path)).json.recovery.by, 'company_doctor');
  await atTheDoctor(who.doctor, path, daysAgo(2));
  assert.deepEqual(field(await report(who.client, path, null)), [422, 'first_fit_day of_the_doctor']);
  assert.deepEqual(field(await who.doctor.post(`${path}/recovery`, { first_fit_day: daysAgo(2) })), [422, 'first_fit_day reported_already']);
  assert.equal((await who.doctor.post(`${path}/recovery`, { first_fit_day: null })).status, 204);
  await until('it is taken back at the office', async () => (await who.manager.get(path)).json.recovery === null);
  await atTheDoctor(who.doctor, path, null);
  assert.deepEqual((await who.client.get(`${path}/recovery`)).json.recoveries.map((one) => [one.first_fit_day, one.by]),
    [[null, 'company_doctor'], [daysAgo(2), 'company_doctor']]);
  // What the client reports, the doctor mends.
  assert.equal((await report(who.client, path, daysAgo(1))).status, 204);
  await atTheDoctor(who.doctor, path, daysAgo(1));
  assert.equal((await who.doctor.post(`${path}/recovery`, { first_fit_day: daysAgo(0) })).status, 204);
  await until('the office knows the newer day', async () => (await who.manager.get(path)).json.recovered_from === daysAgo(0));
});

test('a case manager, an employer, a colleague and staff of the doctor report nobody recovered', async () => {
  const who = await everybody();
  const path = await newCase(who);
  assert.equal((await report(who.manager, path, daysAgo(0))).status, 403);
  assert.equal((await report(who.employer, path, daysAgo(0))).status, 403);
  assert.equal((await report(await signedIn(where, 'office', 'uitkering'), path, daysAgo(0))).status, 403);
  assert.equal((await report(await signedIn(where, 'office', 'werkgever2'), path, daysAgo(0))).status, 404);
  assert.equal((await report(await signedIn(where, 'office', 'client2'), path, daysAgo(0))).status, 404);
  assert.equal((await (await signedIn(where, 'medical', 'taakdelegatie')).post(`${path}/recovery`, { first_fit_day: daysAgo(0) })).status, 403);
  assert.equal((await (await signedIn(where, 'medical', 'bedrijfsarts2')).post(`${path}/recovery`, { first_fit_day: daysAgo(0) })).status, 404);
  assert.equal((await who.manager.get(path)).json.recovery, null);
});

test('an employer tells how many people it has and sees a percentage, or why there is none', async () => {
  const { employer } = await everybody();
  const month = daysAgo(0).slice(0, 7);
  const tell = (employees, of = month) => employer.put(`/api/v1/headcounts/${of}`, { employees });
  const now = async () => (await employer.get('/api/v1/absence-figures')).json.months.at(-1);
  assert.equal((await tell(9)).status, 204);
  assert.deepEqual(await now(), { month, employees: 9, tenths_of_percent: null, withheld: 'group_too_small' });
  for (let i = 0; i < 3; i += 1) assert.equal((await employer.post('/api/v1/sick-reports', someReport())).status, 201);
  assert.equal((await tell(1000)).status, 204);
  const { employees, tenths_of_percent: tenths, withheld } = await now();
  assert.deepEqual([employees, withheld], [1000, null]);
  const { ill_now: ill } = (await employer.get('/api/v1/absence-figures')).json;
  assert.ok(ill >= 3 && tenths > 0 && tenths <= ill + 20, `${ill} ill, ${tenths} tenths`);
  for (const [wrong, code] of [[0, 'out_of_range'], ['', 'not_a_number'], ['1.5', 'not_a_number'], ['twee', 'not_a_number']])
    assert.deepEqual(field(await tell(wrong)), [422, `employees ${code}`]);
  assert.deepEqual(field(await tell(10, '2020-01')), [422, 'month out_of_range']);
  assert.deepEqual(field(await tell(10, '2026-13')), [422, 'month not_a_month']);
  assert.equal((await (await signedIn(where, 'office', 'casemanager')).get('/api/v1/absence-figures')).status, 404);
  const other = (await (await signedIn(where, 'office', 'werkgever2')).get('/api/v1/absence-figures')).json;
  assert.equal(other.months.at(-1).employees, null);
});

// The database administrator writes rows that decide who may do what, with every right on the server, and then comes in
// through the front door: each forged row must open nothing. Put back, everything works as before.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, installation, signedIn, until, uuid } from './client.mjs';
import { anotherReportOf, pdf, upload } from './made_up.mjs';
import { sql, valueOf } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const hex = (id) => `UNHEX('${id.replaceAll('-', '')}')`;

/** A case of the client of the demo with a doctor, a consult and a document, and everybody who plays in the forgeries. */
async function prepare() {
  const who = {};
  for (const [name, side, user] of [
    ['client', 'office', 'client'], ['manager', 'office', 'casemanager'], ['other_manager', 'office', 'casemanager2'],
    ['employer', 'office', 'werkgever'], ['other_employer', 'office', 'werkgever2'],
    ['doctor', 'medical', 'bedrijfsarts'], ['other_doctor', 'medical', 'bedrijfsarts2'], ['delegate', 'medical', 'taakdelegatie'],
  ]) who[name] = await signedIn(where, side, user);
  const user = Object.fromEntries(await Promise.all(Object.entries(who).map(async ([name, one]) => [name, (await one.get('/api/v1/session')).json.user])));
  const id = (await who.client.get('/api/v1/cases')).json.cases[0].case;
  assert.equal((await who.manager.change(`/api/v1/cases/${id}`, 'doctor', { doctor: user.doctor })).status, 204);
  await until('the case at the doctor', async () => (await who.doctor.get(`/api/v1/cases/${id}`)).status === 200);
  assert.equal((await who.doctor.post(`/api/v1/cases/${id}/consults`, { note: 'Een notitie.', cas_code: 'L608' }, { headers: { 'Idempotency-Key': uuid() } })).status, 201);
  const added = await upload(who.doctor, `/api/v1/cases/${id}`, pdf('of this case'));
  assert.equal(added.status, 201);
  // The same person, ill another time: there the other doctor looks after the case.
  const again = await who.employer.post('/api/v1/sick-reports', await anotherReportOf(who.client));
  assert.equal(again.status, 201, again.text);
  assert.equal((await who.manager.change(`/api/v1/cases/${again.json.case}`, 'doctor', { doctor: user.other_doctor })).status, 204);
  await until('the other case at the other doctor', async () => (await who.other_doctor.get(`/api/v1/cases/${again.json.case}`)).status === 200);
  return { who, user, id, other: again.json.case, document: added.json.document };
}

/** Does the forgery, asks, puts back. What was granted on a forged row is a hole. */
async function forge(what, { column, table, row, value, ask }) {
  const stored = () => valueOf(`SELECT COALESCE(CONCAT("X'", HEX(${column}), "'"), 'NULL') FROM ${table} WHERE ${row}`);
  const before = stored();
  assert.ok(before, `${what}: there is a row to forge`);
  assert.equal((await ask()).status === 200, false, `${what}: already open before`);
  sql(`UPDATE ${table} SET ${column} = ${value} WHERE ${row}`);
  try {
    assert.notEqual(stored(), before, `${what}: the forgery changed the row`);
    const answer = await ask();
    assert.ok([401, 404, 503].includes(answer.status), `${what}: ${answer.status} ${answer.text}`);
  } finally {
    sql(`UPDATE ${table} SET ${column} = ${before} WHERE ${row}`);
  }
}

test('a forged session, role, employer, assignment or place opens nothing', async () => {
  sql('DELETE FROM klout7_medical.emergency_access');  // as when the hour of earlier stories is over
  const { who, user, id, other, document } = await prepare();
  const open = (one) => () => one.get(`/api/v1/cases/${id}`);
  const notes = (one) => () => one.get(`/api/v1/cases/${id}/consults`);
  const own = (name) => `id = ${hex(user[name])}`;

  await forge('another doctor on the case', {
    table: 'klout7_medical.medical_case', row: `id = ${hex(id)}`, column: 'doctor_id', value: hex(user.other_doctor), ask: notes(who.other_doctor),
  });
  await forge('another case manager on the case', {
    table: 'klout7_office.case_file', row: `id = ${hex(id)}`, column: 'case_manager_id', value: hex(user.other_manager), ask: open(who.other_manager),
  });
  await forge('another employer on the case', {
    table: 'klout7_office.case_file', row: `id = ${hex(id)}`, column: 'employer_id', ask: open(who.other_employer),
    value: `(SELECT employer_id FROM klout7_office.user_account WHERE ${own('other_employer')})`,
  });
  await forge('another employer on the account', {
    table: 'klout7_office.user_account', row: own('other_employer'), column: 'employer_id', ask: open(who.other_employer),
    value: `(SELECT employer_id FROM (SELECT * FROM klout7_office.user_account) AS a WHERE ${own('employer')})`,
  });
  await forge('another role on the account', {
    table: 'klout7_office.user_account', row: own('other_employer'), column: 'role', value: "'benefit_specialist'", ask: open(who.other_employer),
  });
  const stranger = valueOf(`SELECT LOWER(HEX(id)) FROM klout7_office.case_file WHERE person_id <>
    (SELECT person_id FROM klout7_office.case_file WHERE id = ${hex(id)}) ORDER BY id LIMIT 1`);
  const of_stranger = stranger.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  await forge('another person on the account of a client', {
    table: 'klout7_office.user_account', row: own('client'), column: 'person_id', ask: () => who.client.get(`/api/v1/cases/${of_stranger}`),
    value: `(SELECT person_id FROM klout7_office.case_file WHERE id = ${hex(of_stranger)})`,
  });
  await forge('another doctor for whom a delegate works', {
    table: 'klout7_medical.user_account', row: own('delegate'), column: 'responsible_id', value: hex(user.other_doctor),
    ask: () => who.delegate.get(`/api/v1/cases/${other}/consults`),
  });

  const session = `id = X'${valueOf(`SELECT HEX(id) FROM klout7_medical.user_session WHERE user_id = ${hex(user.other_doctor)} AND ended_at IS NULL LIMIT 1`)}'`;
  await forge('an own session made one of the doctor', {
    table: 'klout7_medical.user_session', row: session, column: 'user_id', value: hex(user.doctor), ask: notes(who.other_doctor),
  });

  // Rows that never were: a session of the doctor with a token that the administrator knows, with a tag copied from a real one.
  for (const tag of ["REPEAT('x', 32)", `(SELECT tag FROM (SELECT * FROM klout7_medical.user_session) AS s WHERE ${session})`]) {
    const forged = new Client(where, 'medical');
    forged.cookies.set('__Host-k7-session', 'known');
    const now = `${Date.now()}000`;
    sql(`INSERT INTO klout7_medical.user_session (id, token_hash, user_id, must_change_password, must_add_factor, created_at, fresh_at, last_seen_at, tag)
      SELECT ${hex(uuid())}, UNHEX(SHA2('known', 256)), ${hex(user.doctor)}, 0, 0, ${now}, ${now}, ${now}, ${tag}`);
    assert.ok([401, 503].includes((await notes(forged)()).status), 'a session that was made in the database');
    sql("DELETE FROM klout7_medical.user_session WHERE token_hash = UNHEX(SHA2('known', 256))");
  }

  // A document or a note that was moved into the other case: it is of the same person, so their key opens it.
  await forge('a document moved into another case', {
    table: 'klout7_medical.document', row: `id = ${hex(document)}`, column: 'case_id', value: hex(other), ask: () => who.other_doctor.get(`/api/v1/documents/${document}`),
  });
  const note = valueOf(`SELECT LOWER(HEX(id)) FROM klout7_medical.consult WHERE case_id = ${hex(id)} LIMIT 1`);
  sql(`UPDATE klout7_medical.consult SET case_id = ${hex(other)} WHERE id = ${hex(note)}`);
  const moved = await who.other_doctor.get(`/api/v1/cases/${other}/consults`);
  sql(`UPDATE klout7_medical.consult SET case_id = ${hex(id)} WHERE id = ${hex(note)}`);
  assert.equal(moved.status, 503, moved.text);

  // Everything is as it was: who may, still may.
  for (const ask of [open(who.client), open(who.manager), open(who.employer), notes(who.doctor), () => who.doctor.get(`/api/v1/documents/${document}`)])
    assert.equal((await ask()).status, 200);
});

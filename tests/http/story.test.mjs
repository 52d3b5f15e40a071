// The main job, end to end, as people do it over HTTP on a running installation (KLOUT7_DATA).
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { Client, installation, signedIn, until, uuid } from './client.mjs';
import { anotherReportOf, askForFile, caseOnBothSides, daysAgo, pdf, reports } from './made_up.mjs';
import { klout7, operator, sql } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const report = reports(0);

test('a sick report becomes a case; the doctor writes what the office never sees; the letter reaches all', async () => {
  const employer = await signedIn(where, 'office', 'werkgever');
  const sick = report({ last_name: 'Kanarie-achternaam' });
  const made = await employer.post('/api/v1/sick-reports', sick);
  assert.equal(made.status, 201, made.text);
  const path = `/api/v1/cases/${made.json.case}`;

  const manager = await signedIn(where, 'office', 'casemanager');
  const list = await manager.get('/api/v1/cases');
  assert.equal(list.status, 200);
  const found = await manager.post('/api/v1/cases/search', { bsn: sick.bsn });
  assert.ok(found.json.cases.some((one) => one.case === made.json.case), found.text);
  const opened = await manager.get(path);
  assert.equal(opened.status, 200, opened.text);
  assert.equal(opened.json.person.last_name, 'Kanarie-achternaam');
  assert.equal(opened.json.first_sick_day, sick.first_sick_day);
  assert.ok(opened.json.case_manager);
  assert.ok(opened.json.deadlines.some((one) => one.kind === 'problem_analysis'));
  const { json: { doctors } } = await manager.get('/api/v1/doctors');
  const arts = doctors.find((one) => one.name === 'A. de Arts');
  assert.ok(arts);
  assert.equal((await manager.change(path, 'doctor', { doctor: arts.doctor })).status, 204);

  const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
  const own = await until('the case on the medical side', async () => {
    const cases = (await doctor.get('/api/v1/cases')).json.cases;
    return cases.find((one) => one.case === made.json.case);
  });
  assert.equal(own.person.last_name, 'Kanarie-achternaam');
  const note = 'Kanarienotitie: rug doet pijn bij tillen.';
  const key = uuid();
  const consult = { headers: { 'Idempotency-Key': key } };
  assert.equal((await doctor.post(`${path}/consults`, { note, cas_code: 'L608' }, consult)).status, 201);
  assert.equal((await doctor.post(`${path}/consults`, { note, cas_code: 'L608' }, consult)).status, 409);
  const consults = await doctor.get(`${path}/consults`);
  assert.deepEqual(consults.json.consults.map((one) => [one.note, one.cas_code]), [[note, 'L608']]);

  const written = { replaces: 0, valid_from: sick.first_sick_day, concentration: 'limited', hours_per_week: 20,
    explanation_personal_functioning: 'Kanarienotitie bij de mogelijkheden.', for_work_personal_functioning: 'Kanariewerk: niet lang de aandacht.' };
  const signing = { headers: { 'Idempotency-Key': uuid() } };
  assert.equal((await doctor.post(`${path}/functional-abilities`, written, signing)).json.version, 1);
  assert.equal((await doctor.post(`${path}/functional-abilities`, written, signing)).json.code, 'already_there');
  const late = await doctor.post(`${path}/functional-abilities`, written, { headers: { 'Idempotency-Key': uuid() } });
  assert.deepEqual([late.status, late.json.code], [412, 'changed_meanwhile']);
  const [abilities] = (await doctor.get(`${path}/functional-abilities`)).json.functional_abilities;
  assert.deepEqual([abilities.version, abilities.signer, abilities.levels, abilities.hours_per_week], [1, 'A. de Arts', [{ item: 'concentration', level: 'limited' }], 20]);
  assert.deepEqual(abilities.sections[0], { section: 'personal_functioning', for_work: written.for_work_personal_functioning, explanation: written.explanation_personal_functioning });

  const upload = await doctor.request('POST', `${path}/documents`, {
    body: pdf('Kanariedocument'),
    headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': encodeURIComponent('Kanarie brief.pdf') },
  });
  assert.equal(upload.status, 201, upload.text);
  const download = await doctor.get(`/api/v1/documents/${upload.json.document}`);
  assert.deepEqual(download.bytes, pdf('Kanariedocument'));

  const letter = await doctor.post(`${path}/letters`, {
    limits: 'lifting standing', possibilities: 'adapted_work', advice: 'adapt_tasks', expected_duration: 'up_to_6_weeks',
    hours_per_week: 12, next_contact: daysAgo(-14),
  }, { headers: { 'Idempotency-Key': uuid() } });
  assert.equal(letter.status, 201, letter.text);
  const atManager = await until('the letter on the office side', async () => (await manager.get(`${path}/letters`)).json.letters[0]);
  assert.deepEqual(atManager, letter.json);
  assert.deepEqual((await employer.get(`${path}/letters`)).json.letters[0], letter.json);

  // The office knows no consult and has none of the doctor's documents.
  for (const who of [manager, employer]) {
    assert.equal((await who.get(`${path}/consults`)).status, 404);
    assert.equal((await who.get(`${path}/functional-abilities`)).status, 404);
    assert.equal((await who.get(`/api/v1/documents/${upload.json.document}`)).status, 404);
    const answers = await Promise.all([path, '/api/v1/cases', `${path}/letters`, `${path}/documents`].map((one) => who.get(one)));
    for (const answer of answers) assert.ok(!/Kanarienotitie|Kanariewerk|L608|Kanariedocument|Kanarie brief|cas_code|consult/.test(answer.text));
  }
  // The database administrator finds ciphertext, the store folder names that say nothing.
  const rows = sql('SELECT * FROM klout7_office.person; SELECT * FROM klout7_office.case_file; SELECT * FROM klout7_office.letter; '
    + 'SELECT * FROM klout7_medical.consult; SELECT * FROM klout7_medical.functional_abilities; SELECT * FROM klout7_medical.medical_person; SELECT * FROM klout7_medical.document;');
  assert.ok(rows.length > 1000);
  assert.ok(!/Kanarie|L608|Teststraat/.test(rows));
  assert.ok(!rows.includes(sick.bsn));
  const files = readdirSync(join(where.folder, 'documents', 'medical'), { recursive: true });
  assert.ok(files.some((name) => /^[0-9a-v]{2}\/[0-9a-v]{32}$/.test(name)));
  assert.ok(files.every((name) => /^([0-9a-v]{2}(\/[0-9a-v]{32})?|incoming)$/.test(name)), files.join());
});

test('the client reads the letter of the own doctor on both sides, the same as employer and case manager, and no more', async () => {
  const client = await signedIn(where, 'office', 'client');
  const manager = await signedIn(where, 'office', 'casemanager');
  const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
  const path = `/api/v1/cases/${(await client.get('/api/v1/cases')).json.cases[0].case}`;
  const { json: { doctors } } = await manager.get('/api/v1/doctors');
  assert.equal((await manager.change(path, 'doctor', { doctor: doctors.find((one) => one.name === 'A. de Arts').doctor })).status, 204);
  await until('the case on the medical side', async () => (await doctor.get(path)).status === 200);
  assert.equal((await doctor.post(`${path}/consults`, { note: 'Kanarienotitie', cas_code: 'L608' }, { headers: { 'Idempotency-Key': uuid() } })).status, 201);
  const letter = await doctor.post(`${path}/letters`, {
    limits: '', possibilities: 'own_work_fewer_hours', advice: 'build_up_hours', expected_duration: 'up_to_2_weeks', hours_per_week: 20, next_contact: '',
  }, { headers: { 'Idempotency-Key': uuid() } });
  assert.equal(letter.status, 201, letter.text);
  const read = async (who) => (await who.get(`${path}/letters`)).json.letters.find((one) => one.letter === letter.json.letter);
  await until('the letter on the office side', () => read(manager));
  for (const who of [client, await signedIn(where, 'office', 'werkgever'), await signedIn(where, 'medical', 'client')])
    assert.deepEqual(await read(who), letter.json);
  for (const what of [path, `${path}/letters`, `${path}/documents`])
    assert.ok(!/Kanarienotitie|L608|consult/.test((await client.get(what)).text));
  // Of the functional abilities the client reads what work may know, and not what is for the file.
  const [newest] = (await doctor.get(`${path}/functional-abilities`)).json.functional_abilities;
  const list = { replaces: newest?.version ?? 0, valid_from: (await doctor.get(path)).json.first_sick_day, explanation_working_hours: 'Kanarie-uitleg', for_work_working_hours: 'Halve dagen' };
  assert.equal((await doctor.post(`${path}/functional-abilities`, list, { headers: { 'Idempotency-Key': uuid() } })).status, 201);
  const own = await (await signedIn(where, 'medical', 'client')).get(`${path}/functional-abilities`);
  assert.deepEqual(own.json.functional_abilities[0].sections.at(-1), { section: 'working_hours', for_work: 'Halve dagen' });
  assert.ok(!/Kanarie|explanation/.test(own.text));
});

test('the client reads the own medical file once the doctor gave it, no other client ever, and the own log says so', async () => {
  const [employer, manager, atOffice] = await Promise.all(['werkgever', 'casemanager', 'client'].map((name) => signedIn(where, 'office', name)));
  const [doctor, client, other] = await Promise.all(['bedrijfsarts', 'client', 'client2'].map((name) => signedIn(where, 'medical', name)));
  const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'A. de Arts', report: await anotherReportOf(atOffice), until });
  const id = path.split('/').at(-1);
  assert.ok((await client.get('/api/v1/cases')).json.cases.some((one) => one.case === id));
  assert.deepEqual((await other.get('/api/v1/cases')).json, { cases: [], next: null });
  const write = (note) => doctor.post(`${path}/consults`, { note, cas_code: 'L608' }, { headers: { 'Idempotency-Key': uuid() } });
  assert.equal((await write('Kanarienotitie van voor de inzage.')).status, 201);
  const closed = await client.get(`${path}/medical-file`);
  assert.equal(closed.status, 409);
  assert.match(closed.json.fields[0].detail, /Vraag inzage aan/);

  const request = await askForFile(client, id);
  assert.equal(await askForFile(client, id), request);
  const [open] = (await doctor.get(`${path}/file-requests`)).json.file_requests;
  assert.equal(open.file_request, request);
  assert.ok(open.answer_by > daysAgo(-27) && open.answer_by < daysAgo(-32), open.answer_by);
  const decide = (content) => doctor.post(`/api/v1/file-requests/${request}/decision`, content);
  assert.equal((await decide({ decision: 'refused' })).json.fields[0].field, 'reason');
  const given = await decide({ decision: 'given' });
  assert.equal(given.status, 200, given.text);
  assert.equal(given.json.readable_until, daysAgo(-90));
  assert.equal((await decide({ decision: 'given' })).status, 409);
  assert.equal((await write('Kanarienotitie van na de inzage.')).status, 201);

  const read = await client.get(`${path}/medical-file`);
  assert.equal(read.status, 200, read.text);
  assert.deepEqual(read.json.consults.map((one) => [one.note, one.cas_code]), [['Kanarienotitie van voor de inzage.', 'L608']]);
  assert.deepEqual(Object.keys(read.json.consults[0]).sort(), ['cas_code', 'created_at', 'note']);
  for (const what of ['', '/medical-file', '/file-requests', '/letters', '/consults']) assert.equal((await other.get(path + what)).status, 404);
  const lines = (await client.get('/api/v1/own-access-log')).json.lines.map((line) => line.text);
  for (const line of ['U zelf vroeg inzage in uw medisch dossier.', 'Een bedrijfsarts besliste over inzage in uw medisch dossier.', 'U zelf bekeek uw medisch dossier.'])
    assert.ok(lines.includes(line), `${line} in ${lines.join(' ')}`);
});

test('the privacy officer reads both logs, the client who opened the own file, and the logs are whole', async () => {
  for (const side of ['office', 'medical']) {
    const officer = await signedIn(where, side, 'privacy');
    const log = await officer.get('/api/v1/audit-log');
    assert.equal(log.status, 200);
    assert.ok(log.json.lines.some((line) => line.action === 'sign_in' && line.outcome === 'done'));
    assert.equal((await officer.get('/api/v1/cases')).status, 404);
  }
  const client = await signedIn(where, 'office', 'client');
  const own = await client.get('/api/v1/cases');
  assert.equal(own.status, 200);
  assert.ok(own.json.cases.length >= 1);
  assert.equal((await client.get(`/api/v1/cases/${own.json.cases[0].case}`)).status, 200);
  const seen = await client.get('/api/v1/own-access-log');
  assert.equal(seen.status, 200, seen.text);
  assert.ok(seen.json.lines.some((line) => /uzelf|u zelf|cliënt/i.test(line.text)), JSON.stringify(seen.json.lines[0]));
  assert.match(operator('audit', 'verify'), /office log: whole[\s\S]*medical log: whole/);
});

test('bad input gets a clear answer in the language asked for, and changes nothing', async () => {
  const employer = await signedIn(where, 'office', 'werkgever');
  const faults = async (more, language) => (await employer.post('/api/v1/sick-reports', report(more), { language })).json;
  assert.deepEqual((await faults({ bsn: '123456789' })).fields.map((one) => [one.field, one.code]), [['bsn', 'not_a_bsn']]);
  assert.equal((await faults({ first_sick_day: '2026-02-30' })).fields[0].code, 'not_a_date');
  assert.equal((await faults({ first_sick_day: daysAgo(-2) })).fields[0].code, 'in_the_future');
  assert.equal((await faults({ last_name: 'x'.repeat(201) })).fields[0].code, 'too_long');
  assert.equal((await faults({ oorzaak: 'griep' })).fields[0].code, 'unknown_field');
  assert.match((await faults({ bsn: '123456789' }, 'en')).title, /Some fields/);
  assert.match((await faults({ bsn: '123456789' }, 'nl')).title, /velden/);
  const twice = report();
  assert.equal((await employer.post('/api/v1/sick-reports', twice)).status, 201);
  assert.equal((await employer.post('/api/v1/sick-reports', twice)).status, 409);
  const invalid = await employer.request('POST', '/api/v1/sick-reports', { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), headers: { 'Content-Type': 'application/json' } });
  assert.equal(invalid.status, 422);
  const huge = await employer.request('POST', '/api/v1/sick-reports', { body: '', headers: { 'Content-Type': 'application/json', 'Content-Length': 100 * 1024 * 1024 } });
  assert.equal(huge.status, 413);
  const foreign = await employer.request('POST', '/api/v1/sick-reports', { json: report(), headers: { Origin: 'https://elsewhere.example' } });
  assert.equal(foreign.status, 403);
});

test('what is not yours is not there, what your role may not do is refused, and no session is no answer', async () => {
  const employer = await signedIn(where, 'office', 'werkgever');
  const other = await signedIn(where, 'office', 'werkgever2');
  const made = await employer.post('/api/v1/sick-reports', report());
  assert.equal((await employer.get(`/api/v1/cases/${made.json.case}`)).status, 200);
  const foreign = await other.get(`/api/v1/cases/${made.json.case}`);
  const absent = await other.get(`/api/v1/cases/${uuid()}`);
  assert.equal(foreign.status, 404);
  assert.equal(foreign.text, absent.text);
  assert.equal((await new Client(where, 'office').get('/api/v1/cases')).status, 401);
  const admin = await signedIn(where, 'office', 'beheer');
  assert.equal((await admin.get(`/api/v1/cases/${made.json.case}`)).status, 404);
  assert.equal((await admin.get('/api/v1/users')).status, 200);
});

test('a one-time code counts once, and a session ends at once', async () => {
  const client = await new Client(where, 'office').signIn('uitkering');
  const account = client.account('uitkering');
  const again = await new Client(where, 'office').post('/api/v1/session', {
    user_name: account.user_name, password: account.password, code: client.usedCode,
  });
  assert.equal(again.status, 401);
  assert.equal(again.json.code, 'sign_in_wrong');
  assert.equal((await client.get('/api/v1/session')).json.role, 'benefit_specialist');
  const copy = new Client(where, 'office');
  copy.cookies = new Map(client.cookies);
  assert.equal((await client.request('DELETE', '/api/v1/session')).status, 204);
  assert.equal((await copy.get('/api/v1/session')).status, 401);
});

test('an employer imports a file of the own people; the same file again changes nothing', async () => {
  const employer = await signedIn(where, 'office', 'werkgever');
  const code = (await employer.get('/api/v1/cases')).status && operator('generate', 'sick-reports', '--count', '30', '--seed', String(Math.floor(Math.random() * 1e6))).split('\n');
  const csv = (text, query = '') => employer.request('POST', `/api/v1/sick-report-imports${query}`, { body: text, headers: { 'Content-Type': 'text/csv' } });
  const dry = await csv(code.join('\n'), '?dry_run=true');
  assert.equal(dry.status, 200, dry.text);
  assert.equal(dry.json.rows, 30);
  const first = await csv(code.join('\n'));
  assert.equal(first.json.added, dry.json.added);
  assert.equal(first.json.added + first.json.already_there + first.json.refused, 30);
  assert.ok(first.json.refused > 0, 'rows of other employers are refused');
  assert.match(first.json.rejects_csv, /^regel;kolom;code;reden/);
  const again = await csv(code.join('\n'));
  assert.equal(again.json.added, 0);
  assert.equal(again.json.already_there, first.json.added + first.json.already_there);
  assert.equal((await csv(code.join('\n'), '?dry_run=perhaps')).status, 422);
  const unwanted = await csv('bsn;oorzaak\r\n1;griep\r\n');
  assert.equal(unwanted.status, 422);
  assert.deepEqual(unwanted.json.header_problems.find((one) => one.code === 'unknown_columns').columns, ['oorzaak']);
});

test('an import that is killed goes on where it stopped, and the same file again changes nothing', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'klout7-import-')), 'reports.csv');
  // Not the people of the test range, whom the other stories report.
  const rows = operator('generate', 'sick-reports', '--count', '30909', '--seed', '11').split('\n');
  writeFileSync(file, rows.filter((row) => !/;99999\d{4};/.test(row)).join('\n'));
  chmodSync(dirname(file), 0o777);
  const rejects = join(where.folder, 'run', 'rejects.csv');
  const first = spawn(klout7, ['import', 'sick-reports', file, '--rejects', rejects, '--data', where.folder], { stdio: 'ignore' });
  const ended = new Promise((resolve) => first.on('close', resolve));
  const done = () => Number(sql('SELECT MAX(rows_done) AS n FROM klout7_office.import_run WHERE finished_at IS NULL').trim().split('\n')[1]) || 0;
  await until('the first rows', () => done() > 0);
  execFileSync('pkill', ['-9', '-f', `sick-reports ${file}`]);
  await ended;
  const kept = done();
  assert.ok(kept > 0 && kept < 30000, `${kept} rows were done when it was killed`);
  const second = operator('import', 'sick-reports', file, '--rejects', rejects);
  assert.match(second, new RegExp(`^30000 rows: .* 0 refused, ${kept} done by the run that was cut off`));
  const third = operator('import', 'sick-reports', file, '--rejects', rejects);
  assert.match(third, /^30000 rows: 0 added, 30000 already there, 0 refused/);
});

// The disk fills up under a running installation of its own, in a small file system: every answer is clear, nothing is lost or
// half done, and with room again everything goes on without a restart.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { Client, installation, signedIn, until, uuid } from './client.mjs';
import { caseOnBothSides, pdf, reports, upload } from './made_up.mjs';
import { databaseProcess, numberOf, operator, programProcess, serveProcess, standStill } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const report = reports(3);
const employer = await signedIn(where, 'office', 'werkgever');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
const people = { employer, manager, doctor, doctorName: 'A. de Arts', until };
const path = await caseOnBothSides({ ...people, report: report() });
const own = (await employer.get(path)).json.doctor;

const ballast = join(where.folder, 'ballast');
const MiB = 1 << 20;
const reserve = 128 * MiB;  // what the programs leave to the database
/** Writes until nothing more fits, in ever smaller pieces; then gives back what is left over for others. */
function fillUp(left = 0) {
  const file = openSync(ballast, 'a');
  for (let piece = MiB; piece >= 512; piece >>= 1) {
    try {
      for (;;) writeSync(file, Buffer.alloc(piece, 1));
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    }
  }
  ftruncateSync(file, fstatSync(file).size - left);
  closeSync(file);
}
const makeRoom = () => rmSync(ballast, { force: true });

/** Everything that serves, by its process. */
const serving = () => [serveProcess(), databaseProcess(),
  ...execFileSync('pgrep', ['-P', String(serveProcess()), 'klout7'], { encoding: 'utf8' }).trim().split('\n').map(Number)];
/** Whether a process still does something: one that ended may wait for its parent to look. */
function isRunning(pid) {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function answers(answer, status, code, sentence) {
  assert.equal(answer.status, status, answer.text.slice(0, 300));
  assert.equal(answer.json.code, code);
  assert.match(answer.json.title, sentence);
}
const full = { nl: /De opslag is vol. Er is niets gewijzigd; waarschuw de beheerder/, en: /The store is full. Nothing was changed; warn the operator/ };
const isFull = (answer, language) => answers(answer, 507, 'full', full[language]);
/** Asks until the disk is full for this too: what still fits in pages that the database has is taken. */
async function untilFull(ask) {
  for (const language of ['nl', 'en']) {
    let answer = await ask(language);
    for (let taken = 0; answer.status < 300; answer = await ask(language)) assert.ok((taken += 1) < 2000, 'the disk does not get full');
    isFull(answer, language);
  }
}

const count = (table) => numberOf(`SELECT COUNT(*) FROM ${table}`);
const files = (side) => readdirSync(join(where.folder, 'documents', side), { recursive: true }).filter((name) => /[0-9a-v]{32}$/.test(name)).length;
const stored = () => ({
  cases: count('klout7_office.case_file'), people: count('klout7_office.person'), keys: count('klout7_office_keys.person_key'),
  documents: ['office', 'medical'].map((side) => [count(`klout7_${side}.document`), files(side)]),
});
const large = (bytes) => Buffer.concat([pdf('large'), Buffer.alloc(bytes, 0x20), Buffer.from('%%EOF')]);
const csv = (rows, seed) => operator('generate', 'sick-reports', '--count', String(rows), '--seed', String(seed));
const send = (body, language) => employer.request('POST', '/api/v1/sick-report-imports', { body, language, headers: { 'Content-Type': 'text/csv' } });
/** A file that the operator imports, in a folder where the rows that are refused may be written. */
function fileOf(t, text) {
  const folder = mkdtempSync(join(tmpdir(), 'klout7-full-'));
  t.after(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, 'reports.csv'), text);
  return join(folder, 'reports.csv');
}
const importing = (file) => operator('import', 'sick-reports', file, '--rejects', `${file}.rejects`);

async function everyLineIsSigned() {
  await until('every line to come under a signature', () => {
    const verdicts = [...operator('audit', 'verify').matchAll(/log: whole, (\d+) events, (\d+) of them/g)];
    return verdicts.length === 2 && verdicts.every(([, events, signed]) => events === signed);
  });
}

test('a full disk is answered clearly, loses nothing and ends nothing, and with room everything goes on', async (t) => {
  t.after(makeRoom);
  const rows = csv(3000, 5);
  const file = fileOf(t, rows);
  const body = report();
  const before = stored();
  const served = serving();
  // First there is less than what the database keeps for itself, then there is nothing.
  for (const left of [reserve / 2, 0]) {
    fillUp(left);
    for (const language of ['nl', 'en']) {
      isFull(await employer.post('/api/v1/sick-reports', body, { language }), language);
      for (const who of [manager, doctor]) isFull(await upload(who, path, large(300000), uuid(), language), language);
      isFull(await manager.change(path, 'doctor', { doctor: own }, { language }), language);
      isFull(await send(rows, language), language);
    }
    assert.throws(() => importing(file), /disk is full; make room and run the import again/);
    assert.deepEqual(stored(), before);
    if (left === 0) continue;
    for (const who of [employer, manager, doctor]) assert.equal((await who.get(path)).status, 200);
  }
  // Reading goes on while its lines in the log still fit, and says so when they do not. So does signing in.
  for (const who of [employer, manager, doctor]) await untilFull((language) => who.get('/api/v1/cases', { language }));
  const { user_name, password } = employer.account('uitkering');
  await untilFull((language) => new Client(where, 'office').post('/api/v1/session', { user_name, password, code: '000000' }, { language })
    .then((answer) => (answer.status === 401 || answer.status === 429 ? { status: 200 } : answer)));
  for (const side of ['office', 'medical']) assert.equal((await new Client(where, side).get('/healthz')).status, 200);
  assert.deepEqual(stored(), before);

  makeRoom();
  await until('reading to go on', async () => (await employer.get('/api/v1/cases')).status === 200);
  assert.equal((await employer.post('/api/v1/sick-reports', body)).status, 201);
  for (const who of [manager, doctor]) assert.equal((await upload(who, path, large(300000))).status, 201);
  const imported = await send(rows, 'nl');
  assert.equal(imported.status, 200, imported.text);
  assert.ok(imported.json.added > 500 && imported.json.refused > 500, imported.text.slice(0, 200));
  assert.match(importing(file), /^3000 rows: .* 0 refused/);
  await caseOnBothSides({ ...people, report: report() });
  await everyLineIsSigned();
  assert.deepEqual(serving(), served);
});

test('an upload that fills the disk up leaves no file, and comes again with room', async (t) => {
  t.after(makeRoom);
  const key = uuid();
  const before = stored();
  fillUp(reserve + 2 * MiB);
  for (const language of ['nl', 'en']) {
    isFull(await upload(manager, path, large(8 * MiB), key, language), language);
    assert.deepEqual(stored(), before);
  }
  makeRoom();
  assert.equal((await upload(manager, path, large(8 * MiB), key)).status, 201);
});

test('an import that finds the disk full half-way says that a part is kept, and goes through when it comes again', async (t) => {
  t.after(makeRoom);
  const rows = csv(12000, 6);
  const before = count('klout7_office.case_file');
  let kept = 0;
  for (const [language, sentence] of [['nl', /Wat al bewaard is, blijft; verstuur hetzelfde later opnieuw/], ['en', /What was kept stays; send the same again/]]) {
    fillUp(reserve + 3 * MiB);
    answers(await send(rows, language), 503, 'stopped_half_way', sentence);
    const now = count('klout7_office.case_file') - before;
    assert.ok(now > kept, `${now} cases are kept`);
    kept = now;
  }
  makeRoom();
  const { json } = await send(rows, 'nl');
  assert.equal(json.already_there, kept);
  assert.ok(json.added > 0);
  assert.equal(json.added + json.already_there + json.refused, 12000);
  assert.equal(json.rejects_csv.trim().split('\n').length, 1 + json.refused);
});

test('a database that cannot start on a full disk comes back once there is room', async (t) => {
  t.after(makeRoom);
  const made = (await employer.post('/api/v1/sick-reports', report())).json.case;
  const look = (language) => employer.get(`/api/v1/cases/${made}`, { language });
  const programs = ['office', 'medical'].map(programProcess);
  const goOn = standStill(t, serveProcess());
  const killed = databaseProcess();
  process.kill(killed, 'SIGKILL');
  await until('the database to be gone', () => !isRunning(killed));
  rmSync(join(where.folder, 'database', 'data', 'ibtmp1'));  // it makes this file anew when it starts
  fillUp();
  goOn();
  // Its settings are written at each start: at the second try the first one has failed.
  const triedAt = () => statSync(join(where.folder, 'database', 'server.cnf')).mtimeMs;
  for (let [tries, last] = [0, triedAt()]; tries < 2; tries++, last = triedAt())
    await until('a start on the full disk', () => triedAt() > last, 60);
  for (const [language, sentence] of [['nl', /De opslag antwoordt niet/], ['en', /The store does not answer/]])
    answers(await look(language), 503, 'unavailable', sentence);
  assert.ok(isRunning(serveProcess()));
  // Neither fell, though nothing of what they had to tell could be written.
  for (const program of programs) assert.ok(isRunning(program));
  makeRoom();
  await until('the database to be back', async () => (await look('nl')).status === 200, 60);
  await everyLineIsSigned();
});

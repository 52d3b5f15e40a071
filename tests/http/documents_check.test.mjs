// The operator checks the whole store: what is wrong is named, what can be repaired is, and nothing else is touched.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { installation, signedIn, until } from './client.mjs';
import { caseOnBothSides, pdf, reports, upload } from './made_up.mjs';
import { klout7, operator, sql } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const employer = await signedIn(where, 'office', 'werkgever3');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: reports(10)(), until });

function check(...options) {
  const done = spawnSync(klout7, ['documents', 'check', ...options, '--data', where.folder], { encoding: 'utf8' });
  return { code: done.status, out: done.stdout, problem: done.stderr };
}
/** The one file of the store that was not there before. */
const filesOf = (side) => new Set(execFileSync('find', [join(where.folder, 'documents', side), '-type', 'f', '-path', '*/??/*'], { encoding: 'utf8' }).trim().split('\n').filter(Boolean));
async function put(who, words) {
  const before = filesOf(who.side);
  const added = await upload(who, path, pdf(words));
  assert.equal(added.status, 201, added.text);
  const [file] = [...filesOf(who.side)].filter((one) => !before.has(one));
  return { document: added.json.document, file };
}

test('what is wrong with a document is named, and what can be repaired is', async () => {
  const altered = await put(manager, 'altered');
  const lost = await put(doctor, 'without a verdict');
  const whole = await put(doctor, 'whole');
  const before = check();
  assert.equal(before.code, 0, before.out + before.problem);
  assert.match(before.out, /office +\d+ documents: \d+ whole[\s\S]*medical +\d+ documents: \d+ whole/);

  const content = readFileSync(altered.file);
  writeFileSync(altered.file, Buffer.concat([content.subarray(0, 200), Buffer.from([content[200] ^ 1]), content.subarray(201)]));
  sql(`DELETE FROM klout7_medical.document_scan WHERE document_id = X'${lost.document.replaceAll('-', '')}'`);
  assert.equal((await doctor.get(`/api/v1/documents/${lost.document}`)).status, 409);
  const found = check('--repair', '--pace', '1000');
  assert.equal(found.code, 1);
  assert.match(found.out, new RegExp(`office +document ${altered.document}: its file is not what was sealed`));
  assert.match(found.out, new RegExp(`medical +document ${lost.document}: what the scanner said of it is gone`));
  assert.match(found.problem, /the office side: 1 of 1 are not repaired/);
  assert.ok(existsSync(altered.file));
  await until('the document to be scanned again', async () => (await doctor.get(`/api/v1/documents/${lost.document}`)).status === 200, 40);

  // Put back, as from a backup.
  writeFileSync(altered.file, content);
  assert.equal(check('--side', 'office').code, 0);
  assert.equal((await manager.get(`/api/v1/documents/${altered.document}`)).status, 200);
  assert.equal((await doctor.get(`/api/v1/documents/${whole.document}`)).status, 200);
  assert.match(operator('audit', 'verify'), /office log: whole[\s\S]*medical log: whole/);
});

test('what makes no sense is refused in words', () => {
  for (const [options, words] of [[['--pace', '0'], /--pace is how many MiB/], [['--pace', 'fast'], /--pace is how many MiB/], [['--side', 'left'], /--side is office or medical/], [['it'], /usage: klout7 documents/]]) {
    const done = check(...options);
    assert.equal(done.code, 1);
    assert.match(done.problem, words);
  }
});

// Nobody reads a byte of a document before the scanner said that it is clean: not what is infected, not what it cannot look into,
// not what came while it stood still or was killed.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import test from 'node:test';
import { installation, signedIn, until, uuid } from './client.mjs';
import { caseOnBothSides, eicar, pdf, reports, upload } from './made_up.mjs';
import { makeSignaturesOld, numberOf, operator, scannerProcess, sql, standStill, valueOf } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const employer = await signedIn(where, 'office', 'werkgever3');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: reports(9)(), until });

const file = (name) => readFileSync(new URL(`../vectors/scanner/${name}.pdf`, import.meta.url));
const inLanguages = { nl: /In dit bestand is schadelijke software gevonden \(Eicar-Test-Signature\)\. Het is niet toegevoegd aan het dossier/, en: /Harmful software was found in this file \(Eicar-Test-Signature\)\. It was not added to the case/ };

const listed = async (who) => (await who.get(`${path}/documents`)).json.documents;
async function stateOf(who, document) {
  const found = (await listed(who)).find((one) => one.document === document);
  return found && [found.state, found.reason, found.signature];
}
/** Not a byte of it, in both languages. */
async function isClosed(who, document) {
  for (const [language, sentence] of [['nl', /niet veilig bevonden/], ['en', /not found to be safe/]]) {
    const answer = await who.get(`/api/v1/documents/${document}`, { language });
    assert.equal(answer.status, 409, answer.text);
    assert.equal(answer.json.code, 'not_clean');
    assert.match(answer.json.title, sentence);
  }
}
const becomes = (who, document, state) => until(`a document to be ${state}`, async () => (await stateOf(who, document))?.[0] === state, 40);

test('what is clean can be read at once, on both sides', async () => {
  for (const who of [manager, doctor]) {
    const added = await upload(who, path, pdf('a letter'));
    assert.equal(added.status, 201, added.text);
    assert.equal(added.json.state, 'clean');
    const read = await who.get(`/api/v1/documents/${added.json.document}`);
    assert.equal(read.status, 200);
    assert.deepEqual(read.bytes, pdf('a letter'));
  }
});

test('what is infected is refused in words, kept in quarantine, and never read', async () => {
  for (const who of [manager, doctor]) {
    for (const [language, sentence] of Object.entries(inLanguages)) {
      const document = uuid();
      const added = await upload(who, path, pdf(eicar), document, language);
      assert.equal(added.status, 422, added.text);
      assert.equal(added.json.fields[0].code, 'infected');
      assert.match(added.json.fields[0].detail, sentence);
      assert.deepEqual(await stateOf(who, document), ['quarantined', 'infected', 'Eicar-Test-Signature']);
      await isClosed(who, document);
      // Again with the same key: it is there already, and nothing is scanned into the case.
      assert.equal((await upload(who, path, pdf('a letter'), document)).status, 409);
      await isClosed(who, document);
    }
  }
});

const sample = (name) => readFileSync(new URL(`../vectors/gate/${name}`, import.meta.url));
/** Sends a sample of the gate under a name; what the sender says of its type is not looked at. */
const send = (who, name, as = name, language = 'nl', document = uuid()) => who.request('POST', `${path}/documents`, {
  body: sample(name), language, headers: { 'Content-Type': 'text/x-anything', 'Idempotency-Key': document, 'K7-File-Name': encodeURIComponent(as) },
});

test('a file of each type is taken by its content, and given out as that and as nothing else', async () => {
  const word = 'application/vnd.openxmlformats-officedocument';
  for (const [name, type] of [
    ['good.pdf', 'application/pdf'], ['good.jpg', 'image/jpeg'], ['good.png', 'image/png'], ['good.heic', 'image/heic'], ['good.tiff', 'image/tiff'],
    ['good.docx', `${word}.wordprocessingml.document`], ['good.xlsx', `${word}.spreadsheetml.sheet`], ['good.odt', 'application/vnd.oasis.opendocument.text'],
    ['good.eml', 'message/rfc822'], ['good.txt', 'text/plain'],
  ]) {
    for (const who of [manager, doctor]) {
      const added = await send(who, name);
      assert.equal(added.status, 201, `${name}: ${added.text}`);
      assert.equal(added.json.media_type, type);
      const read = await who.get(`/api/v1/documents/${added.json.document}`);
      assert.equal(read.headers['content-type'], type);
      assert.equal(read.headers['x-content-type-options'], 'nosniff');
      assert.equal(read.headers['content-disposition'], `attachment; filename="${name}"; filename*=UTF-8''${name}`);
      assert.deepEqual(read.bytes, sample(name));
    }
  }
});

test('a part of a document can be asked for, and who has it already is told so; both are readings with their line', async () => {
  const called = 'Brief “één” – \u202d50%.pdf'.replace('\u202d', '');
  const document = uuid();
  const added = await manager.request('POST', `${path}/documents`, {
    body: pdf('0123456789'), headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': document, 'K7-File-Name': encodeURIComponent(called) },
  });
  assert.equal(added.status, 201, added.text);
  const ask = (headers) => manager.get(`/api/v1/documents/${document}`, { headers });
  const whole = await ask({});
  const name = /filename\*=UTF-8''(\S+)$/.exec(whole.headers['content-disposition'])[1];
  assert.equal(decodeURIComponent(name), called);
  const { etag } = whole.headers;
  const at = pdf('0123456789').indexOf('0123');
  const part = await ask({ Range: `bytes=${at + 2}-${at + 4}` });
  assert.equal(part.status, 206);
  assert.equal(part.text, '234');
  assert.equal(part.headers['content-range'], `bytes ${at + 2}-${at + 4}/${whole.bytes.length}`);
  assert.equal((await ask({ Range: 'bytes=-6' })).text, whole.bytes.subarray(-6).toString());
  const beyond = await ask({ Range: `bytes=${whole.bytes.length}-` });
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers['content-range'], `bytes */${whole.bytes.length}`);
  const lines = () => numberOf('SELECT COUNT(*) FROM klout7_office.audit_event');
  const before = lines();
  const had = await ask({ 'If-None-Match': etag });
  assert.equal(had.status, 304);
  assert.equal(had.bytes.length, 0);
  assert.ok(lines() > before);
  assert.equal((await ask({ 'If-None-Match': '"another"' })).status, 200);
});

test('what the gate refuses is answered in words that say what to do, and leaves nothing', async () => {
  const inWords = {
    'program.exe': ['unknown_type', /Verstuur een PDF/, /Send a PDF/], 'cut_off.pdf': ['malformed', /sla het opnieuw op/, /save it again/],
    'zip_behind.jpg': ['disguised', /verborgen/, /is hidden/], 'password_without_startxref.pdf': ['encrypted', /zonder wachtwoord/, /without a password/],
    'macro.docx': ['macros', /zonder macro's/, /without macros/], 'javascript.pdf': ['scripts', /Druk het af als PDF/, /Print it as PDF/],
    'template.docx': ['external_links', /Verwijder die koppelingen/, /Remove those links/], 'attachment.eml': ['embedded_files', /Verstuur die los/, /by themselves/],
    'text_bomb.docx': ['limit', /Sla het eenvoudiger op/, /in a simpler way/],
  };
  for (const [name, [code, dutch, english]] of Object.entries(inWords)) {
    for (const [language, sentence] of [['nl', dutch], ['en', english]]) {
      const document = uuid();
      const answer = await send(manager, name, name, language, document);
      assert.equal(answer.status, 422, `${name}: ${answer.text}`);
      assert.equal(answer.json.fields[0].code, code, name);
      assert.match(answer.json.fields[0].detail, sentence);
      assert.equal(await stateOf(manager, document), undefined);
    }
  }
});

test('a name that a computer would open as another kind of file is refused at that field', async () => {
  for (const as of ['brief.html', 'brief.txt.bat', 'good.docm']) {
    const answer = await send(doctor, 'good.txt', as);
    assert.equal(answer.status, 422, answer.text);
    assert.deepEqual([answer.json.fields[0].field, answer.json.fields[0].code], ['K7-File-Name', 'not_as_content']);
  }
  assert.equal((await send(doctor, 'good.txt', 'Gesprek van 12.11.2026')).status, 201);
});

/** Sends a PDF in pieces, with a pause between them in which something can happen. */
function inPieces(who, pieces, between, document = uuid()) {
  const headers = {
    Origin: `https://localhost:${where.ports[who.side]}`, 'Accept-Language': 'nl', 'Content-Type': 'application/pdf', 'Idempotency-Key': document,
    'K7-File-Name': 'brief.pdf', 'Content-Length': Buffer.concat(pieces).length, Cookie: [...who.cookies].map(([k, v]) => `${k}=${v}`).join('; '),
  };
  return new Promise((resolve, reject) => {
    const request = https.request({ host: 'localhost', port: where.ports[who.side], method: 'POST', path: `${path}/documents`, headers, ca: where.ca }, (answer) => {
      let text = '';
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => resolve({ status: answer.statusCode, json: JSON.parse(text), document }));
    });
    request.on('error', reject);
    (async () => {
      for (const [at, piece] of pieces.entries()) {
        if (at > 0) await between(at);
        request.write(piece);
      }
      request.end();
    })().catch(reject);
  });
}
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test('a signature that arrives in pieces is found', async () => {
  const whole = pdf(`${'x'.repeat(70000)}${eicar}`);
  const cut = whole.indexOf('EICAR');
  const added = await inPieces(doctor, [whole.subarray(0, 5), whole.subarray(5, cut), whole.subarray(cut, cut + 3), whole.subarray(cut + 3)], () => sleep(50));
  assert.equal(added.status, 422);
  assert.equal(added.json.fields[0].code, 'infected');
  await isClosed(doctor, added.document);
});

test('attachments of a PDF are looked into, and what cannot be looked into is no less closed', async () => {
  for (const [name, code, signature] of [
    ['attachment', 'infected', 'Klout7-Test-Signature'], ['zip_in_attachment', 'infected', 'Klout7-Test-Signature'], ['password', 'encrypted', null],
    ['password_in_attachment', 'encrypted', null], ['too_deep', 'limit', null], ['too_large_inside', 'limit', null],
  ]) {
    const document = uuid();
    const added = await upload(manager, path, file(name), document);
    assert.equal(added.status, 422, `${name}: ${added.text}`);
    assert.equal(added.json.fields[0].code, code, name);
    assert.deepEqual(await stateOf(manager, document), ['quarantined', code, signature], name);
    await isClosed(manager, document);
  }
  // Nothing harmful is in it, and it is refused all the same: what is attached is to come by itself. Nothing of it stays.
  const document = uuid();
  const refused = await upload(manager, path, file('clean'), document);
  assert.equal(refused.status, 422, refused.text);
  assert.equal(refused.json.fields[0].code, 'embedded_files');
  assert.equal(await stateOf(manager, document), undefined);
});

test('while the scanner stands still nothing is lost, nothing can be read, and all of it is scanned later', async (t) => {
  const goOn = standStill(t, scannerProcess());
  const clean = await upload(manager, path, pdf('kept while the scanner stood still'));
  const infected = await upload(doctor, path, pdf(eicar));
  for (const [who, added] of [[manager, clean], [doctor, infected]]) {
    assert.equal(added.status, 201, added.text);
    assert.equal(added.json.state, 'waits');
    await isClosed(who, added.json.document);
  }
  goOn();
  await becomes(manager, clean.json.document, 'clean');
  assert.equal((await manager.get(`/api/v1/documents/${clean.json.document}`)).text, pdf('kept while the scanner stood still').toString());
  await becomes(doctor, infected.json.document, 'quarantined');
  assert.deepEqual(await stateOf(doctor, infected.json.document), ['quarantined', 'infected', 'Eicar-Test-Signature']);
  await isClosed(doctor, infected.json.document);
});

test('a scanner that is killed in the middle of an upload is started again, and what came is scanned then', async () => {
  const body = (words) => [Buffer.from('%PDF-1.4\n'), Buffer.from(`${'x'.repeat(200000)}\n`), Buffer.from(`${words}\n%%EOF\n`)];
  const before = scannerProcess();
  const kill = async (at) => { if (at === 2) { await sleep(200); process.kill(scannerProcess(), 'SIGKILL'); await sleep(100); } };
  const added = await inPieces(manager, body('a long letter'), kill);
  assert.equal(added.status, 201);
  assert.equal(added.json.state, 'waits');
  await isClosed(manager, added.document);
  await until('another scanner', () => scannerProcess() !== undefined && scannerProcess() !== before);
  await becomes(manager, added.document, 'clean');
  assert.equal((await manager.get(`/api/v1/documents/${added.document}`)).text, Buffer.concat(body('a long letter')).toString());
});

test('a document from before there was a scanner waits for it', async () => {
  const { json: { document } } = await upload(manager, path, pdf('from before'));
  const row = `document_id = X'${document.replaceAll('-', '')}'`;
  sql(`UPDATE klout7_office.document_scan SET state = 'waits', finding = NULL, signatures = NULL, scanned_at = NULL, tag = NULL WHERE ${row}`);
  await becomes(manager, document, 'clean');
  assert.match(valueOf(`SELECT signatures FROM klout7_office.document_scan WHERE ${row}`), /^ClamAV /);
});

test('with new signatures all is scanned again, held up and let go on by the operator', async () => {
  const letter = await upload(manager, path, pdf('a letter'));
  assert.equal((await manager.get(`/api/v1/documents/${letter.json.document}`)).status, 200);
  // The scanner is the same, so what it scanned is made older instead.
  operator('documents', 'rescan', 'pause');
  assert.match(operator('documents', 'rescan'), /office[\s\S]*medical/);
  makeSignaturesOld();
  await until('a rescan that is held up', () => /ClamAV (?!before)[\s\S]*paused[\s\S]*0 clean, 0 closed, 0 not scanned, [1-9]\d* to go/.test(operator('documents', 'rescan')), 40);
  operator('documents', 'rescan', 'continue');
  await until('the end of the rescan on both sides', () => /finished[\s\S]*finished/.test(operator('documents', 'rescan')), 60);
  // What was moved to another case is scanned there.
  const moved = 'SELECT document_id FROM klout7_office.document_withdrawal WHERE moved_to IS NOT NULL';
  assert.equal(numberOf(`SELECT COUNT(*) FROM klout7_office.document_scan WHERE signatures = 'ClamAV before' AND document_id NOT IN (${moved})`), 0);
  assert.equal((await manager.get(`/api/v1/documents/${letter.json.document}`)).status, 200);
});

test('the scanner holds nothing: no key, no network, no file of the installation but its own', () => {
  const pid = scannerProcess();
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  assert.match(status, /^NoNewPrivs:\t1$/m);
  assert.match(status, /^Seccomp:\t2$/m);
  const temporary = /^TemporaryDirectory (.*)$/m.exec(readFileSync(join(where.folder, 'scanner', 'clamd.conf'), 'utf8'))[1];
  assert.match(temporary, /^\/dev\/shm\//);
  assert.ok(existsSync(temporary));
  assert.deepEqual(readdirSync(temporary), []);
  assert.equal(numberOf("SELECT COUNT(*) FROM klout7_office.document_scan WHERE state = 'waits'"), 0);
  assert.match(operator('audit', 'verify'), /office log: whole[\s\S]*medical log: whole/);
});

// Pages of documents as pictures: who may read a document sees them, and gets pixels alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { deflateSync } from 'node:zlib';
import { installation, signedIn, until, uuid } from './client.mjs';
import { caseOnBothSides, pdfOf, pdfOfColours, pdfStream, reports, upload } from './made_up.mjs';
import { numberOf, programProcess } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const employer = await signedIn(where, 'office', 'werkgever3');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: reports(12)(), until });
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');

const add = async (who, content, name = 'brief.pdf') => {
  const added = await who.request('POST', `${path}/documents`, {
    body: content, headers: { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': uuid(), 'K7-File-Name': name },
  });
  assert.equal(added.status, 201, added.text);
  return added.json.document;
};
const show = (who, document, page = 1, options = {}) => who.get(`/api/v1/documents/${document}/pages/${page}`, options);
/** The width and height that a PNG says it has. */
const sizeOf = (png) => {
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};
/** How many pages the office draws at this moment. */
const drawing = () => {
  try {
    return Number(execFileSync('pgrep', ['-x', '-c', '-P', String(programProcess('office')), 'klout7-preview'], { encoding: 'utf8' }));
  } catch {
    return 0;
  }
};

/** A grey PNG of this size. */
function greyPng(width, height) {
  const table = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
  const checksum = (bytes) => (bytes.reduce((c, byte) => table[(c ^ byte) & 0xff] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const chunk = (kind, data) => {
    const named = Buffer.concat([Buffer.from(kind), data]);
    const made = Buffer.alloc(named.length + 8);
    made.writeUInt32BE(data.length, 0);
    named.copy(made, 4);
    made.writeUInt32BE(checksum(named), named.length + 4);
    return made;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))), chunk('IEND', Buffer.alloc(0))]);
}

test('each page is a picture that says how many there are; a page that is not there is not there', async () => {
  for (const who of [manager, doctor]) {
    const content = pdfOfColours(['1 0 0', '0 0 1']);
    const document = await add(who, content);
    const [first, second] = [await show(who, document, 1), await show(who, document, 2)];
    for (const answer of [first, second]) {
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.headers['k7-pages'], '2');
      assert.equal(answer.headers['content-type'], 'image/png');
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
      const [width, height] = sizeOf(answer.bytes);
      assert.ok(height === 1600 && width > 1100 && width < 1150, `${width} x ${height}`);
    }
    assert.notDeepEqual(first.bytes, second.bytes);
    for (const page of [0, 3, -1, '1.5', 'one', '99999999999999999999', '%31%20']) {
      const answer = await show(who, document, page);
      assert.deepEqual([page, answer.status, answer.json?.code], [page, 404, 'not_found']);
    }
    assert.equal((await show(who, uuid())).status, 404);
  }
  assert.equal(drawing(), 0);
});

test('a picture is made smaller, and of what has no pages to show that is said in words', async () => {
  const picture = await show(manager, await add(manager, greyPng(4000, 1000), 'foto.png'));
  assert.deepEqual([picture.status, picture.headers['k7-pages'], ...sizeOf(picture.bytes)], [200, '1', 1600, 400]);
  const text = await add(manager, 'Een gewone tekst.', 'brief.txt');
  const huge = await add(manager, greyPng(20000, 6000), 'bom.png');
  for (const document of [text, huge]) {
    for (const [language, sentence] of [['nl', /Download het om het te lezen/], ['en', /Download it to read it/]]) {
      const answer = await show(manager, document, 1, { language });
      assert.deepEqual([answer.status, answer.json.code], [422, 'no_preview']);
      assert.match(answer.json.title, sentence);
    }
  }
});

test('a page is seen by who may read the document, after the scanner passed it, and leaves its line in the log', async () => {
  const document = await add(doctor, pdfOfColours(['0 1 0']));
  const lines = () => numberOf("SELECT COUNT(*) FROM klout7_medical.audit_event");
  const before = lines();
  assert.equal((await show(doctor, document)).status, 200);
  await until('the line of the page', async () => lines() >= before + 1);
  for (const [side, name] of [['medical', 'bedrijfsarts'], ['medical', 'accountbeheer'], ['office', 'casemanager'], ['office', 'werkgever3']])
    assert.equal((await show(await signedIn(where, side, name), document)).status, 404, name);
  // Closed, and then withdrawn.
  const added = await upload(manager, path, Buffer.from(`%PDF-1.4\n% ${eicar}\n%%EOF\n`));
  const closed = (await manager.get(`${path}/documents`)).json.documents.find((one) => one.state === 'quarantined');
  assert.ok(closed, added.text);
  const answer = await show(manager, closed.document);
  assert.deepEqual([answer.status, answer.json.code], [409, 'not_clean']);
  assert.equal((await doctor.post(`/api/v1/documents/${document}/withdrawal`, { reason: 'wrong_document' })).status, 204);
  const gone = await show(doctor, document);
  assert.deepEqual([gone.status, gone.json.code], [410, 'withdrawn']);
});

test('many at once: few are drawn, the others are asked to come back, and nobody else waits', async () => {
  // Each form draws the one behind it ten times, 20 deep: it is never done.
  const forms = Array.from({ length: 20 }, (_, i) => pdfStream('/X Do '.repeat(10), `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${6 + i} 0 R >> >>`));
  const endless = await add(manager, pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>', pdfStream('/X Do'),
    ...forms, pdfStream('0 0 5 5 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]')]));
  const asked = Array.from({ length: 12 }, () => show(manager, endless));
  await until('the pages to be drawn', async () => drawing() > 0);
  assert.ok(drawing() <= 4, `${drawing()} at once`);
  const began = Date.now();
  assert.equal((await manager.get(path)).status, 200);
  assert.ok(Date.now() - began < 2000, `another waited ${Date.now() - began} ms`);
  const answers = await Promise.all(asked);
  const busy = answers.filter((one) => one.status === 503);
  const givenUp = answers.filter((one) => one.status === 422);
  assert.deepEqual([busy.length, givenUp.length], [8, 4], answers.map((one) => one.status).join(' '));
  for (const one of busy) assert.deepEqual([one.json.code, Number(one.headers['retry-after']) > 0], ['overloaded', true]);
  for (const one of givenUp) assert.equal(one.json.code, 'no_preview');
  assert.equal(drawing(), 0);
  assert.equal((await show(manager, await add(manager, pdfOfColours(['1 0 0'])))).status, 200);
});

// Documents of both sides on a share of a real Samba, from a browser to its disk and back, with somebody who listens at the wire. And a
// Samba that does not encrypt, to which nothing goes.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { Client, installation, signedIn, until, uuid } from './client.mjs';
import { caseOnBothSides, pdf, reports } from './made_up.mjs';
import { programProcess } from './operator.mjs';
import { DocumentSettings, Samba, Wire, end, password, restart, shareOf, sides, user } from './share.mjs';

const where = installation(process.env.KLOUT7_DATA);
const employer = await signedIn(where, 'office', 'werkgever3');
const who = { office: await signedIn(where, 'office', 'casemanager'), medical: await signedIn(where, 'medical', 'bedrijfsarts2') };
const path = await caseOnBothSides({ employer, manager: who.office, doctor: who.medical, doctorName: 'M. Dokter', report: reports(4)(), until });

const samba = await Samba.start();
const wire = await Wire.before(samba.port);
const settings = new DocumentSettings(where);
after(() => {
  settings.restore();
  wire.close();
  samba.stop();
});

// Over a megabyte, so that it goes in several pieces.
const canary = `kanarie ${uuid()}`;
const name = 'Behandelplan kanarievogel.pdf';
const content = (words) => pdf(`${words} ${`${canary} `.repeat(30_000)}`);
/** What has arrived: beside it a probe of the clock may come and go. */
const filesOf = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((one) => /^[0-9a-f]{2}\/[0-9a-v]{32}$/.test(one));
const send = (side, to, body) => who[side].request('POST', to, {
  body, headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': encodeURIComponent(name) },
});

test('a document is stored on the share, read whole and in part, replaced and withdrawn', async () => {
  for (const side of sides) {
    settings.write(side, wire.port);
    await restart(where, side);
    const inFolder = filesOf(join(where.folder, 'documents', side)).length;
    assert.deepEqual(filesOf(samba.pathOf(side)), []);
    const first = await send(side, `${path}/documents`, content('first'));
    assert.equal(first.status, 201, first.text);
    const read = (document, options) => who[side].get(`/api/v1/documents/${document}`, options);
    assert.deepEqual((await read(first.json.document)).bytes, content('first'));
    const part = await read(first.json.document, { headers: { Range: 'bytes=900000-900099' } });
    assert.equal(part.status, 206);
    assert.deepEqual(part.bytes, content('first').subarray(900_000, 900_100));

    const second = await send(side, `/api/v1/documents/${first.json.document}/versions`, content('second'));
    assert.equal(second.status, 201, second.text);
    assert.deepEqual((await read(second.json.document)).bytes, content('second'));
    assert.deepEqual((await read(first.json.document)).bytes, content('first'));
    assert.equal((await who[side].post(`/api/v1/documents/${second.json.document}/withdrawal`, { reason: 'wrong_document' })).status, 204);
    assert.equal((await read(second.json.document)).status, 410);

    assert.equal(filesOf(samba.pathOf(side)).length, 2);
    assert.equal(filesOf(join(where.folder, 'documents', side)).length, inFolder);
  }
});

test('who listens at the wire heard who signs in; no name and no word of a document, and no password', () => {
  const stored = sides.flatMap((side) => filesOf(samba.pathOf(side)));
  // The search bites: the words are in what was sent, the name of who signs in was heard, and all of it went this way.
  assert.ok(content('first').includes(canary));
  assert.ok(wire.heard(user.name));
  assert.ok(wire.byteCount > 4 * 2 * content('first').length);
  for (const words of [canary, 'kanarie', '%PDF-', '%%EOF', name, 'Behandelplan', password, ...sides.map(shareOf), 'incoming', 'claims', ...stored.map((one) => one.split('/').at(-1))])
    assert.ok(!wire.heard(words), `${words} was heard`);
});

test('who keeps the share sees nothing of a document in a file or a name of it', () => {
  for (const side of sides) {
    const files = readdirSync(samba.pathOf(side), { recursive: true }).map(String);
    assert.ok(files.every((one) => /^(owner|(incoming|claims|[0-9a-f]{2})(\/[0-9a-v]{32})?)$/.test(one)), files.join('\n'));
    for (const one of filesOf(samba.pathOf(side))) assert.ok(!readFileSync(join(samba.pathOf(side), one)).includes('kanarie'));
  }
});

test('a program does not start on a share that does not encrypt, says why, and has told it no name of a file', async () => {
  const plain = await Samba.start('off');
  const plainWire = await Wire.before(plain.port);
  try {
    for (const side of sides) {
      const log = join(where.folder, 'log', 'serve.log');
      const before = readFileSync(log, 'utf8').length;
      settings.write(side, plainWire.port);
      await end(side);
      const said = () => readFileSync(log, 'utf8').slice(before);
      const sentence = new RegExp(`klout7-${side}: the documents cannot be stored: the server of the share does not encrypt.*Samba: server smb encrypt = required`);
      await until('the program to say why it does not start', () => sentence.test(said()), 60);
      await assert.rejects(new Client(where, side).get('/healthz'));
      assert.deepEqual(readdirSync(plain.pathOf(side)), []);
      settings.write(side, wire.port);
      await restart(where, side);
      assert.ok(programProcess(side));
    }
    assert.ok(plainWire.heard(user.name));
    for (const words of [...sides.map(shareOf), 'incoming', 'owner', password]) assert.ok(!plainWire.heard(words), `${words} was heard`);
  } finally {
    plainWire.close();
    plain.stop();
  }
});

test('with its share again, a program reads what it stored there before', async () => {
  for (const side of sides) {
    const listed = (await who[side].get(`${path}/documents`)).json.documents.filter((one) => one.file_name === name);
    assert.equal(listed.length, 1);
    assert.deepEqual((await who[side].get(`/api/v1/documents/${listed[0].document}`)).bytes, content('first'));
  }
});

// What happens to a document after it came: another version, withdrawn, moved to another case, let out of quarantine by two people. And
// what is not taken in at all: too much, under a wrong name, not what was said.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import test from 'node:test';
import { installation, signedIn, until, uuid } from './client.mjs';
import { caseOnBothSides, eicar, pdf, reports, upload } from './made_up.mjs';
import { numberOf, sql, valueOf } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const employer = await signedIn(where, 'office', 'werkgever3');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
const controller = { office: await signedIn(where, 'office', 'ciso'), medical: await signedIn(where, 'medical', 'artsauditor') };
const report = reports(11);
const newCase = (more) => caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: report(more), until });
const path = await newCase();
const other = await newCase({ last_name: 'Boterbloem' });
const both = [manager, doctor];

const read = (who, document, options) => who.get(`/api/v1/documents/${document}`, options);
const listed = async (who, of = path) => (await who.get(`${of}/documents`)).json.documents;
const entry = async (who, document, of = path) => (await listed(who, of)).find((one) => one.document === document);
const send = (who, to, content, name, headers = {}, key = uuid()) => who.request('POST', to, {
  body: content, headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': key, 'K7-File-Name': encodeURIComponent(name), ...headers },
});
const add = async (who, words, of = path) => {
  const added = await upload(who, of, pdf(words));
  assert.equal(added.status, 201, added.text);
  return added.json.document;
};
const filesOf = (side) => readdirSync(join(where.folder, 'documents', side), { recursive: true }).filter((name) => /[0-9a-v]{32}$/.test(name)).length;

test('a document is replaced by another version; each stays to be read, and only the newest is replaced', async () => {
  for (const who of both) {
    const first = await add(who, 'one');
    const replace = (old, words, key) => send(who, `/api/v1/documents/${old}/versions`, pdf(words), 'Herzien.pdf', {}, key);
    const second = await replace(first, 'two');
    assert.equal(second.status, 201, second.text);
    assert.deepEqual([second.json.version, second.json.first_version], [2, first]);
    const third = await replace(second.json.document, 'three');
    assert.equal(third.json.version, 3);
    for (const old of [first, second.json.document]) assert.equal((await replace(old, 'four')).status, 412);
    for (const [document, words] of [[first, 'one'], [second.json.document, 'two'], [third.json.document, 'three']])
      assert.deepEqual((await read(who, document)).bytes, pdf(words));
    const versions = (await listed(who)).filter((one) => one.first_version === first).map((one) => one.version).sort();
    assert.deepEqual(versions, [1, 2, 3]);
    // Two at once: one of them.
    const answers = await Promise.all(['a', 'b'].map((words) => replace(third.json.document, words)));
    assert.deepEqual(answers.map((one) => one.status).sort().slice(0, 1), [201]);
    assert.ok([409, 412].includes(answers.map((one) => one.status).sort()[1]));
    assert.equal((await replace(uuid(), 'none')).status, 404);
  }
});

test('what is withdrawn nobody opens any more; who, when and why stays, its name does not', async () => {
  for (const who of both) {
    const document = await add(who, 'withdrawn');
    const withdraw = (reason, of = document) => who.post(`/api/v1/documents/${of}/withdrawal`, { reason });
    for (const wrong of ['', 'because', 'WRONG_CASE']) {
      const answer = await withdraw(wrong);
      assert.equal(answer.status, 422);
      assert.equal(answer.json.fields[0].code, 'not_a_choice');
    }
    assert.equal((await read(who, document)).status, 200);
    assert.equal((await withdraw('wrong_document')).status, 204);
    const closed = await read(who, document);
    assert.deepEqual([closed.status, closed.json.code], [410, 'withdrawn']);
    const found = await entry(who, document);
    assert.equal(found.file_name, null);
    assert.equal(found.withdrawal.reason, 'wrong_document');
    assert.equal(found.withdrawal.is_moved, false);
    assert.equal((await withdraw('sent_twice')).status, 409);
    assert.equal((await send(who, `/api/v1/documents/${document}/versions`, pdf('x'), 'x.pdf')).status, 412);
    assert.equal((await who.post(`/api/v1/documents/${document}/move`, { case: other.split('/').at(-1) }, { headers: { 'Idempotency-Key': uuid() } })).status, 410);
    assert.equal((await withdraw('wrong_case', uuid())).status, 404);
  }
});

test('what is moved is sealed for the other person, and nothing of it stays where it was', async () => {
  for (const who of both) {
    const words = `moved ${who.side}`;
    const document = await add(who, words);
    const move = (to, key = uuid()) => who.post(`/api/v1/documents/${document}/move`, { case: to }, { headers: { 'Idempotency-Key': key } });
    for (const [to, code] of [['', 'unknown'], [uuid(), 'unknown'], [path.split('/').at(-1), 'same']]) {
      const answer = await move(to);
      assert.equal(answer.status, 422, answer.text);
      assert.deepEqual(answer.json.fields[0], { ...answer.json.fields[0], field: 'case', code });
    }
    const before = filesOf(who.side);
    const key = uuid();
    const moved = await move(other.split('/').at(-1), key);
    assert.equal(moved.status, 201, moved.text);
    assert.equal(moved.json.document, key);
    assert.equal(filesOf(who.side), before);
    assert.deepEqual((await read(who, key)).bytes, pdf(words));
    assert.equal((await read(who, document)).status, 410);
    assert.equal((await entry(who, document)).withdrawal.is_moved, true);
    assert.ok(await entry(who, key, other));
    const people = sql(`SELECT HEX(person_id) FROM klout7_${who.side}.document WHERE id IN (0x${key.replaceAll('-', '')}, 0x${document.replaceAll('-', '')})`).trim().split('\n').slice(1);
    assert.equal(new Set(people).size, 2);
    // Twice is once.
    assert.equal((await move(other.split('/').at(-1), uuid())).status, 410);
    // Somebody else's case is none.
    const stranger = await signedIn(where, who.side, who.side === 'office' ? 'casemanager2' : 'bedrijfsarts');
    assert.equal((await stranger.post(`/api/v1/documents/${key}/move`, { case: path.split('/').at(-1) }, { headers: { 'Idempotency-Key': uuid() } })).status, 404);
  }
});

test('one asks that a document leaves quarantine, with a reason, and another decides', async () => {
  for (const who of both) {
    const document = uuid();
    assert.equal((await upload(who, path, pdf(eicar), document)).status, 422);
    const ask = (reason, of = document) => who.post(`/api/v1/documents/${of}/release`, { reason });
    for (const wrong of ['', 'te kort', 'x'.repeat(501)]) assert.equal((await ask(wrong)).json.fields[0].code, 'missing');
    assert.equal((await ask('Er is niets aan de hand.', await add(who, 'clean'))).status, 409);
    assert.equal((await ask('Er is niets aan de hand.', uuid())).status, 404);

    const because = `Proefbestand van de beheerder, ${uuid()}`;
    const asked = await ask(because);
    assert.equal(asked.status, 201, asked.text);
    assert.equal((await ask(because)).status, 409);
    assert.equal((await entry(who, document)).release, 'asked');
    assert.equal((await read(who, document)).status, 409);
    const { release } = asked.json;
    // Who asked sees no list and decides nothing.
    assert.equal((await who.get('/api/v1/releases')).status, 404);
    assert.equal((await who.post(`/api/v1/releases/${release}/approval`)).status, 404);
    assert.equal((await who.request('DELETE', `/api/v1/releases/${release}`)).status, 404);

    const decides = controller[who.side];
    const open = (await decides.get('/api/v1/releases')).json.releases;
    const shown = open.find((one) => one.release === release);
    assert.deepEqual([shown.asked_because, shown.reason, shown.signature], [because, 'infected', 'Eicar-Test-Signature']);
    // Nothing of the document: neither its name nor whose it is, and no way to read it.
    assert.doesNotMatch(JSON.stringify(shown), /brief\.pdf|case|person/);
    assert.equal((await read(decides, document)).status, 404);
    // Refused, and asked again; then let out.
    assert.equal((await decides.request('DELETE', `/api/v1/releases/${release}`)).status, 204);
    assert.equal((await entry(who, document)).release, 'refused');
    assert.equal((await decides.post(`/api/v1/releases/${release}/approval`)).status, 409);
    assert.equal((await read(who, document)).status, 409);
    const again = (await ask(because)).json.release;
    const answers = await Promise.all([1, 2].map(() => decides.post(`/api/v1/releases/${again}/approval`)));
    const came = answers.map((one) => one.status).sort();
    assert.ok(came[0] === 204 && [409, 412].includes(came[1]), came.join(' '));
    assert.deepEqual((await read(who, document)).bytes, pdf(eicar));
    const now = await entry(who, document);
    assert.deepEqual([now.state, now.reason, now.signature, now.release], ['released', 'infected', 'Eicar-Test-Signature', 'released']);
    // The reason lies sealed.
    assert.doesNotMatch(sql(`SELECT reason FROM klout7_${who.side}.document_release`), /Proefbestand/);
    assert.equal((await decides.post(`/api/v1/releases/${uuid()}/approval`)).status, 404);
  }
});

test('a name of any script and of 1,024 bytes comes back as it was; one that lies is refused', async () => {
  for (const name of ['é'.repeat(512), '🩺'.repeat(256), 'письмо от врача.pdf', 'رسالة.pdf', 'a"b;c\'d%41.pdf', '%2e%2e%2f.pdf', 'con', '...']) {
    const added = await send(manager, `${path}/documents`, pdf('named'), name);
    assert.equal(added.status, 201, `${name}: ${added.text}`);
    const answer = await read(manager, added.json.document);
    assert.equal(decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(answer.headers['content-disposition'])[1]), name);
    assert.equal(added.json.file_name, name);
  }
  const before = [filesOf('office'), (await listed(manager)).length];
  for (const name of ['a'.repeat(1025), '../a.pdf', 'a/b.pdf', 'a\\b.pdf', 'a\0.pdf', 'a\nb.pdf', 'a\u202efdp.exe', '', ' ', '.', '..']) {
    const answer = await send(manager, `${path}/documents`, pdf('named'), name);
    assert.equal(answer.status, 422, JSON.stringify(name));
    assert.equal(answer.json.fields[0].field, 'K7-File-Name');
  }
  assert.deepEqual([filesOf('office'), (await listed(manager)).length], before);
});

test('what does not match its digest, is empty or longer than is taken leaves nothing', async () => {
  const before = [filesOf('office'), (await listed(manager)).length];
  const digest = (content) => `sha-256=:${createHash('sha256').update(content).digest('base64')}:`;
  const content = pdf('digest');
  for (const [value, code] of [[digest(pdf('another')), 'other_digest'], ['sha-256=:YQ==:', 'malformed'], ['sha-256=abc', 'malformed']]) {
    const answer = await send(manager, `${path}/documents`, content, 'a.pdf', { 'Content-Digest': value });
    assert.equal(answer.status, 422, answer.text);
    assert.deepEqual([answer.json.fields[0].field, answer.json.fields[0].code], ['Content-Digest', code]);
  }
  const empty = await send(manager, `${path}/documents`, Buffer.alloc(0), 'a.pdf');
  assert.deepEqual([empty.status, empty.json.fields[0].code], [422, 'unknown_type']);
  for (const announced of [5 * 2 ** 30, 250 * 2 ** 20 + 1]) {
    const answer = await send(manager, `${path}/documents`, content, 'a.pdf', { 'Content-Length': announced });
    assert.deepEqual([answer.status, answer.json.code], [413, 'body_too_large']);
  }
  assert.deepEqual([filesOf('office'), (await listed(manager)).length], before);
  for (const value of [digest(content), `sha-512=:AAAA:, ${digest(content)}`, 'md5=:AAAA:'])
    assert.equal((await send(manager, `${path}/documents`, content, 'a.pdf', { 'Content-Digest': value })).status, 201);
  assert.equal((await manager.get(`${path}/documents`)).json.largest_bytes, 250 * 2 ** 20);
});

test('what is stored of a person and of an employer is added up, and past the limit nothing is taken', async (t) => {
  const id = path.split('/').at(-1).replaceAll('-', '');
  const employerOf = valueOf(`SELECT HEX(employer_id) FROM klout7_office.case_file WHERE id = 0x${id}`);
  const counted = () => numberOf(`SELECT sealed_bytes FROM klout7_office.employer_documents WHERE employer_id = 0x${employerOf}`);
  const before = counted();
  await add(manager, 'counted');
  assert.ok(counted() >= before + 4096 && counted() <= before + 4096 + 256, `${before} ${counted()}`);
  // The limit is 1 TiB: the count stands in for what nobody uploads in a test.
  const real = counted();
  t.after(() => sql(`UPDATE klout7_office.employer_documents SET sealed_bytes = ${real} WHERE employer_id = 0x${employerOf}`));
  sql(`UPDATE klout7_office.employer_documents SET sealed_bytes = ${2 ** 40 - 4100} WHERE employer_id = 0x${employerOf}`);
  const files = filesOf('office');
  const refused = await upload(manager, path, pdf('too much'));
  assert.equal(refused.status, 422, refused.text);
  assert.equal(refused.json.fields[0].code, 'quota_of_employer');
  assert.equal(filesOf('office'), files);
});

test('500 uploads at once: each is kept whole or refused in words, and nothing of a refused one stays', async () => {
  const agent = new https.Agent({ ca: where.ca, maxSockets: 500, keepAlive: true });
  const before = [filesOf('office'), (await listed(manager, other)).length];
  const crowd = Object.assign(Object.create(Object.getPrototypeOf(manager)), manager, { agent });
  const contents = Array.from({ length: 500 }, (_, i) => pdf(`crowd ${i}`));
  const answers = await Promise.all(contents.map((content) => upload(crowd, other, content)
    .catch((error) => ({ status: 0, text: String(error) }))));
  agent.destroy();
  const kept = answers.filter((one) => one.status === 201);
  const others = answers.filter((one) => one.status !== 201);
  for (const one of others) assert.ok(one.status === 503 && one.json.code === 'overloaded', `${one.status} ${one.text}`);
  assert.ok(kept.length >= 20, `${kept.length} of 500 were kept`);
  assert.deepEqual([filesOf('office'), (await listed(manager, other)).length], [before[0] + kept.length, before[1] + kept.length]);
  await until('all of them to be scanned', async () => (await listed(manager, other)).every((one) => one.state !== 'waits'), 120);
  for (const one of kept.slice(0, 20)) {
    const answer = await read(manager, one.json.document);
    assert.equal(answer.status, 200);
    assert.ok(contents.some((content) => content.equals(answer.bytes)));
  }
});

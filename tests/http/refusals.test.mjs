// What goes wrong is answered clearly, in Dutch and in English, with what to do next; and leaves nothing behind.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import tls from 'node:tls';
import { Client, installation, signedIn, until, uuid } from './client.mjs';
import { caseOnBothSides, daysAgo, pdf, reports, upload } from './made_up.mjs';
import { numberOf, sql } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const report = reports(1);
const employer = await signedIn(where, 'office', 'werkgever2');
const manager = await signedIn(where, 'office', 'casemanager2');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: report(), until });

/** Both languages give this status and code, and words that say what is wrong and what to do. */
async function isRefused(ask, status, code, dutch, english) {
  for (const [language, sentence] of [['nl', dutch], ['en', english]]) {
    const answer = await ask(language);
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.equal(answer.headers['content-language'], language);
    const [field] = answer.json.fields ?? [];
    assert.equal(field?.code ?? answer.json.code, code);
    assert.match(field?.detail ?? answer.json.title, sentence);
  }
}
const refusedReport = (more, ...expected) =>
  isRefused((language) => employer.post('/api/v1/sick-reports', report(more), { language }), 422, ...expected);

/** A connection without a client in between: what is sent when, and what comes back until the end. */
function connection(side) {
  const socket = tls.connect({ host: 'localhost', port: where.ports[side], ca: where.ca });
  const parts = [];
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1'))));
  return { socket, closed };
}
const head = (side, method, target, headers = {}) => [
  `${method} ${target} HTTP/1.1`,
  ...Object.entries({ Host: `localhost:${where.ports[side]}`, Origin: `https://localhost:${where.ports[side]}`, ...headers })
    .map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
const json = { 'Content-Type': 'application/json' };
const cookies = (who) => [...who.cookies].map((pair) => pair.join('=')).join('; ');
const uploadHead = (who, key, more) => head(who.side, 'POST', `${path}/documents`, {
  Cookie: cookies(who), 'Content-Type': 'application/pdf', 'Content-Length': 1000000, 'Idempotency-Key': key, 'K7-File-Name': 'brief.pdf', ...more,
});

test('each wrong field of a sick report is named with its remedy', async () => {
  await refusedReport({ bsn: '123456789' }, 'not_a_bsn', /geen burgerservicenummer: controleer de cijfers/, /check the digits/);
  await refusedReport({ first_sick_day: '2026-02-30' }, 'not_a_date', /bestaat niet. Schrijf een datum als/, /Write a date like/);
  await refusedReport({ first_sick_day: daysAgo(-2) }, 'in_the_future', /in de toekomst. Kies vandaag/, /Choose today/);
  await refusedReport({ last_name: 'x'.repeat(201) }, 'too_long', /te lang. Maak hem korter/, /Make it shorter/);
  await refusedReport({ oorzaak: 'griep' }, 'unknown_field', /haal het weg/, /take it out/);
});

test('a duplicate report, text that is no UTF-8 and a body of 100 MB are refused', async () => {
  const twice = report();
  assert.equal((await employer.post('/api/v1/sick-reports', twice)).status, 201);
  const again = (language) => employer.post('/api/v1/sick-reports', twice, { language });
  await isRefused(again, 409, 'already_there', /is er al.*kijk in uw eigen lijst/, /already there.*look in your own list/);

  const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
  const invalid = (language) => employer.request('POST', '/api/v1/sick-reports', { body, language, headers: { ...json } });
  await isRefused(invalid, 422, 'not_json', /UTF-8. Controleer/, /UTF-8. Check/);

  const announced = (language) =>
    employer.request('POST', '/api/v1/sick-reports', { body: '', language, headers: { ...json, 'Content-Length': 100 * 1024 * 1024 } });
  await isRefused(announced, 413, 'body_too_large', /te groot.*verstuur minder/, /too large.*send less/);
  // Not announced, it is stopped when it becomes too large and not at its end.
  const { socket, closed } = connection('office');
  socket.write(head('office', 'POST', '/api/v1/sick-reports', { ...json, 'Transfer-Encoding': 'chunked' }));
  const chunk = `100000\r\n${' '.repeat(1024 * 1024)}\r\n`;
  let sent = 0;
  for (; sent < 100 && !socket.destroyed; sent++) await new Promise((next) => socket.write(chunk, next));
  assert.match(await closed, /^HTTP\/1.1 413 /);
  assert.ok(sent < 100, `${sent} MiB were taken`);
});

test('what a role may not do, and what is not yours, is refused', async () => {
  const assign = (language) => employer.change(path, 'doctor', { doctor: uuid() }, { language });
  await isRefused(assign, 403, 'not_allowed', /dit niet doen. Vraag het iemand/, /not do this. Ask someone/);
  const other = await signedIn(where, 'office', 'werkgever3');
  const open = (language) => other.get(path, { language });
  await isRefused(open, 404, 'not_found', /niet voor u. Kies uit uw eigen lijst/, /not for you. Choose from your own list/);
});

test('what does not exist is not found, also by who may see every case', async () => {
  const specialist = await signedIn(where, 'office', 'uitkering');
  for (const target of [`cases/${uuid()}`, `cases/${uuid()}/documents`, `documents/${uuid()}`]) {
    const open = (language) => specialist.get(`/api/v1/${target}`, { language });
    await isRefused(open, 404, 'not_found', /niet voor u. Kies uit uw eigen lijst/, /not for you. Choose from your own list/);
  }
});

test('a session that was idle too long or was ended is over, and a code counts once', async () => {
  const who = await new Client(where, 'office').signIn('betalingen');
  const token = createHash('sha256').update(who.cookies.get('__Host-k7-session')).digest('hex');
  const idleFor = (minutes) => sql(`UPDATE klout7_office.user_session SET last_seen_at = last_seen_at - ${minutes * 60000000} WHERE token_hash = X'${token}'`);
  const look = (language) => who.get('/api/v1/session', { language });
  const isOver = () => isRefused(look, 401, 'not_signed_in', /sessie is verlopen. Meld u aan/, /session is over. Sign in/);
  idleFor(29);
  assert.equal((await look('nl')).status, 200);
  idleFor(30.1);
  await isOver();

  const { user_name, password } = who.account('betalingen');
  const replay = (language) => new Client(where, 'office').post('/api/v1/session', { user_name, password, code: who.usedCode }, { language });
  await isRefused(replay, 401, 'sign_in_wrong', /tweede factor klopt niet. Gebruik een nieuwe code/, /not right. Use a new code/);

  await who.signIn('betalingen');
  const copy = new Map(who.cookies);
  assert.equal((await who.request('DELETE', '/api/v1/session')).status, 204);
  who.cookies = copy;
  await isOver();
});

const stored = (side) => readdirSync(join(where.folder, 'documents', side), { recursive: true }).filter((name) => /[0-9a-v]{32}$/.test(name));
const rows = (side) => numberOf(`SELECT COUNT(*) FROM klout7_${side}.document`);

test('an upload that is cut half-way leaves nothing, and the same key can be used again', async () => {
  for (const who of [manager, doctor]) {
    const before = { files: stored(who.side).sort(), rows: rows(who.side) };
    const key = uuid();
    const { socket, closed } = connection(who.side);
    socket.write(uploadHead(who, key));
    socket.write(Buffer.concat([pdf('cut off'), Buffer.alloc(400000, 0x20)]));
    await until('the first half in the store', () => stored(who.side).some((name) => name.startsWith('incoming/')));
    socket.destroy();
    await closed;
    await until('the first half to go', () => stored(who.side).length === before.files.length);
    assert.deepEqual({ files: stored(who.side).sort(), rows: rows(who.side) }, before);

    const whole = await upload(who, path, pdf('whole'), key);
    assert.equal(whole.status, 201, whole.text);
    assert.equal(stored(who.side).length, before.files.length + 1);
    assert.equal(rows(who.side), before.rows + 1);
    const again = (language) => who.request('POST', `${path}/documents`, {
      body: pdf('again'), language, headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': key, 'K7-File-Name': 'brief.pdf' },
    });
    await isRefused(again, 409, 'already_there', /is er al/, /already there/);
    assert.deepEqual((await who.get(`/api/v1/documents/${whole.json.document}`)).bytes, pdf('whole'));
  }
});

test('a client that sends drop by drop is told so and cut, while others are served', async () => {
  const before = { office: stored('office').length, medical: stored('medical').length };
  let open = 0;
  const slowly = (who, text, language = 'nl') => {
    const { socket, closed } = connection(who.side);
    open += 1;
    socket.write(text.replace('\r\n', `\r\nAccept-Language: ${language}\r\n`));
    const drops = setInterval(() => socket.write('x'), 1000);
    return closed.finally(() => {
      clearInterval(drops);
      open -= 1;
    });
  };
  const ended = [];
  for (const who of [employer, doctor]) {
    for (let i = 0; i < 20; i++) {
      ended.push(slowly(who, head(who.side, 'GET', '/api/v1/cases').slice(0, -2)));
      ended.push(slowly(who, head(who.side, 'POST', '/api/v1/session', { ...json, 'Content-Length': 60000 }), i % 2 ? 'nl' : 'en'));
    }
  }
  // More uploads at once than there are workers for them: what is too much is told so and can come again.
  const uploads = [];
  for (const who of [manager, doctor]) for (let i = 0; i < 40; i++) uploads.push(slowly(who, `${uploadHead(who, uuid())}%PDF-1.4\n`, 'en'));

  let served = 0;
  while (open > 0) {
    const answers = await Promise.all([employer, manager, doctor].map((who) => who.get('/api/v1/cases')));
    assert.deepEqual(answers.map((one) => one.status), [200, 200, 200]);
    if (open > 0) served += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.ok(served > 10, `${served} rounds were served meanwhile`);
  const answers = await Promise.all(ended);
  for (const answer of answers) assert.match(answer, /^HTTP\/1.1 408 [\s\S]*"code":"too_slow"/);
  const said = (sentence) => answers.filter((answer) => sentence.test(answer)).length;
  assert.equal(said(/came in too slowly. Nothing was kept; check the connection/), 20);
  assert.equal(said(/kwam te langzaam binnen. Er is niets bewaard; controleer de verbinding/), 60);
  const codes = (await Promise.all(uploads)).map((answer) => `${answer.slice(9, 12)} ${/"code":"(\w+)"/.exec(answer)?.[1]}`);
  assert.deepEqual([...new Set(codes)].sort(), ['408 too_slow', '503 overloaded']);
  assert.deepEqual({ office: stored('office').length, medical: stored('medical').length }, before);
});

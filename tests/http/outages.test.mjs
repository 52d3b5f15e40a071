// The database goes away and comes back, and programs are killed: what was said holds, and everything goes on by itself.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, installation, signedIn, until, uuid } from './client.mjs';
import { caseOnBothSides, pdf, reports, upload } from './made_up.mjs';
import { databaseProcess, numberOf, operator, programProcess, serveProcess, sql, standStill } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const report = reports(2);
const employer = await signedIn(where, 'office', 'werkgever3');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: report(), until });

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Fails when there is no answer at all; how fast it is otherwise is no concern of a test. */
const answered = (promise) => Promise.race([promise,
  new Promise((_, reject) => setTimeout(() => reject(new Error('no answer within a minute')), 60000).unref())]);

/** All that people do in an outage is answered clearly, in both languages, and none of it is done. */
async function nothingWorks(kept) {
  const asked = [];
  for (const language of ['nl', 'en']) {
    for (const body of kept) asked.push([language, employer.post('/api/v1/sick-reports', body, { language })]);
    for (const who of [employer, manager, doctor]) asked.push([language, who.get('/api/v1/cases', { language })]);
    asked.push([language, manager.change(path, 'doctor', { doctor: uuid() }, { language })]);
    for (const who of [manager, doctor]) {
      const headers = { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': 'a.pdf' };
      asked.push([language, who.request('POST', `${path}/documents`, { body: pdf('lost'), headers, language })]);
    }
    const { user_name, password } = employer.account('uitkering');
    asked.push([language, new Client(where, 'office').post('/api/v1/session', { user_name, password, code: '123456' }, { language })]);
  }
  const sentences = { nl: /De opslag antwoordt niet. Er is niets gewijzigd; probeer het zo opnieuw/, en: /does not answer. Nothing was changed; try again/ };
  for (const [language, asking] of asked) {
    const answer = await answered(asking);
    assert.equal(answer.status, 503, answer.text);
    assert.equal(answer.json.code, 'unavailable');
    assert.match(answer.json.title, sentences[language]);
    assert.ok(answer.headers['retry-after']);
  }
  for (const side of ['office', 'medical']) assert.equal((await new Client(where, side).get('/healthz')).status, 200);
}

/** The same sessions work, what was refused was not done, and messages arrive. */
async function everythingWorks(kept, made) {
  for (const who of [employer, manager, doctor]) await until(`${who.side} to answer`, async () => (await who.get('/api/v1/cases')).status === 200);
  for (const one of made) assert.equal((await employer.get(`/api/v1/cases/${one}`)).status, 200);
  for (const body of kept) assert.equal((await employer.post('/api/v1/sick-reports', body)).status, 201);
  const next = await caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: report(), until });
  for (const who of [manager, doctor]) assert.equal((await upload(who, next, pdf('kept'))).status, 201);
  assert.match(operator('audit', 'verify'), /office log: whole[\s\S]*medical log: whole/);
}

/** Some reports that were confirmed; their cases. */
async function confirmed() {
  const made = await Promise.all(Array.from({ length: 5 }, () => employer.post('/api/v1/sick-reports', report())));
  return made.map((one) => {
    assert.equal(one.status, 201, one.text);
    return one.json.case;
  });
}

test('the database is killed and comes back: until then the answers are clear, then nothing was lost', async (t) => {
  const made = await confirmed();
  const kept = [report(), report()];
  const goOn = standStill(t, serveProcess());  // so that it does not come back while the answers are looked at
  process.kill(databaseProcess(), 'SIGKILL');
  await nothingWorks(kept);
  goOn();
  await everythingWorks(kept, made);
});

test('the database stands still for a while: nobody waits without end, then nothing was lost or done after all', async (t) => {
  const made = await confirmed();
  const kept = [report(), report()];
  const goOn = standStill(t, databaseProcess());
  await nothingWorks(kept);
  goOn();
  await everythingWorks(kept, made);
});

/** Asks again and again until an answer comes that says how it stands: a program that dies gives none, or 503. */
async function persist(ask) {
  for (;;) {
    try {
      const answer = await answered(ask());
      if (answer.status !== 503) return answer;
    } catch (error) {
      if (!error.code) throw error;
    }
    await sleep(50);
  }
}
const oneOf = (answer, ...statuses) => assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.text}`);

/** What the programs wrote into a side's log after `since`, in order. */
async function linesSince(side, since) {
  const officer = await signedIn(where, side, 'privacy');
  const lines = [];
  for (let after = ''; after !== null;) {
    const page = await officer.get(`/api/v1/audit-log?after=${encodeURIComponent(after)}`);
    assert.equal(page.status, 200, page.text);
    lines.push(...page.json.lines);
    after = page.json.next;
    if (lines.at(-1)?.at < since) break;
  }
  return lines.filter((line) => line.at >= since).sort((a, b) => a.number - b.number);
}

test('both programs are killed at any moment: each message arrives once and in order, and nothing is lost', async () => {
  const since = new Date().toISOString();
  const { json: { doctors } } = await manager.get('/api/v1/doctors');
  const named = (name) => doctors.find((one) => one.name === name).doctor;
  let kills = 0;
  const killing = (async () => {
    while (kills < 15) {
      await sleep(100 + Math.random() * 1200);
      const pid = programProcess(['office', 'medical'][Math.floor(Math.random() * 2)]);
      if (pid === undefined) continue;
      process.kill(pid, 'SIGKILL');
      kills += 1;
    }
  })();

  const cases = [];
  const letters = new Map();
  /** One case from the report to two letters, step by step, each asked until it is known to be done. */
  async function work() {
    const body = report();
    const reported = await persist(() => employer.post('/api/v1/sick-reports', body));
    oneOf(reported, 201, 409);
    // Already there: it was done, and only the answer died.
    const found = reported.json.case ?? (await persist(() => employer.post('/api/v1/cases/search', { bsn: body.bsn }))).json.cases[0].case;
    const path = `/api/v1/cases/${found}`;
    for (const name of ['A. de Arts', 'M. Dokter'])
      oneOf(await persist(() => manager.change(path, 'doctor', { doctor: named(name) })), 204);
    cases.push(found);
    while ((await persist(() => doctor.get(path))).status !== 200) await sleep(100);
    const ids = [uuid(), uuid()];
    for (const id of ids) {
      const fields = { limits: 'lifting', possibilities: 'adapted_work', advice: 'adapt_tasks', expected_duration: 'up_to_6_weeks', hours_per_week: 12, next_contact: '' };
      oneOf(await persist(() => doctor.post(`${path}/letters`, fields, { headers: { 'Idempotency-Key': id } })), 201, 409);
    }
    letters.set(found, ids);
  }
  let killed = false;
  const workers = Array.from({ length: 4 }, async () => { while (!killed || cases.length < 10) await work(); });
  await killing;
  killed = true;
  await Promise.all(workers);

  for (const side of ['office', 'medical']) {
    await until(`${side} to have no message open`, () =>
      numberOf(`SELECT (SELECT COUNT(*) FROM klout7_${side}.outbox WHERE delivered = 0 OR answered_at IS NULL) + (SELECT COUNT(*) FROM klout7_${side}.inbox)`) === 0);
    assert.equal(numberOf(`SELECT COUNT(*) FROM klout7_${side}.outbox WHERE was_refused = 1`), 0);
  }
  for (const one of cases) {
    const arrived = (await manager.get(`/api/v1/cases/${one}/letters`)).json.letters.map((letter) => letter.letter);
    assert.deepEqual(arrived, letters.get(one));
    assert.deepEqual((await doctor.get(`/api/v1/cases/${one}/letters`)).json.letters.map((letter) => letter.letter), letters.get(one));
    assert.equal((await doctor.get(`/api/v1/cases/${one}`)).status, 200);
  }
  // The logs of both sides tell of the same assignments, in the same order.
  const assigned = async (side) => (await linesSince(side, since)).filter((line) => line.action === 'assign' && line.outcome === 'done').map((line) => line.object);
  const sent = await assigned('office');
  assert.ok(sent.length >= 2 * cases.length);
  assert.deepEqual(await assigned('medical'), sent);
  assert.match(operator('audit', 'verify'), /office log: whole[\s\S]*medical log: whole/);
  assert.equal(kills, 15);
});

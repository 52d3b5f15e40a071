// From facts to the bank: what a case is worth and why, to which account, the run of a week, a batch that two others release, and what
// the bank sends back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { installation, signedIn, until } from './client.mjs';
import { anotherReportOf, asUuid, cancelBatches, daysAgo, madeUpIban, paymentBatch, payRun, releaseBatch } from './made_up.mjs';
import { valueOf } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const codes = (answer) => (answer.json?.fields ?? []).map(({ field, code }) => `${field} ${code}`);

const names = { specialist: 'uitkering', other: 'uitkering2', maker: 'betalingen', first: 'betalingen2', second: 'betalingen3', client: 'client', employer: 'werkgever', manager: 'casemanager' };
const people = {};
async function everybody() {
  for (const [who, name] of Object.entries(names)) people[who] ??= await signedIn(where, 'office', name);
  return people;
}

/** The Monday of the week so many weeks ago, as ISO text. */
function monday(weeksAgo) {
  const at = new Date(`${daysAgo(7 * weeksAgo)}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}
/** A case of the client of whom nothing is known yet, ill since the Monday three weeks ago. */
async function newCase({ client, employer }) {
  const made = await employer.post('/api/v1/sick-reports', { ...await anotherReportOf(client), first_sick_day: freeMonday() });
  assert.equal(made.status, 201, made.text);
  return `/api/v1/cases/${made.json.case}`;
}
let taken = 3;
const freeMonday = () => monday(taken++);

/** V4d: a job that began on the first sick day, for 2,610.00 a month: 120.00 a day, 84.00 of benefit. */
const facts = (firstSickDay, more = {}) => ({ job_first_day: firstSickDay, job_last_day: firstSickDay, wage_returns: 'monthly', agreed_wage: '2610,00', ...more });
async function record(who, path, given, etag) {
  const { headers } = await who.get(`${path}/benefit-facts`);
  return who.put(`${path}/benefit-facts`, given, { headers: { 'If-Match': etag ?? headers.etag } });
}

/** The case of a transfer that was released. */
const caseOfTransfer = () => asUuid(valueOf("SELECT LOWER(HEX(p.case_id)) FROM klout7_office.payable p JOIN klout7_office.payment_transfer t ON t.payable_id = p.id JOIN klout7_office.payment_batch b ON b.id = t.batch_id WHERE b.state = 'released' ORDER BY t.id"));

test('a benefit specialist records facts; client, case manager and specialist read what the case is worth, with its steps', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const first = (await who.specialist.get(path)).json.first_sick_day;
  assert.deepEqual((await who.specialist.get(`${path}/benefit-facts`)).json, { number: 0, recorded_at: null, facts: null });
  const recorded = await record(who.specialist, path, facts(first, { has_declared_credit: true }));
  assert.deepEqual([recorded.status, recorded.json, recorded.headers.etag], [200, { number: 1 }, '"1"']);
  const read = (await who.client.get(`${path}/benefit-facts`)).json;
  assert.deepEqual([read.facts.agreed_wage, read.facts.has_declared_credit, read.facts.tax_table], ['2610.00', true, null]);
  for (const reader of [who.client, who.specialist]) {
    const { json } = await reader.get(`${path}/benefit?week=${first}`);
    assert.deepEqual([json.obstacle, json.dagloon.capped_cents, json.weeks[0].payable_cents, json.weeks[1].payable_cents], [null, 12000, 25200, 42000]);
    assert.deepEqual(json.week.days.map((day) => day.benefit_cents), [8400, 8400, 8400]);
    assert.ok(json.dagloon.steps.some((step) => step.code === 'agreed_wage' || step.article.includes('12e')));
    assert.ok(json.week.steps.length > 0);
  }
  // The employer sees none of it.
  for (const part of ['benefit-facts', 'benefit', 'payments', 'payee-accounts']) assert.equal((await who.employer.get(`${path}/${part}`)).status, 404, part);
  assert.equal((await record(who.specialist, path, facts(first), '"0"')).status, 412);
});

test('facts that cannot be reckoned are refused, each with what is wrong and what to do', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const first = (await who.specialist.get(path)).json.first_sick_day;
  const refused = async (given) => {
    const answer = await record(who.specialist, path, given);
    assert.equal(answer.status, 422, answer.text);
    return codes(answer).join();
  };
  assert.equal(await refused({ ...facts(first), agreed_wage: '' }), 'agreed_wage no_agreed_wage');
  assert.equal(await refused({ ...facts(first), agreed_wage: '2610 euro' }), 'agreed_wage not_an_amount');
  assert.equal(await refused({ ...facts(first), agreed_wage: '-5' }), 'agreed_wage negative_amount');
  assert.equal(await refused({ ...facts(first), job_first_day: '' }), 'job_first_day not_a_date');
  assert.equal(await refused({ ...facts(first), job_last_day: '2001-01-01' }), 'job_last_day job_ends_first');
  assert.equal(await refused({ ...facts(first), oorzaak: 'griep' }), ' unknown_field');
  assert.equal(await refused({ ...facts(first), wages: [{ first: '2026-02-03', last: '2026-02-28', sv_wage: '1' }] }), 'wages not_a_wage_period');
  assert.equal(await refused({ ...facts(first), wages: [{ first, last: first, sv_wage: '1', reden: 'x' }] }), ' unknown_field');
  assert.equal(await refused({ ...facts(first), income: [{ first, last: '2001-01-01', amount: '5', per: 'week' }] }), 'income income_period_backwards');
  assert.equal(await refused({ ...facts(first), wages: [{ first: '2026-02-01', last: '2026-02-28', sv_wage: '' }] }), 'wages missing');
  assert.equal(await refused({ ...facts(first), wages_total: '1' }), 'wages_total does_not_add_up');
  assert.equal(await refused({ ...facts(first), sanctions: [{ first, last: daysAgo(0), percentage: '5', decision: '', decided_on: '' }] }), 'sanctions sanction_without_decision');
  assert.equal((await who.specialist.get(`${path}/benefit-facts`)).json.number, 0);
});

test('an account is entered by one, approved by another, told to the client, and used some days later', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const iban = madeUpIban();
  const wrong = await who.client.post(`${path}/payee-accounts`, { iban: iban.replace(/.$/, (digit) => (Number(digit) + 1) % 10), holder: 'J. Voorbeeld' });
  assert.deepEqual([wrong.status, codes(wrong)], [422, ['iban not_an_iban']]);
  const made = await who.specialist.post(`${path}/payee-accounts`, { iban: iban.toLowerCase().replace(/(.{4})/g, '$1 '), holder: 'J. Voorbeeld' });
  assert.equal(made.status, 201, made.text);
  const { account } = made.json;
  const waiting = (await who.other.get('/api/v1/payee-accounts')).json.accounts.find((one) => one.account === account);
  assert.deepEqual([waiting.masked, waiting.is_own], [`NL •••• ${iban.slice(-4)}`, false]);
  assert.equal((await who.specialist.post(`/api/v1/payee-accounts/${account}/approval`, { check: 'match' })).status, 403);
  assert.equal((await who.other.post(`/api/v1/payee-accounts/${account}/approval`, { check: 'no_match' })).status, 422);
  assert.equal((await who.other.post(`/api/v1/payee-accounts/${account}/approval`, { check: 'close_match' })).status, 204);
  assert.equal((await who.other.request('DELETE', `/api/v1/payee-accounts/${account}`)).status, 409);
  const [own] = (await who.client.get(`${path}/payee-accounts`)).json.accounts;
  assert.deepEqual([own.iban, own.state, own.check, own.usable_from], [iban, 'approved', 'close_match', daysAgo(-3)]);
  const { json: { notices } } = await who.client.get('/api/v1/notices');
  assert.ok(notices.some((notice) => notice.kind === 'payee_account_changed' && notice.text.startsWith('Uw uitkering')));
});

test('a run pays what is due, a batch is released by two others, the bank gets a file that adds up, and what it rejects is asked again', async () => {
  const who = await everybody();
  const path = await newCase(who);
  const first = (await who.specialist.get(path)).json.first_sick_day;
  assert.equal((await record(who.specialist, path, facts(first))).status, 200);
  const run = await payRun(who.specialist, until);
  assert.equal(run.cases_left, 0);
  const [payment] = (await who.client.get(`${path}/payments`)).json.payments;
  assert.equal(payment.state, 'open');
  assert.equal(payment.gross_cents, payment.lines.reduce((sum, line) => sum + line.due_cents - line.before_cents, 0));
  assert.equal(payment.net_cents, payment.gross_cents - payment.tax_cents);
  assert.ok(payment.tax_cents > 0);
  // Again, and nothing is paid again.
  await payRun(who.specialist, until);
  assert.equal((await who.client.get(`${path}/payments`)).json.payments.length, 1);

  await cancelBatches(who.maker);
  const batch = await paymentBatch(who.maker, until);
  assert.equal(batch.state, 'prepared');
  assert.equal(batch.files.reduce((sum, file) => sum + file.sum_cents, 0), batch.sum_cents);
  const at = `/api/v1/payment-batches/${batch.batch}`;
  assert.equal((await releaseBatch(who.maker, batch.batch)).status, 403);
  assert.equal((await releaseBatch(who.specialist, batch.batch)).status, 403);
  assert.equal((await who.maker.get(`${at}/files/1`)).status, 409);
  const altered = await who.first.post(`${at}/releases`, { files: [{ digest: '0'.repeat(64) }] }, { headers: { 'If-Match': `"${batch.version}"` } });
  assert.deepEqual([altered.status, codes(altered)], [422, ['digests other_files']]);
  assert.equal((await releaseBatch(who.first, batch.batch)).status, 204);
  assert.equal((await releaseBatch(who.first, batch.batch)).status, 409);
  assert.equal((await releaseBatch(who.second, batch.batch)).status, 204);
  const released = (await who.maker.get(at)).json;
  assert.deepEqual([released.state, released.releases.length], ['released', 2]);
  assert.equal((await who.maker.request('DELETE', at, { headers: { 'If-Match': `"${released.version}"` } })).status, 409);

  const folder = mkdtempSync(join(tmpdir(), 'klout7-bank-'));
  for (const file of released.files) {
    const got = await who.maker.get(`${at}/files/${file.number}`);
    assert.equal(got.status, 200);
    assert.match(got.headers['content-disposition'], /filename="klout7-\d{6}-01\.xml"/);
    assert.equal(createHash('sha256').update(got.bytes).digest('hex'), file.digest);
    const name = join(folder, `${file.number}.xml`);
    writeFileSync(name, got.bytes);
    execFileSync('xmllint', ['--noout', '--schema', new URL('../../src/payments/schemas/pain.001.001.09.xsd', import.meta.url).pathname, name], { stdio: 'pipe' });
    const added = execFileSync('python3', [new URL('../proof/bank_file.py', import.meta.url).pathname, name], { encoding: 'utf8' });
    assert.ok(added.includes(`${file.transfers} transfers, ${(file.sum_cents / 100).toFixed(2)} euro`), added);
    assert.doesNotMatch(got.text, /ziek|ZW|Ustrd>[^<]*[0-9]{9}/i);
  }

  // On paper, for who may read payments.
  const paid = caseOfTransfer();
  const { payment: somebody } = (await who.specialist.get(`/api/v1/cases/${paid}/payments`)).json.payments[0];
  for (const [language, label] of [['nl', /Netto/i], ['en', /Net/i]]) {
    const paper = await who.specialist.get(`/api/v1/payments/${somebody}/specification`, { language });
    assert.deepEqual([paper.status, paper.headers['content-type']], [200, 'application/pdf'], paper.text);
    const words = execFileSync('pdftotext', ['-layout', '-', '-'], { input: paper.bytes, encoding: 'utf8' });
    assert.match(words, /Klout7 Uitkeringen/);
    assert.match(words, label);
  }
  assert.equal((await who.client.get(`/api/v1/payments/${payment.payment}/specification`)).status, 200);
  assert.equal((await who.client.get(`/api/v1/payments/${somebody}/specification`)).status, 404);
  const year = released.execution_day.slice(0, 4);
  const statement = await who.specialist.get(`/api/v1/cases/${paid}/yearly-statement?year=${year}`);
  assert.deepEqual([statement.status, statement.headers['content-type']], [200, 'application/pdf'], statement.text);
  assert.equal((await who.client.get(`${path}/yearly-statement?year=2024`)).status, 409);
  assert.equal((await who.employer.get(`${path}/yearly-statement?year=${year}`)).status, 404);

  const transfer = valueOf("SELECT LOWER(HEX(t.id)) FROM klout7_office.payment_transfer t JOIN klout7_office.payment_batch b ON b.id = t.batch_id WHERE b.state = 'released' ORDER BY t.id");
  const rejected = (reason) => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>A${reason}${transfer.slice(0, 8)}</MsgId></GrpHdr>`
    + `<OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>K7${transfer}</OrgnlEndToEndId><TxSts>RJCT</TxSts>`
    + `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
  const send = (text) => who.maker.request('POST', '/api/v1/bank-answers', { body: text, headers: { 'Content-Type': 'application/xml' } });
  const answered = await send(rejected('AC04'));
  assert.deepEqual([answered.status, answered.json.kind, answered.json.rejected], [201, 'pain.002', 1]);
  assert.equal((await send(rejected('AC04'))).status, 409);
  assert.deepEqual(codes(await send('<Document/>')), [' not_a_bank_file']);
  const held = (await who.maker.get('/api/v1/held-payments')).json.payments;
  assert.equal(held.length, 1);
  assert.deepEqual([held[0].end, held[0].reason], ['rejected', 'AC04']);
  assert.equal((await who.maker.post(`/api/v1/payments/${held[0].payment}/reopening`)).status, 204);
  assert.equal((await who.maker.post(`/api/v1/payments/${held[0].payment}/reopening`)).status, 409);
  const next = await paymentBatch(who.maker, until);
  assert.equal(next.transfers, 1);
  const gone = await who.maker.get(`/api/v1/payment-batches/${next.batch}`);
  assert.equal((await who.maker.request('DELETE', `/api/v1/payment-batches/${next.batch}`, { headers: { 'If-Match': gone.headers.etag } })).status, 204);
  assert.equal((await who.maker.get(`/api/v1/payment-batches/${next.batch}`)).json.state, 'cancelled');
});

test('a week that is not over is not run, and a batch is for a bank day', async () => {
  const who = await everybody();
  const run = await who.specialist.post('/api/v1/pay-runs', { week: daysAgo(-7) });
  assert.deepEqual([run.status, codes(run)], [422, ['week not_closed']]);
  assert.deepEqual(codes(await who.specialist.post('/api/v1/pay-runs', { week: 'gisteren' })), ['week not_a_date']);
  assert.deepEqual(codes(await who.maker.post('/api/v1/payment-batches', { execution_day: daysAgo(1) })), ['execution_day no_bank_day']);
});

test('the client reads in the own log who reckoned and who recorded', async () => {
  const who = await everybody();
  const { json: { lines } } = await who.client.get('/api/v1/own-access-log');
  assert.ok(lines.some((line) => line.text.includes('uitkering')), lines.slice(0, 3).map((line) => line.text).join('\n'));
});

// From a week to the bank by clicking: a run is started and watched, a batch is made, compared and released by two others, its file goes
// to the bank, and what the bank rejects is asked again; and an account is approved by another than who entered it.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { closedWeeks, daysLater, isoWeek, nextPayDay } from '../../web/src/lib/pay_days.ts';
import { paymentsEn } from '../../web/src/text/payments_en.ts';
import { paymentsNl } from '../../web/src/text/payments_nl.ts';
import { oneTimeCode } from '../http/client.mjs';
import { anotherReportOf, daysAgo, madeUpIban } from '../http/made_up.mjs';
import { asked } from './asked.mjs';
import { sizes, visitorOf } from './browser.mjs';

const dialog = (page) => page.getByRole('dialog').last();
const button = (within, name) => within.getByRole('button', { name, exact: true });

async function begin(name, language, size, path) {
  const visitor = await visitorOf('office', name);
  await visitor.page.setViewportSize(sizes[size]);
  await visitor.page.goto(visitor.origin);
  await visitor.page.evaluate((chosen) => localStorage.setItem('k7-language', chosen), language);
  await visitor.go(path);
  return visitor;
}
/** One more case of the client of the demo, long ill, with facts of which a benefit is reckoned; its path. */
async function payableCase() {
  const [client, employer, specialist] = await Promise.all(['client', 'werkgever', 'uitkering'].map(async (name) => asked(await visitorOf('office', name))));
  const report = await anotherReportOf(client);
  const made = await employer.post('/api/v1/sick-reports', report);
  assert.equal(made.status, 201, made.text);
  const path = `/api/v1/cases/${made.json.case}`;
  const first = report.first_sick_day;
  const { headers } = await specialist.get(`${path}/benefit-facts`);
  const recorded = await specialist.put(`${path}/benefit-facts`, { job_first_day: first, job_last_day: first, wage_returns: 'monthly', agreed_wage: '2610,00' }, { 'If-Match': headers.etag });
  assert.equal(recorded.status, 200, recorded.text);
  return path;
}
/** Changes the answers to what is read at an address, as long as `during` lasts. */
async function changing(page, address, change, during) {
  const isMeant = (url) => url.pathname === address;
  await page.route(isMeant, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change(await answer.json()) });
  });
  try {
    await during();
  } finally {
    await page.unrouteAll({ behavior: 'wait' });
  }
}
/** The session is too old for what is asked next at an address: the second factor is shown again, and it goes on. */
async function showFactor(visitor, address, press) {
  const { page, account } = visitor;
  const isMeant = (url) => url.pathname === address;
  await page.route(isMeant, (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', json: { status: 403, code: 'not_fresh', title: 'made up' } }), { times: 1 });
  await press();
  const code = page.locator('dialog input[name="code"]');
  await code.waitFor();
  await visitor.look('a second factor is asked for');
  for (const later of [0, 30000, 30000, 30000]) {
    await code.fill(oneTimeCode(account.totp_secret, Date.now() + later));
    await page.locator('dialog:has(input[name="code"]) button.primary').click();
    const isRefused = await Promise.race([
      code.waitFor({ state: 'detached' }).then(() => false), page.locator('dialog .summary').waitFor().then(() => true),
    ]);
    if (!isRefused) return;
    // A code counts once: it was used in this half minute.
    if (later > 0) await new Promise((resolve) => { setTimeout(resolve, 30500 - (Date.now() % 30000)); });
  }
  assert.fail('no code was taken');
}
const shownDigest = async (within) => (await within.locator('.digest').first().innerText()).replaceAll(/\s/g, '');
const bankFile = (name, text) => {
  const path = join(tmpdir(), `klout7-${process.pid}-${name}`);
  writeFileSync(path, text);
  return path;
};
const rejection = (endToEnd, reason) => `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>${randomUUID().slice(0, 30)}</MsgId></GrpHdr>`
  + `<OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>${endToEnd}</OrgnlEndToEndId><TxSts>RJCT</TxSts>`
  + `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;

test('weeks, and the day to pay on', () => {
  assert.deepEqual([isoWeek('2026-12-31'), isoWeek('2027-01-03'), isoWeek('2027-01-04'), isoWeek('2025-12-29')], [{ year: 2026, week: 53 }, { year: 2026, week: 53 }, { year: 2027, week: 1 }, { year: 2026, week: 1 }]);
  // Closed after its Friday.
  assert.deepEqual(closedWeeks('2026-11-27', 2), ['2026-11-16', '2026-11-09']);
  assert.deepEqual(closedWeeks('2026-11-28', 1), ['2026-11-23']);
  assert.deepEqual(closedWeeks('2026-11-29', 1), ['2026-11-23']);
  assert.deepEqual(closedWeeks('2026-11-30', 1), ['2026-11-23']);
  // A Thursday, or the bank day before it, and always behind today.
  assert.deepEqual(['2026-11-25', '2026-11-26', '2026-11-28', '2025-12-22', '2025-12-23', '2025-12-24', '2025-12-25', '2025-04-29', '2026-12-31'].map(nextPayDay),
    ['2026-11-26', '2026-12-03', '2026-12-03', '2025-12-24', '2025-12-24', '2025-12-31', '2025-12-31', '2025-04-30', '2027-01-07']);
});

for (const [language, size] of [['nl', 'desk'], ['en', 'phone']]) {
  const text = language === 'nl' ? paymentsNl : paymentsEn;
  const how = `in ${language} at the size of a ${size}`;

  test(`a run is started and watched, and tells what it left out, ${how}`, async () => {
    await payableCase();
    const specialist = await begin('uitkering', language, size, '/runs');
    const { page } = specialist;
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await button(page, text.runs.start).click();
    const [week] = closedWeeks(daysAgo(0), 1);
    assert.equal(await dialog(page).locator('select').inputValue(), week);
    await specialist.look('a run about to be started');
    await dialog(page).locator('select').selectOption(daysLater(week, -7));
    await dialog(page).locator('select').selectOption(week);
    await button(dialog(page), text.runs.start).click();
    const name = text.week(isoWeek(week).week, isoWeek(week).year);
    await page.locator('.alert', { hasText: text.runs.done(name) }).waitFor();
    await specialist.look('a run that ended');
    const row = page.locator('tbody tr').first();
    assert.match(await row.innerText(), /€/);
    await row.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: text.run.title(name) }).waitFor();
    const path = new URL(page.url()).pathname;

    // What seldom happens: cases that were left out, on more pages than one, and a run that goes on.
    const cases = Object.keys(text.run.obstacles).map((code) => ({ case: randomUUID(), code }));
    cases.push({ case: randomUUID(), code: 'something_new' });
    await changing(page, `/api/v1${path.replace('/runs/', '/pay-runs/')}`, (run) => ({ ...run, left_out: cases.length, obstacles: cases, next: cases[0].case }), async () => {
      await page.reload();
      await page.locator('tbody tr').first().waitFor();
      const shown = await page.locator('tbody tr').allInnerTexts();
      assert.equal(shown.length, cases.length);
      Object.values(text.run.obstacles).forEach(([why, toDo], i) => assert.ok(shown[i].includes(why) && shown[i].includes(toDo), shown[i]));
      assert.ok(shown.at(-1).includes('something_new'));
      assert.equal(await page.locator(`a[href="/cases/${cases[0].case}"]`).count(), 1);
      await specialist.look('cases that were left out');
      await page.locator(`a[href="${path}?after=${cases[0].case}"]`).click();
      await page.waitForURL(`**${path}?after=*`);
    });
    let asks = 0;
    await changing(page, '/api/v1/pay-runs', ({ runs: [first, ...others] }) => {
      asks += 1;
      return { runs: [asks < 4 ? { ...first, state: 'running', finished_at: null, looked_at: 120 * asks, cases_left: 480 - 120 * asks } : first, ...others] };
    }, async () => {
      await specialist.go('/runs');
      await page.locator('progress').waitFor();
      await page.getByText(text.runs.progress('240', '240')).waitFor();
      await page.getByText(text.runs.done(name)).waitFor();
    });
    assert.equal(asks, 4);

    // An auditor reads the list, and nothing behind it is asked for.
    const auditor = await begin('auditor', language, size, '/runs');
    await auditor.page.locator('tbody tr').first().waitFor();
    assert.equal(await auditor.page.locator('tbody a').count(), 0);
    assert.equal(await button(auditor.page, text.runs.start).count(), 0);
    const refused = [];
    auditor.page.on('response', (answer) => { if (answer.status() >= 400) refused.push(answer.url()); });
    for (const address of [path, '/bank', '/payee-accounts', '/payments']) {
      await auditor.go(address);
      await auditor.page.waitForLoadState('networkidle');
    }
    assert.deepEqual(refused, []);
    assert.deepEqual(specialist.faults, []);
  });

  test(`a batch is made by one and released by two others, and what the bank rejects is asked again, ${how}`, async () => {
    const maker = await begin('betalingen', language, size, '/');
    const { page } = maker;
    await page.getByRole('heading', { level: 1, name: text.batches.title, exact: true }).waitFor();
    await button(page, text.batches.make).click();
    assert.equal(await page.locator('input[name="execution_day"]').inputValue(), nextPayDay(daysAgo(0)));
    await page.locator('input[name="execution_day"]').fill('');
    await button(dialog(page), text.batches.make).click();
    await page.locator('.fault', { hasText: text.batches.dayMissing }).waitFor();
    await page.locator('input[name="execution_day"]').fill(daysAgo(1));
    await button(dialog(page), text.batches.make).click();
    await page.locator('.fault', { hasText: '60' }).waitFor();
    await maker.look('a batch for a day on which no bank works');
    await page.locator('input[name="execution_day"]').fill(nextPayDay(daysAgo(0)));
    await button(dialog(page), text.batches.make).click();
    await page.waitForURL('**/payments/*');
    await page.locator('.digest').waitFor();
    const path = new URL(page.url()).pathname;
    const digest = await shownDigest(page);
    assert.match(digest, /^[0-9a-f]{64}$/);
    await page.getByText(text.batch.why.own, { exact: true }).waitFor();
    assert.equal(await button(page, text.batch.release).count(), 0);
    assert.equal(await page.locator('a[download]').count(), 0);
    await maker.look('a batch, as who made it sees it');
    await button(page, text.batch.cancel).click();
    await maker.look('a batch about to be withdrawn');
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });

    // Two look at it at the same time; the second is told that the first was there.
    const first = await begin('betalingen2', language, size, '/payments');
    const second = await begin('betalingen3', language, size, path);
    await second.page.locator('.digest').waitFor();
    await first.page.locator(`tbody a[href="${path}"]`).click();
    await button(first.page, text.batch.release).click();
    assert.equal(await shownDigest(dialog(first.page)), digest);
    assert.match(await dialog(first.page).innerText(), /€/);
    await first.look('a batch about to be released');
    const releases = `/api/v1${path.replace('/payments/', '/payment-batches/')}/releases`;
    await showFactor(first, releases, () => button(dialog(first.page), text.batch.releaseAction).click());
    await first.page.getByText(text.batch.releasedNow).waitFor();
    await first.page.getByText(text.batch.why.once, { exact: true }).waitFor();
    assert.equal(await button(first.page, text.batch.release).count(), 0);
    await first.look('a batch that was released once');
    await button(second.page, text.batch.release).click();
    await button(dialog(second.page), text.batch.releaseAction).click();
    await second.page.getByText(text.batch.changed).waitFor();
    await second.look('a batch that somebody else changed');
    await button(second.page, text.batch.showNewest).click();
    await second.page.getByText(text.batch.changed).waitFor({ state: 'detached' });
    await button(second.page, text.batch.release).click();
    await showFactor(second, releases, () => button(dialog(second.page), text.batch.releaseAction).click());
    await second.page.getByText(text.batch.why.releasedMaker, { exact: true }).waitFor();

    await page.reload();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').first().click()]);
    const file = readFileSync(await download.path());
    assert.equal(createHash('sha256').update(file).digest('hex'), digest);
    assert.match(download.suggestedFilename(), /^klout7-\d{6}-01\.xml$/);
    await maker.look('a batch that was released');
    const specialist = await begin('uitkering', language, size, path);
    await specialist.page.getByText(text.batch.why.released, { exact: true }).waitFor();
    assert.equal(await specialist.page.locator('a[download], main .button').count(), 0);

    // The bank rejects one of them.
    const [, endToEnd] = /<EndToEndId>(K7[0-9A-Fa-f]{32})</.exec(file.toString());
    const answer = bankFile('pain002.xml', rejection(endToEnd, 'AC04'));
    const send = async (one) => {
      await page.setInputFiles('input[type=file]', one);
      await button(page, text.bank.take).click();
    };
    await maker.go('/bank');
    await send(bankFile('other.xml', '<Document/>'));
    await page.locator('.alert.bad').waitFor();
    await send(answer);
    await page.getByText(text.bank.taken).waitFor();
    assert.deepEqual((await page.locator('.totals').innerText()).split('\n').filter(Boolean), [text.bank.accepted, '0', text.bank.rejected, '1', text.bank.returned, '0', text.bank.notOurs, '0']);
    const held = page.locator('.things li', { hasText: text.bank.why(text.bank.reasons.AC04, 'AC04') });
    await held.first().waitFor();
    await maker.look('a payment that the bank rejected');
    await send(answer);
    await page.locator('.alert.bad', { hasText: text.bank.alreadyRead }).waitFor();
    await maker.look('a file that was read before');
    const count = await held.count();
    await held.first().getByRole('button').click();
    await maker.look('a payment about to be made ready again');
    await button(dialog(page), text.bank.reopen).click();
    await page.getByText(text.bank.reopened).waitFor();
    await page.waitForFunction((most) => document.querySelectorAll('.things li').length < most, count);

    // It goes along with the next batch, which who made it takes back.
    await maker.go('/payments');
    await page.locator('.totals').waitFor();
    await button(page, text.batches.make).click();
    await button(dialog(page), text.batches.make).click();
    await page.waitForURL('**/payments/*');
    await page.locator('.digest').waitFor();
    await button(page, text.batch.cancel).click();
    await button(dialog(page), text.batch.cancelAction).click();
    await page.getByText(text.batch.cancelledNow).waitFor();
    await page.getByText(text.batch.why.cancelled, { exact: true }).waitFor();
    assert.equal(await page.locator('main .buttons').count(), 0);
    await maker.look('a batch that was withdrawn');
    for (const one of [maker, first, second, specialist]) assert.deepEqual(one.faults, []);
  });

  test(`an account is approved by another than who entered it, ${how}`, async () => {
    const path = await payableCase();
    const [iban, other] = [madeUpIban(), madeUpIban()];
    const holder = `R. Rekening${randomUUID().replaceAll(/[^a-f]/g, '')}`;
    const specialist = await begin('uitkering', language, size, '/payee-accounts');
    for (const one of [iban, other]) assert.equal((await asked(specialist).post(`${path}/payee-accounts`, { iban: one, holder })).status, 201);
    await specialist.go('/payee-accounts');
    const items = (page) => page.locator('.things li', { hasText: holder });
    await items(specialist.page).first().waitFor();
    assert.equal(await items(specialist.page).count(), 2);
    await items(specialist.page).first().getByText(text.accounts.own).waitFor();
    assert.equal(await button(specialist.page, text.accounts.judgeOf(holder)).count(), 0);
    await specialist.look('accounts that the reader entered');

    const judge = await begin('uitkering2', language, size, '/payee-accounts');
    const { page } = judge;
    const item = items(page).filter({ hasText: iban.slice(-4) });
    assert.ok(!(await item.innerText()).includes(iban), 'the list does not show the whole number');
    await item.getByRole('button').click();
    await dialog(page).getByText(iban.replaceAll(/(.{4})(?=.)/g, '$1 ')).waitFor();
    await button(dialog(page), text.accounts.approve).click();
    await page.locator('.fault', { hasText: text.accounts.checkMissing }).waitFor();
    await dialog(page).getByLabel(text.accounts.checks.no_match).check();
    await judge.look('an account about to be approved');
    const sent = page.waitForRequest((request) => request.url().endsWith('/approval'));
    await button(dialog(page), text.accounts.approve).click();
    const address = new URL((await sent).url()).pathname;
    await page.locator('dialog .fault').waitFor();
    await dialog(page).getByLabel(text.accounts.checks.match, { exact: true }).check();
    await showFactor(judge, address, () => button(dialog(page), text.accounts.approve).click());
    await page.getByText(text.accounts.approved).waitFor();
    await items(page).filter({ hasText: iban.slice(-4) }).waitFor({ state: 'detached' });
    await items(page).getByRole('button').click();
    await button(dialog(page), text.accounts.refuse).click();
    await page.getByText(text.accounts.refused).waitFor();
    await items(page).waitFor({ state: 'detached' });
    const accounts = (await asked(judge).get(`${path}/payee-accounts`)).json.accounts.filter((one) => one.holder === holder);
    assert.deepEqual(accounts.map((one) => [one.iban, one.state, one.check]).toSorted(), [[iban, 'approved', 'match'], [other, 'refused', 'not_asked']].toSorted());
    assert.deepEqual(judge.faults, []);
  });
}

// A benefit by clicking: a specialist records what it is reckoned from, sees what a week is worth and why, and enters an account; a case
// manager reads it; the client reads what is paid and why, and gives an account. In Dutch at a desk, and once more in English on a phone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../http/client.mjs';
import { daysAgo, madeUpIban, payRun } from '../http/made_up.mjs';
import { sizes, visitorOf } from './browser.mjs';

const words = {
  nl: {
    tab: 'Uitkering', nothing: 'Er is nog niets vastgelegd', record: 'Gegevens vastleggen', title: 'Gegevens voor de uitkering', jobFirst: 'Eerste dag van de baan', agreed: /^Afgesproken loon/,
    returns: 'Loonaangiften van de werkgever', prepare: 'Zet de 13 maanden klaar', prepareWeeks: 'Zet de 13 perioden klaar', wage: 'SV-loon', notAnAmount: 'Dit is geen bedrag. Bijvoorbeeld: 2610,00.',
    notAnAmountEither: 'Dit is geen bedrag.', total: /^Controletotaal/, doesNotAddUp: 'De loonopgaven tellen niet op tot dit totaal.', save: 'Vastleggen', done: 'De gegevens zijn vastgelegd.', dagloon: '€ 120,00',
    wages: 'Het loon is samen € 31.320,00. Gedeeld door 261 werkdagen is dat € 120,00 per dag.', seventy: /t\/m vrijdag .*: de uitkering is 70% van het dagloon van € 1\d\d,\d\d\. Dat is € \d\d,\d\d per dag\.$/,
    reading: 'onze uitleg van de wet', earlierWeek: 'Week ervoor', firstWeek: 'In deze week begon de ziekte.', change: 'Gegevens wijzigen', addIncome: 'Inkomen toevoegen', addSanction: 'Maatregel toevoegen',
    income: 'Ander inkomen', sanctions: 'Maatregelen van UWV', first: 'Eerste dag', last: 'Laatste dag', amount: 'Bedrag', percentage: 'Percentage', decision: 'Kenmerk van UWV', decidedOn: 'Datum beslissing', fillIn: 'Vul een bedrag in.',
    withoutDecision: 'Een maatregel wordt pas toegepast met een beslissing van UWV', remove: /^Verwijderen/, noSanctions: 'Geen maatregelen.', lessIncome: 'Af door inkomen', hadIncome: 'Er was ander inkomen: € 50,00 per dag.',
    changed: 'Iemand anders heeft dit dossier gewijzigd', newest: 'Toon de nieuwste', addAccount: 'Rekening invoeren', holder: 'Op naam van', notAnIban: /IBAN|rekeningnummer/, waits: 'Wacht op goedkeuring', overview: 'Overzicht',
    paid: 'Wat wordt betaald en waarom', ready: 'Staat klaar', explain: /^Uitleg/, explanation: /^Uitleg bij week/, how: 'Hoe wij uw dagloon berekenden', isDagloon: 'Uw dagloon is € 120,00.', own: 'Op welke rekening?',
    other: /^(Andere rekening|Rekening) doorgeven$/, whose: 'Op wiens naam staat de rekening?', sent: 'Wij hebben uw rekening ontvangen.', checking: 'Wij controleren deze rekening nog', close: 'Sluiten', noPayments: 'Er is nog niets betaald.',
  },
  en: {
    tab: 'Benefit', nothing: 'Nothing was recorded yet', record: 'Record facts', title: 'Facts for the benefit', jobFirst: 'First day of the job', agreed: /^Agreed wage/,
    returns: 'Wage returns of the employer', prepare: 'Prepare the 13 months', prepareWeeks: 'Prepare the 13 periods', wage: 'Wage (SV)', notAnAmount: 'This is not an amount. For instance: 2610.00.',
    notAnAmountEither: 'This is not an amount.', total: /^Control total/, doesNotAddUp: 'The wage returns do not add up to this total.', save: 'Record', done: 'The facts were recorded.', dagloon: '€120.00',
    wages: 'The wage together is €31,320.00. Divided by 261 working days that is €120.00 a day.', seventy: /to Friday .*: the benefit is 70% of the dagloon of €1\d\d\.\d\d\. That is €\d\d\.\d\d a day\.$/,
    reading: 'our reading of the law', earlierWeek: 'Week before', firstWeek: 'The illness began in this week.', change: 'Change facts', addIncome: 'Add income', addSanction: 'Add sanction',
    income: 'Other income', sanctions: 'Sanctions of UWV', first: 'First day', last: 'Last day', amount: 'Amount', percentage: 'Percentage', decision: 'Reference of UWV', decidedOn: 'Date of decision', fillIn: 'Fill in an amount.',
    withoutDecision: 'A sanction is applied only with a decision of UWV', remove: /^Remove/, noSanctions: 'No sanctions.', lessIncome: 'Less by income', hadIncome: 'There was other income: €50.00 a day.',
    changed: 'Somebody else changed this case', newest: 'Show the newest', addAccount: 'Enter an account', holder: 'In the name of', notAnIban: /IBAN|account number/, waits: 'Waits for approval', overview: 'Overview',
    paid: 'What is paid and why', ready: 'Ready', explain: /^Explanation/, explanation: /^Explanation of week/, how: 'How we reckoned your dagloon', isDagloon: 'Your dagloon is €120.00.', own: 'To which account?',
    other: /^Give (another|an) account$/, whose: 'In whose name is the account?', sent: 'We received your account.', checking: 'We are still checking this account', close: 'Close', noPayments: 'Nothing was paid yet.',
  },
};

const button = (page, name) => page.getByRole('button', { name, exact: true });
/** Amounts have a space that does not break; here it is any other. */
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');

/** Asks the program as the page of this visitor would. */
const ask = (visitor, method, path, content, headers = {}) => visitor.page.evaluate(async ([how, where, what, more]) => {
  const answer = await fetch(where, { method: how, headers: { 'Content-Type': 'application/json', ...more }, ...(what === null ? {} : { body: JSON.stringify(what) }) });
  const text = await answer.text();
  return { status: answer.status, text, json: text === '' ? null : JSON.parse(text) };
}, [method, path, content ?? null, headers]);

/** Somebody at the office; what the pages asked for and did not get is kept. */
async function begin(name, language, size) {
  const visitor = await visitorOf('office', name);
  await visitor.page.setViewportSize(sizes[size]);
  await visitor.page.evaluate((chosen) => localStorage.setItem('k7-language', chosen), language);
  visitor.refused = [];
  if (!visitor.isHeard) visitor.page.on('response', (answer) => { if ([403, 404].includes(answer.status())) visitor.refused.push(`${answer.status()} ${answer.url()}`); });
  visitor.isHeard = true;
  return visitor;
}

/** A case of the client that no other test has, ill since a Monday eight weeks ago or longer; of the employer whose case manager reads it. */
async function newCase(client, employer) {
  const { json: { cases } } = await ask(client, 'GET', '/api/v1/cases');
  const { json: { person: { id: _, ...who } } } = await ask(client, 'GET', `/api/v1/cases/${cases.at(-1).case}`);
  const taken = new Set(cases.map((one) => one.first_sick_day));
  let days = 56 + ((new Date(`${daysAgo(0)}T00:00:00Z`).getUTCDay() + 6) % 7);
  while (taken.has(daysAgo(days))) days += 7;
  const made = await ask(employer, 'POST', '/api/v1/sick-reports', { ...who, first_sick_day: daysAgo(days), ground: 'fictitious_employment' });
  assert.equal(made.status, 201, made.text);
  return { id: made.json.case, firstSickDay: daysAgo(days), lastMonday: daysAgo(days - 7 * Math.floor(days / 7)) };
}

/** Some sentence of a list of steps. */
async function waitForStep(page, sentence) {
  await until('a step of the reckoning', async () => (await page.locator('.reckoning p').allInnerTexts()).map(plain).some((one) => (sentence instanceof RegExp ? sentence.test(one) : one.includes(sentence))));
}
const waitForText = (page, text) => until(text, async () => plain(await page.locator('main').innerText()).includes(text));

for (const [language, size] of [['nl', 'desk'], ['en', 'phone']]) {
  const text = words[language];

  test(`from facts to what a client reads, in ${language} at the size of a ${size}`, async () => {
    const [client, employer, specialist, manager, other] = await Promise.all(['client', 'werkgever', 'uitkering', 'casemanager', 'uitkering2'].map((name) => begin(name, language, size)));
    const { id, lastMonday } = await newCase(client, employer);
    const { page } = specialist;

    // Nothing is known yet.
    await specialist.go(`/cases/${id}`);
    await page.getByRole('link', { name: text.tab, exact: true }).click();
    await page.getByRole('heading', { name: text.nothing }).waitFor();
    await specialist.look('a case without facts');
    await client.go(`/cases/${id}`);
    await waitForText(client.page, text.noPayments);

    // The thirteen months stand ready, and what is wrong is told at its field.
    await page.getByRole('link', { name: text.record, exact: true }).click();
    await page.getByRole('heading', { name: text.title }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.localName), 'h1', 'a screen reader begins at the top of the new page');
    await page.getByLabel(text.jobFirst, { exact: true }).fill('2019-02-01');
    await page.getByLabel(text.returns, { exact: true }).selectOption('four_weekly');
    await button(page, text.prepareWeeks).waitFor();
    await page.getByLabel(text.returns, { exact: true }).selectOption('monthly');
    await button(page, text.prepare).click();
    const wages = page.getByRole('group').getByLabel(text.wage, { exact: true });
    assert.equal(await wages.count(), 13);
    assert.equal(await wages.first().evaluate((one) => one === document.activeElement), true, 'typing goes on at the first wage');
    await wages.first().fill('veel');
    for (let i = 1; i < 13; i += 1) await wages.nth(i).fill(language === 'nl' ? '€ 2.610,00' : '2610');
    await button(page, text.save).click();
    await page.locator('.field.wrong', { hasText: text.notAnAmount }).waitFor();
    await specialist.look('facts with a wage that is none');
    await page.locator('.summary a').click();
    assert.equal(await wages.first().evaluate((one) => one === document.activeElement), true);
    await wages.first().fill('2610');
    await page.getByLabel(text.agreed).fill('veel');
    await button(page, text.save).click();
    await page.locator('.field.wrong', { hasText: text.agreed }).getByText(text.notAnAmountEither).waitFor();
    await page.getByLabel(text.agreed).fill('');
    await page.getByLabel(text.total).fill('1');
    await button(page, text.save).click();
    await page.locator('.field.wrong', { hasText: text.doesNotAddUp }).waitFor();
    await page.getByLabel(text.total).fill('33930');
    await button(page, text.save).click();

    // What it is worth, and each step of it.
    await page.getByText(text.done).waitFor();
    await waitForStep(page, text.wages);
    assert.equal(plain(await page.locator('.total').first().innerText()), text.dagloon);
    await specialist.look('what a case is worth');
    const week = page.locator('button.as-link').nth(1);
    await week.click();
    await page.getByRole('dialog', { name: text.explanation }).waitFor();
    await waitForStep(page, text.seventy);
    assert.equal(await page.getByRole('dialog').locator('tbody tr').count(), 5);
    // 84.00 a day, or as much more as the dagloon rose since on a first of January or July.
    const { json: { weeks } } = await ask(specialist, 'GET', `/api/v1/cases/${id}/benefit`);
    assert.ok(weeks.at(-2).payable_cents >= 42000 && weeks.at(-2).payable_cents < 60000);
    assert.equal((await page.getByRole('dialog').locator('.total').innerText()).replace(/\D/g, ''), String(weeks.at(-2).payable_cents));
    await page.getByRole('dialog').getByText(text.reading).waitFor();
    await specialist.look('a week with its steps');
    for (let i = 0; !(await page.getByText(text.firstWeek).isVisible()); i += 1) {
      assert.ok(i < 40, 'the first week is reached');
      const shown = await page.locator('dialog h2').innerText();
      await button(page, text.earlierWeek).click();
      await until('the week before', async () => await page.locator('dialog h2').innerText() !== shown);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await week.evaluate((one) => one === document.activeElement), true, 'the focus goes back to the week');

    // Income, and a sanction that no decision stands behind.
    await page.getByRole('link', { name: text.change, exact: true }).click();
    assert.equal(await wages.first().inputValue(), language === 'nl' ? '2610,00' : '2610.00');
    const within = (list) => page.getByRole('group', { name: list, exact: true });
    await button(page, text.addIncome).click();
    await within(text.income).getByLabel(text.first, { exact: true }).fill(lastMonday);
    await within(text.income).getByLabel(text.last, { exact: true }).fill(daysAgo(-300));
    await button(page, text.save).click();
    await page.locator('.field.wrong', { hasText: text.fillIn }).waitFor();
    await within(text.income).getByLabel(text.amount, { exact: true }).fill('250');
    await button(page, text.addSanction).click();
    await within(text.sanctions).getByLabel(text.first, { exact: true }).fill(lastMonday);
    await within(text.sanctions).getByLabel(text.last, { exact: true }).fill(daysAgo(-30));
    await within(text.sanctions).getByLabel(text.percentage, { exact: true }).fill('5');
    await button(page, text.save).click();
    await within(text.sanctions).locator('.fault', { hasText: text.withoutDecision }).waitFor();
    await specialist.look('a sanction without a decision');
    await within(text.sanctions).getByRole('button', { name: text.remove }).click();
    await page.getByText(text.noSanctions).waitFor();
    assert.equal(await button(page, text.addSanction).evaluate((one) => one === document.activeElement), true, 'the focus stays in the list');

    // Somebody else was first: nothing is lost without being seen.
    const { json: { number, facts } } = await ask(other, 'GET', `/api/v1/cases/${id}/benefit-facts`);
    assert.equal((await ask(other, 'PUT', `/api/v1/cases/${id}/benefit-facts`, { ...facts, has_declared_credit: true }, { 'If-Match': `"${number}"` })).status, 200);
    await button(page, text.save).click();
    await page.getByText(text.changed).first().waitFor();
    await specialist.look('facts that somebody else changed meanwhile');
    await button(page, text.newest).click();
    await page.getByText(text.changed).first().waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('radio').first().isChecked(), true, 'what the other changed stands there');
    await button(page, text.addIncome).click();
    await within(text.income).getByLabel(text.first, { exact: true }).fill(lastMonday);
    await within(text.income).getByLabel(text.last, { exact: true }).fill(daysAgo(-300));
    await within(text.income).getByLabel(text.amount, { exact: true }).fill('250');
    await button(page, text.save).click();
    await page.getByText(text.done).waitFor();
    await page.locator('button.as-link').first().click();
    await waitForStep(page, text.hadIncome);
    await specialist.look('a week with income');
    await button(page, text.close).click();

    // An account.
    const iban = madeUpIban();
    await button(page, text.addAccount).click();
    await page.getByLabel('IBAN', { exact: true }).fill(iban.replace(/.$/, (digit) => (Number(digit) + 1) % 10));
    await page.getByLabel(text.holder, { exact: true }).fill('J. Voorbeeld');
    await button(page.getByRole('dialog'), text.addAccount).click();
    await page.locator('dialog .field.wrong', { hasText: text.notAnIban }).waitFor();
    await specialist.look('an account that is none');
    await page.getByLabel('IBAN', { exact: true }).fill(iban);
    await button(page.getByRole('dialog'), text.addAccount).click();
    await page.locator('li', { hasText: iban.slice(-2) }).filter({ hasText: text.waits }).first().waitFor();

    // The case manager reads what it is worth, and no more than that.
    await manager.go(`/cases/${id}/benefit`);
    await waitForStep(manager.page, text.wages);
    assert.equal(await manager.page.getByRole('link', { name: text.change }).count(), 0);
    assert.equal(await button(manager.page, text.addAccount).count(), 0);
    await manager.page.locator('button.as-link').first().click();
    await waitForStep(manager.page, text.hadIncome);
    await manager.look('what a case is worth, for its case manager');
    await employer.go(`/cases/${id}`);
    await employer.page.locator('.tabs a', { hasText: text.overview }).waitFor();
    assert.equal(await employer.page.getByRole('link', { name: text.tab, exact: true }).count(), 0);

    // The client: what is paid, why, and to which account.
    const run = await payRun({ post: (path, content) => ask(specialist, 'POST', path, content), get: (path) => ask(specialist, 'GET', path) }, until);
    assert.equal(run.state, 'finished');
    await client.go(`/cases/${id}`);
    const paid = client.page.locator('.card', { has: client.page.getByRole('heading', { name: text.paid }) });
    await paid.getByText(text.ready).waitFor();
    await waitForText(client.page, text.isDagloon);
    await client.page.getByText(text.how).click();
    await waitForStep(client.page, text.wages);
    await client.look('what a client is paid');
    await paid.getByRole('button', { name: text.explain }).last().click();
    await client.page.getByRole('dialog', { name: text.explanation }).waitFor();
    await client.page.getByRole('dialog').locator('.reckoning li').first().waitFor();
    await client.look('why a client is paid that');
    await button(client.page, text.close).click();
    const own = madeUpIban();
    await client.page.getByRole('button', { name: text.other }).click();
    await client.look('a client is asked for an account');
    await client.page.getByLabel('IBAN', { exact: true }).fill(own.toLowerCase());
    await client.page.getByLabel(text.whose, { exact: true }).fill('J. Voorbeeld');
    await client.page.getByRole('dialog').getByRole('button', { name: text.other }).click();
    await client.page.getByText(text.sent).waitFor();
    await client.page.locator('li', { hasText: own.replace(/(.{4})(?=.)/g, '$1 ') }).getByText(text.checking).waitFor();
    await client.look('a client gave an account');

    // Nobody's page asked for what its role may not read.
    for (const visitor of [specialist, manager, client]) assert.deepEqual(visitor.refused, []);
  });
}

test('a specialist sees the parts of a case that are there for the role', async () => {
  const specialist = await begin('uitkering', 'nl', 'desk');
  await specialist.go('/cases');
  const path = new URL(await specialist.page.locator('tbody a').first().evaluate((one) => one.href)).pathname;
  for (const part of ['', '/benefit', '/benefit-facts', '/documents']) {
    await specialist.go(path + part);
    await specialist.page.locator('.skeleton').first().waitFor({ state: 'detached' });
  }
  assert.deepEqual(specialist.refused, []);
  await specialist.go(`${path}/letters`);
  await specialist.page.getByRole('heading', { name: 'Deze pagina is er niet' }).waitFor();
});

test('what cannot be reckoned is told with what to do, and to the client without a worry', async () => {
  const [client, employer, specialist] = await Promise.all(['client', 'werkgever', 'uitkering'].map((name) => begin(name, 'nl', 'phone')));
  const { id, firstSickDay } = await newCase(client, employer);
  // Part of an illness that began when the formula was another.
  const before = new Date(Date.parse(firstSickDay) - 7 * 86400000).toISOString().slice(0, 10);
  const recorded = await ask(specialist, 'PUT', `/api/v1/cases/${id}/benefit-facts`, { job_first_day: '2015-01-01', earlier: [{ first: '2021-06-01', last: before }] }, { 'If-Match': '"0"' });
  assert.equal(recorded.status, 200, recorded.text);
  await specialist.go(`/cases/${id}/benefit`);
  await specialist.page.getByText('De uitkering kan niet worden berekend.').waitFor();
  await specialist.page.getByText('Reken dit dossier met de hand uit, of vraag het uw beheerder.').waitFor();
  await specialist.look('a benefit that cannot be reckoned');
  await client.go(`/cases/${id}`);
  await client.page.getByText('Wij zoeken dit uit. U hoeft niets te doen.').waitFor();
  await client.look('an own benefit that cannot be reckoned');
});

// A recovery by clicking: a client on a phone, the doctor, what a case manager and an employer see of it; and the employer's home.
import assert from 'node:assert/strict';
import test from 'node:test';
import { daysAgo } from '../http/made_up.mjs';
import { sizes, visitorOf } from './browser.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const inDialog = (page, name) => button(page.getByRole('dialog'), name);

async function begin(side, name, size = 'desk') {
  const visitor = await visitorOf(side, name);
  await visitor.page.setViewportSize(sizes[size]);
  await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  return visitor;
}
/** Asks the program as the page of this visitor would. */
const ask = (visitor, method, path, content, headers = {}) => visitor.page.evaluate(async ([how, where, what, more]) => {
  const answer = await fetch(where, { method: how, headers: { 'Content-Type': 'application/json', ...more }, ...(what === null ? {} : { body: JSON.stringify(what) }) });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}, [method, path, content ?? null, headers]);

/** A case of the client that no other test has, at the doctor. */
async function newCase(client, doctor) {
  const [employer, manager] = [await begin('office', 'werkgever'), await begin('office', 'casemanager')];
  const { json: { cases } } = await ask(client, 'GET', '/api/v1/cases');
  const { json: { person: { id: _, ...who } } } = await ask(client, 'GET', `/api/v1/cases/${cases.at(-1).case}`);
  const made = await ask(employer, 'POST', '/api/v1/sick-reports', { ...who, first_sick_day: daysAgo(560 + Math.floor(Math.random() * 150)), ground: 'fictitious_employment' });
  assert.equal(made.status, 201);
  const id = made.json.case;
  const { json: { doctors } } = await ask(manager, 'GET', '/api/v1/doctors');
  assert.equal((await ask(manager, 'PUT', `/api/v1/cases/${id}/doctor`, { doctor: doctors.find((one) => one.name === 'A. de Arts').doctor }, { 'If-Match': '"0"' })).status, 204);
  for (let tries = 0; (await ask(doctor, 'GET', `/api/v1/cases/${id}`)).status !== 200; tries += 1) {
    assert.ok(tries < 100, 'the case comes to the doctor');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return id;
}

test('a client reports to be well again on a phone, takes it back, and the doctor reports it', async () => {
  const [client, doctor] = [await begin('office', 'client'), await begin('medical', 'bedrijfsarts')];
  const id = await newCase(client, doctor);
  const { page } = client;
  await page.setViewportSize(sizes.phone);
  await client.go(`/cases/${id}`);
  await page.getByRole('heading', { name: 'Bent u weer beter?' }).waitFor();
  await button(page, 'Ik ben weer beter').click();
  await client.look('asked for the day');
  await page.getByLabel('Eerste dag zonder ziekte').fill('');
  await inDialog(page, 'Ik ben weer beter').click();
  await page.locator('.fault', { hasText: 'Kies de eerste dag' }).waitFor();
  await page.getByLabel('Eerste dag zonder ziekte').fill(daysAgo(-9));
  await inDialog(page, 'Ik ben weer beter').click();
  await page.locator('.fault', { hasText: 'Kies een dag tot en met overmorgen.' }).waitFor();
  await page.getByLabel('Eerste dag zonder ziekte').fill(daysAgo(-1));
  await inDialog(page, 'Ik ben weer beter').click();
  await page.getByRole('heading', { name: 'U bent beter gemeld' }).waitFor();
  await page.getByText('U kunt dit tot en met').waitFor();
  await client.look('reported to be well again');

  // Everybody else sees it, and cannot change it.
  const manager = await begin('office', 'casemanager');
  await manager.go(`/cases/${id}`);
  await manager.page.getByText(/^Hersteld gemeld per .* door de cliënt, op/).waitFor();
  await manager.page.locator('.next-step, .things', { hasText: 'Herstelmelding bij UWV' }).first().waitFor();
  await manager.look('a case of somebody well again');
  const employer = await begin('office', 'werkgever');
  await employer.go(`/cases/${id}`);
  await employer.page.getByText(/^Hersteld gemeld per .* door de cliënt, op/).waitFor();

  await button(page, 'Ik ben toch niet beter').click();
  await inDialog(page, 'Ik ben toch niet beter').click();
  await page.getByRole('heading', { name: 'Bent u weer beter?' }).waitFor();
  await page.getByText('2 eerdere meldingen').click();
  await page.getByText(/toch niet beter\.$/).first().waitFor();
  await client.look('taken back');

  await doctor.go(`/cases/${id}`);
  await doctor.page.getByText('Nog niet hersteld gemeld.').waitFor();
  await button(doctor.page, 'Hersteld melden').click();
  await doctor.look('the doctor is asked for the day');
  await inDialog(doctor.page, 'Hersteld melden').click();
  await doctor.page.getByText(/^Hersteld gemeld per/).waitFor();
  await button(doctor.page, 'Toch niet hersteld').waitFor();
  await doctor.look('the doctor reported a recovery');
  await client.go(`/cases/${id}`);
  await page.getByText(/^De bedrijfsarts meldde op/).waitFor();
  assert.equal(await button(page, 'Ik ben toch niet beter').count(), 0);
  await client.go('/cases');
  await page.locator('li', { has: page.locator(`a[href="/cases/${id}"]`) }).getByText(/^Hersteld per/).waitFor();
});

test('an employer begins with the absence of its people, fills in how many there are, and reads the figures as a table', async () => {
  for (const size of ['desk', 'phone']) {
    const employer = await begin('office', 'werkgever', size);
    const { page } = employer;
    await employer.go('/');
    await page.getByRole('heading', { level: 1, name: 'Overzicht' }).waitFor();
    await page.getByRole('img', { name: /^Staafdiagram van dertien maanden/ }).waitFor();
    assert.ok(await page.locator('.chart rect').count() >= 5);
    await page.getByLabel('Medewerkers', { exact: true }).fill('veel');
    await button(page, 'Opslaan').click();
    await page.locator('.fault', { hasText: 'heel getal' }).waitFor();
    await page.getByLabel('Medewerkers', { exact: true }).fill('240');
    await button(page, 'Opslaan').click();
    await page.getByText(/^Het aantal voor .* is opgeslagen\.$/).waitFor();
    await page.getByText('Alle maanden zijn ingevuld.').waitFor();
    await page.getByText('Alle cijfers in een tabel').click();
    assert.equal(await page.locator('tbody tr').count(), 13);
    await page.locator('tbody tr').first().getByText('240').waitFor();
    await employer.look(`the home of an employer on a ${size}`);
  }
});

test('an employer with too few people sees why there is no percentage', async () => {
  const employer = await begin('office', 'werkgever3', 'phone');
  const { page } = employer;
  await employer.go('/home');
  await page.getByRole('img', { name: /^Staafdiagram zonder cijfers/ }).waitFor();
  await page.getByText('Alle cijfers in een tabel').click();
  assert.equal(await page.getByText('Te weinig medewerkers om te tonen').count(), 12);
  assert.equal(await page.locator('.chart rect').count(), 0);
  await employer.look('the home of a small employer');
});

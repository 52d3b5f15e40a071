// What a client sees by clicking: the own case at the office on a phone, and the own medical file once the doctor gave it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { freeDay } from '../http/made_up.mjs';
import { sizes, visitorOf } from './browser.mjs';
import { nameDoctor } from './people.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Asks the program as the page of this visitor would: nobody signs in twice. */
const ask = (visitor, method, path, content, headers = {}) => visitor.page.evaluate(async ([how, where, what, more]) => {
  const answer = await fetch(where, { method: how, headers: { 'Content-Type': 'application/json', ...more }, ...(what === null ? {} : { body: JSON.stringify(what) }) });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}, [method, path, content ?? null, headers]);

async function inDutch(side, name) {
  const visitor = await visitorOf(side, name);
  await visitor.page.setViewportSize(sizes.desk);
  await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  return visitor;
}

/** A case of the client that no other test has, at the doctor, with a note; its path in the program and in the pages. */
async function newCase(client, doctor, note) {
  const [employer, manager] = [await inDutch('office', 'werkgever'), await inDutch('office', 'casemanager')];
  const { json: { cases } } = await ask(client, 'GET', '/api/v1/cases');
  const { json: { person: { id: _, ...who } } } = await ask(client, 'GET', `/api/v1/cases/${cases.at(-1).case}`);
  const made = await ask(employer, 'POST', '/api/v1/sick-reports', { ...who, first_sick_day: freeDay(cases), ground: 'fictitious_employment' });
  assert.equal(made.status, 201);
  const id = made.json.case;
  await nameDoctor(manager.page, id, 'A. de Arts');
  for (let tries = 0; (await ask(doctor, 'GET', `/api/v1/cases/${id}`)).status !== 200; tries += 1) {
    assert.ok(tries < 100, 'the case comes to the doctor');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.equal((await ask(doctor, 'POST', `/api/v1/cases/${id}/consults`, { note, cas_code: 'L608' }, { 'Idempotency-Key': randomUUID() })).status, 201);
  return id;
}

const note = 'Verzonnen: de rug doet pijn bij tillen.';

test('a client asks for the own medical file, the doctor gives it, and the client reads the note; another client never', async () => {
  const [atOffice, client, doctor] = [await inDutch('office', 'client'), await inDutch('medical', 'client'), await inDutch('medical', 'bedrijfsarts')];
  const id = await newCase(atOffice, doctor, note);
  await client.page.setViewportSize(sizes.phone);
  await client.go('/cases');
  await client.page.getByRole('heading', { level: 1, name: 'Mijn medisch dossier' }).waitFor();
  await client.page.locator(`a[href="/cases/${id}"]`).click();
  await button(client.page, 'Inzage vragen').waitFor();
  assert.equal(await client.page.getByText(note).count(), 0);
  await client.look('a medical file that was not asked for');
  await button(client.page, 'Inzage vragen').click();
  await client.page.getByText('De arts antwoordt uiterlijk op').waitFor();
  assert.equal(await button(client.page, 'Inzage vragen').count(), 0);
  await client.look('a medical file that was asked for');

  // The doctor refuses without a reason, which is told at the field, thinks again, and gives it.
  await doctor.go(`/cases/${id}`);
  await doctor.page.getByRole('heading', { name: 'De cliënt vraagt inzage in het dossier' }).waitFor();
  await doctor.look('a case of which the client asks for the file');
  await button(doctor.page, 'Weigeren').click();
  await doctor.page.getByRole('dialog').getByRole('button', { name: 'Weigeren', exact: true }).click();
  await doctor.page.locator('.fault', { hasText: 'wiens privacy u beschermt' }).waitFor();
  await doctor.look('a refusal without a reason');
  await button(doctor.page, 'Annuleren').click();
  await button(doctor.page, 'Inzage geven').click();
  await doctor.page.getByRole('dialog').getByRole('button', { name: 'Inzage geven', exact: true }).click();
  await doctor.page.getByText('De cliënt kreeg inzage op').waitFor();

  await client.go(`/cases/${id}`);
  await client.page.getByText(note).waitFor();
  await client.page.getByText('U kunt uw dossier lezen tot en met').waitFor();
  await client.look('a medical file that was given');
  await client.go('/own-log');
  await client.page.getByText('U zelf vroeg inzage in uw medisch dossier.').first().waitFor();
  await client.page.getByText('Een bedrijfsarts besliste over inzage in uw medisch dossier.').first().waitFor();

  const other = await inDutch('medical', 'client2');
  await other.go('/cases');
  await other.page.getByText('Er is nog geen medisch dossier van u.').waitFor();
  await other.page.goto(`${other.origin}/cases/${id}`);
  await other.page.getByText('Dit is er niet, of niet voor u.').first().waitFor();
  assert.equal(await other.page.getByText(note).count(), 0);
  await other.look('a medical file of somebody else');
});

test('a client reads why the doctor refused', async () => {
  const [atOffice, client, doctor] = [await inDutch('office', 'client'), await inDutch('medical', 'client'), await inDutch('medical', 'bedrijfsarts')];
  const id = await newCase(atOffice, doctor, note);
  await client.go(`/cases/${id}`);
  await button(client.page, 'Inzage vragen').click();
  await client.page.getByText('De arts antwoordt uiterlijk op').waitFor();
  await doctor.go(`/cases/${id}`);
  await button(doctor.page, 'Weigeren').click();
  const reason = 'In de notitie staat wat een familielid vertelde.';
  await doctor.page.getByLabel('Reden').fill(reason);
  await doctor.page.getByRole('dialog').getByRole('button', { name: 'Weigeren', exact: true }).click();
  await doctor.page.getByText('Inzage geweigerd op').waitFor();
  await client.go(`/cases/${id}`);
  await client.page.getByText(reason).waitFor();
  await button(client.page, 'Opnieuw inzage vragen').waitFor();
  assert.equal(await client.page.getByText(note).count(), 0);
  await client.look('a medical file that was refused');
});

test('a client with one case sees it straight away at the office, on a phone, in plain words', async () => {
  const one = await inDutch('office', 'client2');
  await one.page.setViewportSize(sizes.phone);
  await one.go('/');
  await one.page.getByRole('heading', { level: 1, name: 'Mijn ziekmelding' }).waitFor();
  const heads = ['Waar ben ik?', 'Wat gebeurt er nu?', 'Bent u weer beter?', 'Wat wordt betaald en waarom', 'Hoe hoog is mijn uitkering?', 'Op welke rekening?', 'Brieven van de arts', 'Mijn documenten', 'Wat er over u is gemeld', 'Wie keek er in mijn dossier?'];
  await one.page.getByRole('heading', { name: heads.at(-1) }).waitFor();
  const shown = await one.page.getByRole('heading', { level: 2 }).allInnerTexts();
  assert.deepEqual(shown, heads);
  await one.page.getByText(/^Week \d+ van 104$/).waitFor();
  await one.page.getByText('De WIA is de uitkering na twee jaar ziekte.').first().waitFor();
  assert.ok(await one.page.locator('.card', { hasText: 'Wie keek er in mijn dossier?' }).locator('li').count() <= 3);
  await one.look('the case of a client');
  await one.page.getByRole('link', { name: /^Alles bekijken/ }).click();
  await one.page.getByRole('heading', { level: 1, name: 'Wie keek in mijn dossier' }).waitFor();
});

test('a client with more cases chooses one of them at the office', async () => {
  const client = await inDutch('office', 'client');
  await client.go('/cases');
  await client.page.getByRole('link', { name: /^Ziek sinds/ }).first().click();
  await client.page.getByRole('heading', { name: 'Waar ben ik?' }).waitFor();
  await client.page.getByRole('link', { name: 'Terug naar mijn ziekmeldingen' }).click();
  await client.page.getByRole('link', { name: /^Ziek sinds/ }).first().waitFor();
});

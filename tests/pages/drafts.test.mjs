// What was typed and not sent: the browser is closed, the session ends, and somewhere else it stands there again, for who typed it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation, until } from '../http/client.mjs';
import { launch, sizes, Visitor, visitorOf } from './browser.mjs';
import { nameDoctor } from './people.mjs';

const where = installation(process.env.KLOUT7_DATA);
const words = 'Verzonnen notitie\nvan een verzonnen spreekuur & "meer".';
const button = (page, name) => page.getByRole('button', { name, exact: true });
const restored = (page) => page.getByText(/^Uw concept van vandaag \d\d:\d\d staat weer ingevuld\.$/);
const isKept = (page) => page.getByRole('status').filter({ hasText: 'Concept bewaard' }).waitFor();
const note = (page) => page.getByLabel('Notitie');
/** Asks the program from a page, as whoever is signed in there. */
const ask = (page, method, path, json) => page.evaluate(async ([how, address, content]) => {
  const answer = await fetch(address, { method: how, headers: { 'Content-Type': 'application/json' }, ...(content ? { body: JSON.stringify(content) } : {}) });
  return { status: answer.status, text: await answer.text() };
}, [method, path, json]);

/** Whoever this is, at a desk, in Dutch. */
async function begin(visitor) {
  await visitor.page.setViewportSize(sizes.desk);
  await visitor.go('/');
  await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  return visitor;
}
/** Gives a case of the case manager to this doctor, and waits until it is there; its path. */
async function caseFor({ page }, name) {
  const { page: office } = await visitorOf('office', 'casemanager');
  const { case: id } = JSON.parse((await ask(office, 'GET', '/api/v1/cases')).text).cases[0];
  await nameDoctor(office, id, name);
  await until('the case at the doctor', async () => (await ask(page, 'GET', `/api/v1/cases/${id}`)).status === 200);
  return `/cases/${id}`;
}
/** Opens a page and waits until what was kept, if anything, was filled in; what the program said to that. */
async function open(visitor, path, ready) {
  const asked = visitor.page.waitForResponse((answer) => answer.url().includes('/drafts/') && answer.request().method() === 'GET');
  await visitor.go(path);
  await ready(visitor.page).waitFor();
  const status = (await asked).status();
  if (status === 200) await restored(visitor.page).waitFor();  // the answer came; the page fills it in a moment later
  return status;
}

test('a note that was not sent stands there again after the browser was closed, for who typed it and nobody else', async () => {
  const first = await begin(await (await Visitor.open(await launch(), where, 'medical')).signIn('bedrijfsarts'));
  const path = await caseFor(first, 'A. de Arts');
  await ask(first.page, 'DELETE', `/api/v1${path}/drafts/consult`);  // of an earlier run, in a folder that is kept
  assert.equal(await open(first, path, note), 404);
  await note(first.page).pressSequentially(words);
  await first.page.getByLabel('CAS-code').fill('L60');
  await isKept(first.page);
  await first.page.locator('.draft-status', { hasText: /^Concept bewaard om \d\d:\d\d$/ }).waitFor();
  await first.look('a note that is kept while it is typed');
  assert.equal((await ask(first.page, 'DELETE', '/api/v1/session')).status, 204);
  await first.close();

  const again = await begin(await (await Visitor.open(await launch(), where, 'medical')).signIn('bedrijfsarts'));
  const { page } = again;
  assert.equal(await open(again, path, note), 200);
  assert.equal(await note(page).inputValue(), words);
  assert.equal(await page.getByLabel('CAS-code').inputValue(), 'L60');
  await again.look('a note that was filled in again');
  await page.setViewportSize(sizes.phone);
  await again.look('a note that was filled in again, on a phone');
  await page.setViewportSize(sizes.desk);

  // Sent, it is no draft any more.
  await page.getByLabel('CAS-code').fill('L608');
  const ended = page.waitForResponse((answer) => answer.url().includes('/drafts/') && answer.request().method() === 'DELETE');
  await button(page, 'Vastleggen').click();
  await page.getByText('Het spreekuur is vastgelegd.').waitFor();
  assert.equal((await ended).status(), 204);
  assert.equal(await restored(page).count(), 0);
  assert.equal(await open(again, path, note), 404);
  assert.equal(await note(page).inputValue(), '');

  // Who gets the case sees nothing of what its doctor typed; who lost it neither.
  await note(page).fill(words);
  await isKept(page);
  const other = await begin(await visitorOf('medical', 'bedrijfsarts2'));
  assert.equal(await caseFor(other, 'M. Dokter'), path);
  assert.equal(await open(other, path, note), 404);
  assert.equal(await note(other.page).inputValue(), '');
  assert.equal((await ask(page, 'GET', `/api/v1${path}/drafts/consult`)).status, 404);
  await caseFor(again, 'A. de Arts');
  assert.equal(await open(again, path, note), 200);
  assert.equal(await note(page).inputValue(), words);
  assert.deepEqual(other.faults, []);

  // Without a network it says so, and keeps it when there is one again.
  await again.context.setOffline(true);
  await note(page).fill(`${words} En nog iets.`);
  await page.getByRole('status').filter({ hasText: 'nog niet bewaard' }).waitFor();
  assert.equal(await note(page).inputValue(), `${words} En nog iets.`);
  await again.context.setOffline(false);
  await isKept(page);
  assert.ok(again.faults.every((fault) => fault.includes('ERR_INTERNET_DISCONNECTED')), again.faults.join('\n'));
  again.faults.length = 0;

  // Thrown away, the form is as it was.
  await open(again, path, note);
  await button(page, 'Weggooien').click();
  assert.equal(await note(page).inputValue(), '');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'note');
  assert.equal(await open(again, path, note), 404);
  await again.close();
});

test('of a letter every kind of field comes back, and going to look at it and back loses nothing', async () => {
  const doctor = await begin(await visitorOf('medical', 'bedrijfsarts'));
  const { page } = doctor;
  const path = `${await caseFor(doctor, 'A. de Arts')}/letters`;
  await ask(page, 'DELETE', `/api/v1${path.replace('/letters', '/drafts/letter')}`);
  const hours = () => page.getByLabel('Uren per week');
  assert.equal(await open(doctor, path, hours), 404);
  for (const name of ['tillen en dragen', 'aangepast werk', 'twee tot zes weken', 'pas de taken aan']) await page.getByLabel(name, { exact: true }).check();
  await page.getByLabel('werken onder tijdsdruk', { exact: true }).check();
  await hours().fill('12');
  await page.locator('[name="next_contact"]').fill('2026-12-14');
  await isKept(page);
  const chosen = () => page.evaluate(() => [...new FormData(document.querySelector('main form'))].map(([name, value]) => `${name}=${value}`).sort());
  const before = await chosen();
  assert.ok(before.length >= 7, before.join(' '));
  assert.equal(await open(doctor, path, hours), 200);
  assert.deepEqual(await chosen(), before);
  await doctor.look('a letter that was filled in again');

  await hours().fill('16');
  await button(page, 'Bekijk de brief').click();
  await page.getByText('Uren per week: 16.').waitFor();
  await button(page, 'Nog wijzigen').click();
  assert.deepEqual(await chosen(), before.map((one) => (one === 'hours_per_week=12' ? 'hours_per_week=16' : one)));
  await until('what was changed last is kept', async () => (await ask(page, 'GET', `/api/v1${path.replace('/letters', '/drafts/letter')}`)).text.includes('\\"16\\"'), 15);
  await button(page, 'Weggooien').click();
  assert.deepEqual(await chosen(), ['hours_per_week=', 'next_contact=']);
  assert.equal(await open(doctor, path, hours), 404);
});

test('a sick report that was not sent stands there again for who typed it, not for who signs in after that', async () => {
  const employer = await begin(await visitorOf('office', 'werkgever'));
  const field = (of) => of.getByLabel('BSN', { exact: true });
  const { page } = employer;
  await ask(page, 'DELETE', '/api/v1/drafts/sick_report');
  assert.equal(await open(employer, '/report', field), 404);
  await field(page).fill('999990019');
  await page.getByLabel('Grond', { exact: true }).selectOption('fictitious_employment');
  await page.getByLabel('Eerste ziektedag').fill('2026-11-02');
  await isKept(page);
  assert.equal(await open(employer, '/report', field), 200);
  assert.equal(await field(page).inputValue(), '999990019');
  assert.equal(await page.getByLabel('Grond', { exact: true }).inputValue(), 'fictitious_employment');
  assert.equal(await page.getByLabel('Eerste ziektedag').inputValue(), '2026-11-02');
  await employer.look('a sick report that was filled in again');

  const other = await begin(await visitorOf('office', 'werkgever2'));
  assert.equal(await open(other, '/report', field), 404);
  assert.equal(await field(other.page).inputValue(), '');
  assert.deepEqual(other.faults, []);

  await button(page, 'Weggooien').click();
  assert.equal(await field(page).inputValue(), '');
  assert.notEqual(await page.getByLabel('Eerste ziektedag').inputValue(), '2026-11-02');
  assert.equal(await open(employer, '/report', field), 404);
});

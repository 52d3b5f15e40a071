// Work without a mouse: every step is a key. And what happens when somebody does nothing for a while, or the network goes away.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation } from '../http/client.mjs';
import { launch, sizes, Visitor, visitorOf } from './browser.mjs';
import { report } from './people.mjs';

const where = installation(process.env.KLOUT7_DATA);

let browser;
test.before(async () => { browser = await launch(); });

/** Presses Tab until the focus is where it should be. */
async function tabTo(page, selector) {
  for (let i = 0; i < 80; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not come to ${selector}`);
}
async function type(page, name, text) {
  await tabTo(page, `[name="${name}"]`);
  await page.keyboard.type(text);
}
const press = async (page, selector) => {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
};
const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
async function palette(page, typed, name) {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
  await heading(page, name);
}

/** At a desk, in Dutch, at the first page: whatever an earlier story left. */
async function begin(visitor) {
  await visitor.page.setViewportSize(sizes.desk);
  await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  await visitor.go('/');
  return visitor;
}

test('without a mouse somebody is reported sick, a case gets a doctor, a step is done, a note is written and a letter signed', async () => {
  const sick = report();
  // Another one at each run, for a folder that is kept.
  const lastName = `Toets${[...String(sick.bsn)].map((digit) => 'bdfglmnprt'[Number(digit)]).join('')}`;
  const employer = await begin(await visitorOf('office', 'werkgever'));
  let { page } = employer;
  await palette(page, 'ziekm', 'Ziekmelden');
  await type(page, 'bsn', sick.bsn);
  await type(page, 'initials', 'T.');
  await type(page, 'last_name', lastName);
  await type(page, 'birth_date', '29-2-1980');
  await tabTo(page, '[name="ground"]');
  await page.keyboard.press('ArrowDown');
  await press(page, 'button[type="submit"]');
  await heading(page, 'De ziekmelding is binnen');
  await press(page, 'a.button.primary');
  await heading(page, `T. ${lastName}`);
  await page.waitForFunction(() => document.activeElement.localName === 'h1');  // the focus is at the title of the new page
  const path = new URL(page.url()).pathname;

  const manager = await begin(await visitorOf('office', 'casemanager'));
  ({ page } = manager);
  await heading(page, 'Dossiers');
  await page.locator('tbody a').first().waitFor();
  // J and K move through the rows, and stop at the ends.
  const row = () => page.evaluate(() => [...document.querySelectorAll('tr.linked a')].indexOf(document.activeElement));
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await row(), 2);
  await page.keyboard.press('k');
  assert.equal(await row(), 1);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('k');
  assert.equal(await row(), 0);
  await page.keyboard.press('/');
  await page.keyboard.type(`${lastName} j`);
  assert.equal(await page.evaluate(() => document.activeElement.value), `${lastName} j`, 'letters are letters where somebody types');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await page.getByText('1 dossier gevonden').waitFor();
  await tabTo(page, 'button:not([type="submit"]), tr.linked a');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await heading(page, `T. ${lastName}`);
  await tabTo(page, 'select[name="doctor"]');
  await page.keyboard.type('A. de');
  await press(page, 'button[type="submit"]');
  await page.getByText('De arts heeft het dossier gekregen.').waitFor();
  await press(page, '.next-step button');
  await page.getByRole('dialog', { name: 'Ziekmelding bij UWV: gedaan' }).waitFor();
  await tabTo(page, 'dialog [name="done_on"]');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Gedaan op').first().waitFor();

  const doctor = await begin(await visitorOf('medical', 'bedrijfsarts'));
  ({ page } = doctor);
  await page.waitForFunction(async (address) => (await fetch(`/api/v1${address}`)).ok, path);
  await doctor.go(path);
  await type(page, 'note', 'Zonder muis geschreven.');
  await type(page, 'cas_code', 'L608');
  await page.keyboard.press('Enter');
  await page.getByText('Het spreekuur is vastgelegd.').waitFor();
  await press(page, `a[href="${path}/letters"]`);
  await page.getByRole('heading', { name: 'Nieuwe terugkoppeling' }).waitFor();
  await tabTo(page, '[name="possibilities"]');
  await page.keyboard.press('Space');
  await type(page, 'hours_per_week', '8');
  await tabTo(page, '[name="expected_duration"]');
  await page.keyboard.press('Space');
  await press(page, 'button[type="submit"]');
  await page.getByRole('heading', { name: 'Dit gaat de deur uit' }).waitFor();
  await page.waitForFunction(() => document.activeElement.textContent === 'Dit gaat de deur uit');
  await press(page, 'button[type="submit"]');
  await page.getByText('De brief is ondertekend en verstuurd.').waitFor();
  for (const one of [employer, manager, doctor]) assert.deepEqual(one.faults, []);
});

test('the keys are told, a palette finds nothing that is not there, and each window closes with Esc', async () => {
  const visitor = await begin(await visitorOf('office', 'casemanager2'));
  const { page } = visitor;
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Sneltoetsen' }).waitFor();
  await visitor.look('the keys');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('xyz');
  await page.getByText('Niets gevonden.').waitFor();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Backspace');
  await visitor.look('the palette');
  await page.keyboard.press('ArrowDown');
  assert.match(await page.locator('[role="option"][aria-selected="true"]').innerText(), /Ziekmelden/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('who does nothing for a while is warned and can go on; what was typed stays when the session ends', async () => {
  const visitor = await Visitor.open(browser, where, 'office');
  const { page } = visitor;
  await page.clock.install();
  await visitor.signIn('werkgever2');
  await palette(page, 'ziekm', 'Ziekmelden');
  const typed = `Half ingevuld ${Date.now()}`;  // in a folder that is kept, not what was kept before
  await page.getByLabel('Achternaam').fill(typed);
  // The draft is kept first: that is a sign of life too.
  await page.clock.fastForward('00:03');
  await page.locator('.draft-status', { hasText: 'Concept bewaard' }).waitFor();
  // A session of an employer ends after twenty minutes; the warning comes two before that, looked for each five seconds.
  await page.clock.fastForward('17:00');
  await page.clock.runFor('00:10');
  assert.deepEqual(await page.getByRole('dialog').allInnerTexts(), []);
  await page.clock.fastForward('01:30');
  await page.getByRole('dialog', { name: 'Uw sessie loopt bijna af' }).waitFor();
  await visitor.look('a session that is about to end');
  await page.getByRole('button', { name: 'Ik ben er nog' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Achternaam').inputValue(), typed);

  // Ended elsewhere: signing in again goes on where one was.
  await page.evaluate(async () => { await fetch('/api/v1/session', { method: 'DELETE' }); });
  await page.getByRole('button', { name: 'Ziekmelding versturen' }).click();
  await page.getByRole('dialog', { name: 'U bent afgemeld' }).waitFor();
  await visitor.look('signing in again');
  assert.equal(await page.getByLabel('Achternaam').inputValue(), typed);
  await visitor.close();
});

test('without a network a page says so and tries again, and nothing that was typed is lost', async () => {
  const visitor = await begin(await visitorOf('office', 'werkgever3'));
  const { page } = visitor;
  await palette(page, 'ziekm', 'Ziekmelden');
  await page.getByLabel('Achternaam').fill('Onderweg');
  await visitor.context.setOffline(true);
  await page.getByRole('button', { name: 'Ziekmelding versturen' }).click();
  await page.locator('.summary', { hasText: 'Er kwam geen antwoord' }).waitFor();
  assert.equal(await page.getByLabel('Achternaam').inputValue(), 'Onderweg');
  await page.getByRole('link', { name: 'Dossiers' }).click();
  await page.getByText('Er komt geen antwoord.').waitFor();
  await visitor.context.setOffline(false);
  await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
  await page.locator('tbody tr').first().waitFor();
  const faults = visitor.faults.splice(0);  // the visitor goes on with other pages
  assert.ok(faults.every((fault) => fault.includes('ERR_INTERNET_DISCONNECTED')), faults.join('\n'));
});

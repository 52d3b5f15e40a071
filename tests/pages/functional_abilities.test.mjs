// A list of functional abilities, written without a mouse, signed, read back, and replaced; and a CAS code found by its words.
import assert from 'node:assert/strict';
import test from 'node:test';
import { caseOnBothSides } from '../http/made_up.mjs';
import { installation, signedIn, until } from '../http/client.mjs';
import { sizes, visitorOf } from './browser.mjs';
import { report } from './people.mjs';

const where = installation(process.env.KLOUT7_DATA);

/** Presses Tab until the focus is where it should be. */
async function tabTo(page, selector) {
  for (let i = 0; i < 120; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not come to ${selector}`);
}
const press = async (page, selector, key = 'Enter') => {
  await tabTo(page, selector);
  await page.keyboard.press(key);
};
const typeIn = async (page, name, text) => {
  await tabTo(page, `[name="${name}"]`);
  await page.keyboard.type(text);
};
const newest = (page) => page.locator('.two > .card').first();

/** A case at a doctor, whose window stands open at a desk, in Dutch. */
async function caseAtDoctor() {
  const [employer, manager, doctor] = await Promise.all([signedIn(where, 'office', 'werkgever'), signedIn(where, 'office', 'casemanager'), signedIn(where, 'medical', 'bedrijfsarts')]);
  const path = (await caseOnBothSides({ employer, manager, doctor, doctorName: 'A. de Arts', report: report(), until })).replace('/api/v1', '');
  const visitor = await visitorOf('medical', 'bedrijfsarts');
  await visitor.page.setViewportSize(sizes.desk);
  await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  return { path, visitor, manager, employer };
}

test('without a mouse a doctor writes a list of abilities, looks at it, signs it and replaces it', async () => {
  const { path, visitor, manager, employer } = await caseAtDoctor();
  const { page } = visitor;
  await visitor.go(path);
  await press(page, `a[href="${path}/abilities"]`);
  await page.getByText('Er is nog geen lijst van mogelijkheden.').waitFor();
  await visitor.look('no list of abilities yet');
  await page.getByText('Alles staat op normaal.').waitFor();

  await press(page, 'details.section:nth-of-type(1) > summary');
  await tabTo(page, '[name="concentration"]');
  await page.keyboard.press('ArrowDown');
  await typeIn(page, 'explanation_personal_functioning', 'Kanarie slaapt slecht.');
  await typeIn(page, 'for_work_personal_functioning', 'Geen werk dat lang de aandacht vraagt.');
  await press(page, 'details.section:nth-of-type(6) > summary');
  await typeIn(page, 'hours_per_day', '4');
  await typeIn(page, 'hours_per_week', '29');
  await tabTo(page, '[name="nights_possible"]');
  await page.keyboard.press('ArrowDown');
  await press(page, 'button[type="submit"]');
  await page.locator('.summary', { hasText: 'Zoveel uren per week' }).waitFor();
  await page.getByLabel('Uren per week').fill('20');
  await visitor.look('a list of abilities while it is written');
  await press(page, 'button[type="submit"]');

  await page.waitForFunction(() => document.activeElement.textContent === 'Dit gaat u ondertekenen');
  assert.deepEqual(await page.locator('.changes li').allInnerTexts(), [
    'concentreren van de aandacht: van normaal naar beperkt', 'Persoonlijk functioneren: andere toelichting voor het dossier',
    'Persoonlijk functioneren: andere toelichting voor het werk', 'Uren per dag: van geen beperking naar 4', 'Uren per week: van geen beperking naar 20',
    'Werken in de nacht: van kan naar kan niet',
  ]);
  await visitor.look('a list of abilities before it is signed');
  await press(page, 'button[type="submit"]');
  await page.getByText('De lijst is ondertekend.').waitFor();
  await newest(page).getByText('(versie 1)').waitFor();
  const shown = await newest(page).innerText();
  for (const words of ['A. de Arts', 'concentreren van de aandacht', 'beperkt', 'Kanarie slaapt slecht.', 'Geen werk dat lang', '20', 'kan niet', 'Al het andere is normaal.'])
    assert.ok(shown.includes(words), `${words} in ${shown}`);
  assert.ok(!shown.includes('herinneren'), 'what is normal is not shown');
  await visitor.look('a list of abilities');

  // The next one begins as this one, and replaces it.
  assert.ok(await page.locator('[name="concentration"][value="limited"]').isChecked());
  await page.locator('[name="concentration"][value="strongly_limited"]').check();
  await press(page, 'button[type="submit"]');
  await page.waitForFunction(() => document.activeElement.textContent === 'Dit gaat u ondertekenen');
  assert.deepEqual(await page.locator('.changes li').allInnerTexts(), ['concentreren van de aandacht: van beperkt naar sterk beperkt']);
  await press(page, 'button[type="submit"]');
  await newest(page).getByText('(versie 2)').waitFor();
  await newest(page).getByText('Versie 1, vanaf').click();
  await visitor.look('an older list of abilities');

  // On paper there is the list and no form.
  await page.emulateMedia({ media: 'print' });
  assert.ok(await newest(page).isVisible());
  assert.ok(!await page.getByRole('heading', { name: 'Nieuwe lijst' }).isVisible());
  await page.emulateMedia({ media: null });

  // Who may read it and not write it has no form; the office has no such thing at all.
  const staff = await visitorOf('medical', 'taakdelegatie');
  await staff.go(`${path}/abilities`);
  await newest(staff.page).getByText('sterk beperkt').waitFor();
  assert.equal(await staff.page.getByRole('heading', { name: 'Nieuwe lijst' }).count(), 0);
  for (const one of [manager, employer]) {
    assert.equal((await one.get(`/api/v1${path}/functional-abilities`)).status, 404);
    for (const what of ['', '/letters', '/documents']) assert.doesNotMatch((await one.get(`/api/v1${path}${what}`)).text, /Kanarie|concentr|aandacht/);
  }
});

test('a list that a colleague replaced meanwhile is compared again, and nothing that was filled in is lost', async () => {
  const { path, visitor } = await caseAtDoctor();
  const { page } = visitor;
  await visitor.go(`${path}/abilities`);
  await page.getByText('Alles staat op normaal.').waitFor();
  await page.locator('details.section').nth(3).locator('summary').click();
  await page.locator('[name="walking"][value="limited"]').check();
  await page.getByRole('button', { name: 'Bekijk de lijst' }).click();
  const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
  const { valid_from: day } = await page.evaluate(() => ({ valid_from: new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format() }));
  const meanwhile = await doctor.post(`/api/v1${path}/functional-abilities`, { replaces: 0, valid_from: day, standing: 'limited' }, { headers: { 'Idempotency-Key': crypto.randomUUID() } });
  assert.equal(meanwhile.status, 201, meanwhile.text);
  await page.getByRole('button', { name: 'Lijst ondertekenen' }).click();
  await page.locator('.summary', { hasText: 'Iemand anders heeft dit intussen gewijzigd.' }).waitFor();
  await page.getByText('Anders dan versie 1').waitFor();
  assert.deepEqual(await page.locator('.changes li').allInnerTexts(), ['lopen: van normaal naar beperkt', 'staan: van beperkt naar normaal']);
  await page.getByRole('button', { name: 'Lijst ondertekenen' }).click();
  await newest(page).getByText('(versie 2)').waitFor();
});

test('a CAS code is found by its words and chosen with the keys; one that is not on the list can still be written', async () => {
  const { path, visitor } = await caseAtDoctor();
  const { page } = visitor;
  await page.setViewportSize(sizes.phone);
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  await visitor.go(path);
  const field = page.getByRole('combobox', { name: 'CAS-code' });
  const options = page.getByRole('option');
  await typeIn(page, 'note', 'Een verzonnen notitie.');
  await typeIn(page, 'cas_code', 'covid');
  await options.first().waitFor();
  assert.deepEqual(await options.allInnerTexts(), ['R605\nCOVID-19', 'R606\nlong COVID']);
  assert.equal(await page.locator('.combobox [role=status]').innerText(), '2 gevonden. Kies met de pijl omlaag.');
  await visitor.look('codes that fit');
  await field.focus();
  await page.keyboard.press('Escape');
  await options.first().waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).ariaSelected), 'true');
  await page.keyboard.press('Enter');
  assert.equal(await field.inputValue(), 'R606');
  assert.equal(await page.locator('.combobox [role=status]').innerText(), 'long COVID');
  await field.fill('rug');
  await options.nth(2).click();
  assert.equal(await field.inputValue(), 'L103');
  await field.fill('griep');
  await page.getByText('Niets gevonden.').waitFor();
  await field.fill('z999');
  await page.getByText('Z999 staat niet op de lijst.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Het spreekuur is vastgelegd.').waitFor();
  await page.getByText('CAS Z999').waitFor();
  assert.ok(addresses.some((one) => one.endsWith('/cas-codes/search')));
  assert.ok(!addresses.some((one) => /covid|griep|rug$|z999/i.test(one)), 'no word of a disease stands in an address');
  assert.deepEqual(visitor.faults, []);
});

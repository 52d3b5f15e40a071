// Two administrators let somebody in by clicking, and one takes it away again; the log tells of it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation } from '../http/client.mjs';
import { launch, sizes, Visitor, visitorOf } from './browser.mjs';

const where = installation(process.env.KLOUT7_DATA);
const userName = `klik.${Date.now() % 1000000}`;
const dialog = (page) => page.getByRole('dialog');

async function begin(side, name, path) {
  const visitor = await visitorOf(side, name);
  await visitor.page.setViewportSize(sizes.desk);
  await visitor.page.goto(visitor.origin);
  await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  await visitor.go(path);
  return visitor;
}
test('an administrator invites somebody, another approves, and both halves of the code together let in', async () => {
  const first = await begin('office', 'beheer', '/accounts');
  let { page } = first;
  await page.getByRole('button', { name: 'Iemand uitnodigen' }).click();
  await dialog(page).getByRole('button', { name: 'Voorstellen' }).click();
  await page.locator('.summary').waitFor();
  await first.look('an empty invitation');
  await page.getByLabel('Hoe heet deze persoon?').fill('K. Likker');
  await page.getByLabel('Gebruikersnaam').fill(userName);
  await page.getByLabel('Zakelijk e-mailadres').fill('arts van de medische kant');
  await page.getByLabel('Rol', { exact: true }).selectOption('case_manager');
  await dialog(page).getByRole('button', { name: 'Voorstellen' }).click();
  await page.locator('.field', { hasText: 'Zakelijk e-mailadres' }).locator('.fault').waitFor();
  // Who works on the medical side does not work here.
  await page.getByLabel('Zakelijk e-mailadres').fill('bedrijfsarts@example.org');
  await dialog(page).getByRole('button', { name: 'Voorstellen' }).click();
  await page.locator('.fault', { hasText: 'heeft al een account' }).waitFor();
  await page.getByLabel('Zakelijk e-mailadres').fill(`${userName}@example.org`);
  await dialog(page).getByRole('button', { name: 'Voorstellen' }).click();
  await page.getByRole('dialog', { name: 'Het voorstel wacht op een andere beheerder' }).waitFor();
  await first.look('what to hand to who is invited');
  const [password, firstHalf] = await page.locator('.secret code').allInnerTexts();
  await dialog(page).getByRole('button', { name: 'Sluiten' }).click();

  const second = await begin('office', 'beheer2', '/proposals');
  ({ page } = second);
  await page.getByRole('button', { name: 'Goedkeuren: K. Likker' }).last().click();
  await second.look('a proposal about to be approved');
  await dialog(page).getByRole('button', { name: 'Goedkeuren' }).click();
  await page.getByRole('dialog', { name: 'Goedgekeurd' }).waitFor();
  const [secondHalf] = await page.locator('.secret code').allInnerTexts();
  await dialog(page).getByRole('button', { name: 'Sluiten' }).click();

  const invited = await Visitor.open(await launch(), where, 'office');
  await invited.go('/');
  await invited.fillSignIn(userName, password);
  await invited.page.getByLabel('Code', { exact: true }).fill(`${firstHalf} ${secondHalf}`);
  await invited.page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
  await invited.page.getByRole('heading', { name: 'Kies een eigen wachtwoord' }).waitFor();

  // And out again, at the next request.
  await second.go('/accounts');
  await page.getByRole('button', { name: 'Beheren: K. Likker' }).last().click();
  await second.look('what can be done with an account');
  await page.getByRole('button', { name: 'Account sluiten' }).click();
  await dialog(page).getByRole('button', { name: 'Account sluiten' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await page.locator('tr', { hasText: userName }).getByText('Gesloten').waitFor();
  assert.equal(await invited.page.evaluate(async () => (await fetch('/api/v1/session')).status), 401);
  await invited.close();

  const auditor = await begin('office', 'auditor', '/log');
  await auditor.page.locator('tbody tr', { hasText: 'wijzigde: account' }).first().waitFor();
  await auditor.page.locator('details summary').first().click();
  await auditor.look('a line of the log, whole');
});

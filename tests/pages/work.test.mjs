// The work list and its views by clicking; a case that somebody else changes meanwhile.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sizes, visitorOf } from './browser.mjs';
import { report } from './people.mjs';

async function begin(side, name, size = 'desk') {
  const visitor = await visitorOf(side, name);
  await visitor.page.setViewportSize(sizes[size]);
  await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  return visitor;
}
/** A case that the employer reports, without clicking. */
async function newCase() {
  const { page } = await begin('office', 'werkgever');
  return page.evaluate(async (content) => {
    const answer = await fetch('/api/v1/sick-reports', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(content) });
    return (await answer.json()).case;
  }, report());
}

test('each view of the work has an address and a count, and a case is found by its number', async () => {
  const id = await newCase();
  for (const size of ['desk', 'phone']) {
    const manager = await begin('office', 'casemanager', size);
    const { page } = manager;
    await manager.go('/cases');
    await page.locator('tbody tr').first().waitFor();
    const late = page.getByRole('link', { name: /^Te laat/ });
    await page.waitForFunction(() => [...document.querySelectorAll('.tabs .count')].every((one) => one.textContent !== ''));
    await late.click();
    await page.waitForURL('**/cases?view=late');
    await page.locator('.tabs a[aria-current]', { hasText: 'Te laat' }).waitFor();
    const count = Number.parseInt(await late.locator('.count').innerText(), 10); // "1000+" when there are more
    await page.waitForFunction((wanted) => document.querySelectorAll('tbody tr').length === Math.min(wanted, 100), count);
    assert.ok(await page.evaluate(() => [...document.querySelectorAll('tbody tr')].every((row) => row.matches('.late') && /te laat/.test(row.textContent))));
    await manager.look(`the late work on a ${size}`);
    await page.reload();
    await page.locator('.tabs a[aria-current]', { hasText: 'Te laat' }).waitFor();
    await page.getByRole('link', { name: /^Deze week/ }).click();
    await page.waitForURL('**/cases?view=this_week');
    await page.waitForFunction(() => document.querySelector('.empty, tbody') && !document.querySelector('.skeleton'));
    await manager.look(`the work of this week on a ${size}`);
  }
  const manager = await begin('office', 'casemanager');
  const { page } = manager;
  const number = await page.evaluate(async (one) => (await (await fetch(`/api/v1/cases/${one}`)).json()).number, id);
  await manager.go('/cases');
  await page.getByLabel('Zoek op naam, BSN of dossiernummer').fill(number);
  await page.keyboard.press('Enter');
  await page.getByText('1 dossier gevonden').waitFor();
  assert.ok(!page.url().includes(number));
  await page.locator('tbody a').click();
  await page.getByText(`${number}, week`).waitFor();
});

test('when somebody else changed the case, that is told before anything is done, and the newest is one press away', async () => {
  const id = await newCase();
  const manager = await begin('office', 'casemanager');
  const { page } = manager;
  await manager.go(`/cases/${id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  // The colleague, who is quicker.
  const status = await page.evaluate(async (one) => (await fetch(`/api/v1/cases/${one}/tasks/sick_report_to_uwv-1`, {
    method: 'PUT', headers: { 'Content-Type': 'application/json', 'If-Match': '"0"' }, body: JSON.stringify({ done_on: new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format() }),
  })).status, id);
  assert.equal(status, 204);
  await page.locator('.next-step').getByRole('button', { name: 'Gedaan' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Gedaan', exact: true }).click();
  await page.getByRole('dialog').locator('.summary', { hasText: 'Iemand anders heeft dit intussen gewijzigd' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuleren' }).click();
  await page.getByText('Iemand anders heeft dit dossier gewijzigd').waitFor();
  await page.getByRole('button', { name: 'Toon de nieuwste' }).click();
  await page.getByText('Iemand anders heeft dit dossier gewijzigd').waitFor({ state: 'detached' });
  await page.locator('.next-step', { hasText: 'Probleemanalyse' }).waitFor();
  await page.getByRole('button', { name: /^Toch niet gedaan: Ziekmelding bij UWV/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Toch niet gedaan' }).click();
  await page.locator('.next-step', { hasText: 'Ziekmelding bij UWV' }).waitFor();

  // Who comes back to the page later is told without doing anything.
  await page.clock.install();
  await page.clock.fastForward('00:20');
  await page.evaluate(async (one) => {
    const now = await (await fetch(`/api/v1/cases/${one}`)).json();
    await fetch(`/api/v1/cases/${one}/tasks/problem_analysis-1`, {
      method: 'PUT', headers: { 'Content-Type': 'application/json', 'If-Match': `"${now.version}"` }, body: JSON.stringify({ done_on: now.first_sick_day }),
    });
  }, id);
  await page.evaluate(() => { window.dispatchEvent(new Event('focus')); });
  await page.getByText('Iemand anders heeft dit dossier gewijzigd').waitFor();
  await page.getByRole('button', { name: 'Toon de nieuwste' }).waitFor();
  assert.deepEqual(manager.faults, []);
});

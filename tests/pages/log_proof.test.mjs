// An auditor checks the log and a line of it in the browser; a program that lies about either is found out.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sizes, visitorOf } from './browser.mjs';

const flipped = (text, at) => {
  const bytes = Buffer.from(text, 'base64');
  bytes[at] ^= 1;
  return bytes.toString('base64');
};
const card = (page) => page.locator('section', { hasText: 'Is dit logboek heel?' });
const checkLog = (page) => page.getByRole('button', { name: 'Controleer in mijn browser' }).click();
const dialog = (page) => page.getByRole('dialog', { name: /^Klopt regel/ });
const checkLine = (page) => page.getByRole('button', { name: /^Controleer: / }).first().click();

async function begin() {
  const visitor = await visitorOf('office', 'auditor');
  await visitor.page.setViewportSize(sizes.desk);
  await visitor.page.goto(visitor.origin);
  await visitor.page.evaluate(() => { localStorage.setItem('k7-language', 'nl'); localStorage.removeItem('k7-log'); });
  await visitor.go('/log');
  await visitor.page.locator('tbody tr').first().waitFor();
  return visitor;
}
/** While `work` runs, the answers of a route are what `change` makes of them. */
async function lying(page, route, change, work) {
  const address = new RegExp(`/api/v1/audit-log${route}(\\?|$)`);
  await page.route(address, async (asked) => {
    const response = await asked.fetch();
    const answer = await response.json();
    // A line that is not signed yet is told so, and asked for again by the page: there is nothing to change in that.
    await asked.fulfill({ response, json: response.ok() ? change(answer) : answer });
  });
  try {
    await work();
  } finally {
    await page.unroute(address);
  }
}

test('an auditor checks the whole log, twice, and a line of it', async () => {
  const visitor = await begin();
  const { page } = visitor;
  await checkLog(page);
  await card(page).getByText(/^De handtekening klopt: [\d.]+ regels onder één controlepunt\.$/).waitFor();
  await card(page).getByText('voor het eerst').waitFor();
  await visitor.look('a log that is whole');
  await checkLog(page);
  await card(page).getByText(/^Het logboek begint met precies de [\d.]+ regels/).waitFor();
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('k7-log')));
  assert.deepEqual(Object.values(kept).map((one) => Object.keys(one).sort().join()), ['root,size']);

  await page.setViewportSize(sizes.phone);
  // With keys only: the focus comes back to what was pressed.
  await page.getByRole('button', { name: /^Controleer: / }).first().focus();
  await page.keyboard.press('Enter');
  await dialog(page).getByText('Het bewijs klopt', { exact: true }).waitFor();
  await dialog(page).getByText(/^Dit is regel [\d.]+ van de [\d.]+ onder/).waitFor();
  await dialog(page).getByText('klout7 audit verify').waitFor();
  await visitor.look('a line that is proven');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /^Controleer: /);
});

test('one changed byte anywhere in a proof is found, and the page says why', async () => {
  const visitor = await begin();
  const { page } = visitor;
  const lies = [
    ['a byte of the line', (answer) => ({ ...answer, entry: flipped(answer.entry, 20) }), 'De hashes leiden niet naar de hoofdhash'],
    ['a byte of a hash', (answer) => ({ ...answer, hashes: answer.hashes.with(1, flipped(answer.hashes[1], 5)) }), 'De hashes leiden niet naar de hoofdhash'],
    ['the place', (answer) => ({ ...answer, index: 10_000_000 }), 'een plaats staan die het logboek niet heeft'],
    ['a hash left out', (answer) => ({ ...answer, hashes: answer.hashes.slice(1) }), 'meer of minder hashes'],
    ['the root', (answer) => ({ ...answer, checkpoint: answer.checkpoint.replace(/^(.*\n.*\n)(.*)/, (_, before, root) => before + flipped(root, 0)) }), 'De handtekening is niet van dit controlepunt'],
    ['the key', (answer) => ({ ...answer, key: answer.key.replace(/.{44}$/, (key) => flipped(key, 32)) }), 'is geen sleutel'],
  ];
  for (const [what, change, why] of lies) {
    await lying(page, '/proof', change, async () => {
      await checkLine(page);
      await dialog(page).getByText('Het bewijs klopt niet', { exact: true }).waitFor();
      await dialog(page).getByText(why).waitFor();
      assert.equal(await dialog(page).getByText('Het bewijs klopt', { exact: true }).count(), 0, what);
      if (what === 'the root') await visitor.look('a line that is not proven');
      await page.keyboard.press('Escape');
    });
  }
});

test('a page that shows another line than was signed is found out', async () => {
  const { page } = await begin();
  await lying(page, '', ({ lines: [first, ...others], next }) => ({ lines: [{ ...first, outcome: first.outcome === 'done' ? 'refused' : 'done', role: 'client' }, ...others], next }), async () => {
    await page.reload();
    await checkLine(page);
    await dialog(page).getByText('Deze pagina toont iets anders dan is vastgelegd: Rol, Uitkomst.').waitFor();
    await page.keyboard.press('Escape');
  });
});

test('a log that changed since the last check is found out', async () => {
  const { page } = await begin();
  const changes = [
    ['lines are gone', ({ size, root }) => ({ size: size + 1_000_000, root }), 'minder regels dan deze browser eerder zag'],
    ['old lines changed', ({ size, root }) => ({ size, root: root.startsWith('A') ? `B${root.slice(1)}` : `A${root.slice(1)}` }), 'oude regels zijn veranderd'],
  ];
  for (const [, change, why] of changes) {
    await page.evaluate(() => localStorage.removeItem('k7-log'));
    await checkLog(page);
    await card(page).getByText('voor het eerst').waitFor();
    const kept = Object.entries(await page.evaluate(() => JSON.parse(localStorage.getItem('k7-log'))));
    await page.evaluate((text) => localStorage.setItem('k7-log', text), JSON.stringify(Object.fromEntries(kept.map(([origin, one]) => [origin, change(one)]))));
    await checkLog(page);
    await card(page).getByText('Dit logboek klopt niet').waitFor();
    await card(page).getByText(why).waitFor();
  }
  await page.evaluate(() => localStorage.removeItem('k7-log'));
  await lying(page, '/checkpoint', (answer) => ({ ...answer, checkpoint: answer.checkpoint.replace(/\n\d+\n/, '\n7\n') }), async () => {
    await checkLog(page);
    await card(page).getByText('De handtekening is niet van dit controlepunt').waitFor();
  });
});

// A file of sick reports, by clicking: checked first, then taken; bad rows come back with their reason; a wrong file is told why.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { sizes, visitorOf } from './browser.mjs';
import { report } from './people.mjs';

const header = 'bsn;achternaam;geboortedatum;eerste ziektedag;grond';
const dutch = (date) => date.split('-').reverse().join('-');

function file(name, text) {
  const path = join(tmpdir(), `klout7-${process.pid}-${name}`);
  writeFileSync(path, text);
  return path;
}

test('an employer takes in a file: checked, taken, refused rows kept', async () => {
  const visitor = await visitorOf('office', 'werkgever');
  const { page } = visitor;
  await page.setViewportSize(sizes.desk);
  await page.goto(visitor.origin);
  await page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  await visitor.go('/import');
  const [first, second] = [report(), report()];
  const row = (one, bsn = one.bsn) => `AAA;${bsn};Zandstra;29-02-1980;${dutch(one.first_sick_day)};a`;
  const good = file('good.csv', [`werkgever;${header}`, row(first), row(second), row(first, '123456789'), ''].join('\n'));
  await page.setInputFiles('input[type=file]', good);
  await page.getByText('good.csv').waitFor();
  await page.getByRole('button', { name: 'Eerst controleren' }).click();
  await page.getByText('Controle: er is niets gewijzigd').waitFor();
  const totals = async () => Object.fromEntries((await page.locator('.totals > div').allInnerTexts()).map((text) => text.split('\n')).map(([name, count]) => [name, Number(count)]));
  assert.deepEqual(await totals(), { Rijen: 3, Nieuw: 2, 'Waren er al': 0, Geweigerd: 1 });
  await visitor.look('a checked file');
  await page.getByRole('button', { name: 'Inlezen', exact: true }).click();
  await page.getByText('Het bestand is ingelezen').waitFor();
  assert.deepEqual(await totals(), { Rijen: 3, Nieuw: 2, 'Waren er al': 0, Geweigerd: 1 });
  await visitor.look('a file that was taken in');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Geweigerde rijen downloaden' }).click()]);
  const rejects = readFileSync(await download.path(), 'utf8');
  assert.match(rejects, /^regel;kolom;code;reden\r?\n4;bsn;not_a_bsn;/);
  assert.ok(!rejects.includes('123456789'), 'no value is repeated');
  await page.getByRole('button', { name: 'Inlezen', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.totals')?.textContent.includes('Nieuw0'));
  assert.deepEqual(await totals(), { Rijen: 3, Nieuw: 0, 'Waren er al': 2, Geweigerd: 1 });

  await page.setInputFiles('input[type=file]', file('wrong.csv', `bsn;oorzaak\n${first.bsn};griep\n`));
  await page.getByRole('button', { name: 'Inlezen', exact: true }).click();
  await page.getByText('De kopregel klopt niet').waitFor();
  assert.match(await page.locator('.alert.bad').innerText(), /oorzaak/);
  await visitor.look('a file with a wrong header');
  await page.setInputFiles('input[type=file]', file('large.csv', 'x'.repeat(2 * 1024 * 1024 + 1)));
  await page.getByText('Dit bestand is groter dan 2 MB.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Inlezen', exact: true }).count(), 0);
  assert.deepEqual(visitor.faults, []);
});

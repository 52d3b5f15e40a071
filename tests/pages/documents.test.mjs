// A document on the pages: what is clean can be opened, and what is not says why it stays closed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation, signedIn, until } from '../http/client.mjs';
import { pdf } from '../http/made_up.mjs';
import { scannerProcess, standStill } from '../http/operator.mjs';
import { visitorOf } from './browser.mjs';
import { report } from './people.mjs';

const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const where = installation(process.env.KLOUT7_DATA);

test('a document says how it stands, and one that is not clean has nothing to click', async (t) => {
  const employer = await signedIn(where, 'office', 'werkgever3');
  const manager = await visitorOf('office', 'casemanager');
  const made = await employer.post('/api/v1/sick-reports', report());
  assert.equal(made.status, 201, made.text);
  const { page } = manager;
  await page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  await manager.go(`/cases/${made.json.case}/documents`);
  const add = (name, words) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer: pdf(words) });
  const row = (name) => page.getByRole('listitem').filter({ hasText: name });

  await add('schoon.pdf', 'a letter');
  await row('schoon.pdf').getByText('Schoon', { exact: true }).waitFor();
  await row('schoon.pdf').getByRole('link', { name: 'Downloaden schoon.pdf' }).waitFor();

  await add('besmet.pdf', eicar);
  await page.getByRole('alert').getByText('In dit bestand is schadelijke software gevonden (Eicar-Test-Signature). Het is niet toegevoegd aan het dossier').waitFor();
  await row('besmet.pdf').getByText('In quarantaine', { exact: true }).waitFor();
  await row('besmet.pdf').getByText('Niemand kan dit bestand openen.').waitFor();
  assert.equal(await row('besmet.pdf').getByRole('link').count(), 0);
  await manager.look('documents, one of them in quarantine');

  const goOn = standStill(t, scannerProcess());
  await add('later.pdf', 'another letter');
  await page.getByRole('status').getByText('later.pdf is bewaard en wordt nog gecontroleerd op schadelijke software.').waitFor();
  await row('later.pdf').getByText('Wordt gecontroleerd', { exact: true }).waitFor();
  assert.equal(await row('later.pdf').getByRole('link').count(), 0);
  await manager.look('a document that waits for the scanner');
  goOn();
  await until('the document to be checked', async () => {
    const refresh = page.getByRole('button', { name: 'Verversen later.pdf' });
    if (await refresh.count() > 0) await refresh.click();
    return (await row('later.pdf').getByText('Schoon', { exact: true }).count()) > 0;
  }, 40);
  await row('later.pdf').getByRole('link', { name: 'Downloaden later.pdf' }).waitFor();
  assert.deepEqual(manager.faults, []);
});

// A document on the pages: what is clean can be opened, and what is not says why it stays closed. It gets another version, goes to
// another case or is taken out; and what the scanner closed is let out by two people.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation, signedIn, until } from '../http/client.mjs';
import { eicar, pdf, pdfOfColours } from '../http/made_up.mjs';
import { scannerProcess, standStill } from '../http/operator.mjs';
import { visitorOf } from './browser.mjs';
import { report } from './people.mjs';

const where = installation(process.env.KLOUT7_DATA);

/** The documents of a new case, in Dutch, and how they are added and found there. */
async function documentsOfNewCase(more) {
  const employer = await signedIn(where, 'office', 'werkgever3');
  const manager = await visitorOf('office', 'casemanager');
  const made = await employer.post('/api/v1/sick-reports', report(more));
  assert.equal(made.status, 201, made.text);
  const { page } = manager;
  await page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
  await manager.go(`/cases/${made.json.case}/documents`);
  const choose = (label, name, words) => page.getByLabel(label, { exact: true }).setInputFiles({ name, mimeType: 'application/pdf', buffer: pdf(words) });
  return {
    manager, page, choose, id: made.json.case,
    add: (name, words) => choose('Bestand toevoegen', name, words),
    row: (name) => page.locator('main .things > li').filter({ hasText: name }),
  };
}

test('a document says how it stands, and one that is not clean has nothing to click', async (t) => {
  const { manager, page, add, row } = await documentsOfNewCase();
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

test('a document gets another version, goes to another case, and is taken out', async () => {
  await documentsOfNewCase({ last_name: 'Eikelboom' });
  const { manager, page, add, choose, row } = await documentsOfNewCase();
  const dialog = page.getByRole('dialog');
  const press = (name) => dialog.getByRole('button', { name, exact: true }).click();

  await add('brief.pdf', 'one');
  await row('brief.pdf').getByText('Schoon', { exact: true }).waitFor();
  await choose('Nieuwe versie brief.pdf', 'brief herzien.pdf', 'two');
  await row('brief herzien.pdf').getByText('Versie 2').waitFor();
  await page.getByText('1 eerdere versie', { exact: true }).click();
  await page.getByRole('link', { name: 'Downloaden brief.pdf' }).waitFor();
  await manager.look('a document with two versions');

  await add('verkeerd.pdf', 'of somebody else');
  await page.getByRole('button', { name: 'Verplaatsen: verkeerd.pdf' }).click();
  await press('Verplaatsen');
  await dialog.getByText('Kies een dossier.', { exact: true }).first().waitFor();
  await dialog.getByLabel('Zoek een dossier').fill('geen zo');
  await dialog.getByText('Geen van uw dossiers past hierbij.').waitFor();
  await dialog.getByLabel('Zoek een dossier').fill('eikelb');
  const option = dialog.getByRole('option').filter({ hasText: 'Eikelboom' }).first();
  await dialog.getByLabel('Naar dossier').selectOption(await option.getAttribute('value'));
  await manager.look('to which case a document goes');
  await press('Verplaatsen');
  await page.getByText('Het document staat nu in het andere dossier.').waitFor();
  await page.getByText('Verplaatst naar een ander dossier op').waitFor();
  assert.equal(await page.getByText('verkeerd.pdf').count(), 0);

  await page.getByRole('button', { name: 'Intrekken: brief herzien.pdf' }).click();
  await press('Intrekken');
  await dialog.getByText('Kies een reden.', { exact: true }).first().waitFor();
  await dialog.getByLabel('Waarom').selectOption('sent_twice');
  await manager.look('why a document is taken out');
  await press('Intrekken');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Het is dubbel verstuurd.').waitFor();
  assert.equal(await page.getByText('brief herzien.pdf').count(), 0);
  await page.getByRole('link', { name: 'Downloaden brief.pdf' }).waitFor();
  assert.deepEqual(manager.faults, []);
});

test('what the scanner closed is let out by another than who asked, who sees nothing of it', async () => {
  const { manager, page, add, row, id } = await documentsOfNewCase();
  const because = `Proefbestand van de beheerder, dossier ${id.slice(-6)}`;
  await add('proef.pdf', eicar);
  await page.getByRole('button', { name: 'Vrijgave vragen: proef.pdf' }).click();
  const reason = page.getByRole('dialog').getByLabel('Waarom is het toch veilig?');
  const ask = page.getByRole('dialog').getByRole('button', { name: 'Vrijgave vragen', exact: true });
  await reason.fill('veilig');
  await ask.click();
  await page.getByText('Schrijf in 10 tot 500 tekens waarom dit document toch veilig is.').first().waitFor();
  await manager.look('asking for a release');
  await reason.fill(because);
  await ask.click();
  await row('proef.pdf').getByText('Vrijgave is gevraagd. Een ander beslist daarover.').waitFor();

  const officer = await visitorOf('office', 'ciso');
  await officer.go('/releases');
  const asked = officer.page.locator('main .things > li').filter({ hasText: because });
  await asked.getByText('Er is schadelijke software in gevonden (Eicar-Test-Signature).').waitFor();
  assert.doesNotMatch(await officer.page.locator('main').innerText(), /proef\.pdf/);
  await officer.look('what is asked to be released');
  await asked.getByRole('button', { name: 'Vrijgeven' }).click();
  await officer.page.getByRole('dialog').getByText('Document vrijgeven?').waitFor();
  await officer.look('before a document is released');
  await officer.page.getByRole('dialog').getByRole('button', { name: 'Vrijgeven', exact: true }).click();
  await asked.waitFor({ state: 'detached' });

  await page.reload();
  await row('proef.pdf').getByText('Vrijgegeven', { exact: true }).waitFor();
  await row('proef.pdf').getByText('Twee mensen hebben beoordeeld dat het toch open mag.').waitFor();
  await row('proef.pdf').getByRole('link', { name: 'Downloaden proef.pdf' }).waitFor();
  assert.deepEqual([...manager.faults, ...officer.faults], []);
});

test('the pages of a document are looked at one by one, with the keys alone', async () => {
  const { manager, page } = await documentsOfNewCase();
  const add = (name, buffer) => page.getByLabel('Bestand toevoegen', { exact: true }).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await add('rood en blauw.pdf', pdfOfColours(['1 0 0', '0 0 1']));
  const view = page.getByRole('button', { name: 'Bekijken rood en blauw.pdf' });
  await view.focus();
  await page.keyboard.press('Enter');
  const shows = (number) => page.getByRole('img', { name: `Pagina ${number} van 2 van rood en blauw.pdf` });
  const colour = (number) => shows(number).evaluate((canvas) => [canvas.height, ...canvas.getContext('2d').getImageData(300, 300, 1, 1).data.slice(0, 3)]);
  await until('a red page', async () => String(await colour(1)) === '1600,255,0,0');
  await page.getByRole('status').getByText('Pagina 1 van 2', { exact: true }).waitFor();
  await manager.look('a page of a document');
  await page.keyboard.press('ArrowRight');
  await until('a blue page', async () => String(await colour(2)) === '1600,0,0,255');
  // There is nothing behind the last one.
  await page.keyboard.press('ArrowRight');
  await page.getByRole('status').getByText('Pagina 2 van 2', { exact: true }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await shows(1).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.ok(await view.evaluate((button) => button === document.activeElement), 'the focus is back where it was');

  // What cannot be drawn says so, and has no button when it is of a kind that never is.
  await add('leeg.pdf', pdf('nothing to draw'));
  await page.getByRole('button', { name: 'Bekijken leeg.pdf' }).click();
  await page.getByRole('alert').getByText('Van dit bestand kan hier geen pagina worden getoond. Download het om het te lezen.').waitFor();
  await manager.look('a document that cannot be drawn');
  await page.keyboard.press('Escape');
  await add('brief.txt', Buffer.from('Een brief.'));
  await page.getByRole('link', { name: 'Downloaden brief.txt' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Bekijken brief.txt' }).count(), 0);
  assert.deepEqual(manager.faults, []);
});

// The main story by clicking: an employer reports somebody sick, a case manager names a doctor, the doctor writes a consult, adds a
// PDF and signs a letter, and everybody reads the same letter. In Dutch at a desk, and once more in English on a phone.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { daysAgo, pdf } from '../http/made_up.mjs';
import { sizes, visitorOf } from './browser.mjs';
import { report } from './people.mjs';


const words = {
  nl: {
    report: 'Ziekmelden', bsn: 'BSN', lastName: 'Achternaam', birth: 'Geboortedatum', first: 'Eerste ziektedag', ground: 'Grond',
    send: 'Ziekmelding versturen', arrived: 'De ziekmelding is binnen', toCase: 'Naar het dossier', cases: 'Dossiers', search: 'Zoeken',
    searchBsn: 'Zoek op naam, BSN of dossiernummer', doctor: 'Arts', nameDoctor: 'Arts kiezen', named: 'De arts heeft het dossier gekregen.', letters: 'Terugkoppelingen',
    documents: 'Documenten', note: 'Notitie', cas: 'CAS-code', writeDown: 'Vastleggen', written: 'Het spreekuur is vastgelegd.',
    possible: 'aangepast werk', limited: 'tillen en dragen', advice: 'pas de taken aan', duration: 'twee tot zes weken', hours: 'Uren per week',
    preview: 'Bekijk de brief', sign: 'Ondertekenen en versturen', signed: 'De brief is ondertekend en verstuurd.', add: 'Bestand toevoegen',
    all3: '3 velden', markDone: 'Gedaan', report1: 'Ziekmelding bij UWV: gedaan', isDone: 'Gedaan op', all: 'Alles', late: 'Te laat', letter: /Beperkt in: tillen en dragen\.\nMogelijk is: aangepast werk\.\nUren per week: 12\.\nVerwachte duur: twee tot zes weken\.\nAdvies: pas de taken aan\./,
  },
  en: {
    report: 'Report sick', bsn: 'BSN (citizen service number)', lastName: 'Last name', birth: 'Date of birth', first: 'First sick day', ground: 'Ground',
    send: 'Send the sick report', arrived: 'The sick report arrived', toCase: 'To the case', cases: 'Cases', search: 'Search',
    searchBsn: 'Search by name, BSN or case number', doctor: 'Doctor', nameDoctor: 'Name the doctor', named: 'The doctor has the case now.', letters: 'Feedback',
    documents: 'Documents', note: 'Note', cas: 'CAS code', writeDown: 'Write down', written: 'The consult was written down.',
    possible: 'adapted work', limited: 'lifting and carrying', advice: 'adapt the tasks', duration: 'two to six weeks', hours: 'Hours per week',
    preview: 'Look at the letter', sign: 'Sign and send', signed: 'The letter was signed and sent.', add: 'Add a file',
    all3: '3 fields', markDone: 'Done', report1: 'Sick report to UWV: done', isDone: 'Done on', all: 'All', late: 'Late', letter: /Limited in: lifting and carrying\.\nPossible is: adapted work\.\nHours per week: 12\.\nExpected duration: two to six weeks\.\nAdvice: adapt the tasks\./,
  },
};

const button = (page, name) => page.getByRole('button', { name, exact: true });

for (const [language, size] of [['nl', 'desk'], ['en', 'phone']]) {
  const text = words[language];

  test(`from a sick report to a letter that everybody reads, in ${language} at the size of a ${size}`, async () => {
    const people = {
      employer: await visitorOf('office', 'werkgever'), manager: await visitorOf('office', 'casemanager'), doctor: await visitorOf('medical', 'bedrijfsarts'),
    };
    for (const one of Object.values(people)) {
      await one.page.setViewportSize(sizes[size]);
      await one.page.evaluate((chosen) => localStorage.setItem('k7-language', chosen), language);
      await one.go('/');
    }
    const { employer, manager, doctor } = people;
    const sick = report();

    // Only allowed fields; what is wrong is told at its field.
    await employer.page.getByRole('link', { name: text.report, exact: true }).click();
    await employer.page.getByRole('heading', { name: text.report, level: 1 }).waitFor();
    await employer.look('an empty sick report');
    await employer.page.getByLabel(text.bsn, { exact: true }).fill(sick.bsn);
    await button(employer.page, text.send).click();
    await employer.page.locator('.summary', { hasText: text.all3 }).waitFor();
    await employer.look('a sick report with faults');
    await employer.page.getByLabel(text.lastName, { exact: true }).fill(sick.last_name);
    await employer.page.getByLabel(text.birth, { exact: true }).fill('29-2-1980');
    await employer.page.getByLabel(text.first, { exact: true }).fill(daysAgo(30));
    await employer.page.getByLabel(text.ground, { exact: true }).selectOption('fictitious_employment');
    assert.equal(await employer.page.getByLabel(text.bsn, { exact: true }).inputValue(), sick.bsn, 'what was typed stays');
    await button(employer.page, text.send).click();
    await employer.page.getByRole('heading', { name: text.arrived }).waitFor();
    await employer.page.getByRole('link', { name: text.toCase }).click();
    await employer.page.getByRole('heading', { name: 'Zandstra', level: 1 }).waitFor();
    await employer.look('a case, as its employer sees it');
    const path = new URL(employer.page.url()).pathname;

    // The case manager finds it by name among others, then by BSN; neither stands in an address.
    const rows = manager.page.locator('tbody tr');
    const find = async (typed, isFound) => {
      await manager.page.getByLabel(text.searchBsn).fill(typed);
      await manager.page.keyboard.press('Enter');
      await manager.page.waitForFunction(isFound);
      assert.ok(!manager.page.url().includes(typed));
    };
    await find('zändst', () => [...document.querySelectorAll('tbody tr')].every((row) => row.textContent.includes('Zandstra')));
    await find(sick.bsn, () => document.querySelectorAll('tbody tr').length === 1);
    await manager.look('a work list');
    await rows.getByRole('link').click();
    await manager.page.getByRole('heading', { name: 'Zandstra', level: 1 }).waitFor();
    assert.equal(new URL(manager.page.url()).pathname, path);
    await manager.page.getByRole('combobox', { name: text.doctor }).selectOption({ label: 'A. de Arts' });
    await button(manager.page, text.nameDoctor).click();
    await manager.page.getByText(text.named).waitFor();
    await manager.page.waitForFunction(() => document.querySelector('select[name=doctor]').selectedOptions[0].label === 'A. de Arts');
    await manager.look('a case with a doctor');

    // What the law asks first is done, and the case waits for what comes next. A colleague who had it open is told.
    await button(manager.page, text.markDone).first().click();
    await manager.page.getByRole('dialog', { name: text.report1 }).waitFor();
    await manager.look('a step that is done');
    await manager.page.getByRole('dialog').getByRole('button', { name: text.markDone, exact: true }).click();
    await manager.page.getByRole('dialog').waitFor({ state: 'detached' });
    await manager.page.getByText(text.isDone).first().waitFor();
    await manager.look('a case with a step that was done');

    // The doctor has it, and writes what the office never sees.
    await doctor.page.waitForFunction(async (address) => (await fetch(`/api/v1${address}`)).ok, path);
    await doctor.go(path);
    await doctor.look('a medical file');
    await doctor.page.getByLabel(text.note, { exact: true }).fill('Een verzonnen notitie.\nTweede regel.');
    await doctor.page.getByLabel(text.cas, { exact: true }).fill('l608');
    await button(doctor.page, text.writeDown).click();
    await doctor.page.getByText(text.written).waitFor();
    await doctor.page.getByText('Een verzonnen notitie.').waitFor();
    await doctor.look('a medical file with a consult');

    await doctor.page.getByRole('link', { name: text.documents, exact: true }).click();
    const file = join(tmpdir(), `klout7-${randomUUID()}.pdf`);
    writeFileSync(file, pdf('a made-up result'));
    await doctor.page.getByLabel(text.add).setInputFiles(file);
    await doctor.page.locator('.things strong', { hasText: file.split('/').at(-1) }).waitFor();
    await doctor.look('the documents of a medical file');

    await doctor.page.getByRole('link', { name: text.letters, exact: true }).click();
    await button(doctor.page, text.preview).click();
    await doctor.page.locator('.summary', { hasText: text.all3 }).waitFor();
    await doctor.page.getByLabel(text.limited, { exact: true }).check();
    await doctor.page.getByLabel(text.possible, { exact: true }).check();
    await doctor.page.getByLabel(text.advice, { exact: true }).check();
    await doctor.page.getByLabel(text.duration, { exact: true }).check();
    await doctor.page.getByLabel(text.hours, { exact: true }).fill('12');
    await doctor.look('a letter while it is written');
    await button(doctor.page, text.preview).click();
    const preview = await doctor.page.locator('.letter-preview').innerText();
    assert.match(preview, text.letter);
    await doctor.look('a letter before it is signed');
    await button(doctor.page, text.sign).click();
    await doctor.page.getByText(text.signed).waitFor();

    // What was previewed is what everybody reads, to the letter; the note and the PDF are the doctor's.
    for (const one of [manager, employer]) {
      await one.page.waitForFunction(async (address) => (await (await fetch(`/api/v1${address}/letters`)).json()).letters.length > 0, path);
      await one.page.getByRole('link', { name: text.letters, exact: true }).click();
      assert.equal((await one.page.locator('.card .pre').innerText()).trim(), preview.trim());
      await one.look('the letters of a case');
      await one.page.getByRole('link', { name: text.documents, exact: true }).click();
      await one.page.getByRole('heading', { name: 'Zandstra', level: 1 }).waitFor();
      assert.doesNotMatch(await one.page.locator('main').innerText(), /verzonnen notitie|klout7-.*\.pdf/);
      await one.look('the documents of a case');
    }
  });
}

// Pictures of every page, at a desk and on a phone, light and dark: node tests/pages/screenshots.mjs FOLDER
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installation, signedIn, until, uuid } from '../http/client.mjs';
import { askForRelease, caseOnBothSides, daysAgo, madeUpIban, pdf, upload } from '../http/made_up.mjs';
import { someToPay } from './asked.mjs';
import { launch, sizes, visitorOf } from './browser.mjs';
import { report } from './people.mjs';
import { goTo, places } from './places.mjs';

const [folder] = process.argv.slice(2);
const where = installation(process.env.KLOUT7_DATA);
mkdirSync(folder, { recursive: true });

// Something for a doctor to see, in a demo where nobody did anything yet.
const [employer, manager, doctor, specialist] = await Promise.all([signedIn(where, 'office', 'werkgever'), signedIn(where, 'office', 'casemanager'), signedIn(where, 'medical', 'bedrijfsarts'),
  signedIn(where, 'office', 'uitkering')]);
for (const [last_name, prefix, initials, days] of [['Wijk', 'van', 'E.', 301], ['Yılmaz', '', 'P.F.', 96], ['Brûlé', 'de', 'A.', 12]]) {
  const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'A. de Arts', report: report({ last_name, prefix, initials, first_sick_day: daysAgo(days) }), until });
  await specialist.put(`${path}/benefit-facts`, { job_first_day: daysAgo(days), agreed_wage: '2610,00' }, { headers: { 'If-Match': '"0"' } });
  for (const [note, cas_code] of [['Verzonnen: eerste gesprek. Slaapt slecht, komt moeizaam op gang.', 'P619'], ['Verzonnen: gaat vooruit. Twee halve dagen aangepast werk lukt.', 'P619']])
    await doctor.post(`${path}/consults`, { note, cas_code }, { headers: { 'Idempotency-Key': uuid() } });
  await doctor.post(`${path}/functional-abilities`, { replaces: 0, valid_from: daysAgo(1), concentration: 'limited', pace: 'limited', conflicts: 'strongly_limited', lifting_carrying: 'limited',
    hours_per_day: 4, hours_per_week: 20, nights_possible: false, explanation_personal_functioning: 'Verzonnen: slaapt slecht, is snel moe.', for_work_personal_functioning: 'Werk in korte blokken, zonder deadlines van een uur.' },
  { headers: { 'Idempotency-Key': uuid() } });
  for (const who of [manager, doctor]) {
    await upload(who, path, pdf('a made-up result'));
    await askForRelease(who, path);
  }
  await doctor.post(`${path}/letters`, { limits: 'time_pressure', possibilities: 'own_work_fewer_hours', advice: 'build_up_hours', expected_duration: 'up_to_3_months', hours_per_week: 12, next_contact: daysAgo(-21) },
    { headers: { 'Idempotency-Key': uuid() } });
}
// Something to pay, and an account that waits for another than who entered it.
await someToPay();
const { json: { cases: [one] } } = await specialist.get('/api/v1/cases');
await specialist.post(`/api/v1/cases/${one.case}/payee-accounts`, { iban: madeUpIban(), holder: 'R. Rekening' });
for (const place of places) {
  const visitor = await visitorOf(place.side, place.userName);
  const { page } = visitor;
  for (const size of ['desk', 'phone']) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(sizes[size]);
      await goTo(visitor, place);
      await page.screenshot({ path: join(folder, `${place.name}-${sizes[size].width}-${colorScheme}.png`) });
    }
  }
  console.log(place.name);
}
// A letter as it goes out, before it is signed.
const writer = await visitorOf('medical', 'bedrijfsarts');
await goTo(writer, places.find((place) => place.name === 'medical-letters'));
await writer.page.emulateMedia({ colorScheme: 'light' });
await writer.page.setViewportSize(sizes.desk);
for (const label of ['tillen en dragen', 'lang staan', 'aangepast werk', 'pas de taken aan', 'twee tot zes weken']) await writer.page.getByLabel(label, { exact: true }).check();
await writer.page.getByLabel('Uren per week').fill('12');
await writer.page.getByRole('button', { name: 'Bekijk de brief' }).click();
await writer.page.locator('.letter-preview').waitFor();
await writer.page.evaluate(() => scrollTo(0, 0));
await writer.page.screenshot({ path: join(folder, 'letter-1440-light.png') });
await (await launch()).close();
process.exit(0);

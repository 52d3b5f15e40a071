// What stories send: reports about people who do not exist, and files.
import { uuid } from './client.mjs';

/** A day as Klout7 counts them, in Amsterdam: not UTC, where the day begins an hour or two later. */
export function daysAgo(n) {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format();
  return new Date(Date.parse(today) - n * 86400000).toISOString().slice(0, 10);
}
export const pdf = (words) => Buffer.from(`%PDF-1.4\n% ${words}\n%%EOF\n`);

/** A PDF of these objects, numbered from 1; the first is its catalog. */
export function pdfOf(objects) {
  let made = '%PDF-1.7\n';
  const places = objects.map((one, i) => {
    const at = made.length;
    made += `${i + 1} 0 obj\n${one}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  return Buffer.from(`${made}xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${made.length}\n%%EOF\n`);
}
export const pdfStream = (content, more = '') => `<< /Length ${content.length} ${more} >>\nstream\n${content}\nendstream`;
/** A PDF of which each page is filled with one of these colours, as '1 0 0' for red. */
export function pdfOfColours(colours) {
  const kids = colours.map((_, i) => `${3 + 2 * i} 0 R`).join(' ');
  return pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] /Count ${colours.length} >>`,
    ...colours.flatMap((colour, i) => [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${4 + 2 * i} 0 R >>`, pdfStream(`${colour} rg 0 0 595 842 re f`)])]);
}

// BSNs of the public test range.
const passes = (n) => [...String(n)].reduce((sum, digit, i) => sum + Number(digit) * (i === 8 ? -1 : 9 - i), 0) % 11 === 0;
export const bsns = Array.from({ length: 9999 }, (_, i) => 999990000 + i).filter(passes).reverse();
const perStory = 65;
const ofDemo = 60;  // from the other end

/**
 * Makes sick reports, each another. Stories that share an installation take another `story` number each, so that nobody meets
 * the people of somebody else. Where it starts differs per run, for a folder that is kept; past the last person come new
 * first sick days.
 */
export function reports(story) {
  if ((story + 1) * perStory > bsns.length - ofDemo) throw new Error(`no people are left for story ${story}`);
  const people = bsns.slice(story * perStory, (story + 1) * perStory);
  const start = Math.floor(Math.random() * (perStory - 40));
  let made = 0;
  return (more = {}) => {
    const at = made++;
    return {
      bsn: String(people[(start + at) % people.length]), last_name: 'Zandstra', prefix: 'van der', initials: 'Q.',
      birth_date: '1980-02-29', first_sick_day: daysAgo(3 + Math.floor(at / people.length)), ground: 'fictitious_employment',
      staff_number: 'S-1', phone: '06-00112233', nursing_address: 'Teststraat 1, 1234 AB Utrecht', expected_days: 14,
      safety_net: false, ...more,
    };
  };
}

export const upload = (who, path, body, key = uuid(), language = 'nl') => who.request('POST', `${path}/documents`, {
  body, language, headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': key, 'K7-File-Name': 'brief.pdf' },
});

/** What every scanner takes for harmful. In two parts, so that none takes this file for it. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** A document that the scanner closes, and that its sender asks to have released; the id of what is asked. */
export async function askForRelease(who, path) {
  const document = uuid();
  const closed = await upload(who, path, pdf(eicar), document);
  if (closed.status !== 422) throw new Error(`a harmful document: ${closed.status} ${closed.text}`);
  const asked = await who.post(`/api/v1/documents/${document}/release`, { reason: 'Een proefbestand van de beheerder.' });
  if (asked.status !== 201) throw new Error(`asking for a release: ${asked.status} ${asked.text}`);
  return asked.json.release;
}

/** A client asks for the own medical file of a case; the id of the request, or of the one that was open. */
export async function askForFile(client, id) {
  const asked = await client.post(`/api/v1/cases/${id}/file-requests`, undefined, { headers: { 'Idempotency-Key': uuid() } });
  if (![200, 201].includes(asked.status)) throw new Error(`asking for a medical file: ${asked.status} ${asked.text}`);
  return asked.json.file_request;
}

/** A day of 200 days ago or longer on which none of these cases began. */
export function freeDay(cases) {
  const taken = new Set(cases.map((one) => one.first_sick_day));
  for (let n = 200; ; n += 1) if (!taken.has(daysAgo(n))) return daysAgo(n);
}
/** What reports the client of the demo sick once more, since a day long ago that no other report has. */
export async function anotherReportOf(client) {
  const { json: { cases } } = await client.get('/api/v1/cases');
  const { json: { person } } = await client.get(`/api/v1/cases/${cases.at(-1).case}`);
  const { id, ...who } = person;
  return { ...who, first_sick_day: freeDay(cases), ground: 'fictitious_employment' };
}

/** A case of this employer at this case manager and this doctor, there on both sides; its path. */
export async function caseOnBothSides({ employer, manager, doctor, doctorName, report, until }) {
  const made = await employer.post('/api/v1/sick-reports', report);
  if (made.status !== 201) throw new Error(`a sick report: ${made.status} ${made.text}`);
  const path = `/api/v1/cases/${made.json.case}`;
  const { json: { doctors } } = await manager.get('/api/v1/doctors');
  const answer = await manager.change(path, 'doctor', { doctor: doctors.find((one) => one.name === doctorName).doctor });
  if (answer.status !== 204) throw new Error(`a doctor is named: ${answer.status} ${answer.text}`);
  await until('the case on the medical side', async () => (await doctor.get(path)).status === 200);
  return path;
}

/** An IBAN of a bank that does not exist, with right check digits (ISO 7064, mod 97-10). */
export function madeUpIban() {
  const account = String(Math.floor(Math.random() * 1e10)).padStart(10, '0');
  const asNumber = [...`TEST${account}NL00`].map((sign) => parseInt(sign, 36)).join('');
  return `NL${String(98n - (BigInt(asNumber) % 97n)).padStart(2, '0')}TEST${account}`;
}
/** A UUID of the 32 digits that a database shows. */
export const asUuid = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Starts the run of last week and waits for its end; the run as it then is. */
export async function payRun(specialist, until, week = daysAgo(7)) {
  const started = await specialist.post('/api/v1/pay-runs', { week });
  if (started.status !== 201) throw new Error(`a run is not started: ${started.status} ${started.text}`);
  const path = `/api/v1/pay-runs/${started.json.run}`;
  let run;
  await until('the pay run', async () => (run = (await specialist.get(path)).json).state === 'finished');
  return run;
}
/** Makes a batch for the first day on which banks work, and waits until it is made; as it then is. */
export async function paymentBatch(payments, until) {
  for (let day = -1; day > -8; day -= 1) {
    const made = await payments.post('/api/v1/payment-batches', { execution_day: daysAgo(day) });
    if (made.status === 422 && made.json.fields[0].code === 'no_bank_day') continue;
    if (made.status !== 201) throw new Error(`a batch is not made: ${made.status} ${made.text}`);
    let batch;
    await until('the batch', async () => (batch = (await payments.get(`/api/v1/payment-batches/${made.json.batch}`)).json).state !== 'preparing');
    return batch;
  }
  throw new Error('no bank works this week');
}
/** Releases a batch as somebody who just looked at it. */
export async function releaseBatch(who, batch) {
  const { json, headers } = await who.get(`/api/v1/payment-batches/${batch}`);
  return who.post(`/api/v1/payment-batches/${batch}/releases`, { files: json.files.map(({ digest }) => ({ digest })) }, { headers: { 'If-Match': headers.etag } });
}
/** Cancels what was made and not released, so that its payments are open again. */
export async function cancelBatches(payments) {
  for (const { batch, state, version } of (await payments.get('/api/v1/payment-batches')).json.batches) {
    if (state !== 'prepared') continue;
    await payments.request('DELETE', `/api/v1/payment-batches/${batch}`, { headers: { 'If-Match': `"${version}"` } });
  }
}
/**
 * For stories that ask every route: an account of the client of this case that `specialist` entered and nobody decided about, a run, a
 * batch that `payments` made, and a payment.
 */
export async function somePayments({ specialist, payments }, path, until, valueOf) {
  const entered = await specialist.post(`${path}/payee-accounts`, { iban: madeUpIban(), holder: 'W. Alls' });
  const { run } = await payRun(specialist, until);
  await cancelBatches(payments);
  const { batch } = await paymentBatch(payments, until);
  return { account: entered.json.account, run, batch, file: 1, payment: asUuid(valueOf('SELECT LOWER(HEX(MIN(id))) FROM klout7_office.payable')) };
}

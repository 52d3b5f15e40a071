// Writes random words through every door of both sides and prints them, one a line: the search for them is script/proof's.
import { randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administrators, installation, signedIn, until, uuid } from '../http/client.mjs';
import { bsns, daysAgo, pdf } from '../http/made_up.mjs';
import { operator } from '../http/operator.mjs';
import { Authenticator } from '../http/passkey.mjs';
import { takeThroughEverything } from './canary_documents.mjs';

const where = installation(process.env.KLOUT7_DATA);
const [file, wanted = '1000'] = process.argv.slice(2);
const words = [];
const letters = (n) => Array.from({ length: n }, () => String.fromCharCode(97 + randomInt(26))).join('');
/** A new word that nothing else can hold by chance. */
function canary() {
  words.push(`Zq${letters(14)}`);
  return words.at(-1);
}
function good(answer, ...statuses) {
  if (!statuses.includes(answer.status)) throw new Error(`wanted ${statuses}, got ${answer.status}: ${answer.text}`);
  return answer;
}

const employer = await signedIn(where, 'office', 'werkgever');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
const other = await signedIn(where, 'medical', 'bedrijfsarts2');
const arts = (await manager.get('/api/v1/doctors')).json.doctors.find((one) => one.name === 'A. de Arts');
const upload = (who, path) => who.request('POST', `${path}/documents`, {
  body: pdf(canary()),
  headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': encodeURIComponent(`${canary()}.pdf`) },
});

let next = 0;
const numbers = [];
function bsn() {
  numbers.push(String(bsns[next++]));
  return numbers.at(-1);
}

// Names that come with the installation: of an employer, and of everybody who signs in.
const users = (await (await signedIn(where, 'office', 'beheer')).get('/api/v1/users')).json.users;
words.push(...users.map((one) => one.display_name).filter((name) => name.length > 8));
// Of somebody who is invited, and of somebody who never came; what both are given to come in with.
for (const side of ['office', 'medical']) {
  const [first, second] = await Promise.all(administrators[side].map((name) => signedIn(where, side, name)));
  for (const comes of [true, false]) {
    const [userName, address] = [letters(20), letters(20)];  // in small letters, as they are kept
    const invited = good(await first.post('/api/v1/account-proposals',
      { kind: 'invite', user_name: userName, display_name: canary(), role: 'privacy_officer', e_mail: `${address}@example.org` }), 201).json;
    words.push(userName, address, invited.welcome_password, invited.first_half);
    if (comes) words.push(good(await second.post(`/api/v1/account-proposals/${invited.proposal}/approval`), 200).json.second_half);
  }
}

const code = 'AAA';  // of the first made-up employer
/** A file of sick reports: rows that go in, and rows that are refused for a name, a number or an employer that is none. */
function reportFile(rows) {
  const lines = ['werkgever;personeelsnummer;bsn;achternaam;tussenvoegsel;voorletters;geboortedatum;eerste_ziektedag;einde_dienstverband;grond;telefoon;verpleegadres'];
  const row = (number, whose = code) => lines.push([whose, canary(), number, canary(), canary(), canary(), '29-02-1980', daysAgo(4), daysAgo(4), 'a', '06-00112233', `${canary()} 1`].join(';'));
  for (let i = 0; i < rows; i++) row(bsn());
  row(canary());
  row(bsn(), canary());
  return lines.join('\n');
}
const imported = good(await employer.request('POST', '/api/v1/sick-report-imports', { body: reportFile(20), headers: { 'Content-Type': 'text/csv' } }), 200);
if (imported.json.added !== 20 || imported.json.refused !== 2) throw new Error(`an import over HTTP: ${imported.text}`);
const folder = mkdtempSync(join(tmpdir(), 'klout7-canaries-'));
chmodSync(folder, 0o777);
const csv = join(folder, `${canary()}.csv`);
writeFileSync(csv, reportFile(20));
const said = operator('import', 'sick-reports', csv, '--rejects', join(folder, 'rejects.csv'));
rmSync(folder, { recursive: true });
if (!/^22 rows: 20 added, 0 already there, 2 refused/.test(said)) throw new Error(`an import by the operator: ${said}`);

const paths = [];
while (words.length < Number(wanted)) {
  const report = {
    bsn: bsn(), last_name: canary(), prefix: canary(), initials: canary(), staff_number: canary(),
    nursing_address: `${canary()} 1`, birth_date: '1980-02-29', first_sick_day: daysAgo(3), ground: 'fictitious_employment', phone: '06-00112233',
  };
  const made = good(await employer.post('/api/v1/sick-reports', report), 201).json.case;
  const path = `/api/v1/cases/${made}`;
  paths.push(path);
  good(await manager.change(path, 'doctor', { doctor: arts.doctor }), 204);
  good(await upload(manager, path), 201);
  await until('the case at the doctor', async () => (await doctor.get(path)).status === 200);
  good(await doctor.post(`${path}/functional-abilities`, { replaces: 0, valid_from: daysAgo(0), explanation_social_functioning: canary(), for_work_social_functioning: canary() },
    { headers: { 'Idempotency-Key': uuid() } }), 201);
  good(await doctor.post('/api/v1/cas-codes/search', { words: canary() }), 200);
  good(await doctor.post(`${path}/consults`, { note: `${canary()} ${canary()}`, cas_code: 'L608' }, { headers: { 'Idempotency-Key': uuid() } }), 201);
  good(await upload(doctor, path), 201);
  // What was typed and not sent: written over, ended, and the last ones left.
  good(await employer.put('/api/v1/drafts/sick_report', { content: `{"last_name":"${canary()}"}` }), 200);
  for (const form of ['consult', 'letter']) {
    good(await doctor.put(`${path}/drafts/${form}`, { content: `{"note":"${canary()}"}` }), 200);
    if (words.length < Number(wanted)) good(await doctor.request('DELETE', `${path}/drafts/${form}`), 204);
  }
  good(await other.post(`${path}/emergency-access`, { reason: `${canary()} is niet bereikbaar` }), 201);
  good(await manager.get(path), 200);
  good(await manager.get('/api/v1/cases'), 200);
}

// Second factors: their names, and the recovery codes.
for (const who of [manager, doctor]) {
  const offer = good(await who.post('/api/v1/session/factors/passkey-offers'), 200).json;
  good(await who.post('/api/v1/session/factors/passkeys', new Authenticator(where.ports[who.side]).made(offer, canary())), 201);
  words.push(...good(await who.post('/api/v1/session/recovery-codes'), 201).json.codes);
  good(await who.post('/api/v1/session/factors/apps', { name: canary(), offer: canary(), code: canary() }), 422);
  good(await who.post('/api/v1/session/proof', { code: canary() }), 422);
}

// Doors that refuse take words in too: a wrong name to sign in with, a field that is not there, a wrong value, a search.
good(await employer.post('/api/v1/session', { user_name: canary(), password: canary(), code: canary() }), 401, 422, 429);
good(await employer.post('/api/v1/sick-reports', { [canary()]: canary() }), 422);
good(await employer.post('/api/v1/sick-reports', { bsn: canary(), last_name: canary() }), 422);
good(await employer.post('/api/v1/cases/search', { bsn: canary() }), 422);
good(await employer.put('/api/v1/session/password', { old_password: canary(), new_password: canary() }), 422);
for (const who of [manager, doctor]) {
  good(await who.get(`/api/v1/cases/${canary()}?after=${canary()}&${canary()}=${canary()}`), 404, 422);
  good(await who.get(`/${canary()}`), 404);
  // And what a browser sends along without being asked.
  good(await who.get('/api/v1/session', {
    language: canary(),
    headers: { 'User-Agent': canary(), Referer: `https://localhost/${canary()}`, 'X-Forwarded-For': canary(), 'X-Request-Id': canary(), [canary()]: canary() },
  }), 200);
  good(await who.request('POST', `/api/v1/cases/${uuid()}/documents`, {
    body: canary(), headers: { 'Content-Type': `text/${canary()}`, 'Idempotency-Key': canary(), 'K7-File-Name': canary() },
  }), 404, 415, 422);
}
await takeThroughEverything({ where, manager, doctor, path: paths[0], elsewhere: paths[1], canary, good });

writeFileSync(file, `${words.join('\n')}\n`);
// A BSN is a number that longer numbers could hold by chance.
writeFileSync(`${file}.numbers`, `${numbers.map((number) => `(^|[^0-9])${number}([^0-9]|$)`).join('\n')}\n`);
console.log(`${words.length} words and ${numbers.length} BSNs written through the doors of both sides`);

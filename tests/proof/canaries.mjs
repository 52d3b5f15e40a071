// Writes random words through every door of both sides and prints them, one a line: the search for them is script/proof's.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { installation, signedIn, until, uuid } from '../http/client.mjs';
import { bsns, daysAgo, pdf } from '../http/made_up.mjs';

const where = installation(process.env.KLOUT7_DATA);
const [file, wanted = '1000'] = process.argv.slice(2);
const words = [];
const letters = (n) => Array.from({ length: n }, () => String.fromCharCode(97 + randomInt(26))).join('');
/** A new word that nothing else can hold by chance. */
function canary() {
  words.push(`Zq${letters(14)}`);
  return words.at(-1);
}
function good(answer, status) {
  if (answer.status !== status) throw new Error(`wanted ${status}, got ${answer.status}: ${answer.text}`);
  return answer;
}

const employer = await signedIn(where, 'office', 'werkgever');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts');
const arts = (await manager.get('/api/v1/doctors')).json.doctors.find((one) => one.name === 'A. de Arts');
const upload = (who, path) => who.request('POST', `${path}/documents`, {
  body: pdf(canary()),
  headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': encodeURIComponent(`${canary()}.pdf`) },
});

let next = 0;
while (words.length < Number(wanted)) {
  const report = {
    bsn: String(bsns[next++]), last_name: canary(), prefix: canary(), initials: canary(), staff_number: canary(),
    nursing_address: `${canary()} 1`, birth_date: '1980-02-29', first_sick_day: daysAgo(3), ground: 'fictitious_employment', phone: '06-00112233',
  };
  const made = good(await employer.post('/api/v1/sick-reports', report), 201).json.case;
  const path = `/api/v1/cases/${made}`;
  good(await manager.put(`${path}/doctor`, { doctor: arts.doctor }), 204);
  good(await upload(manager, path), 201);
  await until('the case at the doctor', async () => (await doctor.get(path)).status === 200);
  good(await doctor.post(`${path}/consults`, { note: `${canary()} ${canary()}`, cas_code: 'L608' }, { headers: { 'Idempotency-Key': uuid() } }), 201);
  good(await upload(doctor, path), 201);
  await manager.get(path);
  await manager.get('/api/v1/cases');
}
// Doors that refuse take words in too: a wrong name to sign in with, a field that is not there, a wrong value.
await employer.post('/api/v1/session', { user_name: canary(), password: canary(), code: '000000' });
await employer.post('/api/v1/sick-reports', { [canary()]: canary() });
await employer.post('/api/v1/sick-reports', { bsn: canary(), last_name: canary() });
await manager.get(`/api/v1/cases/${canary()}?after=${canary()}`);
writeFileSync(file, `${words.join('\n')}\n`);
console.log(`${words.length} words written through the doors of both sides`);

// Signs in on both sides of an installation, then makes a case and prints its id, or finds the one that is named.
import assert from 'node:assert/strict';
import { installation, signedIn } from '../http/client.mjs';
import { daysAgo } from '../http/made_up.mjs';

const [folder, known] = process.argv.slice(2);
const where = installation(folder);
for (const [side, userName, role] of [['office', 'werkgever', 'employer'], ['medical', 'bedrijfsarts', 'company_doctor']]) {
  const session = await (await signedIn(where, side, userName)).get('/api/v1/session');
  assert.equal(session.status, 200, session.text);
  assert.equal(session.json.role, role);
}
const employer = await signedIn(where, 'office', 'werkgever');
if (known) {
  const found = await employer.get(`/api/v1/cases/${known}`);
  assert.equal(found.status, 200, found.text);
  assert.equal(found.json.person.last_name, 'Zandstra');
} else {
  const made = await employer.post('/api/v1/sick-reports', {
    bsn: '999995017', last_name: 'Zandstra', initials: 'Q.', birth_date: '1980-02-29', ground: 'fictitious_employment',
    first_sick_day: daysAgo(0), staff_number: 'S-1', phone: '06-00112233',
    nursing_address: 'Teststraat 1, 1234 AB Utrecht', expected_days: 14, safety_net: false,
  });
  assert.equal(made.status, 201, made.text);
  console.log(made.json.case);
}
process.exit(0);

// The HR system of an employer: it reports sick with a certificate in the place of a session, and can do nothing else. What is
// wrong with a certificate is told to nobody but the log, and what changes counts without a restart.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import tls from 'node:tls';
import { administrators, Client, installation, signedIn, until, uuid } from './client.mjs';
import { operations } from './description.mjs';
import { Authority, Machine, ownAuthority, replaceFile, wrongCertificates } from './machine.mjs';
import { reports } from './made_up.mjs';
import { operator, serveProcess, valueOf } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const file = (name) => join(where.folder, 'tls', name);
const report = reports(6);
const authority = ownAuthority(where);
const shown = (name) => ({ cert: readFileSync(file(`${name}.pem`)), key: readFileSync(file(`${name}.key`)) });
/** The service accounts: id, whether it is open, employer, subject, networks. */
const accounts = () => operator('service-account', 'list').trim().split('\n').map((line) => line.split(/ {2,}/));
const [account, , employerCode, subject] = accounts().find((one) => one[3].startsWith('CN=hr-systeem.example,'));
const own = `/O=${employerCode}/CN=hr-systeem.example`;
const isRoute = (one, path) => one.method === 'POST' && one.path === path;
const forMachines = (one) => isRoute(one, '/api/v1/sick-reports') || isRoute(one, '/api/v1/sick-report-imports');

/** The newest lines of the office's log. */
const lines = async () => (await (await signedIn(where, 'office', 'privacy')).get('/api/v1/audit-log')).json.lines;
/** Why a machine was turned away just now. */
async function reason() {
  const { outcome, detail, user } = (await lines()).find((one) => one.thing === 'service_account');
  assert.equal(outcome, 'refused');
  return { why: detail.split('\n').at(-1), user };
}
/** The reason of the newest line in the operating log that has one. */
const lastReason = () => readFileSync(join(where.folder, 'log', 'serve.log'), 'utf8').match(/"reason":"\w+"/g).at(-1).slice(10, -1);
const withoutTime = ({ status, headers, text }) => ({ status, text, headers: { ...headers, date: undefined } });
const report201 = async (machine) => {
  let answer;
  // In a folder that is kept, somebody may have been reported by an earlier run.
  do answer = await machine.post('/api/v1/sick-reports', report()); while (answer.status === 409);
  assert.equal(answer.status, 201, answer.text);
  return answer.json.case;
};
const isRefused = async (machine) => {
  const answer = await machine.post('/api/v1/sick-reports', report());
  assert.equal(answer.status, 401, answer.text);
  assert.equal(answer.json.code, 'not_signed_in');
  return answer;
};

test('an HR system reports sick with its certificate alone, and the line in the log is its own', async () => {
  const machine = new Machine(where, shown('hr-systeem'));
  const made = await report201(machine);
  assert.deepEqual([...machine.cookies], []);
  const line = (await lines()).find((one) => one.object === made);
  assert.equal(line.thing, 'sick_report');
  assert.equal(line.user, account);
  assert.equal(line.role, 'employer_system');
  assert.equal(line.ground, 'own_employer');
  assert.equal(line.session, null);
  const employer = await signedIn(where, 'office', 'werkgever');
  assert.equal((await employer.get(`/api/v1/cases/${made}`)).status, 200);

  const [{ bsn, first_sick_day: day }] = [report()];
  const csv = `employer;bsn;last_name;birth_date;first_sick_day;ground\n${employerCode};${bsn};Zandstra;1980-02-29;${day};fictitious_employment\n`;
  const sent = await machine.request('POST', '/api/v1/sick-report-imports', { body: csv, headers: { 'Content-Type': 'text/csv' } });
  assert.equal(sent.status, 200, sent.text);
  assert.equal(sent.json.added + sent.json.already_there, 1, sent.text);
  const imported = (await lines()).find((one) => one.thing === 'import_file');
  assert.equal(imported.user, account);
  assert.equal(imported.session, null);
});

test('an HR system reports for its own employer only', async () => {
  const machine = new Machine(where, shown('hr-systeem'));
  const other = valueOf(`SELECT code FROM klout7_office.employer WHERE code <> '${employerCode}' ORDER BY code`);
  const answer = await machine.post('/api/v1/sick-reports', report({ employer: other }));
  assert.equal(answer.status, 404, answer.text);
  const line = (await lines()).find((one) => one.thing === 'sick_report');
  assert.equal(line.user, account);
  assert.equal(line.ground, 'none');
  assert.equal(line.outcome, 'refused');
});

test('a certificate opens nothing but the two routes of sick reports, on no side', async () => {
  for (const side of ['office', 'medical']) {
    const machine = new Machine(where, shown('hr-systeem'), side);
    for (const one of operations[side].filter(({ thing }) => thing !== null)) {
      if (forMachines(one)) continue;
      const answer = await machine.request(one.method, one.path.replace(/{.*?}/g, uuid()));
      // The medical side asks nobody for a certificate, so there it is a browser that says nothing of its page.
      assert.ok(answer.status === 401 || (side === 'medical' && answer.status === 403), `${side} ${one.method} ${one.path}: ${answer.status}`);
    }
    assert.equal((await machine.get('/api/v1/nothing')).status, 401);
    assert.equal((await machine.get('/healthz')).status, 200);
  }
  assert.deepEqual(await reason(), { why: 'route_of_people', user: account });
});

test('whatever is wrong with a certificate, the answer is the same to the byte, and the log says what', async () => {
  const nobody = await new Client(where, 'office').post('/api/v1/sick-reports', report());
  assert.equal(nobody.status, 401);
  for (const [what, certificate, expected] of wrongCertificates(authority, own)) {
    const answer = await isRefused(new Machine(where, certificate));
    assert.deepEqual(withoutTime(answer), withoutTime(nobody), what);
    assert.equal(lastReason(), expected, what);
    // Of another CA anybody can make one: it leaves no line in the audit log.
    if (expected !== 'other_ca') assert.equal((await reason()).why, expected, what);
  }
});

test('what brings a cookie needs its session, and what a page of another site sends is refused', async () => {
  const machine = new Machine(where, shown('hr-systeem'));
  const cookie = { headers: { Cookie: '__Host-k7-session=0000', Origin: `https://localhost:${where.ports.office}` } };
  assert.equal((await machine.post('/api/v1/sick-reports', report(), cookie)).status, 401);
  for (const headers of [{ Origin: 'https://elsewhere.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
    const answer = await machine.post('/api/v1/sick-reports', report(), { headers });
    assert.equal(answer.status, 403, answer.text);
    assert.equal(answer.json.code, 'not_same_origin');
  }
  // With a certificate that opens nothing, a session opens what it opens.
  const employer = await signedIn(where, 'office', 'werkgever');
  const [, wrong] = wrongCertificates(authority, own).next().value;
  const both = Object.assign(new Client(where, 'office', wrong), { cookies: employer.cookies });
  assert.equal((await both.get('/api/v1/cases')).status, 200);
});

test('a certificate is renewed, with another key, without a restart; the one before is revoked without one', async () => {
  const running = serveProcess();
  const list = file('machines.crl');
  const before = authority.file('before.crl');
  copyFileSync(list, before);
  const first = authority.issue(own);
  const open = new Machine(where, first);
  await report201(open);
  const second = new Machine(where, authority.issue(own));
  await report201(second);

  authority.revoke([first], list);
  await until('the revocation', async () => (await open.post('/api/v1/sick-reports', {})).status === 401, 5);
  assert.equal((await reason()).why, 'revoked');
  await isRefused(new Machine(where, first));
  await report201(second);

  replaceFile(before, list);
  await until('the list of before', async () => (await open.post('/api/v1/sick-reports', {})).status !== 401, 5);
  assert.equal(serveProcess(), running);
});

test('the certificate of the office itself is renewed without a restart, and a broken one changes nothing', async () => {
  const [chain, key] = [file('office.pem'), file('office.key')];
  const kept = { chain: authority.file('office.pem'), key: authority.file('office.key') };
  copyFileSync(chain, kept.chain);
  copyFileSync(key, kept.key);
  const serial = () => new Promise((resolve, reject) => {
    const socket = tls.connect({ host: 'localhost', port: where.ports.office, ca: where.ca }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.end();
    });
    socket.on('error', reject);
  });
  const first = await serial();
  const ca = new Authority('', { certificate: file('ca.pem'), key: file('ca.key') });
  const fresh = ca.issue('/O=Klout7/CN=localhost', { extensions: 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n' });
  replaceFile(fresh.files.certificate, chain);  // without its key
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(await serial(), first);
  replaceFile(fresh.files.key, key);
  await until('the new certificate', async () => (await serial()) !== first, 5);
  replaceFile(kept.chain, chain);
  replaceFile(kept.key, key);
  await until('the one of before', async () => (await serial()) === first, 5);
});

test('a machine comes from where it may, until the operator closes its account', async () => {
  const certificate = authority.issue(`/O=Example/CN=second-${Date.now()}.example`);
  const machine = new Machine(where, certificate);
  const add = (networks) => operator('service-account', 'add', '--employer', employerCode,
    '--certificate', certificate.files.certificate, '--networks', networks).split(' ')[0];
  await isRefused(machine);
  assert.equal((await reason()).why, 'unknown_account');
  const elsewhere = add('192.0.2.0/24,2001:db8::/32');
  assert.throws(() => add('127.0.0.1'), /open service account has the subject/);
  await isRefused(machine);
  assert.deepEqual(await reason(), { why: 'other_network', user: elsewhere });
  operator('service-account', 'close', elsewhere);
  await isRefused(machine);
  assert.deepEqual(await reason(), { why: 'closed_account', user: elsewhere });
  const here = add('127.0.0.0/8,::1');
  await report201(machine);
  operator('service-account', 'close', here);
  await isRefused(machine);
  assert.throws(() => operator('service-account', 'close', here), /no open service account/);
  assert.throws(() => add('10.0.0.1/8'), /--networks is a list/);
  const ended = (await lines()).find((one) => one.thing === 'service_account' && one.action === 'end');
  assert.equal(ended.object, here);
  assert.equal(ended.role, 'operator');
});

test('a machine comes in once one functional administrator proposed it and another approved it', async () => {
  const [first, second] = await Promise.all(administrators.office.map((name) => signedIn(where, 'office', name)));
  const name = `third-${Date.now()}.example`;
  const certificate = authority.issue(`/O=Example/CN=${name}`);
  const machine = new Machine(where, certificate);
  const pem = certificate.cert.toString('latin1');
  const wanted = { employer: employerCode, certificate: pem, networks: '127.0.0.0/8 ::1' };
  const route = '/api/v1/service-account-proposals';
  const propose = async (who, fields) => {
    const answer = await who.post(route, fields);
    assert.equal(answer.status, 201, answer.text);
    return answer.json.proposal;
  };
  const approve = (who, proposal) => who.post(`${route}/${proposal}/approval`);
  const listed = async (id) => (await second.get('/api/v1/service-accounts')).json.service_accounts.find((one) => one.service_account === id);

  const proposal = await propose(first, wanted);
  await isRefused(machine);
  assert.equal((await reason()).why, 'unknown_account');
  const own = await approve(first, proposal);
  assert.equal(own.status, 403, own.text);
  await isRefused(machine);
  const shownTo = async (who) => (await who.get(route)).json.proposals.find((one) => one.proposal === proposal);
  const waiting = await shownTo(second);
  assert.deepEqual([waiting.employer, waiting.subject, waiting.networks, waiting.is_own],
    [employerCode, `CN=${name},O=Example`, '127.0.0.0/8 ::1', false]);
  assert.equal((await shownTo(first)).is_own, true);
  const approved = await approve(second, proposal);
  assert.equal(approved.status, 204, approved.text);
  assert.equal(await shownTo(second), undefined);
  await report201(machine);
  assert.equal((await approve(second, proposal)).json.code, 'not_now');
  const line = (await lines()).find((one) => one.thing === 'service_account_proposal' && one.action === 'approve' && one.outcome === 'done');
  assert.equal(line.object, proposal);
  assert.equal(line.user, (await second.get('/api/v1/session')).json.user);

  // The operator sees it and may end it; an administrator may too, alone.
  assert.ok(accounts().some((one) => one[0] === proposal && one[1] === 'open' && one[3] === `CN=${name},O=Example`));
  const taken = await first.post(route, { employer: employerCode, subject: `CN=${name},O=Example`, networks: '127.0.0.1' });
  assert.equal(taken.status, 422, taken.text);
  assert.deepEqual(taken.json.fields.map(({ field, code }) => [field, code]), [['subject', 'taken']]);
  assert.equal((await first.post(`/api/v1/service-accounts/${proposal}/closing`)).status, 204);
  await isRefused(machine);
  assert.deepEqual(await reason(), { why: 'closed_account', user: proposal });
  assert.equal((await first.post(`/api/v1/service-accounts/${proposal}/closing`)).json.code, 'not_now');
  assert.ok((await listed(proposal)).closed_at);

  // By its name alone, and only as long as nobody took it back.
  const byName = { ...wanted, certificate: undefined, subject: `CN=${name},O=Example` };
  const withdrawn = await propose(first, byName);
  assert.equal((await first.request('DELETE', `${route}/${withdrawn}`)).status, 204);
  assert.equal((await approve(second, withdrawn)).json.code, 'not_now');
  await isRefused(machine);
  const again = await propose(second, byName);
  assert.equal((await approve(first, again)).status, 204);
  await report201(machine);
  operator('service-account', 'close', again);
  await isRefused(machine);

  for (const [change, ...expected] of [
    [{ employer: 'nobody' }, 'employer', 'unknown_employer'],
    [{ certificate: 'no PEM' }, 'certificate', 'wrong'],
    [{ certificate: certificate.key.toString('latin1') }, 'certificate', 'wrong'],
    [{ certificate: '' }, 'certificate', 'missing'],
    [{ subject: 'CN=two' }, 'subject', 'not_both'],
    [{ networks: '10.0.0.1/8' }, 'networks', 'wrong'],
    [{ networks: '' }, 'networks', 'wrong'],
  ]) {
    const answer = await first.post(route, { ...wanted, ...change });
    assert.equal(answer.status, 422, answer.text);
    assert.deepEqual(answer.json.fields.map(({ field, code }) => [field, code]), [expected]);
  }
});

test('the reasons stand in the operating log too', () => {
  const log = readFileSync(join(where.folder, 'log', 'serve.log'), 'utf8');
  for (const why of ['expired', 'not_yet_valid', 'wrong_purpose', 'other_ca', 'revoked', 'unknown_account', 'closed_account', 'other_network', 'route_of_people'])
    assert.ok(log.includes(`"reason":"${why}"`), why);
});

assert.equal(subject, `CN=hr-systeem.example,O=${employerCode}`);

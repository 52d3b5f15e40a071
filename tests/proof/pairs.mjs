// Two worlds that differ only in what a session may not see give it byte-identical answers. script/proof walls makes the second
// world as a copy of the first, so that keys, ids, accounts and sessions are the same in both:
//   pairs.mjs prepare FILE            in the one world: signs everybody in, makes what both worlds have; FILE gets what is to be known
//   pairs.mjs compare FILE A B PAIRS  adds to the world in folder B what others see, and asks both the same
// What is visible through time alone is not compared; a read log is asked about the time before the copy, so that the lines
// that this very run writes do not count.
import { readFileSync, writeFileSync } from 'node:fs';
import { operations } from '../http/description.mjs';
import { administrators, Client, installation, until, uuid } from '../http/client.mjs';
import { bsns, caseOnBothSides, daysAgo, pdf, reports, upload } from '../http/made_up.mjs';

const [command, file, ...rest] = process.argv.slice(2);
const nameOf = ({ side, user_name: name }) => `${side}/${name}`;
const sides = ['office', 'medical'];
const must = (answer, status) => {
  if (answer.status !== status) throw new Error(`${answer.status} ${answer.text}, not ${status}`);
  return answer.json;
};
const withKey = () => ({ headers: { 'Idempotency-Key': uuid() } });
const consult = { note: 'Verzonnen notitie.', cas_code: 'L608' };
const letter = { limits: 'lifting', possibilities: 'adapted_work', advice: '', expected_duration: 'up_to_6_weeks', hours_per_week: 12, next_contact: '' };

// ---- before the copy ----

/** All accounts of an installation, signed in at once. */
async function everybody(where) {
  const all = where.accounts.map(async (account) => [nameOf(account), await new Client(where, account.side).signIn(account.user_name)]);
  return Object.fromEntries(await Promise.all(all));
}

/** What a case has that everybody who may, can ask for. */
async function fill({ manager, doctor }, path) {
  must(await upload(manager, path, pdf('of the office')), 201);
  must(await upload(doctor, path, pdf('of the doctor')), 201);
  must(await doctor.post(`${path}/consults`, consult, withKey()), 201);
}

async function prepare() {
  const where = installation(process.env.KLOUT7_DATA);
  const who = await everybody(where);
  const report = reports(0);
  const [manager, manager2] = [who['office/casemanager'], who['office/casemanager2']];
  const cases = [];
  for (const [employer, at, doctor, doctorName] of [
    ['werkgever', manager, 'bedrijfsarts', 'A. de Arts'], ['werkgever', manager, 'verzekeringsarts', 'V. Arts'], ['werkgever2', manager2, 'bedrijfsarts', 'A. de Arts'],
    ['werkgever2', manager2, 'bedrijfsarts2', 'M. Dokter'], ['werkgever3', manager, 'bedrijfsarts2', 'M. Dokter'],
  ]) {
    const parts = { employer: who[`office/${employer}`], manager: at, doctor: who[`medical/${doctor}`] };
    const path = await caseOnBothSides({ ...parts, doctorName, report: report(), until });
    await fill(parts, path);
    cases.push(path);
  }
  const client = must(await who['office/client'].get('/api/v1/cases'), 200).cases[0].case;
  const { doctors } = must(await manager.get('/api/v1/doctors'), 200);
  await manager.change(`/api/v1/cases/${client}`, 'doctor', { doctor: doctors.find((one) => one.name === 'A. de Arts').doctor });
  await until('the case of the client', async () => (await who['medical/bedrijfsarts'].get(`/api/v1/cases/${client}`)).status === 200);
  writeFileSync(file, JSON.stringify({
    copied_at: Date.now() * 1000, hidden: cases[3], doctors,
    cookies: Object.fromEntries(Object.entries(who).map(([name, one]) => [name, [...one.cookies]])),
  }), { mode: 0o600 });
}

// ---- chance that can be repeated ----

/** Source: Tommy Ettinger, mulberry32 (public domain). */
function chance(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  const hex = (n) => Array.from({ length: n }, () => below(16).toString(16)).join('');
  return { below, one: (list) => list[below(list.length)], id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}` };
}

// ---- what the worlds hold ----

/** The sessions of both worlds, by account. */
function sessionsOf(where, known) {
  return Object.fromEntries(where.accounts.map((account) => {
    const client = new Client(where, account.side);
    client.cookies = new Map(known.cookies[nameOf(account)]);
    return [nameOf(account), client];
  }));
}

/** Ids and BSNs of a world, as those who see them find them. */
async function contentsOf(who) {
  const found = { month: new Set([daysAgo(0).slice(0, 7)]), form: new Set(['sick_report', 'consult', 'letter', 'functional_abilities']), case: new Set(), document: new Set(), user: new Set(), session: new Set(), factor: new Set(), proposal: new Set(), mandate: new Set(),
    service_account: new Set(), service_account_proposal: new Set(), emergency_access: new Set(), person: new Set(), bsn: new Set() };
  const page = async (one, path, name) => (await one.send('GET', path)).json?.[name] ?? [];
  await Promise.all(Object.values(who).map(async (one) => {
    for (const { session } of await page(one, '/api/v1/sessions', 'sessions')) found.session.add(session);
    for (const { factor } of await page(one, '/api/v1/session/factors', 'factors')) found.factor.add(factor);
    for (const { user } of await page(one, '/api/v1/users', 'users')) found.user.add(user);
    for (const { proposal } of await page(one, '/api/v1/account-proposals', 'proposals')) found.proposal.add(proposal);
    for (const { service_account: machine } of await page(one, '/api/v1/service-accounts', 'service_accounts')) found.service_account.add(machine);
    for (const { proposal } of await page(one, '/api/v1/service-account-proposals', 'proposals')) found.service_account_proposal.add(proposal);
    for (const { mandate } of await page(one, '/api/v1/mandates', 'mandates')) found.mandate.add(mandate);
    for (const { emergency_access: emergency } of await page(one, '/api/v1/emergency-accesses', 'emergency_accesses')) found.emergency_access.add(emergency);
    for (const { case: id } of (await page(one, '/api/v1/cases', 'cases')).slice(0, 60)) {
      found.case.add(id);
      const { person } = (await one.send('GET', `/api/v1/cases/${id}`)).json ?? {};
      if (person) found.person.add(person.id) && found.bsn.add(person.bsn);
      for (const { document } of await page(one, `/api/v1/cases/${id}/documents`, 'documents')) found.document.add(document);
    }
  }));
  return Object.fromEntries(Object.entries(found).map(([name, set]) => [name, [...set].sort()]));
}
/** What is in the second world only. */
const onlyIn = (second, first) => Object.fromEntries(Object.keys(second).map((name) => [name, second[name].filter((id) => !first[name].includes(id))]));

// ---- what is added to the second world alone ----

/** Notes, a letter, a document, drafts and factors: nothing of it is in a list that others read. */
async function addUnseen(who, known) {
  const doctor = who['medical/bedrijfsarts2'];
  for (let i = 0; i < 3; i++) must(await doctor.send('POST', `${known.hidden}/consults`, { json: consult, ...withKey() }), 201);
  must(await doctor.send('POST', `${known.hidden}/letters`, { json: letter, ...withKey() }), 201);
  must(await upload(doctor, known.hidden, pdf('in one world only')), 201);
  await until('the letter at the office', async () => (await who['office/casemanager2'].get(`${known.hidden}/letters`)).json.letters.length > 0);
  must(await doctor.send('PUT', `${known.hidden}/drafts/consult`, { json: { content: 'typed in one world only' } }), 200);
  must(await who['office/werkgever2'].send('PUT', '/api/v1/drafts/sick_report', { json: { content: 'typed in one world only' } }), 200);
  for (const name of ['office/werkgever2', 'office/casemanager2', 'medical/bedrijfsarts2'])
    must(await who[name].send('POST', '/api/v1/session/recovery-codes'), 201);
}

/** Cases of another employer, with another case manager, some with another doctor, documents and notes; also of citizens whom others know. */
async function addCases(who, known, bsnsOfOthers) {
  const [employer, manager, doctor] = ['office/werkgever2', 'office/casemanager2', 'medical/bedrijfsarts2'].map((name) => who[name]);
  const report = reports(1);
  const wanted = [...Array.from({ length: 60 }, () => report()), ...bsnsOfOthers.slice(0, 30).map((bsn) => report({ bsn }))];
  for (const [i, one] of wanted.entries()) {
    const { status, json, text } = await employer.send('POST', '/api/v1/sick-reports', { json: { ...one, first_sick_day: daysAgo(i % 50) } });
    if (status !== 201) throw new Error(text);
    if (i % 6 !== 0) continue;
    const path = `/api/v1/cases/${json.case}`;
    must(await manager.send('PUT', `${path}/doctor`, { headers: { 'If-Match': '"0"' }, json: { doctor: known.doctors.find(({ name }) => name === 'M. Dokter').doctor } }), 204);
    await until('the case at the doctor', async () => (await doctor.send('GET', path)).status === 200);
    await fill({ manager, doctor }, path);
  }
}

/** More sessions of others, and proposals about accounts. */
async function addSessions(where, who) {
  await Promise.all([['office', 'werkgever2'], ['office', 'casemanager2'], ['medical', 'bedrijfsarts2']].map(([side, name]) => new Client(where, side).signIn(name)));
  for (const side of sides) {
    must(await who[`${side}/${administrators[side][1]}`].send('POST', '/api/v1/account-proposals',
      { json: { kind: 'invite', user_name: 'tweede.wereld', display_name: 'T. Wereld', role: 'privacy_officer', e_mail: `tweede.wereld@${side}.example` } }), 201);
  }
}

// ---- what is asked ----

/** What would change something for who may, or waits on purpose: not with what is there, or not at all. */
const neverAsked = new Set(['DELETE /api/v1/session', 'DELETE /api/v1/sessions', 'POST /api/v1/session', 'POST /api/v1/session/recovery-codes']);
const wrongContent = ['{', '[]', '', 'null', '{"oorzaak":"griep"}', '{"bsn":12}', '\ufffd'];

const employers = ['AAA', 'AAB', 'AAC'];
/** A file of sick reports: [code of the employer, BSN, first sick day] of each. */
const fileOf = (rows) => ['werkgever;bsn;achternaam;geboortedatum;eerste_ziektedag;grond',
  ...rows.map(([employer, bsn, day]) => `${employer};${bsn};Zandstra;1980-02-29;${day};a`)].join('\n');

/** Makes the requests of one stage. */
function generator(seed, { shared, hidden, known }) {
  const { one, below, id } = chance(seed);
  const sharedId = (name) => (shared[name].length ? one(shared[name]) : id());
  const anyId = (name) => one([() => sharedId(name), () => sharedId(name), () => (hidden[name].length ? one(hidden[name]) : sharedId(name)), id, () => one(['x', '0', id().toUpperCase(), 'ffffffff-ffff-ffff-ffff-ffffffffffff', below(9) ? '-' : '%00'])])();
  const bsn = () => one([() => one(shared.bsn), () => one(hidden.bsn.length ? hidden.bsn : shared.bsn), () => one(bsns), () => one(['123456789', '', 'x'])])();
  const cursors = {
    'GET /api/v1/cases': (side) => (side === 'medical' ? anyId('case') : `${daysAgo(below(60))}~${anyId('case')}`),
    'GET /api/v1/users': () => anyId('user'),
    'GET /api/v1/audit-log': () => `${known.copied_at - below(1e8)}~klout7-office~${1 + below(500)}`,
  };
  cursors['GET /api/v1/own-access-log'] = cursors['GET /api/v1/audit-log'];
  const reads = ({ path }) => path.endsWith('-log');
  const broken = (options) => ({ body: one(wrongContent), headers: { ...options.headers, 'Content-Type': one(['application/json', 'application/json', 'text/plain', 'application/pdf']) } });

  /** Content of an operation, of which `mayChange` says whether it can do its work. */
  function contentOf({ method, path, headers, kind, fields }) {
    const options = { headers: Object.fromEntries(headers.map((name) => [name, { 'Idempotency-Key': id(), 'If-Match': '"0"' }[name] ?? 'a.pdf'])) };
    if (kind === null) return options;
    if (kind === '*/*') return { body: 'MZ\0\0\0', headers: { ...options.headers, 'Content-Type': 'application/pdf' } };
    if (kind === 'text/csv') {
      const rows = Array.from({ length: below(4) }, () => [one(employers), bsn(), daysAgo(below(50))]);
      return { body: fileOf(rows), headers: { ...options.headers, 'Content-Type': kind } };
    }
    if (below(4) === 0) return broken(options);
    const right = path.endsWith('/consults') ? consult : path.endsWith('/letters') ? letter : {};
    const json = { ...Object.fromEntries(fields.map((name) => [name, one(['', 'x', id()])])), ...right };
    if (fields.includes('bsn')) json.bsn = bsn();
    if (fields.includes('number')) json.number = one(['', '', '', `Z${String(below(400)).padStart(5, '0')}${below(10)}`]);
    if (fields.includes('user')) json.user = anyId('user');
    if (fields.includes('person')) json.person = anyId('person');
    if (path.endsWith('/doctor')) json.doctor = one([id(), '', one(shared.user), 'x']);
    // Right in everything but one field, which keeps it from doing anything.
    if (path.endsWith('/emergency-access')) json.reason = one(['x', '', 'De eigen arts']);
    if (fields.includes('content')) delete json.content;
    if (path.endsWith('/consults')) json.cas_code = one(['x', '', 'l608']);
    if (path.endsWith('/letters')) json.hours_per_week = one([61, -1, 'x']);
    if (method === 'PUT' && path.endsWith('/password')) return broken(options);
    if (path.endsWith('/proof')) return broken(options);
    if (path.endsWith('/sick-reports')) Object.assign(json, { last_name: 'Zandstra', birth_date: '1980-02-29', first_sick_day: '2999-01-01', ground: 'fictitious_employment' });
    return { ...options, json };
  }
  /** Ids that a change can be asked about without doing anything: for who may, only what is not theirs. */
  function idFor(operation, name, session) {
    const { own } = session;
    for (;;) {
      const found = anyId(name);
      if (operation.method === 'GET') return found;
      if (own[name]?.includes(found)) continue;
      if (session.manages && ['user', 'proposal', 'service_account', 'service_account_proposal'].includes(name) && [...shared[name], ...hidden[name]].includes(found)) continue;
      return found;
    }
  }
  return (session) => {
    const operation = one(session.operations);
    let { method, path } = operation;
    const options = contentOf(operation);
    const names = [...path.matchAll(/{(.*?)}/g)].map(([, name]) => name);
    for (const name of names) path = path.replace(`{${name}}`, idFor(operation, name, session));
    const cursor = cursors[`${method} ${path}`];
    if (cursor && (reads(operation) || below(2) === 0)) path += `?after=${encodeURIComponent(below(20) === 0 && !reads(operation) ? one(['x', '~', '9']) : cursor(session.side))}`;
    if (['/api/v1/cases', '/api/v1/case-counts', '/api/v1/cases/search'].includes(operation.path) && below(3) === 0) path += `${path.includes('?') ? '&' : '?'}of=${encodeURIComponent(anyId('user'))}`;
    if (operation.path === '/api/v1/audit-log' && below(2) === 0) path += `&person=${anyId('person')}`;
    if (operation.kind === 'text/csv') path += '?dry_run=true';
    if (below(40) === 0) method = one(['GET', 'PATCH', 'PUT', 'DELETE'].filter((other) => !operations[session.side].some((known) => known.path === operation.path && known.method === other)));
    if (below(50) === 0 && method === 'GET') path = one(['/', '/api', `/api/v1/cases/${anyId('case')}/consult`, `/api/v1/persons/${anyId('person')}`, '/api/v1/cases/']);
    return { operation: `${operation.method} ${operation.path}`, method, path, options: { ...options, language: one(['nl', 'en', 'en-GB,nl;q=0.1', 'de']) } };
  };
}

/** What changes something, in both worlds alike: reports of who is known to somebody else in one of them, and work on own cases. */
function changes(seed, { shared, hidden, own }) {
  const { one, below, id } = chance(seed);
  const make = {
    employer: [() => ['POST', '/api/v1/sick-reports', {
      json: { bsn: one(below(2) ? hidden.bsn : shared.bsn), last_name: 'Zandstra', birth_date: '1980-02-29', first_sick_day: daysAgo(below(60)), ground: 'fictitious_employment' },
    }], () => ['POST', '/api/v1/sick-report-imports', {
      body: fileOf([[one(employers), one(hidden.bsn), daysAgo(below(60))], [one(employers), one(shared.bsn), daysAgo(below(60))]]), headers: { 'Content-Type': 'text/csv' },
    }]],
    company_doctor: [
      (path) => ['POST', `${path}/consults`, { json: consult, headers: { 'Idempotency-Key': id() } }],
      (path) => ['POST', `${path}/letters`, { json: letter, headers: { 'Idempotency-Key': id() } }],
      (path) => ['POST', `${path}/documents`, { body: pdf('alike'), headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': id(), 'K7-File-Name': 'a.pdf' } }],
    ],
  };
  return (session) => {
    const [method, path, options] = one(make[session.role])(`/api/v1/cases/${one([one(own[session.name] ?? [id()]), one(hidden.case)])}`);
    return { operation: `${method} ${path.replace(/cases\/[^/]+/, 'cases/{case}')}`, method, path, options: { ...options, language: one(['nl', 'en']) } };
  };
}

// ---- what is compared ----

/** Fields that api/ describes as newly made for this answer, or as the moment of this very request. */
const newlyMade = {
  'GET /api/v1/session': [/"challenge":"[^"]*"/g],
  'GET /api/v1/session/challenge': [/"challenge":"[^"]*"/g],
  'POST /api/v1/session/factors/app-offers': [/"(offer|secret|uri)":"[^"]*"/g, /"qr_code":\[[^\]]*\]/g],
  'POST /api/v1/session/factors/passkey-offers': [/"challenge":"[^"]*"/g],
  'GET /api/v1/sessions': [/"last_seen_at":"[^"]*","is_open":true,"is_this":true/g],
  'POST /api/v1/sick-reports': [/"case":"[^"]*"/g],
  'POST /api/v1/cases/{case}/documents': [/"created_at":"[^"]*"/g],
  'POST /api/v1/cases/{case}/letters': [/"signed_at":"[^"]*"/g],
};
let masked = 0;
let notFresh = 0;
/** All of an answer but its date; a header that is there twice, twice. */
function bytesOf(operation, { status, headers: { date, ...headers }, text }) {
  let shown = text;
  for (const pattern of newlyMade[operation] ?? []) shown = shown.replace(pattern, () => (masked++, '(new)'));
  if (operation === 'POST /api/v1/sick-reports' && headers.location) headers.location = headers.location.replace(/[^/]+$/, () => (masked++, '(new)'));
  return JSON.stringify([status, headers, shown]);
}

/** Asks both worlds, so many at once; how many answers differed, and the first of them. */
async function compare(sessions, next, count, atOnce = 24) {
  const different = [];
  const statuses = {};
  let left = count;
  let found = 0;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const session = sessions[left % sessions.length];
      const request = next(session);
      const ask = () => Promise.all([session.first, session.second].map((one) => one.send(request.method, request.path, request.options)));
      let answers = await ask();
      // The second factor was fresh for the one and no more for the other, an instant later: again, when it is for neither.
      if (answers.filter((answer) => answer.json?.code === 'not_fresh').length === 1) answers = await ask();
      notFresh += answers[0].json?.code === 'not_fresh' ? 1 : 0;
      const [a, b] = answers.map((answer) => bytesOf(request.operation, answer));
      statuses[answers[0].status] = (statuses[answers[0].status] ?? 0) + 1;
      if (a === b) continue;
      found += 1;
      if (different.length < 10) different.push(`${session.name} ${request.method} ${request.path} ${JSON.stringify(request.options)}\n    one world:   ${a}\n    the other:   ${b}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { count, found, different, statuses };
}

// ---- the proof ----

async function run() {
  const [folderA, folderB, pairs] = rest;
  const known = JSON.parse(readFileSync(file, 'utf8'));
  const [first, second] = [installation(folderA), installation(folderB)];
  const [inFirst, inSecond] = [sessionsOf(first, known), sessionsOf(second, known)];
  const shared = await contentsOf(inFirst);
  const seed = Number(process.env.SEED ?? 7);
  const manages = (side, name) => administrators[side].includes(name);
  const own = async (client, path, name, field) => ((await client.send('GET', path)).json[name] ?? []).map((one) => one[field]);
  const all = await Promise.all(first.accounts.map(async (account) => ({
    name: nameOf(account), side: account.side, role: account.role, first: inFirst[nameOf(account)], second: inSecond[nameOf(account)],
    manages: manages(account.side, account.user_name),
    own: { session: await own(inFirst[nameOf(account)], '/api/v1/sessions', 'sessions', 'session'), factor: await own(inFirst[nameOf(account)], '/api/v1/session/factors', 'factors', 'factor'),
      mandate: await own(inFirst[nameOf(account)], '/api/v1/mandates', 'mandates', 'mandate') },
    operations: operations[account.side].filter((one) => !neverAsked.has(`${one.method} ${one.path}`)),
  })));
  const named = (...names) => all.filter((one) => names.includes(one.name));
  const without = (...names) => all.filter((one) => !names.includes(one.name));
  const insiders = ['office/werkgever2', 'office/casemanager2', 'medical/bedrijfsarts2'];
  const listsUsers = all.filter((one) => ['functional_administrator', 'medical_account_manager', 'privacy_officer', 'auditor', 'doctor_auditor'].includes(one.role)).map((one) => one.name);
  let stages = 0;
  let bad = 0;
  const hiddenNow = async () => onlyIn(await contentsOf(inSecond), shared);
  const ask = async (sessions, hidden, count) => compare(sessions, generator(seed + stages++, { shared, hidden, known }), count);

  const began = Date.now();
  let asked = 0;
  function show(what, sessions, { count, found, different, statuses }) {
    const outcomes = Object.entries(statuses).map(([status, n]) => `${n} ${status}`).join(', ');
    console.log(`${what}: ${count} requests of ${sessions.length} sessions to each world (${outcomes}): ${found} answers differ`);
    for (const one of different.slice(0, Math.max(0, 10 - bad))) console.log(`  ${one}`);
    bad += found;
    asked += 2 * count;
  }
  const same = async (what, sessions, hidden, count) => show(what, sessions, await ask(sessions, hidden, count));
  /** Who may see what was added must see a difference, or the comparison does not bite. */
  async function bites(what, sessions, hidden) {
    for (const session of sessions) {
      const { found, count } = await ask([session], hidden, 600);
      console.log(`control, ${what}: ${session.name} may see it: ${found} of ${count} answers differ`);
      if (found === 0) throw new Error('a difference that is there was not found: the comparison does not bite');
    }
  }
  const total = Number(pairs);
  const nothing = onlyIn(shared, shared);
  await same('nothing added yet', all, nothing, Math.ceil(total / 20));
  await addUnseen(inSecond, known);
  let hidden = await hiddenNow();
  await bites('notes, a letter, a document', named('office/casemanager2', 'medical/bedrijfsarts2'), hidden);
  await same("others' notes, letter, medical document and recovery codes", without(...insiders), hidden, Math.ceil(total * 0.3));
  await addCases(inSecond, known, shared.bsn);
  hidden = await hiddenNow();
  await bites('cases', named('office/uitkering', 'office/werkgever2'), hidden);
  await same("others' cases, documents, notes", without(...insiders, 'office/uitkering'), hidden, Math.ceil(total * 0.4));
  await addSessions(second, inSecond);
  hidden = await hiddenNow();
  await bites('sign-ins and proposals', named('office/beheer', 'medical/accountbeheer'), hidden);
  await same("others' sessions and proposals", without(...insiders, 'office/uitkering', ...listsUsers), hidden, Math.ceil(total * 0.25));
  const doctor = 'medical/bedrijfsarts';
  const cases = { [doctor]: (await inFirst[doctor].send('GET', '/api/v1/cases')).json.cases.map((one) => one.case) };
  const alike = named('office/werkgever', 'office/werkgever3', doctor);
  show('changed in both worlds alike, one after the other', alike, await compare(alike, changes(seed + stages++, { shared, hidden, own: cases }), Math.ceil(total / 100), 1));
  console.log(`masked as newly made for the answer (api/): ${masked} fields: challenges, offers, ids and times of what was just made, when the asking session was last seen`);
  if (notFresh > 0) console.log(`it took longer than a second factor stays fresh: ${notFresh} answers in each world say no more than that`);
  console.log("not asked: signing in and what ends the own sessions (proof sign-in); a log of the time since the copy; a case manager's report of");
  console.log('who is reported already, which is told (409); an Idempotency-Key that is the id of a thing of somebody else');
  console.log(`${asked} requests, without the controls, in ${((Date.now() - began) / 1000).toFixed(0)} s: ${bad} answers differ between the worlds`);
  if (bad > 0) process.exitCode = 1;
}

await (command === 'prepare' ? prepare() : run());

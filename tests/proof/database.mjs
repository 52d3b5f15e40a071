// A database elsewhere: a second real MariaDB on loopback, set up with nothing but what `klout7 database bundle` writes, its own CA
// and certificates. Who may come in, what is refused and with which words, what is renewed while it serves, and what an
// eavesdropper hears.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, openSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { installation, signedIn, until, uuid } from '../http/client.mjs';
import { Authority } from '../http/machine.mjs';
import { caseOnBothSides, reports } from '../http/made_up.mjs';

const [home, officePort, databasePort] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const data = join(home, 'data');
const bundle = join(home, 'bundle');
const elsewhere = join(home, 'elsewhere');
const listenPort = databasePort + 1;  // of the recorder, through which the programs connect
const { uid, gid } = statSync(home);
const asServer = (...words) => ['runuser', ['-u', 'klout7', '--', ...words]];
const run = (...words) => execFileSync(...asServer(...words), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const klout7 = (...words) => run(join(home, 'bin', 'klout7'), ...words, '--data', data);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (...words) => console.log(...words);

// Certificates.
const authority = new Authority('/O=Example/CN=Example database CA');
const stranger = new Authority('/O=Example/CN=Another CA');
const forServer = { extensions: 'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=IP:127.0.0.1\n' };
const accounts = ['k7_office', 'k7_office_log', 'k7_medical', 'k7_medical_log'];
/** As files that the server user may read. */
function files({ files: { certificate, key } }) {
  for (const file of [certificate, key]) chownSync(file, uid, gid);
  return { certificate, key };
}
const give = (account, issued) => {
  const { certificate, key } = files(issued);
  return klout7('database', 'certificate', '--account', account, '--certificate', certificate, '--private-key', key);
};

// The server.
const serverCertificate = files(authority.issue('/O=Example/CN=db.example', forServer));
const strangeServer = files(stranger.issue('/O=Example/CN=db.example', forServer));
mkdirSync(elsewhere);
chownSync(elsewhere, uid, gid);
for (const name of ['data', 'tmp']) {
  mkdirSync(join(elsewhere, name));
  chownSync(join(elsewhere, name), uid, gid);
}
const keyFile = join(elsewhere, 'keyfile');
writeFileSync(keyFile, `1;${execFileSync('openssl', ['rand', '-hex', '32'], { encoding: 'utf8' })}`, { mode: 0o600 });
chownSync(keyFile, uid, gid);
const socket = join(elsewhere, 'db.sock');
let server;
function configuration({ certificate = serverCertificate, tls = true, more = '' } = {}) {
  const lines = ['[mariadbd]', `datadir=${elsewhere}/data`, `socket=${socket}`, `pid-file=${elsewhere}/pid`, `log-error=${elsewhere}/server.log`,
    `tmpdir=${elsewhere}/tmp`, 'lc-messages-dir=/usr/share/mysql', 'plugin-dir=/usr/lib/mysql/plugin', 'bind-address=127.0.0.1', `port=${databasePort}`,
    'innodb_buffer_pool_size=64M', 'plugin-load-add=file_key_management', 'loose-file_key_management=FORCE_PLUS_PERMANENT',
    `file_key_management_filename=${keyFile}`, 'file_key_management_encryption_algorithm=AES_CTR'];
  if (tls) lines.push(`ssl_cert=${certificate.certificate}`, `ssl_key=${certificate.key}`, `ssl_ca=${authority.certificate}`);
  const file = join(elsewhere, 'server.cnf');
  // What the bundle says comes first; without TLS nothing may be said of it.
  const agreed = readFileSync(join(bundle, 'server.cnf'), 'utf8').replace(/^(tls_version|require_secure_transport).*\n/gm, tls ? '$&' : '');
  writeFileSync(file, `${agreed}\n${lines.join('\n')}\n${more}\n`);
  chownSync(file, uid, gid);
  return file;
}
async function startServer(options) {
  const file = configuration(options);
  const [program, words] = asServer('/usr/sbin/mariadbd', `--defaults-file=${file}`);
  server = spawn(program, words, { stdio: 'ignore' });
  await until('the database server', () => spawnSync(...asServer('mariadb-admin', `--socket=${socket}`, 'ping'), { stdio: 'ignore' }).status === 0, 60);
}
async function stopServer() {
  run('mariadb-admin', `--socket=${socket}`, 'shutdown');
  await until('the database server to stop', () => server.exitCode !== null, 60);
}
const sql = (statement) => run('mariadb', `--socket=${socket}`, '--batch', '--skip-column-names', '-e', statement).trim();
const runScript = () => run('sh', '-c', `mariadb --socket=${socket} <${bundle}/install.sql`);

// Everything that goes between the programs and the server, both ways, byte by byte.
const wire = join(home, 'wire');
mkdirSync(wire);
const recorder = new Worker(new URL('recorder.mjs', import.meta.url), { workerData: { folder: wire, listenPort, databasePort } });
await new Promise((resolve) => recorder.once('message', resolve));
recorder.unref();
const conversations = () => readdirSync(wire).map((name) => readFileSync(join(wire, name)));
/** In how many of them a word stands. */
const heard = (word) => conversations().filter((bytes) => bytes.includes(word)).length;

// Set up as an operator and an administrator of the database do together.
const makeBundle = (...more) => klout7('database', 'bundle', '--hosts', '127.0.0.1', '--to', bundle, ...more);
copyFileSync(authority.certificate, join(home, 'ca.pem'));
chmodSync(join(home, 'ca.pem'), 0o644);
klout7('init', '--environment', 'development', '--office-port', String(officePort), '--medical-port', String(officePort + 1),
  '--database-host', '127.0.0.1', '--database-port', String(listenPort), '--database-ca', join(home, 'ca.pem'));
const issued = Object.fromEntries(accounts.map((account) => [account, authority.issue(`/O=Example/CN=${account}`)]));
for (const account of accounts) give(account, issued[account]);
makeBundle();
run('mariadb-install-db', `--defaults-file=${configuration({ tls: false })}`, '--auth-root-authentication-method=socket', '--auth-root-socket-user=klout7', '--skip-test-db');
await startServer();
runScript();
const newest = sql('SELECT MAX(change_number) FROM klout7_office.schema_change');
const settingsOf = (side) => join(data, `${side}.toml`);

/** What `klout7 database check` says, and whether it is satisfied. */
function check() {
  const { status, stdout, stderr } = spawnSync(...asServer(join(home, 'bin', 'klout7'), 'database', 'check', '--data', data), { encoding: 'utf8' });
  return { agreed: status === 0, said: stdout + stderr };
}
const agreed = check();
assert.ok(agreed.agreed, agreed.said);
say('the right certificates come in; klout7 database check:');
say(agreed.said.trimEnd().replace(/^/gm, '  '));

const log = join(data, 'log', 'serve.log');
const [program, words] = asServer(join(home, 'bin', 'klout7'), 'serve', '--data', data);
const out = openSync(log, 'a');
chownSync(log, uid, gid);
const serving = spawn(program, words, { stdio: ['ignore', out, out] });
process.on('exit', () => serving.kill());
await until('both sides', () => spawnSync(...asServer('test', '-e', join(data, 'run', 'ready'))).status === 0, 60);
klout7('demo', 'world');
const where = installation(data);
const employer = await signedIn(where, 'office', 'werkgever');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts');

// An eavesdropper.
const canary = 'ZqOverTheWire';
const report = reports(6);
const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'A. de Arts', report: { ...report(), last_name: `${canary}Naam` }, until });
const consult = await doctor.post(`${path}/consults`, { note: `${canary}Klacht`, cas_code: 'L608' }, { headers: { 'Idempotency-Key': uuid() } });
assert.equal(consult.status, 201, consult.text);
const spoken = ['user_session', 'SELECT', 'INSERT', 'k7_office', canary];
for (const word of spoken) assert.equal(heard(word), 0, `${word} was heard`);
const all = conversations();
const overTls = `${all.length / 2} conversations, ${all.reduce((sum, bytes) => sum + bytes.length, 0)} bytes: none of ${spoken.join(', ')}`;
sql("SET GLOBAL require_secure_transport = OFF; CREATE USER loud@'127.0.0.1' IDENTIFIED BY 'x'; GRANT SELECT ON klout7_office.user_session TO loud@'127.0.0.1'");
run('mariadb', '--skip-ssl', '--protocol=TCP', '-h', '127.0.0.1', '-P', String(listenPort), '-uloud', '-px', '-e', `SELECT '${canary}', COUNT(*) FROM klout7_office.user_session`);
await sleep(200);
for (const word of ['user_session', 'SELECT', canary]) assert.ok(heard(word) > 0, `${word} should be heard without TLS`);
sql("DROP USER loud@'127.0.0.1'; SET GLOBAL require_secure_transport = ON");
say(`captured between the programs and the server: ${overTls}; of one conversation without TLS all that was said`);

// What is refused, and with which words.
say('\nrefused, each with its own words:');
let refused = 0;
/** `wrong` makes it wrong, `right` mends it. */
async function isRefused(what, pattern, wrong, right) {
  await wrong();
  const { agreed: taken, said } = check();
  await right();
  assert.ok(!taken, `${what}: was taken`);
  assert.match(said, pattern, what);
  say(`  ${what}:\n    ${said.trim().split('\n').find((line) => pattern.test(line)).trim()}`);
  refused += 1;
}
const kept = { office: readFileSync(settingsOf('office')), medical: readFileSync(settingsOf('medical')) };
const restore = () => Object.entries(kept).forEach(([side, content]) => writeFileSync(settingsOf(side), content));
const edit = (change) => writeFileSync(settingsOf('office'), change(kept.office.toString()));
const restarted = (options) => [async () => { await stopServer(); await startServer(options); }, async () => { await stopServer(); await startServer(); }];

await isRefused('a certificate of another name', /is not a certificate of k7_office, but of \/O=Example\/CN=k7_medical/,
  () => edit((text) => text.replace(/^certificate = "tls\/k7_office-.*$/m, `certificate = "${issued.k7_medical.files.certificate}"`)), restore);
await isRefused('the subject of another organisation', /account: the server refuses account k7_office/,
  () => give('k7_office', authority.issue('/O=Somebody else/CN=k7_office')), restore);
await isRefused('a certificate of another CA', /own_certificate: the server does not trust the certificate/,
  () => give('k7_office', stranger.issue('/O=Example/CN=k7_office')), restore);
await isRefused('no certificate', /database\.certificate/, () => edit((text) => text.replace(/^certificate = "tls\/k7_office-.*\n/m, '')), restore);
await isRefused('a server of another CA', /server_certificate: the certificate of the server is not trusted/, ...restarted({ certificate: strangeServer }));
await isRefused('a server without TLS', /no_tls: the server speaks no TLS/, ...restarted({ tls: false }));
await isRefused('a server that speaks TLS 1.2 at most', /tls: the server does not speak TLS 1\.3/, ...restarted({ more: 'tls_version=TLSv1.2' }));
const rename = (from, to) => sql(accounts.map((one) => `RENAME USER ${one}@'${from}' TO ${one}@'${to}';`).join(''));
await isRefused('accounts of another host', /host: the server lets no account in from this machine/,
  () => rename('127.0.0.1', '127.0.0.2'), () => rename('127.0.0.2', '127.0.0.1'));
await isRefused('an account that needs no certificate', /requirement: account k7_medical@127\.0\.0\.1 requires no certificate/,
  () => sql("ALTER USER k7_medical@'127.0.0.1' REQUIRE NONE"),
  () => sql("ALTER USER k7_medical@'127.0.0.1' REQUIRE SUBJECT '/O=Example/CN=k7_medical' AND ISSUER '/O=Example/CN=Example database CA'"));
await isRefused('a server that also takes connections without TLS', /tls: the server takes connections without TLS/,
  () => sql('SET GLOBAL require_secure_transport = OFF'), () => sql('SET GLOBAL require_secure_transport = ON'));
await isRefused('a right too many', /rights: account k7_office@127\.0\.0\.1 has a right too many: SELECT on klout7_medical\.consult/,
  () => sql("GRANT SELECT ON klout7_medical.consult TO k7_office@'127.0.0.1'"), () => sql("REVOKE SELECT ON klout7_medical.consult FROM k7_office@'127.0.0.1'"));
await isRefused('a right too few', /rights: account k7_office_log@127\.0\.0\.1 lacks a right: SELECT on klout7_office\.audit_event/,
  () => sql("REVOKE SELECT ON klout7_office.audit_event FROM k7_office_log@'127.0.0.1'"), () => sql("GRANT SELECT ON klout7_office.audit_event TO k7_office_log@'127.0.0.1'"));
await isRefused('encryption that may be left out', /encryption: the database is not encrypted as it must be: setting innodb_encrypt_tables/,
  () => sql('SET GLOBAL innodb_encrypt_tables = ON'), () => sql("SET GLOBAL innodb_encrypt_tables = 'FORCE'"));
await isRefused('a table that is not encrypted', /encryption: the database is not encrypted as it must be: tablespaces are not encrypted: klout7_office\/loud/,
  () => sql("SET GLOBAL innodb_encrypt_tables = ON; CREATE TABLE klout7_office.loud (id BIGINT PRIMARY KEY) ENCRYPTED=NO; SET GLOBAL innodb_encrypt_tables = 'FORCE'"),
  () => sql('DROP TABLE klout7_office.loud'));
await isRefused('temporary files in the clear', /encryption: .*encrypt_tmp_files is not ON/, ...restarted({ more: 'encrypt_tmp_files=OFF' }));
await isRefused('a change of the schema that is not there', /schema: klout7_office lacks 1 of the/,
  () => sql(`UPDATE klout7_office.schema_change SET applied_at = NULL WHERE change_number = ${newest}`), () => sql(`UPDATE klout7_office.schema_change SET applied_at = 1 WHERE change_number = ${newest}`));
assert.ok(check().agreed, check().said);

// The server itself refuses too, whoever asks and with whatever program: an account with the terms of k7_office, and a known password.
sql("CREATE USER probe@'127.0.0.1' IDENTIFIED BY 'x' REQUIRE SUBJECT '/O=Example/CN=k7_office' AND ISSUER '/O=Example/CN=Example database CA'");
const shows = ({ files: { certificate, key } }) => [`--ssl-cert=${certificate}`, `--ssl-key=${key}`];
function ask(...options) {
  const { status, stderr } = spawnSync('mariadb', ['--protocol=TCP', '-h', '127.0.0.1', '-P', String(databasePort), '-uprobe', '-px', `--ssl-ca=${authority.certificate}`, ...options, '-e', 'SELECT 1'], { encoding: 'utf8' });
  return status === 0 ? 'comes in' : stderr.trim();
}
say('\nasked directly, with the client of MariaDB:');
for (const [what, options, answer] of [
  ['the right certificate', shows(issued.k7_office), /^comes in$/],
  ['without TLS', ['--skip-ssl'], /Access denied|insecure transport/],
  ['without a certificate', [], /Access denied/],
  ['with the certificate of another account', shows(issued.k7_medical), /Access denied/],
  ['with one of another CA', shows(stranger.issue('/O=Example/CN=k7_office')), /unknown ca|Lost connection/],
]) {
  const got = ask(...options);
  assert.match(got, answer, what);
  say(`  ${what}: ${got}`);
}
sql("DROP USER probe@'127.0.0.1'");

// What goes wrong while it serves.
const works = async (who) => (await who.get('/api/v1/cases')).status;
await until('both sides to serve', async () => (await works(manager)) === 200 && (await works(doctor)) === 200, 70);
sql("GRANT DELETE ON klout7_office.letter TO k7_office@'127.0.0.1'");
let at = Date.now();
await until('the office to refuse', async () => (await works(manager)) === 503, 70);
const noticed = Date.now() - at;
assert.equal(await works(doctor), 200);
sql('SET GLOBAL innodb_encrypt_tables = ON');
await until('the log to say so', () => /setting innodb_encrypt_tables is not FORCE/.test(readFileSync(log, 'utf8')), 70);
sql("REVOKE DELETE ON klout7_office.letter FROM k7_office@'127.0.0.1'; SET GLOBAL innodb_encrypt_tables = 'FORCE'");
at = Date.now();
await until('the office to serve again', async () => (await works(manager)) === 200, 10);
say(`\na right too many while it serves: the office answers 503 within ${(noticed / 1000).toFixed(0)} s, the medical side goes on; mended: served again within ${((Date.now() - at) / 1000).toFixed(1)} s`);
say(readFileSync(log, 'utf8').split('\n').filter((line) => /^the database is not used: account k7_office.*DELETE/.test(line)).slice(-1).map((line) => `  ${line}`).join('\n'));
await until('the medical side to serve', async () => (await works(doctor)) === 200, 10);

// Renewal: cases are opened all the while, and every step ends the connections there are.
let opened = 0;
const refusals = [];
let goesOn = true;
let step = 'before';
const reading = [manager, doctor].map(async (who) => {
  while (goesOn) {
    const answer = await who.get('/api/v1/cases');
    if (answer.status === 200) opened += 1;
    else refusals.push(`${step}: ${answer.status} ${answer.text}`);
    await sleep(100);
  }
});
/** Ends every connection there is, each at a moment at which nothing is asked of it: the next question needs a new one. */
async function newConnections(after) {
  step = after;
  const there = () => sql("SELECT id FROM information_schema.processlist WHERE user LIKE 'k7\\_%'").split('\n').filter(Boolean);
  const old = there();
  await until('the connections to end', () => {
    run('mariadb', `--socket=${socket}`, '--delimiter=//', '-e', `BEGIN NOT ATOMIC FOR one IN (SELECT id FROM information_schema.processlist WHERE id IN (${old}) AND command = 'Sleep' AND time_ms > 30)
      DO EXECUTE IMMEDIATE CONCAT('KILL ', one.id); END FOR; END`);
    return !there().some((id) => old.includes(id));
  }, 30);
  await sleep(1000);
}
const oldHash = sql("SELECT JSON_VALUE(priv, '$.authentication_string') FROM mysql.global_priv WHERE user = 'k7_office'");
klout7('database', 'new-passwords');
await newConnections('next passwords in the settings');
makeBundle('--since', newest);
runScript();
await newConnections('both accepted');
klout7('database', 'new-passwords', '--finish');
await newConnections('the new ones in use');
makeBundle('--since', newest);
runScript();
await newConnections('only the new ones accepted');
for (const account of accounts) give(account, authority.issue(`/O=Example/CN=${account}`));
await newConnections('new certificates');
goesOn = false;
await Promise.all(reading);
const newHash = sql("SELECT JSON_VALUE(priv, '$.authentication_string') FROM mysql.global_priv WHERE user = 'k7_office'");
assert.notEqual(newHash, oldHash);
assert.ok(!readFileSync(join(bundle, 'install.sql'), 'utf8').includes(' OR '), 'the old password is still accepted');
assert.ok(check().agreed, check().said);
say(`renewed: four passwords and four certificates, every connection ended at each of 5 steps; meanwhile ${opened} lists of cases on both sides, ${refusals.length} refused`);
if (refusals.length > 0) say(readFileSync(log, 'utf8').split('\n').slice(-60).join('\n'));
assert.deepEqual(refusals, []);
say(`\nproof database: ${refused} wrong things refused, each with its own words`);
process.exit(0);

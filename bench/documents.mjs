// Documents go to a running installation and come back over HTTPS, in a folder and on a share, with a scanner and without one; beside
// what the same files take to be copied, and to be sealed by other programs. Run by script/bench documents, which makes the installation.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, installation, until, uuid } from '../tests/http/client.mjs';
import { caseOnBothSides, reports } from '../tests/http/made_up.mjs';
import { programProcess } from '../tests/http/operator.mjs';
import { DocumentSettings, Samba, password, restart, shareOf, user } from '../tests/http/share.mjs';

const [home, programs, quick] = process.argv.slice(2);
const KiB = 1024;
const MiB = 1024 * KiB;
const sizes = [['20 KiB', 20 * KiB, 50], ['2 MiB', 2 * MiB, 20], ['200 MiB', 200 * MiB, 5]]
  .map(([words, bytes, rounds]) => ({ words, bytes, rounds: quick ? 3 : rounds }));
const goals = { sealing: 3, upload: 0.6 };

/** A PDF of that size, most of it a stream of random bytes, as a scan is. */
function pdfOf(bytes) {
  const end = '\nendstream\nendobj\n%%EOF';
  const begin = (length) => `%PDF-1.7\n1 0 obj\n<< /Length ${String(length).padStart(10, '0')} >>\nstream\n`;
  const length = bytes - begin(0).length - end.length;
  return Buffer.concat([Buffer.from(begin(length)), randomBytes(length), Buffer.from(end)]);
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
/** MiB a second, of the round in the middle: of as many as were asked for, or of three at least once they took so many seconds. */
async function rateOf(size, round) {
  const longEnough = 15;
  const seconds = [];
  for (let sum = 0; seconds.length < size.rounds && (seconds.length < 3 || sum < longEnough); sum += seconds.at(-1)) {
    const begin = process.hrtime.bigint();
    await round(seconds.length);
    seconds.push(Number(process.hrtime.bigint() - begin) / 1e9);
  }
  return size.bytes / MiB / median(seconds);
}

const folder = mkdtempSync(join(home, 'files-'));
for (const size of sizes) {
  size.content = pdfOf(size.bytes);
  size.file = join(folder, `of-${size.bytes}`);
  writeFileSync(size.file, size.content);
}

// -- beside it: what other programs take for the same files -------------------------------------------

const out = join(folder, 'out');
/** What was written is on disk, as what a program answers about is. */
function sync(file) {
  const handle = openSync(file, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
function run(...words) {
  const done = spawnSync(words[0], words.slice(1), { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}`);
}
const into = (target, ...words) => async () => {
  if (target === out) rmSync(out, { force: true });
  run(...words);
  if (target === out) sync(out);
};

function mountGocryptfs() {
  if (!existsSync('/dev/fuse')) return { why: 'there is no /dev/fuse here' };
  const [cipher, plain, secret] = ['cipher', 'plain', 'secret'].map((name) => join(folder, name));
  for (const made of [cipher, plain]) mkdirSync(made);
  writeFileSync(secret, 'a password of this benchmark\n');
  for (const words of [['-init', cipher], [cipher, plain]]) {
    const done = spawnSync('gocryptfs', ['-q', '-passfile', secret, ...words], { encoding: 'utf8' });
    if (done.status !== 0) return { why: `it cannot be mounted here: ${(done.stderr || done.stdout).trim().split('\n').at(-1)}` };
  }
  return { plain, unmount: () => spawnSync('fusermount', ['-u', plain]) };
}

const beside = {};
async function rowOf(name, round) {
  beside[name] = [];
  for (const size of sizes) beside[name].push(await rateOf(size, round(size)));
}
const recipient = (() => {
  const key = join(folder, 'age.key');
  run('age-keygen', '-o', key);
  return /age1\w+/.exec(readFileSync(key, 'utf8'))[0];
})();
const sealFile = join(programs, 'bench-seal-file');
await rowOf('cp', (size) => async () => { rmSync(out, { force: true }); run('cp', size.file, out); });
await rowOf('cp, on disk', (size) => into(out, 'cp', size.file, out));
await rowOf('age', (size) => into('/dev/null', 'age', '-r', recipient, '-o', '/dev/null', size.file));
await rowOf('age, on disk', (size) => into(out, 'age', '-r', recipient, '-o', out, size.file));
const gocryptfs = mountGocryptfs();
if (gocryptfs.plain) {
  const target = join(gocryptfs.plain, 'out');
  await rowOf('gocryptfs', (size) => async () => { rmSync(target, { force: true }); run('cp', size.file, target); });
  await rowOf('gocryptfs, on disk', (size) => async () => { rmSync(target, { force: true }); run('cp', size.file, target); sync(target); });
  gocryptfs.unmount();
}
await rowOf('sealed as a document', (size) => into('/dev/null', sealFile, size.file, '/dev/null'));
await rowOf('sealed as a document, on disk', (size) => into(out, sealFile, size.file, out));

// -- over HTTPS --------------------------------------------------------------------------------------

const data = join(home, 'data');
const where = installation(data);
const [employer, manager, doctor] = await Promise.all([['office', 'werkgever3'], ['office', 'casemanager'], ['medical', 'bedrijfsarts2']]
  .map(([side, name]) => new Client(where, side).signIn(name)));
const report = reports(1);
const newCase = () => caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: report(), until });

/** The most memory that the program had since this was asked for the last time, in MiB; since it started, where that may not be reset. */
function peakMemory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  try { writeFileSync(`/proc/${pid}/clear_refs`, '5'); } catch { /* only root may */ }
  return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
}
async function measure(place) {
  const found = { ...place, upload: [], download: [], memory: [], waited: 0 };
  for (const size of sizes) {
    const path = await newCase();
    const kept = [];
    const pid = programProcess('office');
    peakMemory(pid);
    found.upload.push(await rateOf(size, async () => {
      const answer = await manager.send('POST', `${path}/documents`, {
        body: size.content, headers: { 'Content-Type': 'application/pdf', 'Idempotency-Key': uuid(), 'K7-File-Name': 'scan.pdf' },
      });
      if (answer.status !== 201) throw new Error(`${place.words}, ${size.words}: ${answer.status} ${answer.text.slice(0, 300)}`);
      kept.push(answer.json.document);
    }));
    // What the scanner had no answer to in time waits for it; nobody reads it before.
    const isOpen = async (document) => (await manager.send('GET', `/api/v1/documents/${document}`, { headers: { Range: 'bytes=0-0' } })).status === 206;
    for (const document of kept) {
      if (await isOpen(document)) continue;
      found.waited += 1;
      await until('the scanner', () => isOpen(document), 600);
    }
    found.download.push(await rateOf(size, async (nth) => {
      const answer = await manager.send('GET', `/api/v1/documents/${kept[nth % kept.length]}`);
      if (answer.status !== 200 || answer.bytes.length !== size.bytes) throw new Error(`${place.words}, ${size.words}: ${answer.status} ${answer.bytes.length}`);
    }));
    if (!(await manager.send('GET', `/api/v1/documents/${kept[0]}`)).bytes.equals(size.content)) throw new Error('what came back is not what went');
    found.memory.push(peakMemory(pid));
  }
  return found;
}

const settings = new DocumentSettings(where);
const samba = await Samba.start();
// The same server, the same encryption, the same syncing: what a copy to that share takes.
await rowOf('smbclient, to the share', (size) => into('', 'smbclient', '-s', '/dev/null', `//127.0.0.1/${shareOf('office')}`, '-p', String(samba.port),
  '-U', `${user.name}%${password}`, '-m', 'SMB3_11', '--client-protection=encrypt', '-c', `put ${size.file} copied`));
rmSync(join(samba.pathOf('office'), 'copied'), { force: true });
const socket = join(home, 'no-scanner.sock');
const words = [...(process.getuid() === 0 ? ['runuser', '-u', 'klout7', '--'] : []), join(programs, 'bench-no-scanner'), socket];
// It ends when its input does.
const standIn = spawn(words[0], words.slice(1), { stdio: ['pipe', 'inherit', 'inherit'] });
await until('the socket of no scanner', () => existsSync(socket));
const measured = [];
try {
  for (const [words, port, scanner] of [
    ['a folder, no scanner', 0, false], ['a folder, scanner', 0, true], ['a share, no scanner', samba.port, false], ['a share, scanner', samba.port, true]]) {
    settings.write('office', port, scanner ? '' : `\n[scanner]\nsocket = "${socket}"\n`);
    await restart(where, 'office');
    measured.push(await measure({ words, onShare: port !== 0, scanner }));
  }
} finally {
  settings.restore();
  samba.stop();
  standIn.stdin.end();
}
rmSync(folder, { recursive: true, force: true });

// -- the table ---------------------------------------------------------------------------------------

const rate = (one) => one.toFixed(one < 10 ? 1 : 0).padStart(8);
const line = (words, cells) => console.log(words.padEnd(34) + cells.join('  '));
console.log(`\nMiB a second, median of at most ${sizes.map((size) => `${size.rounds} of ${size.words}`).join(', ')}; one client, one after the other`);
line('', sizes.map((size) => size.words.padStart(8)));
for (const [words, rates] of Object.entries(beside)) line(words, rates.map(rate));
if (gocryptfs.why) console.log(`gocryptfs is LEFT OUT: ${gocryptfs.why}`);
for (const one of measured) {
  line(`upload to ${one.words}`, one.upload.map(rate));
  line(`download from ${one.words}`, one.download.map(rate));
}
console.log('\npeak memory of klout7-office in MiB, uploads and downloads of that size');
for (const one of measured) line(one.words, one.memory.map(rate));
for (const one of measured.filter(({ waited }) => waited > 0)) console.log(`${one.words}: ${one.waited} uploads were answered before the scanner was done with them`);
const last = sizes.length - 1;
const sealing = beside['sealed as a document'][last] / beside.age[last];
const told = (is) => (is ? 'reached' : 'below');
console.log(`\nsealing 200 MiB: ${sealing.toFixed(1)} times age   goal ${goals.sealing}: ${told(sealing >= goals.sealing)}`);
for (const one of measured.filter(({ scanner }) => !scanner)) {
  const copy = one.onShare ? 'smbclient, to the share' : 'cp, on disk';
  const parts = one.upload.map((upload, i) => upload / beside[copy][i]);
  console.log(`upload to ${one.words}, beside ${copy}: ${parts.map((part, i) => `${(100 * part).toFixed(0)} % of ${sizes[i].words}`).join(', ')}   `
    + `goal ${100 * goals.upload} % of 200 MiB: ${told(parts[last] >= goals.upload)}`);
}
// The connections that are kept for the next request.
process.exit(0);

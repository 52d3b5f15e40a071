// While files come in, the scanner is killed, stopped and told to read its signatures again. Not a byte of a file may be read before it
// was found clean, no infected one may ever be, and nothing that was acknowledged may be lost.
import { connect } from 'node:net';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { installation, signedIn, until, uuid } from '../http/client.mjs';
import { caseOnBothSides, eicar as eicarText, pdf, reports } from '../http/made_up.mjs';
import { numberOf, scannerProcess } from '../http/operator.mjs';

const [wanted = '2000', atOnce = '8'] = process.argv.slice(2).map(Number);
const where = installation(process.env.KLOUT7_DATA);
const employer = await signedIn(where, 'office', 'werkgever3');
const manager = await signedIn(where, 'office', 'casemanager');
const doctor = await signedIn(where, 'medical', 'bedrijfsarts2');
const path = await caseOnBothSides({ employer, manager, doctor, doctorName: 'M. Dokter', report: reports(9)(), until });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const eicar = Buffer.from(eicarText);

/** A ZIP file of one entry. Source: APPNOTE.TXT 4.3. */
function zip(name, content) {
  const packed = deflateRawSync(content);
  const field = (...parts) => Buffer.concat(parts.map(([bytes, value]) => { const b = Buffer.alloc(bytes); b.writeUIntLE(value, 0, bytes); return b; }));
  const of = [[2, 20], [2, 0], [2, 8], [2, 0], [2, 0x21], [4, crc32(content)], [4, packed.length], [4, content.length], [2, name.length]];
  const local = Buffer.concat([field([4, 0x04034b50], ...of, [2, 0]), Buffer.from(name), packed]);
  const central = Buffer.concat([field([4, 0x02014b50], [2, 20], ...of, [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, 0]), Buffer.from(name)]);
  const end = field([4, 0x06054b50], [2, 0], [2, 0], [2, 1], [2, 1], [4, central.length], [4, local.length], [2, 0]);
  return Buffer.concat([local, central, end]);
}
/** A PDF with one object, whose stream holds this. */
const pdfWith = (content) => Buffer.concat([
  Buffer.from(`%PDF-1.4\n1 0 obj\n<</Length ${content.length}>>\nstream\n`), content, Buffer.from('\nendstream\nendobj\ntrailer\n<<>>\n%%EOF\n')]);
const filler = () => Buffer.from('letter '.repeat(1 + Math.floor(Math.random() * 20000)));

let count = 0;
const kinds = {
  'a clean PDF': { make: () => pdf(`letter ${++count} ${filler()}`), isInfected: false },
  'a clean text': { make: () => Buffer.from(`letter ${++count}\n`), isInfected: false },
  'EICAR, plain': { make: () => eicar, isInfected: true },
  'EICAR in a PDF': { make: () => pdfWith(eicar), isInfected: true },
  'EICAR in a ZIP file': { make: () => zip('eicar.com', eicar), isInfected: true },
  'EICAR in a ZIP file in a ZIP file': { make: () => zip('inner.zip', zip('eicar.com', eicar)), isInfected: true },
  'EICAR in a ZIP file in a PDF': { make: () => pdfWith(zip('eicar.com', eicar)), isInfected: true },
  'EICAR behind 1 MiB of a PDF': { make: () => pdfWith(Buffer.concat([Buffer.alloc(1 << 20, 'x'), eicar])), isInfected: true },
};
const names = Object.keys(kinds);

const tally = Object.fromEntries(names.map((name) => [name, { times: 0, clean: 0, waits: 0, quarantined: 0, refused: 0, failed: 0 }]));
const kept = [];  // what was acknowledged: {who, id, name, content}
const faults = [];
const fault = (text) => { faults.push(text); console.log(`FAULT: ${text}`); };

/** What can be read of a document now; nothing when it is closed. */
async function readNow({ who, id }) {
  const answer = await who.get(`/api/v1/documents/${id}`);
  if (answer.status === 200) return answer.bytes;
  if (answer.status !== 409 && answer.status !== 404) fault(`reading a document answers ${answer.status}`);
  return null;
}
const stateOf = async ({ who, id }) => (await who.get(`${path}/documents`)).json.documents.find((one) => one.document === id)?.state;

async function uploadOne(name) {
  const { make, isInfected } = kinds[name];
  const one = { who: Math.random() < 0.5 ? manager : doctor, id: uuid(), name, isInfected, content: make() };
  const row = tally[name];
  row.times += 1;
  const answer = await one.who.request('POST', `${path}/documents`, {
    body: one.content, headers: { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': one.id, 'K7-File-Name': 'file' },
  });
  if (answer.status === 201) {
    row[answer.json.state] += 1;
    kept.push(one);
    if (isInfected && answer.json.state === 'clean') fault(`${name} is called clean`);
    if (answer.json.state !== 'clean' && await readNow(one) !== null && await stateOf(one) !== 'clean') fault(`${name} is read before it was found clean`);
  } else if (answer.status === 422) {
    const code = answer.json.fields?.[0]?.code;
    row[code === 'infected' ? 'quarantined' : 'refused'] += 1;
    if (!isInfected) fault(`${name} is refused: ${answer.text}`);
  } else {
    row.failed += 1;
    if (answer.status < 500) fault(`${name} is answered with ${answer.status}: ${answer.text}`);
  }
  if (isInfected && await readNow(one) !== null) fault(`${name} is read`);
}

// -- what happens to the scanner meanwhile --------------------------------------------------------
const happened = { killed: 0, stopped: 0, reloaded: 0 };
let isOver = false;
const reload = () => new Promise((resolve) => {
  const socket = connect(join(where.folder, 'scanner', 'run', 'clamd.sock'), () => socket.end('zRELOAD\0'));
  socket.on('close', resolve).on('error', resolve).resume();
});
/** In turn, so that even a short run has each of them; when is by chance. */
async function disturb() {
  for (let turn = 0; !isOver; turn += 1) {
    const pid = scannerProcess();
    const kind = ['reloaded', 'stopped', 'killed'][turn % 3];
    if (pid !== undefined) {
      try {
        if (kind === 'killed') process.kill(pid, 'SIGKILL');
        if (kind === 'stopped') { process.kill(pid, 'SIGSTOP'); await sleep(1500); process.kill(pid, 'SIGCONT'); }
        if (kind === 'reloaded') await reload();
        happened[kind] += 1;
      } catch { /* it went by itself */ }
    }
    await sleep(200 + Math.random() * 2000);
  }
}

const disturbing = disturb();
let begun = 0;
async function work() {
  while (begun < wanted) {
    const name = names[begun % names.length];
    begun += 1;
    if (begun % 200 === 0) console.log(`${begun} of ${wanted} sent`);
    await uploadOne(name);
  }
}
await Promise.all(Array.from({ length: atOnce }, work));
isOver = true;
await disturbing;

console.log(`the scanner was killed ${happened.killed} times, stopped ${happened.stopped} times, told to read its signatures again ${happened.reloaded} times`);
const waiting = () => numberOf("SELECT (SELECT COUNT(*) FROM klout7_office.document_scan WHERE state = 'waits') + (SELECT COUNT(*) FROM klout7_medical.document_scan WHERE state = 'waits')");
console.log(`${waiting()} documents wait; each is looked at again until none does`);
await until('every document to have a verdict', () => waiting() === 0, 900);

let [whole, closed] = [0, 0];
for (const one of kept) {
  const bytes = await readNow(one);
  if (one.isInfected ? bytes !== null : bytes === null || !bytes.equals(one.content)) fault(`${one.name}, which was acknowledged, ${one.isInfected ? 'can be read' : 'is not what was sent'}`);
  else if (one.isInfected) closed += 1;
  else whole += 1;
}
console.log(`\n${''.padEnd(36)}${['times', 'clean', 'waits', 'quarantined', 'refused', 'failed'].map((one) => one.padStart(12)).join('')}`);
for (const [name, row] of Object.entries(tally)) console.log(`${name.padEnd(36)}${Object.values(row).map((one) => String(one).padStart(12)).join('')}`);
console.log(`\nof ${kept.length} that were acknowledged, ${whole} clean ones are whole and ${closed} infected ones are closed; ${faults.length} faults`);
if (happened.killed === 0 || happened.stopped === 0 || happened.reloaded === 0) faults.push('not every disturbance happened');
console.log(`proof scanner: ${faults.length === 0 ? 'holds' : 'DOES NOT HOLD'}`);
process.exit(faults.length === 0 ? 0 : 1);

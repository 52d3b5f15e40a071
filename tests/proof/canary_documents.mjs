// Takes documents through everything that can happen to one, with a random word wherever a word can stand.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signedIn, until, uuid } from '../http/client.mjs';
import { eicar, pdf, pdfOf, pdfStream } from '../http/made_up.mjs';
import { makeSignaturesOld, operator, scannerProcess } from '../http/operator.mjs';

const withKey = () => ({ headers: { 'Idempotency-Key': uuid() } });

/** What one who works on a case does with documents. `good` ends the proof when an answer is not of these. */
class Hand {
  constructor(who, path, canary, good) { Object.assign(this, { who, path, canary, good }); }

  async send(to, content, ...statuses) {
    const document = uuid();
    this.good(await this.who.request('POST', to, { body: content, headers: {
      'Content-Type': 'application/pdf', 'Idempotency-Key': document, 'K7-File-Name': encodeURIComponent(`${this.canary()}.pdf`),
    } }), ...statuses);
    return document;
  }
  add(...statuses) { return this.send(`${this.path}/documents`, pdf(this.canary()), ...statuses); }
  post(document, what, json, ...statuses) {
    return this.who.post(`/api/v1/documents/${document}/${what}`, json, withKey()).then((answer) => this.good(answer, ...statuses));
  }
  async stateOf(document) {
    return (await this.who.get(`${this.path}/documents`)).json.documents.find((one) => one.document === document).state;
  }

  async replaceWithdrawAndMove(elsewhere) {
    const first = await this.add(201);
    await this.send(`/api/v1/documents/${first}/versions`, pdf(this.canary()), 201);
    await this.post(await this.add(201), 'withdrawal', { reason: 'wrong_document' }, 204);
    await this.post(await this.add(201), 'move', { case: elsewhere.split('/').at(-1) }, 201);
  }
  /** A page with a word on it, drawn as a picture. */
  async look() {
    const drawn = pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
      pdfStream(`BT /F1 24 Tf 72 700 Td (${this.canary()}) Tj ET`), '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']);
    const document = await this.send(`${this.path}/documents`, drawn, 201);
    this.good(await this.who.get(`/api/v1/documents/${document}/pages/1`), 200);
  }
  /** One stays in quarantine, and one is let out and read. */
  async goThroughQuarantine(decides) {
    const closed = () => this.send(`${this.path}/documents`, pdf(`${this.canary()} ${eicar}`), 422);
    await closed();
    const document = await closed();
    const { release } = (await this.post(document, 'release', { reason: `Verzonnen: ${this.canary()}` }, 201)).json;
    this.good(await decides.get('/api/v1/releases'), 200);
    this.good(await decides.post(`/api/v1/releases/${release}/approval`), 204);
    this.good(await this.who.get(`/api/v1/documents/${document}`), 200);
  }
  /** What comes while the scanner stands still is scanned later, from the store. */
  async comeWhileTheScannerStandsStill() {
    const scanner = scannerProcess();
    process.kill(scanner, 'SIGSTOP');
    let document;
    try { document = await this.add(201); } finally { process.kill(scanner, 'SIGCONT'); }
    await until('what waited to be scanned', async () => (await this.stateOf(document)) === 'clean', 60);
  }
}

/** All that is clean is scanned again, as with new signatures. */
async function rescan() {
  operator('documents', 'rescan', 'pause');
  makeSignaturesOld();
  operator('documents', 'rescan', 'continue');
  const isDone = () => /ClamAV (?!before)[\s\S]*finished[\s\S]*ClamAV (?!before)[\s\S]*finished/.test(operator('documents', 'rescan'));
  await until('the end of a rescan on both sides', isDone, 120);
}

/** An upload that stands still half-way, in a process of its own, until the program is gone: what is searched then is what it left so far. */
async function standHalfWay(where, who, path, canary) {
  const incoming = () => readdirSync(join(where.folder, 'documents', who.side, 'incoming')).length;
  const before = incoming();
  spawn(process.execPath, [fileURLToPath(new URL('half_way.mjs', import.meta.url))], {
    detached: true, stdio: 'ignore',
    env: { ...process.env, PORT: where.ports[who.side], TO: `${path}/documents`, COOKIE: [...who.cookies].map(([k, v]) => `${k}=${v}`).join('; '), WORD: canary(), NAME: `${canary()}.pdf` },
  }).unref();
  await until('an upload to be half-way', () => incoming() > before);
}

/** On both sides of a case; `elsewhere` is another case of the same people. */
export async function takeThroughEverything({ where, manager, doctor, path, elsewhere, canary, good }) {
  const hands = [manager, doctor].map((who) => new Hand(who, path, canary, good));
  for (const hand of hands) {
    await hand.replaceWithdrawAndMove(elsewhere);
    await hand.look();
    await hand.goThroughQuarantine(await signedIn(where, hand.who.side, hand.who.side === 'office' ? 'ciso' : 'artsauditor'));
    await hand.comeWhileTheScannerStandsStill();
  }
  await rescan();
  for (const { who } of hands) await standHalfWay(where, who, path, canary);
}

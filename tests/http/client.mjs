// A client of both sides, as a test or a script uses them: HTTPS with the demo's own CA, a session in cookies, one-time codes.
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { keepForJudging } from './description.mjs';

export const uuid = randomUUID;

/** The bytes of RFC 4648 base32 without padding. */
export function fromBase32(text) {
  let bits = '';
  for (const c of text) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** The code of RFC 6238 for a moment in milliseconds. */
export function oneTimeCode(secret, at = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = hash[19] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/** A running installation: its folder, ports, CA and accounts. */
export function installation(folder) {
  const port = (side) => Number(/^port = (\d+)/m.exec(readFileSync(join(folder, `${side}.toml`), 'utf8'))[1]);
  return {
    folder,
    ports: { office: port('office'), medical: port('medical') },
    ca: readFileSync(join(folder, 'tls', 'ca.pem')),
    accounts: JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8')),
  };
}

/** A browser, or a program, on one side. */
export class Client {
  /** `shown`: the certificate and key of a machine, if it is one. */
  constructor(where, side, shown = {}) {
    this.where = where;
    this.side = side;
    this.cookies = new Map();
    this.agent = new https.Agent({ keepAlive: true, ca: where.ca, ...shown });
  }

  /** Sends a request; the answer with its status, headers, text and, when it is JSON, its value. It is judged by api/ later on. */
  async request(method, path, options = {}) {
    const at = new Error().stack.match(/[^/]+\.mjs:\d+/g).find((place) => !place.startsWith('client.mjs'));
    let { sentHeaders, ...answer } = await this.send(method, path, options);
    // As a page would: shows the second factor again, and goes on.
    if (answer.json?.code === 'not_fresh' && this.signedInAs) {
      await this.showAgain();
      ({ sentHeaders, ...answer } = await this.send(method, path, options));
    }
    const [pathname, query = ''] = path.split('?');
    const isText = answer.headers['content-type']?.startsWith('text/');
    keepForJudging({
      at, side: this.side, method, path: pathname, query, sent: options.json, sent_headers: sentHeaders,
      status: answer.status, headers: answer.headers, size: answer.bytes.length, content: answer.json ?? (isText ? answer.text : null),
    });
    return answer;
  }
  send(method, path, { json, body, headers = {}, language = 'nl' } = {}) {
    const port = this.where.ports[this.side];
    const content = json === undefined ? body : JSON.stringify(json);
    const all = { 'Accept-Language': language, Origin: `https://localhost:${port}`, ...headers };
    if (json !== undefined) all['Content-Type'] ??= 'application/json';
    if (content !== undefined) all['Content-Length'] ??= Buffer.byteLength(content);
    if (this.cookies.size) all.Cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
    return new Promise((resolve, reject) => {
      const request = https.request({ host: 'localhost', port, method, path, headers: all, agent: this.agent }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          for (const cookie of answer.headers['set-cookie'] ?? []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
            if (value) this.cookies.set(name, value);
            else this.cookies.delete(name);
          }
          const bytes = Buffer.concat(parts);
          const type = answer.headers['content-type'] ?? '';
          const sentHeaders = Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
          resolve({
            status: answer.statusCode, headers: answer.headers, sentHeaders, bytes,
            // Made when it is asked for: of a large document it takes longer than the document took to come.
            get text() { return bytes.toString('utf8'); },
            json: type.includes('json') ? JSON.parse(bytes.toString('utf8')) : undefined,
          });
        });
      });
      request.on('error', reject);
      if (content !== undefined) request.write(content);
      request.end();
    });
  }
  get(path, options) { return this.request('GET', path, options); }
  post(path, json, options) { return this.request('POST', path, { json, ...options }); }
  /** Changes a part of a case as who just looked at it: with its version. */
  async change(path, part, json, options = {}) {
    const { headers } = await this.get(path, options);
    return this.put(`${path}/${part}`, json, { ...options, headers: { 'If-Match': headers.etag ?? '"0"', ...options.headers } });
  }
  put(path, json, options) { return this.request('PUT', path, { json, ...options }); }

  account(userName) {
    const found = this.where.accounts.find((one) => one.side === this.side && one.user_name === userName);
    if (!found) throw new Error(`no account ${userName} on the ${this.side} side`);
    return found;
  }

  /** Tries codes until one is taken. A code counts once: when this half minute's was used, the next one is tried, then waited for. */
  async withCode(account, what, use) {
    for (const later of [0, 30000, 30000, 30000]) {
      if (this.usedCode === oneTimeCode(account.totp_secret, Date.now() + later))
        await new Promise((resolve) => setTimeout(resolve, 30500 - (Date.now() % 30000)));
      this.usedCode = oneTimeCode(account.totp_secret, Date.now() + later);
      const answer = await use(this.usedCode);
      if (answer.status < 300) return this;
      if (![401, 422].includes(answer.status)) throw new Error(`${what}: ${answer.status} ${answer.text}`);
    }
    throw new Error(`${what}: no code of two minutes was taken`);
  }
  /** Signs in as a demo account. */
  async signIn(userName) {
    this.signedInAs = this.account(userName);
    const { user_name, password } = this.signedInAs;
    return this.withCode(this.signedInAs, `signing in as ${userName}`,
      (code) => this.post('/api/v1/session', { user_name, password, code }));
  }
  /** Shows the second factor again. */
  async showAgain() {
    return this.withCode(this.signedInAs, 'showing a code again', (code) => this.post('/api/v1/session/proof', { code }));
  }
}

/** Who manages the accounts of each side in the demo, two of them. */
export const administrators = { office: ['beheer', 'beheer2'], medical: ['accountbeheer', 'accountbeheer2'] };

const clients = new Map();
/** The one client of an account in this run: a code counts once, so a test signs in once. */
export function signedIn(where, side, userName) {
  const name = `${side}/${userName}`;
  if (!clients.has(name)) clients.set(name, new Client(where, side).signIn(userName));
  return clients.get(name);
}

/** Waits until `ask` gives something; fails after so many seconds. */
export async function until(what, ask, seconds = 10) {
  for (let i = 0; i < 10 * seconds; i++) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${seconds} seconds for ${what}`);
}

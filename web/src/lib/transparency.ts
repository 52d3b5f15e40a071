// Checks in the browser what the program says of its log, without trusting the program: the signed checkpoint, a line's place under it,
// and that the log only grew. Source: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, RFC 9162, 2.1.

/** Why something is not proven. */
export type Fault =
  | 'no_ed25519'       // this browser cannot check Ed25519
  | 'not_a_key'        // no verifier key, or one that does not belong to its name
  | 'not_a_note'       // no signed checkpoint
  | 'other_origin'     // of another log than the key
  | 'other_key'        // signed with another key
  | 'wrong_signature'  // not signed like this
  | 'wrong_place'      // a place that the log does not have
  | 'wrong_length'     // more or fewer hashes than the place takes
  | 'other_root'       // leads to another root than the signed one
  | 'rewritten'        // does not begin with the log as it was
  | 'smaller'          // fewer lines than the log had
  | 'not_an_entry';    // the bytes of the line are no line

export class NotProven extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault);
    this.fault = fault;
  }
}
const refuse = (fault: Fault): never => { throw new NotProven(fault); };

type Bytes = Uint8Array<ArrayBuffer>;
/** How much there is in a log, and what it hashes to. */
export interface Tree { size: number; root: Bytes }
export interface Checkpoint extends Tree { origin: string }

const utf8 = new TextEncoder();
/** Base64 in the one form that it is written in. */
export function fromBase64(text: string): Bytes | null {
  try {
    const plain = atob(text);
    return btoa(plain) === text ? Uint8Array.from(plain, (one) => one.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}
export const toBase64 = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes));
const toHex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const isSame = (a: Bytes, b: Bytes): boolean => toHex(a) === toHex(b);

async function sha256(...parts: Bytes[]): Promise<Bytes> {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

const ed25519 = 1;
interface VerifierKey { origin: string; hash: Bytes; key: Bytes }
/** Reads "name+hash+key". Source: c2sp.org/signed-note. */
async function readKey(text: string): Promise<VerifierKey> {
  const [, origin = '', hash = '', coded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? refuse('not_a_key');
  const typed = fromBase64(coded);
  if (typed?.length !== 33 || typed[0] !== ed25519) return refuse('not_a_key');
  const expected = (await sha256(utf8.encode(`${origin}\n`), typed)).slice(0, 4);
  if (toHex(expected) !== hash) refuse('not_a_key');
  return { origin, hash: expected, key: typed.slice(1) };
}

async function isSigned(key: Bytes, signature: Bytes, text: string): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, utf8.encode(text));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') refuse('no_ed25519');
    return false;
  }
}

/** The checkpoint that a note holds, when this very key signed it. */
export async function readCheckpoint(note: string, verifierKey: string): Promise<Checkpoint> {
  const { origin: name, hash, key } = await readKey(verifierKey);
  const parts = /^((.+)\n(0|[1-9]\d{0,15})\n(.+)\n)\n\u2014 (.+) (\S+)\n$/.exec(note) ?? refuse('not_a_note');
  const [, body = '', origin = '', size = '', root = '', signer = '', coded = ''] = parts;
  const bytes = fromBase64(root);
  const signature = fromBase64(coded);
  if (bytes?.length !== 32 || signature?.length !== 68 || !Number.isSafeInteger(Number(size))) return refuse('not_a_note');
  if (origin !== name || signer !== name) refuse('other_origin');
  if (!isSame(signature.slice(0, 4), hash)) refuse('other_key');
  if (!await isSigned(key, signature.slice(4), body)) refuse('wrong_signature');
  return { origin, size: Number(size), root: bytes };
}

const leafHash = (entry: Bytes): Promise<Bytes> => sha256(Uint8Array.of(0), entry);
const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(Uint8Array.of(1), left, right);
// Not with shifts: those of JavaScript have 32 bits.
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** The hashes of a proof. */
const read = (hashes: readonly string[]): Bytes[] => hashes.map((one) => {
  const bytes = fromBase64(one);
  return bytes?.length === 32 ? bytes : refuse('wrong_length');
});

/** Whether this line stands at this place under this root. Source: RFC 9162, 2.1.3.2. */
export async function checkLine(entry: Bytes, index: number, hashes: readonly string[], tree: Tree): Promise<void> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= tree.size) refuse('wrong_place');
  let [fn, sn] = [index, tree.size - 1];
  let hash = await leafHash(entry);
  for (const one of read(hashes)) {
    if (sn === 0) refuse('wrong_length');
    if (isOdd(fn) || fn === sn) {
      hash = await nodeHash(one, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = await nodeHash(hash, one);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) refuse('wrong_length');
  if (!isSame(hash, tree.root)) refuse('other_root');
}

/** Whether a log begins with what it was before. Source: RFC 9162, 2.1.4.2. */
export async function checkGrowth(before: Tree, now: Tree, hashes: readonly string[]): Promise<void> {
  if (before.size > now.size) refuse('smaller');
  const proof = read(hashes);
  if (before.size === 0 || before.size === now.size) {
    if (proof.length > 0) refuse('wrong_length');
    if (before.size > 0 && !isSame(before.root, now.root)) refuse('rewritten');
    return;
  }
  if (Number.isInteger(Math.log2(before.size))) proof.unshift(before.root);
  let [fn, sn] = [before.size - 1, now.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  const [first = refuse('wrong_length'), ...rest] = proof;
  let [older, newer] = [first, first];
  for (const one of rest) {
    if (sn === 0) refuse('wrong_length');
    if (isOdd(fn) || fn === sn) {
      older = await nodeHash(one, older);
      newer = await nodeHash(one, newer);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      newer = await nodeHash(newer, one);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) refuse('wrong_length');
  if (!isSame(older, before.root) || !isSame(newer, now.root)) refuse('rewritten');
}

/** What an entry holds, under the names that the interface has for it; of what it does not hold, nothing. */
export type Entry = Record<typeof fieldNames[number], string>;
// By the keys of an entry, from 1: docs/data-formats.md, "Log entry".
const fieldNames = ['program', 'number', 'at', 'action', 'thing', 'object', 'person', 'user', 'role', 'responsible', 'organisation',
  'ground', 'outcome', 'session', 'version', 'detail_hash'] as const;
const kinds = { 0: 'number', 2: 'bytes', 3: 'text' } as const;

/** One value of deterministic CBOR, as far as entries have them: a whole number, bytes or text. Source: RFC 8949, 4.2.1. */
class CborReader {
  private at = 0;
  private readonly bytes: Bytes;
  constructor(bytes: Bytes) { this.bytes = bytes; }
  get isAtEnd(): boolean { return this.at === this.bytes.length; }

  private take(count: number): Bytes {
    this.at += count;
    return this.at <= this.bytes.length ? this.bytes.slice(this.at - count, this.at) : refuse('not_an_entry');
  }
  head(): { major: number; value: number } {
    const [first = 0] = this.take(1);
    const short = first & 31;
    if (short < 24) return { major: first >> 5, value: short };
    if (short > 27) return refuse('not_an_entry');
    const value = this.take(2 ** (short - 24)).reduce((number, byte) => number * 256 + byte, 0);
    const least = [24, 2 ** 8, 2 ** 16, 2 ** 32][short - 24] ?? 0;
    if (value < least || !Number.isSafeInteger(value)) refuse('not_an_entry');
    return { major: first >> 5, value };
  }
  value(): { kind: 'number'; value: number } | { kind: 'bytes'; value: Bytes } | { kind: 'text'; value: string } {
    const { major, value } = this.head();
    const kind = kinds[major as keyof typeof kinds] ?? refuse('not_an_entry');
    if (kind === 'number') return { kind, value };
    const content = this.take(value);
    if (kind === 'bytes') return { kind, value: content };
    try {
      return { kind, value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content) };
    } catch {
      return refuse('not_an_entry');
    }
  }
}

/** Microseconds since 1970 as the interface writes moments. */
const moment = (micros: number): string =>
  `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;
const uuid = (bytes: Bytes): string => toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function shown(name: string, field: ReturnType<CborReader['value']>): string {
  if (name === 'number' || name === 'at') {
    if (field.kind !== 'number') return refuse('not_an_entry');
    return name === 'at' ? moment(field.value) : String(field.value);
  }
  if (field.kind === 'text') return field.value;
  if (field.kind !== 'bytes') return refuse('not_an_entry');
  return field.value.length === 16 ? uuid(field.value) : toHex(field.value);
}

/** Reads the bytes of a line: a map with ascending keys, nothing behind it. */
export function readEntry(bytes: Bytes): Entry {
  const reader = new CborReader(bytes);
  const { major, value: count } = reader.head();
  if (major !== 5) refuse('not_an_entry');
  const entry = Object.fromEntries(fieldNames.map((name) => [name, ''])) as Entry;
  let last = 0;
  for (let i = 0; i < count; i += 1) {
    const key = reader.value();
    if (key.kind !== 'number' || key.value <= last) return refuse('not_an_entry');
    last = key.value;
    const name = fieldNames[key.value - 1] ?? refuse('not_an_entry');
    entry[name] = shown(name, reader.value());
  }
  if (!reader.isAtEnd) refuse('not_an_entry');
  return entry;
}

/** What of a line, as it is shown, is not as the entry has it. */
export function differences(entry: Entry, line: Readonly<Record<string, unknown>>): (keyof Entry)[] {
  return fieldNames.filter((name) => name !== 'detail_hash' && entry[name] !== String(line[name] ?? ''));
}

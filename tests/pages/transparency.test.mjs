// What the pages check of the log, without a browser: proofs that our own program makes hold, and nothing else does.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { checkGrowth, checkLine, differences, fromBase64, NotProven, readCheckpoint, readEntry, toBase64 } from '../../web/src/lib/transparency.ts';

// src/audit/proofs_test.cpp sees to it that this is what the program makes.
const known = JSON.parse(readFileSync(new URL('../vectors/log_proofs.json', import.meta.url), 'utf8'));
const checkpoints = new Map();
for (const note of known.checkpoints) {
  const checkpoint = await readCheckpoint(note, known.key);
  checkpoints.set(checkpoint.size, checkpoint);
}

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
/** A note and the key that it is checked with, of whoever wants to be believed. */
function ownNote(body, name, { keyName = name, signed = body } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const typed = Buffer.concat([Buffer.of(1), publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)]);
  const hash = sha256(Buffer.from(`${keyName}\n`), typed).subarray(0, 4);
  const signature = Buffer.concat([hash, sign(null, Buffer.from(signed), privateKey)]).toString('base64');
  return { note: `${body}\n\u2014 ${name} ${signature}\n`, key: `${keyName}+${hash.toString('hex')}+${typed.toString('base64')}` };
}

let refusals = 0;
async function refused(what, reasons, check) {
  refusals += 1;
  await assert.rejects(async () => { await check(); }, (error) => error instanceof NotProven && [reasons].flat().includes(error.fault) || assert.fail(`${what}: ${error}`), what);
}
const flipped = (bytes, at) => bytes.with(at, bytes[at] ^ 1);
const flippedText = (text, at) => toBase64(flipped(fromBase64(text), at));

test('what our program proves holds', async () => {
  assert.equal(checkpoints.size, known.checkpoints.length);
  for (const { size, index, entry, hashes } of known.lines) await checkLine(fromBase64(entry), index, hashes, checkpoints.get(size));
  for (const { from, to, hashes } of known.growths) await checkGrowth(checkpoints.get(from), checkpoints.get(to), hashes);
  await checkGrowth({ size: 0, root: new Uint8Array(32) }, checkpoints.get(300), []);
  assert.ok(known.lines.length > 25 && known.growths.length > 60);
});

test('a checkpoint with anything changed in it is refused, with the reason', async () => {
  const note = known.checkpoints.at(-1);
  const { key } = known;
  const [origin, size, root] = note.split('\n');
  const other = ownNote(`${origin}\n300\n${root}\n`, origin);
  const changed = (from, to) => note.replace(from, to);
  await refused('another size', 'wrong_signature', () => readCheckpoint(changed('\n300\n', '\n301\n'), key));
  for (const at of [0, 15, 31]) await refused('another root', 'wrong_signature', () => readCheckpoint(changed(root, flippedText(root, at)), key));
  await refused('another origin', 'other_origin', () => readCheckpoint(note.replaceAll(origin, `${origin}x`), key));
  await refused('another origin in the text', 'other_origin', () => readCheckpoint(changed(origin, `${origin}x`), key));
  await refused('another signer', 'other_origin', () => readCheckpoint(changed(`\u2014 ${origin}`, `\u2014 ${origin}x`), key));
  await refused('signed with another key', 'other_key', () => readCheckpoint(other.note, key));
  await refused('checked with another key', 'other_key', () => readCheckpoint(note, other.key));
  await readCheckpoint(other.note, other.key);
  const signature = note.trim().split(' ').at(-1);
  for (const at of [0, 3]) await refused('another key hash', 'other_key', () => readCheckpoint(changed(signature, flippedText(signature, at)), key));
  for (const at of [4, 35, 36, 67]) await refused('another signature', 'wrong_signature', () => readCheckpoint(changed(signature, flippedText(signature, at)), key));
  const lied = ownNote(`${origin}\n300\n${root}\n`, origin, { signed: `${origin}\n299\n${root}\n` });
  await refused('signed over something else', 'wrong_signature', () => readCheckpoint(lied.note, lied.key));
  for (const [what, bad] of [['nothing', ''], ['no signature', `${origin}\n${size}\n${root}\n`], ['a size that is none', changed('\n300\n', '\n0300\n')],
    ['a size below nothing', changed('\n300\n', '\n-300\n')], ['a line more', changed(root, `${root}\nmore`)], ['something behind', `${note}x`],
    ['a short root', changed(root, root.slice(0, 40))], ['a root that is none', changed(root, root.replace('=', '*'))],
    ['a signature without its last character', changed(signature, signature.slice(0, -1))], ['a short signature', changed(signature, signature.slice(0, 80))], ['two ends of lines', note.replaceAll('\n', '\r\n')]])
    await refused(what, 'not_a_note', () => readCheckpoint(bad, key));
  const coded = key.split('+').slice(2).join('+');
  for (const [what, bad] of [['nothing', ''], ['a key only', coded], ['a flipped key', key.replace(coded, flippedText(coded, 20))], ['another type', key.replace(coded, flippedText(coded, 0))],
    ['another name', `x${key}`], ['another hash', key.replace(/\+([0-9a-f])/, (_, one) => `+${one === '0' ? '1' : '0'}`)]])
    await refused(`a key that is ${what}`, 'not_a_key', () => readCheckpoint(note, bad));
});

test('a line at another place, of other bytes or with other hashes is refused, with the reason', async () => {
  for (const { size, index, entry, hashes } of known.lines) {
    const tree = checkpoints.get(size);
    const bytes = fromBase64(entry);
    const check = (changes) => {
      const all = { bytes, index, hashes, tree, ...changes };
      return checkLine(all.bytes, all.index, all.hashes, all.tree);
    };
    for (const at of [0, bytes.length >> 1, bytes.length - 1]) await refused('a flipped entry', 'other_root', () => check({ bytes: flipped(bytes, at) }));
    await refused('a longer entry', 'other_root', () => check({ bytes: new Uint8Array([...bytes, 0]) }));
    for (const wrong of [-1, size, 0.5, NaN, 2 ** 53]) await refused('no such place', 'wrong_place', () => check({ index: wrong }));
    if (size > 1) await refused('the place before or behind', ['other_root', 'wrong_length'], () => check({ index: index > 0 ? index - 1 : index + 1 }));
    await refused('a hash too many', 'wrong_length', () => check({ hashes: [...hashes, toBase64(tree.root)] }));
    for (const at of [0, 31]) await refused('another root', 'other_root', () => check({ tree: { size, root: flipped(tree.root, at) } }));
    if (hashes.length === 0) continue;
    await refused('a hash too few', 'wrong_length', () => check({ hashes: hashes.slice(1) }));
    await refused('half a hash', 'wrong_length', () => check({ hashes: [hashes[0].slice(0, 20), ...hashes.slice(1)] }));
    for (const i of hashes.keys()) await refused('a flipped hash', 'other_root', () => check({ hashes: hashes.with(i, flippedText(hashes[i], i % 32)) }));
    if (hashes.length > 1) await refused('swapped hashes', 'other_root', () => check({ hashes: [hashes[1], hashes[0], ...hashes.slice(2)] }));
  }
});

test('a log that does not begin with what it was is refused, with the reason', async () => {
  for (const { from, to, hashes } of known.growths) {
    const [before, now] = [checkpoints.get(from), checkpoints.get(to)];
    const past = (at) => ({ size: from, root: flipped(before.root, at) });
    for (const at of [0, 31]) await refused('another past', 'rewritten', () => checkGrowth(past(at), now, hashes));
    await refused('another present', 'rewritten', () => checkGrowth(before, { size: to, root: flipped(now.root, 7) }, hashes));
    await refused('a hash too many', 'wrong_length', () => checkGrowth(before, now, [...hashes, toBase64(now.root)]));
    if (from === to) continue;
    await refused('smaller than before', 'smaller', () => checkGrowth(now, before, hashes));
    await refused('no proof', 'wrong_length', () => checkGrowth(before, now, []));
    for (const i of hashes.keys()) await refused('a flipped hash', 'rewritten', () => checkGrowth(before, now, hashes.with(i, flippedText(hashes[i], 3))));
  }
});

test('a line reads as it was written, and what is shown otherwise is named', async () => {
  const entry = readEntry(fromBase64(known.lines.find(({ size, index }) => size === 300 && index === 0).entry));
  const id = (last) => `00000000-0000-0000-0000-00000000000${last}`;
  assert.deepEqual(entry, {
    program: 'klout7-office', number: '1', at: '2026-11-18T11:06:40.000000Z', action: 'read', thing: 'case_file', object: id(2), person: id(4),
    user: id(3), role: 'delegated_staff', responsible: id(6), organisation: id(7), ground: 'assigned', outcome: 'refused', session: id(5),
    version: '0.1.0', detail_hash: sha256(Buffer.of(0)).toString('hex'),
  });
  const line = { ...entry, number: 1, detail: '192.0.2.7' };
  delete line.detail_hash;
  assert.deepEqual(differences(entry, line), []);
  assert.deepEqual(differences(entry, { ...line, person: null, outcome: 'done' }), ['person', 'outcome']);
  const plain = readEntry(fromBase64(known.lines.find(({ size, index }) => size === 2 && index === 1).entry));
  assert.deepEqual([plain.user, plain.role, plain.at, plain.detail_hash], ['', '', '2026-11-18T11:06:40.000001Z', '']);
});

test('bytes that are no line are refused', async () => {
  const bytes = fromBase64(known.lines[0].entry);
  const cbor = (text) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
  const bad = {
    'nothing': '', 'no map': '01', 'a map that ends': 'a1', 'half a text': 'a1 01 62 61', 'a key twice': 'a2 04 6161 04 6161', 'keys that go down': 'a2 05 6161 04 6161',
    'key 0': 'a1 00 6161', 'a key that nobody knows': 'a1 11 6161', 'something behind': 'a1 01 6161 00', 'a longer number than needed': 'a1 02 1801',
    'a much longer one': 'a1 02 1b 0000000000000001', 'a number that is too large': 'a1 02 1bffffffffffffffff', 'a number below nothing': 'a1 02 20',
    'a list': 'a1 01 80', 'no end': 'bf ff', 'no UTF-8': 'a1 01 61ff', 'a text for a number': 'a1 02 6131', 'a number for a text': 'a1 04 01', 'a head that is none': 'a1 01 7c',
  };
  for (const [what, text] of Object.entries(bad)) await refused(what, 'not_an_entry', () => readEntry(cbor(text)));
  for (const end of bytes.keys()) await refused('cut off', 'not_an_entry', () => readEntry(bytes.slice(0, end)));
});

test('a browser that cannot check Ed25519 says so', async () => {
  const { importKey } = crypto.subtle;
  crypto.subtle.importKey = async () => { throw new DOMException('', 'NotSupportedError'); };
  try {
    await refused('no Ed25519', 'no_ed25519', () => readCheckpoint(known.checkpoints[0], known.key));
  } finally {
    delete crypto.subtle.importKey;
    assert.equal(crypto.subtle.importKey, importKey);
  }
});

test('all that was damaged was refused', (t) => {
  t.diagnostic(`${refusals} damaged proofs, each refused with its reason`);
  assert.ok(refusals > 500);
});

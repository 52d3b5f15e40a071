// Who may read the log checks it without trusting the program, with what the pages check it with.
import assert from 'node:assert/strict';
import test from 'node:test';
import { checkGrowth, checkLine, differences, fromBase64, NotProven, readCheckpoint, readEntry } from '../../web/src/lib/transparency.ts';
import { installation, signedIn, until } from './client.mjs';
import { operator } from './operator.mjs';

const where = installation(process.env.KLOUT7_DATA);
const path = '/api/v1/audit-log';
const readers = [['office', 'privacy'], ['office', 'auditor'], ['medical', 'privacy']];

/** The proof of a line; waits for its checkpoint, which comes within a second or two. */
const proofOf = (who, { program, number }) => until('the line under a checkpoint', async () => {
  const answer = await who.get(`${path}/proof?program=${program}&number=${number}`);
  if (answer.status === 200) return answer.json;
  assert.deepEqual([answer.status, answer.json.fields[0].code], [409, 'not_signed_yet']);
  assert.match(answer.json.fields[0].detail, /probeer het opnieuw/);
  return undefined;
});
const newestLines = async (who) => (await who.get(path)).json.lines;

for (const [side, name] of readers) {
  test(`${name} of the ${side} side sees that a fresh line stands in the signed log as it was read`, async () => {
    const who = await signedIn(where, side, name);
    const older = (await who.get(`${path}/checkpoint`)).json;
    assert.ok(operator('audit', 'key').split('\n').includes(older.key), 'the key is the one that the operator sees');
    const before = await readCheckpoint(older.checkpoint, older.key);
    const [fresh, ...others] = await newestLines(who);
    for (const line of [fresh, others[0], others.at(-1)]) {
      const proof = await proofOf(who, line);
      assert.equal(proof.key, older.key);
      const now = await readCheckpoint(proof.checkpoint, proof.key);
      const entry = fromBase64(proof.entry);
      await checkLine(entry, proof.index, proof.hashes, now);
      assert.deepEqual(differences(readEntry(entry), line), []);
      await assert.rejects(checkLine(entry.with(9, entry[9] ^ 1), proof.index, proof.hashes, now), NotProven);
      const { hashes } = (await who.get(`${path}/consistency?from=${before.size}&to=${now.size}`)).json;
      await checkGrowth(before, now, hashes);
    }
    // Each of these reads is a line too, and says of which line.
    const asked = (await newestLines(who)).filter((line) => line.thing === 'audit_log' && line.detail.endsWith(`\n${fresh.program} ${fresh.number}`));
    assert.ok(asked.length >= 1 && asked.every((line) => line.action === 'read'));
    assert.equal(asked[0].outcome, 'done');
  });
}

test('the newest line of every other program is found too', async () => {
  const who = await signedIn(where, 'office', 'privacy');
  const first = await proofOf(who, { program: 'klout7', number: 1 });
  const entry = readEntry(fromBase64(first.entry));
  assert.deepEqual([entry.program, entry.number], ['klout7', '1']);
});

test('what is no line has no proof, and what cannot be asked is told', async () => {
  const who = await signedIn(where, 'office', 'privacy');
  for (const query of ['program=klout7-office&number=99999999', 'program=klout7-office&number=0', 'program=klout7-medical&number=1', 'program=nobody&number=1'])
    assert.equal((await who.get(`${path}/proof?${query}`)).status, 404, query);
  const size = (await readCheckpoint(...Object.values((await who.get(`${path}/checkpoint`)).json))).size;
  for (const [what, field] of [['proof', 'number'], ['proof?program=klout7-office', 'number'], ['proof?number=1', 'program'], ['proof?program=a%20b&number=1', 'program'],
    ['proof?program=klout7&number=-1', 'number'], ['proof?program=klout7&number=1x', 'number'], ['proof?program=klout7&number=99999999999999999999', 'number'],
    ['consistency', 'from'], ['consistency?from=1', 'to'], ['consistency?from=2&to=1', 'to'], [`consistency?from=1&to=${size + 1000000}`, 'to']]) {
    const { status, json } = await who.get(`${path}/${what}`);
    assert.deepEqual([status, json.fields?.[0].field], [422, field], what);
  }
  assert.deepEqual((await who.get(`${path}/consistency?from=0&to=${size}`)).json.hashes, []);
});

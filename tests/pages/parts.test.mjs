// The parts of the pages that decide something, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { fromBase64Url, toBase64Url } from '../../web/src/lib/bytes.ts';
import { csvRows } from '../../web/src/lib/csv.ts';
import { match } from '../../web/src/lib/router.ts';
import { rulesMet } from '../../web/src/lib/strength.ts';

test('a new password is measured as the program measures it', () => {
  const met = (password, own = ['Klout7']) => Object.entries(rulesMet(password, own)).filter(([, is]) => is).map(([rule]) => rule);
  assert.deepEqual(met('Zeven blauwe fietsen 7!'), ['length', 'classes', 'words', 'variety']);
  assert.deepEqual(met(''), []);
  assert.deepEqual(met('Zeven fietsen 7'), ['classes', 'words', 'variety']);   // 15
  assert.deepEqual(met('Zeven fietsen 77'), ['length', 'classes', 'words', 'variety']);  // 16
  assert.deepEqual(met('zeven blauwe fietsen'), ['length', 'words', 'variety']);
  assert.deepEqual(met('éééééééééééééééé'), ['length', 'words']);
  assert.deepEqual(met('Mijn KLOUT7 fiets is blauw'), ['length', 'classes', 'variety']);
  assert.deepEqual(met('Abcdefghijklmnop1234'), ['length', 'classes', 'words']);
  assert.deepEqual(met('e\u0301'.repeat(16)), ['length', 'words'], 'characters are counted after NFC');
});

test('refused rows are read as they were written', () => {
  assert.deepEqual(csvRows('regel;kolom;code;reden\r\n2;bsn;not_a_bsn;"Dit is geen BSN; kijk ""goed"""\r\n'),
    [['regel', 'kolom', 'code', 'reden'], ['2', 'bsn', 'not_a_bsn', 'Dit is geen BSN; kijk "goed"']]);
  assert.deepEqual(csvRows('line,column\n1,"a\nb"\n'), [['line', 'column'], ['1', 'a\nb']]);
  assert.deepEqual(csvRows(''), []);
  assert.deepEqual(csvRows('a;b'), [['a', 'b']]);
});

test('an address is of one page, and gives its values', () => {
  assert.deepEqual(match('/cases/{case}', '/cases/019a'), { case: '019a' });
  assert.deepEqual(match('/cases/{case}/{tab}', '/cases/019a/letters'), { case: '019a', tab: 'letters' });
  assert.deepEqual(match('/cases', '/cases'), {});
  for (const path of ['/cases/', '/cases/019a/letters', '/case/019a', '/']) assert.equal(match('/cases/{case}', path), null);
});

test('bytes go to base64url and back', () => {
  for (const bytes of [[], [0], [255, 254], [1, 2, 3], Array.from({ length: 256 }, (_, i) => i)]) {
    const text = toBase64Url(new Uint8Array(bytes));
    assert.equal(text, Buffer.from(bytes).toString('base64url'));
    assert.deepEqual([...fromBase64Url(text)], bytes);
  }
});

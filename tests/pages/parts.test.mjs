// The parts of the pages that decide something, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { allPages } from '../../web/src/lib/all_pages.ts';
import { fromBase64Url, toBase64Url } from '../../web/src/lib/bytes.ts';
import { searchOf } from '../../web/src/lib/case_search.ts';
import { csvRows } from '../../web/src/lib/csv.ts';
import { match } from '../../web/src/lib/router.ts';
import { rulesMet } from '../../web/src/lib/strength.ts';
import { changesOf, listFrom, sent, valuesFrom } from '../../web/src/pages/medical/ability_values.ts';

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

test('a list that comes in pages is read to its end, or as far as was said', async () => {
  const pages = { '': { items: [1, 2], next: 'b' }, b: { items: [3], next: 'c' }, c: { items: [4], next: null } };
  const asked = [];
  const ask = (after) => { asked.push(after); return Promise.resolve(pages[after]); };
  assert.deepEqual(await allPages(ask), [1, 2, 3, 4]);
  assert.deepEqual(asked, ['', 'b', 'c']);
  assert.deepEqual(await allPages(ask, 2), [1, 2, 3]);
});

test('what is typed to find a case is a number, a BSN or the beginning of a surname', () => {
  assert.deepEqual(searchOf(' z 00.0018 '), { number: 'z 00.0018' });
  assert.deepEqual(searchOf('111 222 333'), { bsn: '111222333' });
  assert.equal(searchOf('111222334'), 'not_a_bsn');
  assert.equal(searchOf('000000000'), 'not_a_bsn');
  assert.deepEqual(searchOf("in 't"), { last_name: "in 't" });
  assert.deepEqual(searchOf('Zan'), { last_name: 'Zan' });
  assert.equal(searchOf('Za '), 'too_short');
  assert.equal(searchOf(''), 'too_short');
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

test('a form of abilities begins as the newest list, says only what is not normal, and what is different is told', () => {
  const sections = [
    { section: 'personal_functioning', items: [{ item: 'concentration' }, { item: 'pace' }] },
    { section: 'working_hours', items: [] },
  ];
  const first = listFrom({ valid_from: '2026-11-27', concentration: 'limited', pace: 'normal', hours_per_day: ' 4 ', nights_possible: 'false',
    explanation_personal_functioning: ' Slaapt slecht. ' }, sections);
  assert.deepEqual(first.levels, [{ item: 'concentration', level: 'limited' }]);
  assert.deepEqual(sent(first, 0), { replaces: 0, valid_from: '2026-11-27', hours_per_day: 4, hours_per_week: null, nights_possible: false,
    concentration: 'limited', explanation_personal_functioning: 'Slaapt slecht.' });
  assert.deepEqual(changesOf(first, listFrom(valuesFrom(first, '2026-12-01'), sections), sections), [], 'a new list begins as the newest one');
  assert.deepEqual(changesOf(undefined, listFrom(valuesFrom(undefined, '2026-12-01'), sections), sections), [], 'a first one is normal');
  const next = listFrom({ ...valuesFrom(first, '2026-12-01'), concentration: 'normal', pace: 'strongly_limited', hours_per_week: '20', hours_per_day: '',
    nights_possible: 'true', for_work_working_hours: 'Niet voor negen uur.' }, sections);
  assert.deepEqual(changesOf(first, next, sections), [
    { what: 'level', item: 'concentration', from: 'limited', to: 'normal' }, { what: 'level', item: 'pace', from: 'normal', to: 'strongly_limited' },
    { what: 'words', of: 'for_work', section: 'working_hours' }, { what: 'hours_per_day', from: 4, to: null }, { what: 'hours_per_week', from: null, to: 20 },
    { what: 'nights_possible', from: false, to: true },
  ]);
});

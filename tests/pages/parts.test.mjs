// The parts of the pages that decide something, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { allPages } from '../../web/src/lib/all_pages.ts';
import { factsIn } from '../../web/src/lib/benefit_values.ts';
import { fromBase64Url, toBase64Url } from '../../web/src/lib/bytes.ts';
import { periodAfter, periodBefore, periodOf, periodsBefore, weekNumber } from '../../web/src/lib/calendar.ts';
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

test('weeks and wage-return periods are those that the program reckons with', () => {
  assert.deepEqual(['2025-12-29', '2026-01-05', '2026-12-28', '2027-01-04'].map(weekNumber), [1, 2, 53, 1]);
  // The rows of src/benefits/calendar_test.cpp.
  for (const [day, returns, first, last] of [
    ['2024-02-29', 'monthly', '2024-02-01', '2024-02-29'], ['2026-12-31', 'monthly', '2026-12-01', '2026-12-31'], ['2025-12-29', 'four_weekly', '2025-12-29', '2026-01-25'],
    ['2025-12-28', 'four_weekly', '2025-12-01', '2025-12-28'], ['2026-01-26', 'four_weekly', '2026-01-26', '2026-02-22'], ['2027-01-03', 'four_weekly', '2026-11-30', '2027-01-03'],
    ['2027-01-04', 'four_weekly', '2027-01-04', '2027-01-31'],
  ]) assert.deepEqual(periodOf(day, returns), { first, last }, `${day} ${returns}`);
  for (const returns of ['monthly', 'four_weekly']) {
    for (let at = periodOf('2019-12-01', returns); at.first < '2031-01-01'; at = periodAfter(at, returns)) {
      assert.deepEqual(periodBefore(periodAfter(at, returns), returns), at);
    }
  }
});

test('the periods that are made ready are the thirteen before the illness, none of them before the job', () => {
  const firsts = (...given) => periodsBefore(...given).map((one) => one.first);
  const year = firsts('2026-11-09', 'monthly', '2019-02-01');
  assert.deepEqual([year.length, year[0], year.at(-1)], [13, '2025-10-01', '2026-10-01']);
  assert.deepEqual(firsts('2026-11-09', 'monthly', ''), year);
  assert.deepEqual(firsts('2026-11-09', 'monthly', '2026-09-30'), ['2026-09-01', '2026-10-01', '2026-11-01'], 'of a later job the month of the first sick day can count');
  assert.deepEqual(firsts('2026-11-09', 'monthly', '2026-10-01'), ['2026-10-01', '2026-11-01']);
  assert.deepEqual(firsts('2026-11-09', 'monthly', '2026-12-01'), []);
  assert.equal(firsts('2027-01-04', 'four_weekly', '2019-02-01').at(-1), '2026-11-30');
});

test('what was typed as facts is sent as it is meant, and an amount that is none is named by its field', () => {
  const words = { notAnAmount: 'no amount', wageMissing: 'no wage', firstMissing: 'no first', lastMissing: 'no last', amountMissing: 'nothing', percentageMissing: 'no percentage' };
  const month = (i, more) => Object.fromEntries(Object.entries({ first: '2026-01-01', last: '2026-01-31', sv_wage: '', holiday_paid: '', holiday_accrued: '', less: 'no', ...more }).map(([name, value]) => [`wages.${i}.${name}`, value]));
  const of = (values) => factsIn({ job_first_day: '2019-02-01', wage_returns: 'monthly', ...values }, words);
  const fields = (values) => of(values).faults.map(({ field, code }) => `${field} ${code}`);
  assert.equal(of(month(0, {})).facts.wages.length, 0, 'an empty line is none');
  assert.deepEqual(of(month(3, { sv_wage: ' € 2.610,00 ' })).facts.wages, [{ first: '2026-01-01', last: '2026-01-31', sv_wage: '2.610,00', holiday_paid: '', holiday_accrued: '', less: 'no' }]);
  for (const good of ['0', '2610', '2610,5', '2610.50', '2.610,00', '2,610.00', '1.234.567,89', '-5']) assert.deepEqual(fields(month(0, { sv_wage: good })), [], good);
  for (const bad of ['veel', '2.610', '2,610', '1.2.3', '12.34.56,00', '1,234', ',50']) assert.deepEqual(fields(month(0, { sv_wage: bad })), ['wages.0.sv_wage not_an_amount'], bad);
  assert.deepEqual(fields(month(0, { less: 'sickness' })), ['wages.0.sv_wage missing'], 'a reason for less wage needs the wage');
  assert.deepEqual(fields({ 'income.0.first': '', 'income.0.last': '', 'income.0.amount': '5', 'income.0.per': 'week' }), ['income.0.first missing', 'income.0.last missing']);
  assert.deepEqual(of({ weekend_work: '2026-11-07 2026-11-08', has_declared_credit: 'true' }).facts.weekend_work, [{ day: '2026-11-07' }, { day: '2026-11-08' }]);
});

// The steps of a case: done, taken back, by two at once; the work list that they order; and a case found by its number.
import assert from 'node:assert/strict';
import test from 'node:test';
import { installation, signedIn } from './client.mjs';
import { daysAgo, reports } from './made_up.mjs';

const where = installation(process.env.KLOUT7_DATA);
const report = reports(8);

async function newCase(more) {
  const employer = await signedIn(where, 'office', 'werkgever');
  const made = await employer.post('/api/v1/sick-reports', report(more));
  assert.equal(made.status, 201, made.text);
  return `/api/v1/cases/${made.json.case}`;
}
const manager = () => signedIn(where, 'office', 'casemanager');
const field = (answer) => [answer.status, answer.json.fields.map(({ field: name, code }) => `${name} ${code}`).join()];

test('a step is done, the case waits for the next one, and who saw an older version is told', async () => {
  const who = await manager();
  const path = await newCase();
  const first = await who.get(path);
  assert.equal(first.headers.etag, '"0"');
  assert.equal(first.json.next_step.task, 'sick_report_to_uwv-1');
  const seen = { headers: { 'If-Match': first.headers.etag } };
  assert.equal((await who.put(`${path}/tasks/sick_report_to_uwv-1`, { done_on: daysAgo(1) }, seen)).status, 204);
  const stale = await who.put(`${path}/tasks/problem_analysis-1`, { done_on: daysAgo(0) }, seen);
  assert.deepEqual([stale.status, stale.json.code], [412, 'changed_meanwhile']);
  assert.equal((await who.put(`${path}/doctor`, { doctor: '' }, seen)).status, 412);
  const { json } = await who.get(path);
  assert.equal(json.next_step.task, 'problem_analysis-1');
  assert.deepEqual(json.deadlines.filter((one) => one.done_on !== null).map((one) => [one.task, one.done_on]), [['sick_report_to_uwv-1', daysAgo(1)]]);
  assert.equal((await who.change(path, 'tasks/sick_report_to_uwv-1', { done_on: null })).status, 204);
  assert.equal((await who.get(path)).json.next_step.task, 'sick_report_to_uwv-1');
});

test('what is wrong with a step is told at its field, and nothing is written down', async () => {
  const who = await manager();
  const path = await newCase();
  const mark = async (task, day, headers) => field(await who.change(path, `tasks/${task}`, { done_on: day }, { headers }));
  assert.deepEqual(await mark('sick_report_to_uwv-1', daysAgo(-1)), [422, 'done_on in_the_future']);
  assert.deepEqual(await mark('sick_report_to_uwv-1', daysAgo(300)), [422, 'done_on before_the_illness']);
  assert.deepEqual(await mark('sick_report_to_uwv-1', 'morgen'), [422, 'done_on not_a_date']);
  assert.deepEqual(await mark('wia_start-1', daysAgo(0)), [422, 'task unknown_task']);
  assert.deepEqual(await mark('evaluation-99', daysAgo(0)), [422, 'task unknown_task']);
  assert.deepEqual(await mark('evaluation-1', daysAgo(0), { 'If-Match': null }), [422, 'If-Match missing']);
  for (const wrong of ['0', '"x"', '""', '*', 'W/"0"', '"99999999999999999999"'])
    assert.deepEqual(await mark('evaluation-1', daysAgo(0), { 'If-Match': wrong }), [422, 'If-Match not_a_version'], wrong);
  assert.equal((await who.get(path)).headers.etag, '"0"');
});

test('the employer sees the steps and takes none', async () => {
  const employer = await signedIn(where, 'office', 'werkgever');
  const path = await newCase();
  assert.equal((await employer.change(path, 'tasks/sick_report_to_uwv-1', { done_on: daysAgo(0) })).status, 403);
  const stranger = await signedIn(where, 'office', 'werkgever2');
  assert.equal((await stranger.change(path, 'tasks/sick_report_to_uwv-1', { done_on: daysAgo(0) })).status, 404);
});

test('what is due first stands first, each view holds what it counts, and an unknown view is refused', async () => {
  const who = await manager();
  const path = await newCase({ first_sick_day: daysAgo(700) });
  const id = path.split('/').at(-1);
  const { json: { views, most_counted: most } } = await who.get('/api/v1/case-counts');
  assert.equal(most, 1000);
  for (const [view, count] of Object.entries(views)) {
    const seen = [];
    // Only so many are counted, and another story may have brought in more.
    for (let after = ''; after !== null && seen.length < most;) {
      const { json } = await who.get(`/api/v1/cases?view=${view}&after=${after}`);
      seen.push(...json.cases);
      after = json.next;
    }
    assert.equal(seen.length, count, view);
    const due = seen.map((one) => one.next_step?.due ?? '9999');
    assert.deepEqual(due, [...due].sort(), view);
    assert.equal(seen.some((one) => one.case === id), view !== 'this_week' && view !== 'waiting', view);
  }
  assert.deepEqual(field(await who.get('/api/v1/cases?view=laatst')), [422, 'view unknown_view']);
  const employer = await signedIn(where, 'office', 'werkgever');
  assert.deepEqual((await employer.get('/api/v1/case-counts')).json.views, { all: 0, late: 0, this_week: 0, waiting: 0, without_doctor: 0 });
});

test('a case is found by its number by who may see it, and a number with a wrong digit finds none', async () => {
  const who = await manager();
  const path = await newCase();
  const { json: { number } } = await who.get(path);
  assert.match(number, /^Z\d{6,}$/);
  const search = async (asker, typed) => asker.post('/api/v1/cases/search', { number: typed });
  const found = await search(who, ` ${number.toLowerCase().replace('z', 'z ')}`);
  assert.deepEqual(found.json.cases.map((one) => `/api/v1/cases/${one.case}`), [path]);
  assert.deepEqual((await search(await signedIn(where, 'office', 'werkgever2'), number)).json.cases, []);
  const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
  assert.deepEqual(field(await search(who, wrong)), [422, 'number not_a_case_number']);
  assert.deepEqual(field(await who.post('/api/v1/cases/search', { number, bsn: '999990019' })), [422, 'number not_both']);
});

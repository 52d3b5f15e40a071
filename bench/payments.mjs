// How long a pay run takes, from facts to files that two released, and how much memory the program uses for it (script/bench payments).
import { readFileSync } from 'node:fs';
import { installation, signedIn, until } from '../tests/http/client.mjs';
import { daysAgo, paymentBatch, payRun, releaseBatch } from '../tests/http/made_up.mjs';

const where = installation(process.env.KLOUT7_DATA);
const peak = () => Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${process.env.KLOUT7_OFFICE_PID}/status`, 'utf8'))[1]) / 1024);
async function timed(what, work) {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${what.padEnd(58)} ${seconds.toFixed(1).padStart(6)} s   peak ${peak()} MiB`);
  return { result, seconds };
}
const slowly = (what, ready) => until(what, ready, 600);

const [specialist, maker, first, second] = await Promise.all(['uitkering', 'betalingen', 'betalingen2', 'betalingen3'].map((name) => signedIn(where, 'office', name)));
async function release(batch) {
  for (const who of [first, second]) {
    const done = await releaseBatch(who, batch);
    if (done.status !== 204) throw new Error(`not released: ${done.status} ${done.text}`);
  }
}
const before = await timed('all weeks until the week before last', () => payRun(specialist, slowly, daysAgo(14)));
console.log(`  ${before.result.paid} of ${before.result.looked_at} cases paid, ${before.result.left_out} left out`);
const all = await timed('a batch of it', () => paymentBatch(maker, slowly));
await timed('  its release by two', () => release(all.result.batch));

const run = await timed('the weekly run', () => payRun(specialist, slowly));
console.log(`  ${run.result.paid} of ${run.result.looked_at} cases paid, ${run.result.left_out} left out`);
const batch = await timed('a batch of it', () => paymentBatch(maker, slowly));
console.log(`  ${batch.result.transfers} transfers in ${batch.result.files.length} files`);
const released = await timed('  its release by two', () => release(batch.result.batch));
console.log(`from facts to released files: ${(run.seconds + batch.seconds + released.seconds).toFixed(1)} s (goal 10), peak ${peak()} MiB (goal 256)`);

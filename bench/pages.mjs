// The pages as a browser sees them: Lighthouse, and the time to the last paint of a case. For script/bench pages.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from '../tests/http/client.mjs';
import { launch, Visitor } from '../tests/pages/browser.mjs';

const [work] = process.argv.slice(2);
const where = installation(process.env.KLOUT7_DATA);
const goal = { performance: 0.95, accessibility: 1, openMs: 150 };
const verdict = (reached) => (reached ? 'reached' : 'missed');

for (const side of ['office', 'medical']) {
  const file = join(work, `${side}.json`);
  execFileSync(process.execPath, ['web/lighthouse/node_modules/lighthouse/cli/index.js', `https://localhost:${where.ports[side]}/`, '--quiet',
    '--no-enable-error-reporting', '--only-categories=performance,accessibility', '--output=json', `--output-path=${file}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu --ignore-certificate-errors'],
  { env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' }, stdio: ['ignore', 'ignore', 'ignore'] });
  const { categories, audits } = JSON.parse(readFileSync(file, 'utf8'));
  const [performance, accessibility] = [categories.performance.score, categories.accessibility.score];
  console.log(`${side}, the first page on a phone: performance ${Math.round(performance * 100)} (goal 95: ${verdict(performance >= goal.performance)}), ` +
    `accessibility ${Math.round(accessibility * 100)} (goal 100: ${verdict(accessibility >= goal.accessibility)}), ` +
    `largest paint ${audits['largest-contentful-paint'].displayValue}, blocked ${audits['total-blocking-time'].displayValue}`);
}

const browser = await launch();
const visitor = await (await Visitor.open(browser, where, 'office')).signIn('casemanager');
const { page } = visitor;
const rows = page.locator('tbody a');
await rows.first().waitFor();
const times = [];
for (let i = 0; i < 21; i += 1) {
  await page.evaluate(() => {
    globalThis.lastPaint = 0;
    globalThis.watcher = new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.lastPaint = performance.now(); })));
    globalThis.watcher.observe(document.getElementById('app'), { subtree: true, childList: true, attributes: true, characterData: true });
    addEventListener('click', () => { globalThis.clickedAt = performance.now(); }, { capture: true, once: true });
  });
  await rows.nth(i).click();
  await page.locator('dl.facts').waitFor();
  await page.waitForFunction(() => document.querySelector('main .skeleton') === null && performance.now() - globalThis.lastPaint > 400);
  times.push(await page.evaluate(() => {
    globalThis.watcher.disconnect();
    return globalThis.lastPaint - globalThis.clickedAt;
  }));
  await page.goBack();
  await rows.first().waitFor();
}
const sorted = times.slice(1).sort((a, b) => a - b);  // the first also fetches the script of the page
const median = (sorted[9] + sorted[10]) / 2;
console.log(`opening a case from the work list, 20 times: last paint after ${median.toFixed(0)} ms (median; ${sorted[0].toFixed(0)} to ${sorted.at(-1).toFixed(0)}), ` +
  `the first time ${times[0].toFixed(0)}; goal 150: ${verdict(median <= goal.openMs)}`);
if (visitor.faults.length > 0) throw new Error(visitor.faults.join('\n'));
await browser.close();
process.exit(0);

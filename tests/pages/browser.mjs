// A real Chromium on the pages of a real installation. Whatever a page does that it should not is a fault of the test that uses it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import { installation, oneTimeCode } from '../http/client.mjs';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const { chromium } = createRequire(`${web}package.json`)('playwright-core');
const axe = readFileSync(`${web}node_modules/axe-core/axe.min.js`, 'utf8');
// Debian's own wrapper sets keys of a search engine: the program itself is asked.
const program = ['/usr/lib/chromium/chromium', '/usr/bin/chromium'].find(existsSync);

export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 800 } };

let launched;
/** The one browser of this run. */
export function launch() {
  launched ??= start();
  return launched;
}
async function start() {
  assert.ok(program, 'Chromium is installed: script/bootstrap');
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}

/** One person at one side, in a window of their own. */
export class Visitor {
  static async open(browser, where, side, options = {}) {
    const visitor = new Visitor();
    visitor.where = where;
    visitor.side = side;
    visitor.origin = `https://localhost:${where.ports[side]}`;
    visitor.faults = [];
    visitor.context = await browser.newContext({
      viewport: sizes.desk, ignoreHTTPSErrors: true, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce', ...options,
    });
    await visitor.context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => { console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`); });
      addEventListener('unhandledrejection', (event) => { console.error(`unhandled: ${event.reason}`); });
    });
    visitor.page = await visitor.context.newPage();
    visitor.page.on('pageerror', (error) => visitor.faults.push(`error: ${error.message}`));
    // That something is refused, or not there for somebody, is an answer and no fault: Chromium writes it down all the same.
    visitor.page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (401|403|404|409|412|422|429|503)/.test(message.text())) visitor.faults.push(`console: ${message.text()}`);
    });
    visitor.page.on('request', (request) => {
      if (!request.url().startsWith(`${visitor.origin}/`) && !request.url().startsWith('blob:')) visitor.faults.push(`asked ${request.url()}`);
    });
    return visitor;
  }

  async go(path) {
    await this.page.goto(this.origin + path);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }
  /** Signs in as an account of the demo, by typing. */
  async signIn(userName) {
    const account = this.where.accounts.find((one) => one.side === this.side && one.user_name === userName);
    assert.ok(account, `an account ${userName} on the ${this.side} side`);
    this.account = account;
    await this.go('/');
    await this.fillSignIn(account.user_name, account.password);
    for (const later of [0, 30000, 30000]) {
      await this.page.getByLabel('Code', { exact: true }).fill(oneTimeCode(account.totp_secret, Date.now() + later));
      await this.page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
      await this.page.locator('nav, .summary').first().waitFor();
      if (await this.page.locator('nav').count() > 0) return this;
      // A code counts once: somebody used it in this half minute.
      if (later > 0) await new Promise((resolve) => { setTimeout(resolve, 30500 - (Date.now() % 30000)); });
    }
    throw new Error(`${userName} does not get in: ${await this.page.locator('.summary').innerText()}`);
  }
  async fillSignIn(userName, password) {
    await this.page.getByLabel('Gebruikersnaam').fill(userName);
    await this.page.getByLabel('Wachtwoord', { exact: true }).fill(password);
  }

  /** Nothing that axe-core knows of WCAG 2.2 A and AA is wrong here, and nothing sticks out at 320 pixels (1.4.10). */
  async look(what) {
    // From the top: what has scrolled half under the bar is no target of a wrong size.
    await this.page.evaluate(() => scrollTo(0, 0));
    const cdp = await this.context.newCDPSession(this.page);
    await cdp.send('Runtime.evaluate', { expression: axe });
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document,
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    const found = violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.failureSummary}`));
    const before = this.page.viewportSize();
    await this.page.setViewportSize(sizes.narrow);
    const over = await this.page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? []
      : [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth)
        .map((one) => `sticks out at 320 pixels: ${one.localName} ${one.className} ${one.textContent.slice(0, 30)}`)));
    await this.page.setViewportSize(before);
    found.push(...over);
    assert.deepEqual(found, [], what);
    assert.deepEqual(this.faults, [], what);
  }
  async close() { await this.context.close(); }
}

const inside = new Map();
/** The window of an account of the demo, signed in once in this run: a one-time code counts once. Or of nobody, for a null name. */
export function visitorOf(side, userName) {
  const name = `${side} ${userName}`;
  if (!inside.has(name)) inside.set(name, enter(side, userName));
  return inside.get(name);
}
async function enter(side, userName) {
  const visitor = await Visitor.open(await launch(), installation(process.env.KLOUT7_DATA), side);
  return userName === null ? visitor : visitor.signIn(userName);
}

/** Ends the browser when all tests of this run are done. */
test.after(async () => { await (await launched)?.close(); });

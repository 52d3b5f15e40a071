// A real Chromium, spoken to over its own debugging pipe: a page, and a virtual authenticator beside it.
import { X509Certificate, createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const chromium = '/usr/lib/chromium/chromium';

/** Opens a page of ours, whose certificate is the one in this file. */
export async function openPage(url, certificate) {
  const key = new X509Certificate(readFileSync(certificate)).publicKey.export({ type: 'spki', format: 'der' });
  const profile = mkdtempSync(join(tmpdir(), 'klout7-browser-'));
  const program = spawn(chromium, ['--headless=new', '--remote-debugging-pipe', '--no-sandbox', '--no-first-run', '--disable-gpu', '--disable-dev-shm-usage',
    `--user-data-dir=${profile}`, `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`, 'about:blank'],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [, , , commands, answers] = program.stdio;
  const waiting = new Map();
  let rest = '';
  answers.on('data', (part) => {
    const messages = (rest + part).split('\0');
    rest = messages.pop();
    for (const message of messages.map((one) => JSON.parse(one))) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  let last = 0;
  const ask = (method, params, sessionId) => new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)));
    commands.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });
  program.on('exit', () => waiting.forEach((answer) => answer({ error: { message: 'Chromium ended' } })));
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
  const tell = (method, params = {}) => ask(method, params, sessionId);
  await tell('Page.enable');
  // There are no pages of ours yet: this stands in for one, on an address that answers a line of text and lets nothing run.
  await tell('Page.setBypassCSP', { enabled: true });
  await tell('Page.navigate', { url });
  await tell('WebAuthn.enable', { enableUI: false });
  return {
    tell,
    /** Runs a function of the page with these values; what it gives. */
    async run(work, ...values) {
      const expression = `(${work})(${values.map((value) => JSON.stringify(value)).join(', ')})`;
      const { result, exceptionDetails } = await tell('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    async close() {
      const ended = new Promise((resolve) => { program.on('close', resolve); });
      ask('Browser.close', {}).catch(() => program.kill('SIGKILL'));
      await ended;
      // Its helpers end a moment later.
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
}

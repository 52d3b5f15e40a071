// Asking the program as the page of a visitor would, without clicking.
import { until } from '../http/client.mjs';
import { paymentBatch, payRun } from '../http/made_up.mjs';
import { visitorOf } from './browser.mjs';

/** What a visitor can ask; the answer as a client of tests/http has it. */
export function asked(visitor) {
  const request = (method, path, json, headers = {}) => visitor.page.evaluate(async ([how, where, content, more]) => {
    const answer = await fetch(where, {
      method: how, headers: { ...(content === undefined ? {} : { 'Content-Type': 'application/json' }), ...more }, ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, json: text ? JSON.parse(text) : undefined, headers: { etag: answer.headers.get('ETag') } };
  }, [method, path, json, headers]);
  return { get: (path) => request('GET', path), post: (path, json) => request('POST', path, json), put: (path, json, headers) => request('PUT', path, json, headers) };
}

/** A pay run and a batch to look at, where there are none yet. */
export async function someToPay() {
  const [specialist, payments] = await Promise.all(['uitkering', 'betalingen'].map(async (name) => {
    const visitor = await visitorOf('office', name);
    await visitor.go('/');
    return asked(visitor);
  }));
  if ((await specialist.get('/api/v1/pay-runs')).json.runs.length === 0) await payRun(specialist, until);
  if ((await payments.get('/api/v1/payment-batches')).json.batches.length === 0) await paymentBatch(payments, until);
}

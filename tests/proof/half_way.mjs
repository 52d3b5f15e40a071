// Sends half of a document, and then a byte a second, until the program is gone: canary_documents.mjs.
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { uuid } from '../http/client.mjs';

const { KLOUT7_DATA, PORT, TO, COOKIE, WORD, NAME } = process.env;
const half = 512 * 1024;
const request = https.request({ host: 'localhost', port: PORT, method: 'POST', path: TO, ca: readFileSync(join(KLOUT7_DATA, 'tls', 'ca.pem')), headers: {
  Origin: `https://localhost:${PORT}`, Cookie: COOKIE, 'Content-Type': 'application/pdf', 'Content-Length': 2 * half,
  'Idempotency-Key': uuid(), 'K7-File-Name': encodeURIComponent(NAME),
} });
request.on('error', () => process.exit(0));
request.on('response', () => process.exit(0));
const text = `%PDF-1.4\n% ${WORD}\n`;
request.write(text + 'x'.repeat(half - text.length));
setInterval(() => request.write('x'), 1000);

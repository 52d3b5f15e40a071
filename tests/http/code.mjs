// Prints the one-time code of a demo account: accounts.json, user name, side.
import { readFileSync } from 'node:fs';
import { oneTimeCode } from './client.mjs';

const [file, userName, side] = process.argv.slice(2);
const found = JSON.parse(readFileSync(file, 'utf8')).filter((one) => one.user_name === userName && (!side || one.side === side));
if (found.length !== 1) {
  console.error(found.length ? 'this name is on both sides; say which' : 'no such account');
  process.exit(1);
}
console.log(oneTimeCode(found[0].totp_secret));

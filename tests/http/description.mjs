// The descriptions in api/, for those who ask everything they describe and for those who judge answers by them: description.py.
import { spawnSync } from 'node:child_process';

function judge(mode, input) {
  const script = new URL('description.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [script, mode], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { isRight: status === 0, text: stdout + stderr };
}

/** What is wrong with the descriptions themselves: empty when nothing is. */
export const faultsOfDescriptions = () => judge('valid').text;

/** Of each side all that is described: method, path, thing and action (null: anybody may), and what a request brings. */
export const operations = JSON.parse(judge('operations').text);

const exchanges = [];
/** Keeps an answer until the process ends: it fails when one was not as the description of its side says. */
export const keepForJudging = (exchange) => exchanges.push(exchange);

process.on('exit', () => {
  if (exchanges.length === 0) return;
  const { isRight, text } = judge('answers', JSON.stringify(exchanges));
  if (isRight) return;
  process.stderr.write(`answers that are not as described in api/:\n${text}`);
  process.exitCode = 1;
});

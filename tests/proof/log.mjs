// Tampers with the office log a thousand times, directly in its tables, each time in one way, and asks `audit verify`.
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

const [times = '1000'] = process.argv.slice(2);
const data = process.env.KLOUT7_DATA;
const klout7 = process.env.KLOUT7_PROGRAM;
const sql = (statements) => execFileSync(klout7, ['dba-shell', '--data', data, '--', '--batch', '--skip-column-names', 'klout7_office', '-e', statements], { encoding: 'latin1' });
function verify() {
  try {
    return { whole: true, text: execFileSync(klout7, ['audit', 'verify', '--side', 'office', '--data', data], { encoding: 'utf8' }) };
  } catch (error) {
    return { whole: false, text: String(error.stdout) };
  }
}
const one = (list) => list[randomInt(list.length)];

sql('CREATE TABLE IF NOT EXISTS audit_event_kept AS SELECT * FROM audit_event');
const rows = sql('SELECT program, number, detail IS NOT NULL, LENGTH(entry) FROM audit_event').trim().split('\n').map((line) => {
  const [program, number, detail, size] = line.split('\t');
  return { program, number: Number(number), detail: detail === '1', size: Number(size) };
});
const last = Object.fromEntries(sql('SELECT program, last_number FROM audit_number').trim().split('\n').map((line) => line.split('\t')));
const row = ({ program, number }) => `program = '${program}' AND number = ${number}`;
const columns = 'program, number, at, person_id, user_id, entry, tag, detail';

const ways = {
  edit(at) {
    const bit = 1 << randomInt(8);
    const changed = (column, size) => {
      const position = 1 + randomInt(size);
      return `${column} = INSERT(${column}, ${position}, 1, CHAR(ASCII(SUBSTRING(${column}, ${position}, 1)) ^ ${bit} USING binary))`;
    };
    const edits = [changed('entry', at.size), changed('tag', 32), `at = at + ${1 + randomInt(1000)}`,
      "person_id = IF(person_id IS NULL, REPEAT('p', 16), NULL)", "user_id = IF(user_id IS NULL, REPEAT('u', 16), NULL)"];
    if (at.detail) edits.push(changed('detail', 20), 'detail = NULL');
    else edits.push("detail = 'x'");
    return { sql: `UPDATE audit_event SET ${one(edits)} WHERE ${row(at)}`, named: at };
  },
  delete: (at) => ({ sql: `DELETE FROM audit_event WHERE ${row(at)}`, named: at }),
  insert(at) {
    const program = one(Object.keys(last));
    const number = Number(last[program]) + 1 + randomInt(3);
    return {
      sql: `INSERT INTO audit_event (${columns}) SELECT '${program}', ${number}, at, person_id, user_id, entry, tag, detail FROM audit_event_kept WHERE ${row(at)}`,
      named: { program, number },
    };
  },
  swap(at) {
    const with_ = one(rows.filter((other) => other.program === at.program && other.number !== at.number));
    return {
      sql: `UPDATE audit_event SET number = -1 WHERE ${row(at)}; UPDATE audit_event SET number = ${at.number} WHERE ${row(with_)}; `
        + `UPDATE audit_event SET number = ${with_.number} WHERE program = '${at.program}' AND number = -1`,
      named: at.number < with_.number ? at : with_,
    };
  },
};

if (!verify().whole) throw new Error('the log is not whole before anything was changed');
const counts = {};
let missed = 0;
for (let i = 0; i < Number(times); i++) {
  const way = one(Object.keys(ways));
  const change = ways[way](one(rows.filter((at) => rows.some((other) => other.program === at.program && other.number !== at.number))));
  sql(`START TRANSACTION; DELETE FROM audit_event; INSERT INTO audit_event (${columns}) SELECT ${columns} FROM audit_event_kept; ${change.sql}; COMMIT`);
  const { whole, text } = verify();
  counts[way] = (counts[way] ?? 0) + 1;
  if (whole || !text.includes(`${change.named.program} line ${change.named.number} `)) {
    missed += 1;
    console.log(`MISSED ${way}: ${change.sql}\n  verify said: ${text.trim()}`);
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${i + 1} of ${times}`);
}
sql(`START TRANSACTION; DELETE FROM audit_event; INSERT INTO audit_event (${columns}) SELECT ${columns} FROM audit_event_kept; COMMIT; DROP TABLE audit_event_kept`);
const after = verify();
if (!after.whole) throw new Error(`the log is not whole after it was put back: ${after.text}`);
console.log(`${times} changes of ${rows.length} lines (${Object.entries(counts).map(([way, n]) => `${n} ${way}`).join(', ')}): ${Number(times) - missed} named, ${missed} missed`);
process.exit(missed === 0 ? 0 : 1);

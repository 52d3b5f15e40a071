/** What cases are searched for by. */
export type Search = { bsn: string } | { last_name: string } | { number: string };

/** Nine digits that pass the eleven test, as the program will ask of them. */
function isBsn(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || digits === '000000000') return false;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i === 8 ? -1 : 9 - i), 0);
  return sum % 11 === 0;
}

/** What was typed as a search: digits are a BSN, Z with digits is a number, all else the beginning of a surname. Or what is wrong with it. */
export function searchOf(typed: string): Search | 'not_a_bsn' | 'too_short' {
  const words = typed.trim();
  const digits = words.replaceAll(/[\s.]/g, '');
  if (/^z[-\d]/i.test(digits)) return { number: words };
  if (/^\d/.test(digits)) return isBsn(digits) ? { bsn: digits } : 'not_a_bsn';
  return (words.match(/\p{L}/gu) ?? []).length < 3 ? 'too_short' : { last_name: words };
}

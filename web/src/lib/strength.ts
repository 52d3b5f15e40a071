// What of a new password can be said while it is typed. The program decides; it knows of earlier ones and of lists.

export interface Rules { length: boolean; classes: boolean; words: boolean; variety: boolean }

const leastCharacters = 16;
const leastClasses = 3;
// As the program counts them: a letter with a mark is an other character.
const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** Whether most of it is one character, or steps up or down by one ("aaaa", "1234", "dcba"). */
function isMonotone(characters: readonly string[]): boolean {
  let regular = 0;
  for (let i = 2; i < characters.length; i += 1) {
    const step = (at: number) => (characters[at]?.codePointAt(0) ?? 0) - (characters[at - 1]?.codePointAt(0) ?? 0);
    if (step(i) === step(i - 1) && Math.abs(step(i)) <= 1) regular += 1;
  }
  return regular * 2 > characters.length || new Set(characters).size < 6;
}

/** Which of the rules this password meets. `own` are words that it may not hold. */
export function rulesMet(password: string, own: readonly string[]): Rules {
  const plain = password.normalize('NFC');
  const characters = [...plain];
  const folded = plain.toLowerCase();
  return {
    length: characters.length >= leastCharacters,
    classes: classes.filter((one) => one.test(plain)).length >= leastClasses,
    words: plain !== '' && own.every((word) => word.length < 3 || !folded.includes(word.toLowerCase())),
    variety: plain !== '' && !isMonotone(characters),
  };
}

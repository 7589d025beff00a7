/** Characters that are not what they look like, and more of them than they look like. Tests only. */

import { type Bomb, filled, SOUND } from './bomb.ts';

const inString = (name: string, part: string): Bomb => ({
  name: `${name} in a string`,
  text: `const s = '${filled(`const s = ''\n${SOUND}`, part)}'\n${SOUND}`,
});
const inComment = (name: string, part: string): Bomb => ({
  name: `${name} in a comment`,
  text: `// ${filled(`// \n${SOUND}`, part)}\n${SOUND}`,
});
const inCode = (name: string, part: string): Bomb => ({
  name: `${name} in the code`,
  text: `${filled(SOUND, part)}${SOUND}`,
});

const characters: readonly (readonly [string, string])[] = [
  ['text that runs backwards', '\u202e'],
  ['characters without a width', '\u200b'],
  ['marks above one letter', '\u0300'],
  ['halves of characters', '\ud800'],
  ['separators of lines', '\u2028'],
  ['faces', '\u{1f600}'],
];

/** Strings that double with each line. */
const doubled = (first: string, line: (before: string, name: string) => string): string => {
  let text = `const s0 = ${first}\n`;
  for (let n = 1; n < 40; n++) text += line(`s${n - 1}`, `s${n}`);
  return `${text}export default () => s39.length / 1e12`;
};

export const textBombs: readonly Bomb[] = [
  ...characters.flatMap(([name, part]) => [inString(name, part), inComment(name, part), inCode(name, part)]),
  { name: 'a name of two thousand letters', text: `const ${filled(`const  = 1\n${SOUND}`, 'a')} = 1\n${SOUND}` },
  { name: 'a number of two thousand digits', text: `const a = ${filled(`const a = \n${SOUND}`, '9')}\n${SOUND}` },
  { name: 'a string that doubles with each line', text: doubled("'ab'", (s, name) => `const ${name} = ${s} + ${s}\n`) },
  {
    name: 'a string that is repeated again and again',
    text: doubled("'ab'", (s, name) => `const ${name} = ${s}.repeat(9)\n`),
  },
  { name: 'a template that doubles', text: doubled("'ab'", (s, name) => `const ${name} = \`\${${s}}\${${s}}\`\n`) },
  { name: 'a string repeated without end', text: `const s = 'ab'.repeat(2 ** 40)\n${SOUND}` },
  { name: 'a string padded without end', text: `const s = 'ab'.padEnd(1e12, 'c')\n${SOUND}` },
  {
    name: 'a string that is split into characters, and those again',
    text: `const s = 'a,'.repeat(40000).split(',').map((c) => 'b,'.repeat(1000).split(','))\n${SOUND}`,
  },
  { name: 'blanks in front of one character', text: `${filled(`x\n${SOUND}`, ' ')}x\n${SOUND}` },
];

import { expect, it } from 'vitest';
import { titleOf } from './title.ts';

it.each([
  ['// A first sine\n//\n// more', 'A first sine'],
  ['\n\nconst a = 1 // not far down\n// later', 'not far down'],
  ['//\n//   \n// third line', 'third line'],
  ['/* Bells */ const x = 1', 'Bells'],
  ['/**\n * A hall\n * of bells\n */', 'A hall'],
  ['/// ruled ///', 'ruled'],
  ['/* never closed', 'never closed'],
  ['const a = 1 / 2', 'untitled'],
  ['', 'untitled'],
  [`// ${'long '.repeat(50)}`, 'long '.repeat(16)],
  ['/**/ // behind nothing', 'behind nothing'],
  ['/*/ one */', 'one'],
  ["const a = sample('https://a.example/b.wav')", 'untitled'],
  ["const a = 'it\\'s //', b = \"//\", c = `\n//` // it's that", "it's that"],
  ["const a = 'broken // off\n// next", 'next'],
  ['// <b>bold</b>\r\nx', '<b>bold</b>'],
])('%j is called %j', (text, title) => {
  expect(titleOf(text)).toBe(title);
});

it.each([
  ['blanks in front of the first line', `${' '.repeat(1_000_000)}x`],
  ['blanks in a comment', `//${' '.repeat(1_000_000)}x`],
  ['a comment of stars', `/${'*'.repeat(1_000_000)}x`],
  ['comments of nothing', '//\n'.repeat(300_000)],
  ['quotes', `'${'\\'.repeat(500_000)}`],
  ['comments that do not end', '/*'.repeat(500_000)],
])('looks at the beginning of a text of a million characters: %s', (_, text) => {
  // Any title will do; what is held is that no test of this file takes as long as a quadratic one would: hours.
  expect(titleOf(text).length).toBeLessThanOrEqual(80);
});

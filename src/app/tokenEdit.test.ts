/** One token is a number, a name, or a word in a text, with what is typed into it. */
import { expect, it } from 'vitest';
import { editedToken } from './tokenEdit.ts';

it.each([
  ['saw(220)', 'saw(1)', 4],
  ['saw(1)', 'saw(12)', 4],
  ['saw(12)', 'saw()', 4],
  ['saw()', 'saw(0.5)', 4],
  ['saw(0.5)', 'saw(-0.5)', 4],
  ['f(11)', 'f(1)', 2],
  ['f(1, 1)', 'f(1, 11)', 5],
  ['const gain = 1', 'const gäin = 1', 6],
  ["note('C4')", "note('D4')", 6],
  ['a', 'ab', 0],
])('%s → %s is an edit of what begins at %i', (before, text, start) =>
  expect(editedToken(before, text)).toEqual({ start }),
);

it.each([
  ['saw(220)', 'saw(220)'],
  ['saw(220, 1)', 'saw(330, 2)'],
  ['saw(220)', 'saw(220 * 2)'],
  ['saw(220)', 'saw(f(220))'],
  ['a\nb', 'a'],
  ['x + y', 'x - y + z'],
])('%s → %s is more than that, or nothing', (before, text) => expect(editedToken(before, text)).toBeNull());

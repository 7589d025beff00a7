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
  ['// <b>bold</b>\r\nx', '<b>bold</b>'],
])('%j is called %j', (text, title) => {
  expect(titleOf(text)).toBe(title);
});

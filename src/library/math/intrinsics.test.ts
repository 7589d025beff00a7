import { expect, it } from 'vitest';
import { fromWords, highWord, lowWord, withHighWord, withLowWord } from './intrinsics.ts';

it('takes a double apart and puts it together', () => {
  expect(highWord(1)).toBe(0x3ff00000);
  expect(lowWord(1)).toBe(0);
  expect(highWord(-2)).toBe(0xc0000000 | 0);
  expect(lowWord(5e-324)).toBe(1);
  expect(lowWord(Number.MAX_VALUE)).toBe(-1);
  expect(fromWords(0x400921fb, 0x54442d18)).toBe(Math.PI);
  expect(withHighWord(Math.PI, 0x3fe921fb)).toBe(Math.PI / 4);
  expect(withLowWord(1 + 2 ** -20 + 2 ** -40, 0)).toBe(1 + 2 ** -20);
});

import { expect, it } from 'vitest';
import { KeptTexts } from './texts.ts';

it('keeps the texts of the last sixteen generations', () => {
  const texts = new KeptTexts();
  for (let n = 1; n <= 16; n++) texts.keep(n, `text ${n}`);
  texts.keep(1, 'again');
  texts.keep(17, 'text 17');
  expect([1, 2, 3, 17, 18, null].map((n) => texts.of(n))).toEqual(['again', null, 'text 3', 'text 17', null, null]);
  expect(texts.size).toBe(16);
});

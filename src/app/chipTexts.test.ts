import { expect, it } from 'vitest';
import { chipTexts } from './chipTexts.ts';

it('says what is set', () => {
  expect(chipTexts({ fadeMs: 10, quantise: 'bar' })).toMatchObject({ fade: 'fade 10 ms', quantise: 'on the bar' });
  expect(chipTexts({ fadeMs: 4000, quantise: 'off' })).toMatchObject({ fade: 'fade 4 s', quantise: 'at once' });
  expect(chipTexts({ fadeMs: 0, quantise: 'beat' })).toMatchObject({ fade: 'no fade', quantise: 'on the beat' });
});

it('goes round through the lengths of a fade, either way', () => {
  const round = (direction: 'nextFadeMs' | 'shorterFadeMs') => {
    const seen = [0];
    for (let n = 0; n < 6; n++) seen.push(chipTexts({ fadeMs: seen.at(-1) ?? 0, quantise: 'off' })[direction]);
    return seen;
  };
  expect(round('nextFadeMs')).toEqual([0, 10, 50, 200, 1000, 4000, 0]);
  expect(round('shorterFadeMs')).toEqual([0, 4000, 1000, 200, 50, 10, 0]);
  expect(chipTexts({ fadeMs: 10_000, quantise: 'off' }).nextFadeMs).toBe(0);
});

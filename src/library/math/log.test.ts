import { expect, it } from 'vitest';
import { log, log1p, log2, log10 } from './log.ts';
import { engineUlps, expectWithin, oneArgument, type Random, seed } from './testing/accuracy.ts';

/** Arguments of all sizes, every third one close to 1. */
const sizes = (random: Random) => (random.between(0, 3) < 1 ? 1 + random.ofSize(-52, -1) : Math.abs(random.mixed()));

it.each([
  ['log', log, Math.log],
  ['log2', log2, Math.log2],
  ['log10', log10, Math.log10],
])(`%s is Math's (seed ${seed})`, (name, ours, theirs) => {
  expectWithin(engineUlps, name, ours, theirs, oneArgument(80_000, sizes));
});

it(`log1p is Math's (seed ${seed})`, () => {
  const above = oneArgument(80_000, (random) => Math.max(random.mixed(), random.between(-1, 0)));
  expectWithin(engineUlps, 'log1p', log1p, Math.log1p, above);
});

it('gives whole logarithms exactly', () => {
  for (let k = -1074; k <= 1023; k++) expect(log2(2 ** k)).toBe(k);
  for (let k = 0; k <= 22; k++) expect(log10(Number(10n ** BigInt(k)))).toBe(k);
  expect(log(1)).toBe(0);
  expect(log1p(-0)).toBe(-0);
});

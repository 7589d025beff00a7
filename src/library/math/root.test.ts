import { expect, it } from 'vitest';
import { cbrt, hypot2, hypot3 } from './root.ts';
import { engineUlps, expectWithin, oneArgument, Random, SPECIAL, seed, twoArguments } from './testing/accuracy.ts';

it(`cbrt is Math's (seed ${seed})`, () => {
  expectWithin(engineUlps, 'cbrt', cbrt, Math.cbrt, oneArgument(80_000));
});

it('cbrt of a whole cube is whole', () => {
  for (let n = 1; n < 2000; n++) expect(cbrt(-n * n * n)).toBe(-n);
});

it(`hypot2 is Math.hypot (seed ${seed})`, () => {
  expectWithin(engineUlps, 'hypot2', hypot2, Math.hypot, twoArguments(30_000));
  const alike = twoArguments(30_000, (random) => [random.ofSize(-3, 3), random.ofSize(-3, 3)]);
  expectWithin(engineUlps, 'hypot2 of sizes alike', hypot2, Math.hypot, alike);
});

function* threeArguments(count: number): Generator<[number, number, number]> {
  const few = SPECIAL.filter((_, i) => i % 9 === 0).concat(0, -0, Number.NaN, Number.NEGATIVE_INFINITY);
  for (const x of few) for (const y of few) for (const z of few) yield [x, y, z];
  const random = new Random();
  for (let i = 0; i < count; i++) {
    yield [random.ofSize(-3, 3), random.ofSize(-3, 3), random.ofSize(-3, 3)];
    yield [random.mixed(), random.mixed(), random.mixed()];
  }
}

it(`hypot3 is Math.hypot (seed ${seed})`, () => {
  expectWithin(engineUlps, 'hypot3', hypot3, Math.hypot, threeArguments(30_000));
});

it('neither overflows nor vanishes on the way', () => {
  expect(hypot2(3e300, 4e300)).toBe(5e300);
  expect(hypot2(3 * 2 ** -1070, 4 * 2 ** -1070)).toBe(5 * 2 ** -1070);
  expect(hypot3(Number.NaN, 1, Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

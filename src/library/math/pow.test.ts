import { expect, it } from 'vitest';
import { pow } from './pow.ts';
import { engineUlps, expectWithin, seed, twoArguments, ulpsBetween } from './testing/accuracy.ts';

const theirs = (x: number, y: number) => x ** y;

it(`pow is ** (seed ${seed})`, () => {
  expectWithin(engineUlps, 'pow', pow, theirs, twoArguments(40_000));
});

it(`pow is ** for positive numbers of middle size (seed ${seed})`, () => {
  const middle = twoArguments(80_000, (random) => [2 ** random.between(-20, 20), random.between(-50, 50)]);
  expectWithin(engineUlps, 'pow of middle sizes', pow, theirs, middle);
});

it(`pow is ** for numbers near 1 and large exponents (seed ${seed})`, () => {
  const near = twoArguments(40_000, (random) => [1 + random.ofSize(-53, -10), random.ofSize(0, 63)]);
  expectWithin(engineUlps, 'pow near 1', pow, theirs, near);
});

it(`pow is ** for whole numbers (seed ${seed})`, () => {
  const whole = twoArguments(40_000, (random) => [Math.round(random.ofSize(0, 6)), Math.round(random.ofSize(0, 11))]);
  expectWithin(engineUlps, 'pow of whole numbers', pow, theirs, whole);
});

it('is within an ulp of exact powers', () => {
  for (let x = 2; x < 60; x++) {
    for (let n = 2; n < 60; n++) expect(ulpsBetween(pow(x, n), Number(BigInt(x) ** BigInt(n)))).toBeLessThanOrEqual(1);
  }
});

it.each([
  [1, Number.POSITIVE_INFINITY, Number.NaN],
  [-1, Number.NEGATIVE_INFINITY, Number.NaN],
  [Number.NaN, 0, 1],
  [1, Number.NaN, Number.NaN],
  [-8, 1 / 3, Number.NaN],
  [-0, -3, Number.NEGATIVE_INFINITY],
  [-0, 0.5, 0],
  [Number.NEGATIVE_INFINITY, 0.5, Number.POSITIVE_INFINITY],
  [Number.NEGATIVE_INFINITY, -3, -0],
  [2, -1074, 5e-324],
  [2, 1024, Number.POSITIVE_INFINITY],
])('has ECMAScript’s value for %d ** %d', (x, y, value) => {
  expect(pow(x, y)).toBe(value);
});

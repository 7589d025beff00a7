import { expect, it } from 'vitest';
import { exp, expm1 } from './exp.ts';
import { expectAccurate, expectMonotone, neighbour, oneArgument, Random, seed } from './testing/accuracy.ts';
import { exponentialLess1, exponentialOf } from './testing/reference.ts';

const measured = [
  ['exp', { ours: exp, engine: Math.exp, reference: exponentialOf }],
  ['expm1', { ours: expm1, engine: Math.expm1, reference: exponentialLess1 }],
] as const;

it.each(measured)(`%s is less than an ulp off (seed ${seed})`, (name, functions) => {
  expectAccurate(name, functions, oneArgument(10_000));
});

it.each(measured)(`%s is less than an ulp off near 0 (seed ${seed})`, (name, functions) => {
  expectAccurate(
    `${name} near 0`,
    functions,
    oneArgument(10_000, (random) => random.ofSize(-60, 1)),
  );
});

it.each(measured)(
  `%s is less than an ulp off where it becomes subnormal or infinite (seed ${seed})`,
  (name, functions) => {
    expectAccurate(
      `${name} at its ends`,
      functions,
      oneArgument(5000, (random) => random.between(-746, -700)),
    );
    expectAccurate(
      `${name} at its ends`,
      functions,
      oneArgument(5000, (random) => random.between(700, 710)),
    );
  },
);

it(`expm1 is less than an ulp off where its terms cancel (seed ${seed})`, () => {
  expectAccurate(
    'expm1 where terms cancel',
    measured[1][1],
    oneArgument(12_000, (random) => random.between(0.33, 0.42)),
  );
});

it(`rises (seed ${seed})`, () => {
  const random = new Random();
  for (let n = 0; n < 60; n++) {
    for (const [name, { ours }] of measured) {
      expectMonotone(name, ours, 1, random.between(-40, 0), 2000);
      expectMonotone(name, ours, 1, random.ofSize(-20, 9.4), 2000);
    }
  }
  // Where another power of two is split off, on either side, and where the range of normal numbers ends.
  for (let k = -1022; k < 1024; k++) {
    for (const [name, { ours }] of measured) {
      expectMonotone(name, ours, 1, neighbour((k + 0.5) * Math.LN2, k < 0 ? 100 : -100), 200);
    }
  }
  for (const x of [708, -708]) expectMonotone('exp', exp, 1, neighbour(x, x < 0 ? 1000 : -1000), 2000);
});

it('gives e exactly, and the ends of the range', () => {
  expect(exp(1)).toBe(Math.E);
  expect(exp(0)).toBe(1);
  expect(exp(-0)).toBe(1);
  expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
  expect(exp(709.7827128933841)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(1e300)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(-745.1332191019412)).toBe(0);
  expect(exp(-745)).toBe(5e-324);
  expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(exp(Number.NaN)).toBeNaN();
  expect(expm1(-0)).toBe(-0);
  expect(expm1(0)).toBe(0);
  expect(expm1(-50)).toBe(-1);
  expect(expm1(-1e9)).toBe(-1);
  expect(expm1(5e-324)).toBe(5e-324);
  expect(expm1(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(expm1(Number.NaN)).toBeNaN();
});

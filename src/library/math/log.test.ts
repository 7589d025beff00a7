import { expect, it } from 'vitest';
import { log, log1p, log2, log10 } from './log.ts';
import {
  expectAccurate,
  expectMonotone,
  type Random as Numbers,
  neighbour,
  oneArgument,
  Random,
  seed,
} from './testing/accuracy.ts';
import { logarithmOf, logarithmOf1Plus, logarithmTo2, logarithmTo10 } from './testing/reference.ts';

/** Arguments of all sizes, every third one close to 1. */
const sizes = (random: Numbers) => (random.between(0, 3) < 1 ? 1 + random.ofSize(-52, -1) : Math.abs(random.mixed()));

const measured = [
  ['log', { ours: log, engine: Math.log, reference: logarithmOf }],
  ['log2', { ours: log2, engine: Math.log2, reference: logarithmTo2 }],
  ['log10', { ours: log10, engine: Math.log10, reference: logarithmTo10 }],
] as const;
const less = { ours: log1p, engine: Math.log1p, reference: logarithmOf1Plus };

it.each(measured)(`%s is less than an ulp off (seed ${seed})`, (name, functions) => {
  expectAccurate(name, functions, oneArgument(15_000, sizes));
});

it.each(measured)(`%s is less than an ulp off where the exponent changes (seed ${seed})`, (name, functions) => {
  const near = oneArgument(
    15_000,
    (random) => (random.between(0, 2) < 1 ? Math.SQRT2 : 1) * random.between(0.68, 0.78),
  );
  expectAccurate(`${name} near √½`, functions, near);
});

it(`log1p is less than an ulp off (seed ${seed})`, () => {
  const above = oneArgument(15_000, (random) => Math.max(random.mixed(), random.between(-1, 0)));
  expectAccurate('log1p', less, above);
  expectAccurate(
    'log1p near 0',
    less,
    oneArgument(10_000, (random) => random.ofSize(-60, -1)),
  );
});

it(`rises (seed ${seed})`, () => {
  const random = new Random();
  const all = [...measured.map(([name, { ours }]) => [name, ours] as const), ['log1p', log1p] as const];
  for (const [name, ours] of all) {
    for (let n = 0; n < 60; n++) {
      expectMonotone(name, ours, 1, 2 ** random.between(-3, 3), 3000);
      expectMonotone(name, ours, 1, 2 ** random.between(-1022, 1023), 1000);
    }
    for (const x of [
      1,
      Math.SQRT1_2,
      Math.SQRT2,
      2,
      Math.SQRT2 - 1,
      1 - Math.SQRT1_2,
      2 ** -1022,
      0.70710659027,
      1.41421318054,
    ]) {
      expectMonotone(name, ours, 1, neighbour(x, -4000), 8000);
    }
  }
});

it('gives whole logarithms exactly', () => {
  for (let k = -1074; k <= 1023; k++) expect(log2(2 ** k)).toBe(k);
  for (let k = 0; k <= 22; k++) expect(log10(Number(10n ** BigInt(k)))).toBe(k);
  expect(log(1)).toBe(0);
  expect(log1p(-0)).toBe(-0);
  expect(log1p(0)).toBe(0);
});

it('has ECMAScript’s values for what is special', () => {
  for (const f of [log, log2, log10]) {
    expect(f(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(f(-0)).toBe(Number.NEGATIVE_INFINITY);
    expect(f(-1)).toBeNaN();
    expect(f(Number.NaN)).toBeNaN();
    expect(f(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(f(Number.NEGATIVE_INFINITY)).toBeNaN();
  }
  expect(log1p(-1)).toBe(Number.NEGATIVE_INFINITY);
  expect(log1p(-1.5)).toBeNaN();
  expect(log1p(Number.NaN)).toBeNaN();
  expect(log1p(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

import { expect, it } from 'vitest';
import { cosh, sinh, tanh } from './hyperbolic.ts';
import { acosh, asinh, atanh } from './inverseHyperbolic.ts';
import {
  expectAccurate,
  expectMonotone,
  type Random as Numbers,
  neighbour,
  oneArgument,
  Random,
  seed,
} from './testing/accuracy.ts';
import {
  hyperbolicCosine,
  hyperbolicSine,
  hyperbolicTangent,
  inverseHyperbolicCosine,
  inverseHyperbolicSine,
  inverseHyperbolicTangent,
} from './testing/reference.ts';

it.each([
  ['sinh', { ours: sinh, engine: Math.sinh, reference: hyperbolicSine }, undefined],
  ['cosh', { ours: cosh, engine: Math.cosh, reference: hyperbolicCosine }, undefined],
  ['tanh', { ours: tanh, engine: Math.tanh, reference: hyperbolicTangent }, undefined],
  ['asinh', { ours: asinh, engine: Math.asinh, reference: inverseHyperbolicSine }, undefined],
  [
    'acosh',
    { ours: acosh, engine: Math.acosh, reference: inverseHyperbolicCosine },
    (random: Numbers) => 1 + Math.abs(random.mixed()),
  ],
  [
    'atanh',
    { ours: atanh, engine: Math.atanh, reference: inverseHyperbolicTangent },
    (random: Numbers) => (random.between(0, 2) < 1 ? random.between(-1, 1) : random.ofSize(-60, 0)),
  ],
] as const)(`%s is less than an ulp off (seed ${seed})`, (name, functions, make) => {
  expectAccurate(name, functions, oneArgument(4000, make));
});

it.each([
  ['sinh', { ours: sinh, engine: Math.sinh, reference: hyperbolicSine }],
  ['cosh', { ours: cosh, engine: Math.cosh, reference: hyperbolicCosine }],
  ['tanh', { ours: tanh, engine: Math.tanh, reference: hyperbolicTangent }],
  ['asinh', { ours: asinh, engine: Math.asinh, reference: inverseHyperbolicSine }],
] as const)(`%s is less than an ulp off for ordinary numbers (seed ${seed})`, (name, functions) => {
  expectAccurate(
    `${name} of ordinary numbers`,
    functions,
    oneArgument(8000, (random) => random.ofSize(-4, 4.5)),
  );
});

it(`rises (seed ${seed})`, () => {
  const random = new Random();
  for (let n = 0; n < 60; n++) {
    expectMonotone('tanh', tanh, 1, random.between(0, 20), 3000);
    expectMonotone('tanh', tanh, 1, random.ofSize(-20, 0), 1000);
    expectMonotone('sinh', sinh, 1, random.between(0, 30), 2000);
    expectMonotone('cosh', cosh, 1, random.between(0.5, 30), 2000);
    expectMonotone('asinh', asinh, 1, random.between(0, 30), 2000);
    expectMonotone('acosh', acosh, 1, random.between(1, 30), 2000);
    expectMonotone('atanh', atanh, 1, random.between(-0.99, 0.99), 2000);
  }
  // Where the polynomial rises least for what its terms lose, and where it ends.
  for (let n = 0; n < 40; n++) expectMonotone('tanh', tanh, 1, random.between(0.5, 0.624), 3000);
  expectMonotone('tanh', tanh, 1, neighbour(0.625, -2000), 4000);
  // Where another power of two is split off.
  for (let k = 0; k < 60; k++) {
    expectMonotone('tanh', tanh, 1, neighbour((k + 0.5) * 0.5 * Math.LN2, -500), 1000);
    expectMonotone('sinh', sinh, 1, neighbour((k + 0.5) * Math.LN2, -500), 1000);
    expectMonotone('cosh', cosh, 1, neighbour((k + 0.5) * Math.LN2, -500), 1000);
  }
});

it('has ECMAScript’s values for what is special', () => {
  for (const f of [sinh, tanh, asinh, atanh]) {
    expect(f(-0)).toBe(-0);
    expect(f(0)).toBe(0);
    expect(f(5e-324)).toBe(5e-324);
    expect(f(Number.NaN)).toBeNaN();
  }
  expect(tanh(Number.POSITIVE_INFINITY)).toBe(1);
  expect(tanh(Number.NEGATIVE_INFINITY)).toBe(-1);
  expect(tanh(-300)).toBe(-1);
  expect(sinh(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  expect(sinh(-711)).toBe(Number.NEGATIVE_INFINITY);
  expect(sinh(1e300)).toBe(Number.POSITIVE_INFINITY);
  expect(cosh(0)).toBe(1);
  expect(cosh(Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(cosh(Number.NaN)).toBeNaN();
  expect(asinh(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  expect(acosh(1)).toBe(0);
  expect(acosh(0.5)).toBeNaN();
  expect(acosh(Number.NaN)).toBeNaN();
  expect(acosh(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(atanh(1)).toBe(Number.POSITIVE_INFINITY);
  expect(atanh(-1)).toBe(Number.NEGATIVE_INFINITY);
  expect(atanh(1.5)).toBeNaN();
});

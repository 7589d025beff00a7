import { expect, it } from 'vitest';
import { acos, asin, atan, atan2 } from './inverse.ts';
import { expectAccurate, expectMonotone, expectSame, oneArgument, Random, SPECIAL, seed } from './testing/accuracy.ts';
import { angle, inverseCosine, inverseSine, inverseTangent } from './testing/reference.ts';

const within = (random: Random) => (random.between(0, 4) < 1 ? random.ofSize(-60, 0) : random.between(-1, 1));

it.each([
  ['asin', { ours: asin, engine: Math.asin, reference: inverseSine }, within],
  ['acos', { ours: acos, engine: Math.acos, reference: inverseCosine }, within],
  ['atan', { ours: atan, engine: Math.atan, reference: inverseTangent }, undefined],
] as const)(`%s is less than an ulp off (seed ${seed})`, (name, functions, make) => {
  expectAccurate(name, functions, oneArgument(2500, make));
});

it(`atan2 is less than an ulp off (seed ${seed})`, () => {
  const functions = { ours: atan2, engine: Math.atan2, reference: angle };
  const alike = function* () {
    const random = new Random();
    for (let n = 0; n < 4000; n++) yield [random.ofSize(-4, 4), random.ofSize(-4, 4)];
    for (let n = 0; n < 1000; n++) yield [random.anyDouble(), random.anyDouble()];
    for (let n = 0; n < 1000; n++) yield [random.ofSize(-1074, -1000), random.ofSize(-1074, -1000)];
    for (let n = 0; n < 1000; n++) yield [random.ofSize(960, 1023), random.ofSize(960, 1023)];
  };
  expectAccurate('atan2', functions, alike());
});

it('atan2 has ECMAScript’s values on the axes and at infinity', () => {
  const few = SPECIAL.filter((x) => x === 0 || Math.abs(x) === 1 || !Number.isFinite(x));
  const axes = function* () {
    for (const y of few) for (const x of few) yield [y, x];
  };
  expectSame('atan2', atan2, Math.atan2, axes());
});

it(`rises or falls (seed ${seed})`, () => {
  const random = new Random();
  for (let n = 0; n < 60; n++) {
    expectMonotone('atan', atan, 1, random.ofSize(-10, 6), 2000);
    expectMonotone('asin', asin, 1, random.between(0, 0.99), 2000);
    expectMonotone('acos', acos, -1, random.between(0.1, 0.99), 2000);
  }
});

it('has ECMAScript’s values for what is special', () => {
  for (const f of [asin, atan]) {
    expect(f(-0)).toBe(-0);
    expect(f(0)).toBe(0);
    expect(f(Number.NaN)).toBeNaN();
  }
  expect(asin(1)).toBe(Math.PI / 2);
  expect(asin(-1)).toBe(-Math.PI / 2);
  expect(asin(1.0000000000000002)).toBeNaN();
  expect(acos(1)).toBe(0);
  expect(acos(-1)).toBe(Math.PI);
  expect(acos(-1.5)).toBeNaN();
  expect(atan(Number.NEGATIVE_INFINITY)).toBe(-Math.PI / 2);
});

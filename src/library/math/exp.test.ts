import { expect, it } from 'vitest';
import { exp, expm1 } from './exp.ts';
import { engineUlps, expectWithin, oneArgument, seed } from './testing/accuracy.ts';

it(`exp is Math's (seed ${seed})`, () => {
  expectWithin(engineUlps, 'exp', exp, Math.exp, oneArgument(80_000));
});

it(`expm1 is Math's (seed ${seed})`, () => {
  expectWithin(engineUlps, 'expm1', expm1, Math.expm1, oneArgument(80_000));
});

it('gives e exactly, and the ends of the range', () => {
  expect(exp(1)).toBe(Math.E);
  expect(exp(0)).toBe(1);
  expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(-746)).toBe(0);
  expect(exp(-745)).toBe(5e-324);
  expect(expm1(-0)).toBe(-0);
  expect(expm1(-50)).toBe(-1);
});

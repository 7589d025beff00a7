import { expect, it } from 'vitest';
import { acos, asin, atan, atan2 } from './inverse.ts';
import { engineUlps, expectWithin, oneArgument, seed, twoArguments } from './testing/accuracy.ts';

it(`asin and acos are Math's (seed ${seed})`, () => {
  const within = () =>
    oneArgument(60_000, (random) => (random.between(0, 8) < 1 ? random.mixed() : random.between(-1, 1)));
  expectWithin(engineUlps, 'asin', asin, Math.asin, within());
  expectWithin(engineUlps, 'acos', acos, Math.acos, within());
});

it(`atan is Math's (seed ${seed})`, () => {
  expectWithin(engineUlps, 'atan', atan, Math.atan, oneArgument(60_000));
});

it(`atan2 is Math's (seed ${seed})`, () => {
  expectWithin(engineUlps, 'atan2', atan2, Math.atan2, twoArguments(30_000));
  const alike = twoArguments(30_000, (random) => [random.ofSize(-4, 4), random.ofSize(-4, 4)]);
  expectWithin(engineUlps, 'atan2 of sizes alike', atan2, Math.atan2, alike);
});

it('undoes sin, cos and tan', () => {
  for (let x = -1.5; x <= 1.5; x += 0.01) {
    expect(asin(Math.sin(x))).toBeCloseTo(x, 12);
    expect(atan(Math.tan(x))).toBeCloseTo(x, 12);
    expect(acos(Math.cos(x))).toBeCloseTo(Math.abs(x), 12);
  }
});

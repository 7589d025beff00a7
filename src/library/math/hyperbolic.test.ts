import { expect, it } from 'vitest';
import { acosh, asinh, atanh, cosh, sinh, tanh } from './hyperbolic.ts';
import { engineUlps, expectWithin, oneArgument, type Random, seed } from './testing/accuracy.ts';

it.each([
  ['sinh', sinh, Math.sinh, undefined],
  ['cosh', cosh, Math.cosh, undefined],
  ['tanh', tanh, Math.tanh, undefined],
  ['asinh', asinh, Math.asinh, undefined],
  ['acosh', acosh, Math.acosh, (random: Random) => 1 + Math.abs(random.mixed())],
  ['atanh', atanh, Math.atanh, (random: Random) => random.between(-1, 1)],
] as const)(`%s is Math's (seed ${seed})`, (name, ours, theirs, make) => {
  expectWithin(engineUlps, name, ours, theirs, oneArgument(60_000, make));
});

it('keeps cosh² − sinh² = 1, and the inverses undo', () => {
  for (let x = -3; x <= 3; x += 0.01) {
    expect(cosh(x) ** 2 - sinh(x) ** 2).toBeCloseTo(1, 11);
    expect(asinh(sinh(x))).toBeCloseTo(x, 12);
    expect(atanh(tanh(x))).toBeCloseTo(x, 12);
    expect(acosh(cosh(x))).toBeCloseTo(Math.abs(x), 12);
  }
});

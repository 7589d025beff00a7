import { expect, it } from 'vitest';
import { engineUlps, expectWithin, neighbour, oneArgument, seed, ulpsBetween } from './testing/accuracy.ts';
import { cos, sin, tan } from './trig.ts';

const pairs: [string, (x: number) => number, (x: number) => number][] = [
  ['sin', sin, Math.sin],
  ['cos', cos, Math.cos],
  ['tan', tan, Math.tan],
];

/** Around multiples of π/4, where a reduction changes its branch, its quadrant or loses most digits. */
function* nearMultiples(): Generator<[number]> {
  for (let power = 0; power < 40; power++) {
    for (let i = 0; i < 40; i++) {
      const multiple = Math.floor(2 ** power * (1 + i / 40)) * (Math.PI / 4);
      for (const steps of [-70_000_000, -3, -2, -1, 0, 1, 2, 3, 1000]) yield [neighbour(multiple, steps)];
    }
  }
}

it.each(pairs)(`%s is Math's (seed ${seed})`, (name, ours, theirs) => {
  expectWithin(engineUlps, name, ours, theirs, oneArgument(60_000));
});

it.each(pairs)('%s is Math’s near multiples of π/4', (name, ours, theirs) => {
  expectWithin(engineUlps, `${name} near multiples of π/4`, ours, theirs, nearMultiples());
});

it.each(pairs)(`%s is Math's for angles that run with the time (seed ${seed})`, (name, ours, theirs) => {
  const angles = oneArgument(40_000, (random) => random.ofSize(19, 32));
  expectWithin(engineUlps, `${name} of long times`, ours, theirs, angles);
});

// Values from arithmetic of many digits; the last is the double nearest to a multiple of π/2 relative to its size.
it.each([
  [sin, 1, 0.8414709848078965],
  [cos, 1, 0.5403023058681398],
  [tan, 1, 1.5574077246549023],
  [sin, Math.PI, 1.2246467991473532e-16],
  [cos, Math.PI / 2, 6.123233995736766e-17],
  [sin, 1e22, -0.8522008497671888],
  [cos, 1e22, 0.5232147853951389],
  [cos, 6381956970095103 * 2 ** 797, -4.687165924254628e-19],
])('has the value of long arithmetic: %#', (f, x, value) => {
  expect(ulpsBetween(f(x), value)).toBeLessThanOrEqual(1);
});

it('gives NaN for what has no angle', () => {
  for (const f of [sin, cos, tan]) {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) expect(f(x)).toBeNaN();
  }
});

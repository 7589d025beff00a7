import { expect, it } from 'vitest';
import {
  expectAccurate,
  expectMonotone,
  neighbour,
  oneArgument,
  Random,
  seed,
  ulpsBetween,
} from './testing/accuracy.ts';
import { cosine, sine, tangent } from './testing/reference.ts';
import { cos, sin, tan } from './trig.ts';

const measured = [
  ['sin', { ours: sin, engine: Math.sin, reference: sine }],
  ['cos', { ours: cos, engine: Math.cos, reference: cosine }],
  ['tan', { ours: tan, engine: Math.tan, reference: tangent }],
] as const;

/** Around multiples of π/4, where a reduction changes its quadrant or loses most digits. */
function* nearMultiples(): Generator<[number]> {
  for (let power = 0; power < 40; power++) {
    for (let i = 0; i < 24; i++) {
      const multiple = Math.floor(2 ** power * (1 + i / 24)) * (Math.PI / 4);
      for (const steps of [-70_000_000, -2, -1, 0, 1, 3, 1000]) yield [neighbour(multiple, steps)];
    }
  }
}

it.each(measured)(`%s is less than an ulp off (seed ${seed})`, (name, functions) => {
  expectAccurate(name, functions, oneArgument(6000));
});

it.each(measured)(`%s is less than an ulp off for ordinary angles (seed ${seed})`, (name, functions) => {
  expectAccurate(
    `${name} of ordinary angles`,
    functions,
    oneArgument(12_000, (random) => random.between(-7, 7)),
  );
});

it.each(measured)('%s is less than an ulp off near multiples of π/4', (name, functions) => {
  expectAccurate(`${name} near multiples of π/4`, functions, nearMultiples());
});

it(`sin is less than an ulp off where its short way ends, in size and near multiples of π (seed ${seed})`, () => {
  const ends = oneArgument(6000, (random) => {
    const n = Math.round(Math.abs(random.ofSize(0, 27)));
    return n * Math.PI + n * random.ofSize(-27, -23);
  });
  expectAccurate('sin where its short way ends', { ours: sin, engine: Math.sin, reference: sine }, ends);
});

it.each(measured)(`%s is less than an ulp off for angles that run with the time (seed ${seed})`, (name, functions) => {
  expectAccurate(
    `${name} of long times`,
    functions,
    oneArgument(5000, (random) => random.ofSize(4, 34)),
  );
});

it.each(measured)(`%s is less than an ulp off for small angles (seed ${seed})`, (name, functions) => {
  expectAccurate(
    `${name} of small angles`,
    functions,
    oneArgument(5000, (random) => random.ofSize(-30, -1)),
  );
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

it('is exact where it can be', () => {
  expect(sin(0)).toBe(0);
  expect(sin(-0)).toBe(-0);
  expect(tan(-0)).toBe(-0);
  expect(cos(0)).toBe(1);
  expect(cos(-0)).toBe(1);
  expect(sin(Math.PI / 2)).toBe(1);
  expect(cos(Math.PI)).toBe(-1);
  expect(sin(-1.5 * Math.PI)).toBe(1);
  for (const x of [5e-324, 2 ** -1000, 2 ** -30]) {
    expect(sin(x)).toBe(x);
    expect(tan(-x)).toBe(-x);
    expect(cos(x)).toBe(1);
  }
});

it(`is odd or even (seed ${seed})`, () => {
  const random = new Random();
  for (let n = 0; n < 20_000; n++) {
    const x = random.mixed();
    const isRight = Object.is(sin(-x), -sin(x)) && Object.is(tan(-x), -tan(x)) && Object.is(cos(-x), cos(x));
    if (!isRight) expect.fail(`neither odd nor even at ${x}`);
  }
});

it(`stays within −1 and 1 (seed ${seed})`, () => {
  for (const quarter of [1, 2, 3, 4, 5, 1001, 70_001, 30_000_001]) {
    for (let steps = -2000; steps <= 2000; steps++) {
      const x = neighbour((quarter * Math.PI) / 2, steps * 1001);
      if (Math.abs(sin(x)) > 1 || Math.abs(cos(x)) > 1) expect.fail(`beyond 1 at ${x}`);
    }
  }
});

it(`rises and falls where it should (seed ${seed})`, () => {
  const random = new Random();
  for (let n = 0; n < 60; n++) {
    // Near its ends, where one step of the angle is a fraction of the last place, the last bit may go to and fro.
    expectMonotone('sin', sin, 1, random.between(0, 1.2), 2000);
    expectMonotone('sin', sin, -1, random.between(1.95, 3.1), 2000);
    expectMonotone('cos', cos, -1, random.between(0.4, 2.7), 2000);
    expectMonotone('tan', tan, 1, random.between(0, 1.5), 2000);
    expectMonotone('tan', tan, 1, random.ofSize(-30, -1), 2000);
  }
  // Where one way of reckoning follows upon another.
  for (const x of [2 ** -17, 2 ** -16, 2 ** -15, Math.PI / 4, 0.5, 1]) {
    expectMonotone('sin', sin, 1, neighbour(x, -5000), 10_000);
    expectMonotone('tan', tan, 1, neighbour(x, -5000), 10_000);
    if (x > 0.4) expectMonotone('cos', cos, -1, neighbour(x, -5000), 10_000);
  }
});

it('gives NaN for what has no angle', () => {
  for (const f of [sin, cos, tan]) {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) expect(f(x)).toBeNaN();
  }
});

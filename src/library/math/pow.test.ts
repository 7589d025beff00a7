import { expect, it } from 'vitest';
import { pow } from './pow.ts';
import { expectAccurate, expectMonotone, expectSame, neighbour, Random, SPECIAL, seed } from './testing/accuracy.ts';
import { power } from './testing/reference.ts';

const functions = {
  ours: pow,
  engine: (x: number, y: number) => x ** y,
  // The sign is that of x where y is odd, which the engine is asked for.
  reference: (x: number, y: number, bits: number) => (x ** y < 0 ? -1n : 1n) * power(Math.abs(x), y, bits),
};

/** The logarithm of x is that of its significand alone, as large as it can be; and the power is almost too large or small. */
function farEnd(random: Random): [number, number] {
  const x = random.between(0, 2) < 1 ? random.between(0.7, 0.75) : random.between(1.35, Math.SQRT2);
  const product = random.between(600, 708);
  return [x, (random.between(0, 2) < 1 ? product : -product) / Math.log(x)];
}

function* drawn(count: number, make: (random: Random) => [number, number]): Generator<[number, number]> {
  const random = new Random();
  for (let n = 0; n < count; n++) yield make(random);
}

it.each<[string, (random: Random) => [number, number]]>([
  ['of all sizes', (random) => [random.mixed(), random.mixed()]],
  ['of middle sizes', (random) => [2 ** random.between(-20, 20), random.between(-50, 50)]],
  ['of 2', (random) => [2, random.between(-1074, 1024)]],
  ['of 2, as in patches', (random) => [2, random.ofSize(-60, 4)]],
  [
    'of 2, about where another whole part is split off',
    (random) => [2, Math.round(random.between(-1000, 1000)) + 0.5 + random.ofSize(-30, -1)],
  ],
  ['that are cubes', (random) => [random.mixed(), 3]],
  ['that are cubes of middle sizes', (random) => [random.between(-2, 2), 3]],
  ['that are extreme cubes', (random) => [random.ofSize(-359, -338), 3]],
  ['as in patches', (random) => [random.between(0, 4), random.between(0, 4)]],
  ['near 1', (random) => [1 + random.ofSize(-53, -10), random.ofSize(0, 63)]],
  ['of 0.7 to 1.42, where most digits are lost', (random) => [random.between(0.7, 1.42), random.ofSize(0, 11)]],
  ['of the significands and exponents with which most is lost', farEnd],
  ['of whole numbers', (random) => [Math.round(random.ofSize(0, 6)), Math.round(random.ofSize(0, 11))]],
  ['of subnormal numbers', (random) => [random.ofSize(-1074, -1022), random.between(-1, 1)]],
  ['that are subnormal', (random) => [2 ** random.between(-20, -10), random.between(50, 110)]],
])(`pow %s is less than an ulp off (seed ${seed})`, (name, make) => {
  expectAccurate(`pow ${name}`, functions, drawn(2000, make));
});

it('is exact where powers are', () => {
  for (let x = -60; x < 60; x++) {
    for (let n = 2; n < 60; n++) {
      const whole = BigInt(x) ** BigInt(n);
      if (BigInt(Number(whole)) === whole) expect(pow(x, n)).toBe(Number(whole));
    }
    if (x !== 0) expect(pow(x, 1)).toBe(x);
  }
  for (let k = -1074; k < 1024; k++) expect(pow(2, k)).toBe(2 ** (k >> 1) * 2 ** (k - (k >> 1)));
  for (let k = 0; k <= 22; k++) expect(pow(10, k)).toBe(Number(10n ** BigInt(k)));
  expect(pow(2, 0.5)).toBe(Math.SQRT2);
});

it(`takes a square for what it is (seed ${seed})`, () => {
  expectSame(
    'pow',
    pow,
    (x) => x * x,
    drawn(20_000, (random) => [random.mixed(), 2]),
  );
});

it(`rises with its exponent, and with its base (seed ${seed})`, () => {
  const random = new Random();
  for (let n = 0; n < 200; n++) {
    const [base, exponent] = [random.between(1.1, 20), random.between(0.5, 20)];
    expectMonotone(`${base} ** y`, (y) => pow(base, y), 1, exponent, 500);
    expectMonotone(`x ** ${exponent}`, (x) => pow(x, exponent), 1, base, 500);
  }
});

it(`rises with the exponent of 2, also where another power is split off (seed ${seed})`, () => {
  const random = new Random();
  for (let n = 0; n < 60; n++) expectMonotone('2 ** y', (y) => pow(2, y), 1, random.between(-20, 20), 500);
  for (let k = -1074; k < 1024; k++) expectMonotone('2 ** y', (y) => pow(2, y), 1, neighbour(k + 0.5, -50), 100);
  for (let n = 0; n < 60; n++) expectMonotone('x ** 3', (x) => pow(x, 3), 1, random.between(-2, 2), 500);
});

it('has ECMAScript’s values for all pairs of what is special', () => {
  const few = SPECIAL.filter(
    (x) => x === 0 || !Number.isFinite(x) || [0.5, 1, 2, 3, 2 ** 53, 2 ** 1023].includes(Math.abs(x)),
  );
  const pairs = function* (): Generator<[number, number]> {
    for (const x of few) for (const y of few) yield [x, y];
  };
  const isSpecial = ([x, y]: [number, number]) => {
    const value = x ** y;
    return value === 0 || Math.abs(value) === 1 || !Number.isFinite(value);
  };
  expectSame('pow', pow, (x, y) => x ** y, [...pairs()].filter(isSpecial));
});

it.each([
  [1, Number.POSITIVE_INFINITY, Number.NaN],
  [-1, Number.NEGATIVE_INFINITY, Number.NaN],
  [Number.NaN, 0, 1],
  [1, Number.NaN, Number.NaN],
  [-8, 1 / 3, Number.NaN],
  [-8, 3, -512],
  [-2, 2 ** 53, Number.POSITIVE_INFINITY],
  [-0, -3, Number.NEGATIVE_INFINITY],
  [-0, 0.5, 0],
  [Number.NEGATIVE_INFINITY, 0.5, Number.POSITIVE_INFINITY],
  [Number.NEGATIVE_INFINITY, -3, -0],
  [-(2 ** -1000), 3, -0],
  [2, -1074, 5e-324],
  [2, 1024, Number.POSITIVE_INFINITY],
])('has ECMAScript’s value for %d ** %d', (x, y, value) => {
  expect(pow(x, y)).toBe(value);
});

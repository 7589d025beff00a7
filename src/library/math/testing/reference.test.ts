/** The reference is right: against numbers that others have computed, and against identities that it does not use. */
import { expect, it } from 'vitest';
import * as reference from './reference.ts';
import { ulpError } from './ulps.ts';

const BITS = 200;
const ONE = 1n << BigInt(BITS);
const times = (a: bigint, b: bigint): bigint => (a * b) >> BigInt(BITS);

/** The first 40 decimal places. */
const decimals = (value: bigint): string => {
  const digits = (((value < 0n ? -value : value) * 10n ** 40n) >> BigInt(BITS)).toString().padStart(41, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -40)}.${digits.slice(-40)}`;
};

const expectNear = (a: bigint, b: bigint): void => {
  const distance = a > b ? a - b : b - a;
  expect(distance < 1n << 24n).toBe(true);
};

// Tables of constants, and the On-Line Encyclopedia of Integer Sequences (A000796, A001113, A002162, A002193, A049469, A049470).
it.each([
  ['π', reference.pi(BITS), '3.1415926535897932384626433832795028841971'],
  ['e', reference.exponentialOf(1, BITS), '2.7182818284590452353602874713526624977572'],
  ['log 2', reference.ln2(BITS), '0.6931471805599453094172321214581765680755'],
  ['√2', reference.power(2, 0.5, BITS), '1.4142135623730950488016887242096980785696'],
  ['sin 1', reference.sine(1, BITS), '0.8414709848078965066525023216302989996225'],
  ['cos 1', reference.cosine(1, BITS), '0.5403023058681397174009366074429766037323'],
])('%s', (_, value, digits) => {
  expect(decimals(value)).toBe(digits);
});

it('keeps the identities', () => {
  for (const x of [0.001, 0.3, 0.9, 1.7, 12.25, 600.5, 1e6]) {
    const [sine, cosine] = [reference.sine(x, BITS), reference.cosine(x, BITS)];
    expectNear(times(sine, sine) + times(cosine, cosine), ONE);
    expectNear(times(reference.tangent(x, BITS), cosine), sine);
    expectNear(reference.sine(-x, BITS), -sine);
    expectNear(reference.logarithmOf(x * 1024, BITS) - reference.logarithmOf(x, BITS), 10n * reference.ln2(BITS));
    expectNear(reference.inverseTangent(x, BITS) + reference.angle(1, x, BITS), reference.pi(BITS) >> 1n);
    const cube = reference.cubeRoot(x, BITS);
    expectNear(times(times(cube, cube), cube) >> 20n, reference.fixed(x, BITS) >> 20n);
    const root = reference.squareRootOfSum([x, 1], BITS);
    expectNear(times(root, root) >> 20n, (times(reference.fixed(x, BITS), reference.fixed(x, BITS)) + ONE) >> 20n);
  }
  for (const x of [-3.5, -0.01, 0.25, 2.5, 20]) {
    expectNear(times(reference.exponentialOf(x, BITS), reference.exponentialOf(-x, BITS)) >> 8n, ONE >> 8n);
    const [sine, cosine] = [reference.hyperbolicSine(x, BITS), reference.hyperbolicCosine(x, BITS)];
    expectNear((times(cosine, cosine) - times(sine, sine)) >> 32n, ONE >> 32n);
    expectNear(times(reference.hyperbolicTangent(x, BITS), cosine) >> 8n, sine >> 8n);
    expectNear(sine + cosine, reference.exponentialOf(x, BITS));
  }
  for (const x of [-0.75, 0.0625, 0.5]) {
    const [sine, cosine] = [reference.inverseSine(x, BITS), reference.inverseCosine(x, BITS)];
    expectNear(sine + cosine, reference.pi(BITS) >> 1n);
    expectNear(
      2n * reference.inverseHyperbolicTangent(x, BITS),
      reference.logarithmOf1Plus(x, BITS) - reference.logarithmOf1Plus(-x, BITS),
    );
  }
  expectNear(reference.inverseSine(0.5, BITS), reference.pi(BITS) / 6n);
  // sinh log 2 = 3/4, cosh log 2 = 5/4
  expectNear(reference.inverseHyperbolicSine(0.75, BITS), reference.ln2(BITS));
  expectNear(reference.inverseHyperbolicCosine(1.25, BITS), reference.ln2(BITS));
  expectNear(reference.power(2, 10, BITS), 1024n * ONE);
  expectNear(reference.logarithmTo2(1024, BITS), 10n * ONE);
  expectNear(reference.logarithmTo10(1000, BITS), 3n * ONE);
  expectNear(reference.exponentialLess1(0.5, BITS), reference.exponentialOf(0.5, BITS) - ONE);
});

it('counts in places of the true value', () => {
  const third = (bits: number) => (1n << BigInt(bits)) / 3n;
  expect(ulpError(1 / 3, third)).toBeCloseTo(1 / 3, 3);
  expect(ulpError(1 / 3 + 2 ** -54, third)).toBeCloseTo(2 / 3, 3);
  expect(ulpError(1 / 3 - 2 ** -54, third)).toBeCloseTo(4 / 3, 3);
  expect(ulpError(Number.NaN, third)).toBe(Number.POSITIVE_INFINITY);
  const huge = (bits: number) => (bits >= 0 ? 1n << BigInt(1024 + bits) : 1n << BigInt(Math.max(1024 + bits, 0)));
  expect(ulpError(Number.POSITIVE_INFINITY, huge)).toBe(0);
  const small = (bits: number) => 1n << BigInt(bits - 1074);
  expect(ulpError(0, small)).toBe(1);
  expect(ulpError(5e-324, small)).toBe(0);
});

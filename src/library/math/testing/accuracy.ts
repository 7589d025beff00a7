/**
 * Holds a function of this directory against its reference, in units in the last place, over arguments made from a seed.
 * For tests; not compiled by Segue's compiler.
 */

import { expect } from 'vitest';
import { ulpError } from './ulps.ts';

/** SEGUE_SEED chooses another; it is in the names of the tests. */
export const seed = Number(process.env.SEGUE_SEED ?? 20_260_301);

type Arguments = readonly number[];
type Numeric = (...values: number[]) => number;

const bits = new DataView(new ArrayBuffer(8));

/** How many doubles lie between two; 1 for the two zeros, infinite when just one is NaN. */
export function ulpsBetween(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.POSITIVE_INFINITY;
  if (a === b) return 1;
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}

/** The number of a double when all are counted from zero up and down. */
function place(x: number): bigint {
  bits.setFloat64(0, x);
  const magnitude = bits.getBigUint64(0) & 0x7fff_ffff_ffff_ffffn;
  return x < 0 ? -magnitude : magnitude;
}

/** The double that lies `steps` further from zero. */
export function neighbour(x: number, steps: number): number {
  bits.setFloat64(0, x);
  bits.setBigUint64(0, bits.getBigUint64(0) + BigInt(steps));
  return bits.getFloat64(0);
}

/** Numbers at random, always the same for a seed (a 32-bit xorshift). */
export class Random {
  private state = (seed | 0) === 0 ? 1 : seed | 0;

  private word(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return this.state >>> 0;
  }

  between(low: number, high: number): number {
    return low + ((this.word() + this.word() / 2 ** 32) / 2 ** 32) * (high - low);
  }

  /** Any bits at all: all magnitudes, subnormal numbers and NaN. */
  anyDouble(): number {
    bits.setUint32(0, this.word());
    bits.setUint32(4, this.word());
    return bits.getFloat64(0);
  }

  /** Numbers of either sign; the logarithm to base 2 of their size lies evenly between the two. */
  ofSize(low: number, high: number): number {
    const size = 2 ** this.between(low, high);
    return this.word() & 1 ? size : -size;
  }

  /** From all of these and more, so that every branch of a function is met. */
  mixed(): number {
    switch (this.word() % 6) {
      case 0:
        return this.anyDouble();
      case 1:
        return this.ofSize(-60, 60);
      case 2:
        return this.ofSize(-3, 12);
      case 3:
        return this.between(-2, 2);
      case 4:
        return this.between(-760, 760);
      default:
        return Math.round(this.between(-5000, 5000)) / 8;
    }
  }
}

/** Zeros, infinities, NaN, ends of the ranges of doubles, and where one of the functions has a branch. */
export const SPECIAL: readonly number[] = [
  0,
  1,
  0.5,
  2,
  3,
  4,
  5e-324,
  2.2250738585072014e-308,
  2 ** -1000,
  2 ** -54,
  2 ** -53,
  2 ** -29,
  2 ** -28,
  2 ** -27,
  0.1,
  0.3,
  0.35,
  0.4375,
  0.6875,
  0.975,
  1.1875,
  2.4375,
  Math.SQRT1_2,
  Math.SQRT2,
  Math.SQRT2 - 1,
  1 - Math.SQRT1_2,
  Math.PI / 4,
  Math.PI / 2,
  Math.PI,
  Math.E,
  Math.LN2,
  Math.LN2 / 2,
  10,
  22,
  38.82,
  709.782712893384,
  710.4758600739439,
  745.1332191019411,
  1023,
  1024,
  1074,
  1075,
  823549.6,
  1647099,
  1e10,
  2 ** 28,
  2 ** 31,
  2 ** 32,
  2 ** 52,
  2 ** 53,
  1e22,
  2 ** 66,
  2 ** 1023,
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NaN,
].flatMap((x) =>
  x === 0 || !Number.isFinite(x) ? [x, -x] : [neighbour(x, -1), x, neighbour(x, 1)].flatMap((y) => [y, -y]),
);

/** Expects `ours` to be `theirs`, bit for bit, at all arguments. */
export function expectSame(name: string, ours: Numeric, theirs: Numeric, all: Iterable<Arguments>): void {
  let count = 0;
  for (const values of all) {
    const [got, wanted] = [ours(...values), theirs(...values)];
    if (!Object.is(got, wanted)) expect.fail(`${describeCall(name, values)} is ${got}, should be ${wanted}`);
    count++;
  }
  expect(count).toBeGreaterThan(0);
}

/**
 * Expects `ours` to be less than an ulp from the true value at all arguments, and says how far it was at most. Where the
 * engine's own function gives NaN, an infinity or zero, ours has to be the same.
 */
export function expectAccurate(name: string, { ours, engine, reference }: Measured, all: Iterable<Arguments>): void {
  let most = 0;
  let worst = '';
  let sum = 0;
  let count = 0;
  for (const values of all) {
    const got = ours(...values);
    const wanted = engine(...values);
    if (!Number.isFinite(wanted) || wanted === 0 || values.some((x) => !Number.isFinite(x))) {
      // The engine is right about what is special, but not about where an overflow begins to the last digit.
      if (Object.is(got, wanted)) continue;
      const isSettled = got === wanted || Number.isNaN(wanted) || Number.isNaN(got);
      if (isSettled || values.some((x) => !Number.isFinite(x))) {
        expect.fail(`${describeCall(name, values)} is ${got}, should be ${wanted}`);
      }
    }
    const ulps = ulpError(got, (bits) => reference(...values, bits));
    sum += ulps;
    count++;
    if (ulps > most) {
      most = ulps;
      worst = `${describeCall(name, values)} is ${got}`;
    }
  }
  const figures = `at most ${most.toFixed(4)} ulp, ${(sum / count).toFixed(4)} on average`;
  console.log(`${name}: ${figures}, over ${count} arguments (seed ${seed}); ${worst}`);
  expect(count).toBeGreaterThan(0);
  expect(most, worst).toBeLessThan(1);
}

export interface Measured {
  readonly ours: Numeric;
  /** The function of `Math`, for special arguments. */
  readonly engine: Numeric;
  /** The true value in units of 2^-bits, for arguments where it is finite and not 0. */
  readonly reference: (...valuesAndBits: number[]) => bigint;
}

/** Expects values in the order of their arguments, or in the opposite order, for `count` neighbours from `from` on. */
export function expectMonotone(
  name: string,
  ours: (x: number) => number,
  direction: 1 | -1,
  from: number,
  count: number,
): void {
  let x = from;
  let before = ours(x);
  for (let n = 0; n < count; n++) {
    x = neighbour(x, x < 0 ? -1 : 1);
    const y = ours(x);
    if ((y - before) * direction < 0) expect.fail(`${describeCall(name, [x])} is ${y}, after ${before}`);
    before = y;
  }
}

const describeCall = (name: string, values: Arguments): string =>
  `${name}(${values.map((x) => (Object.is(x, -0) ? '-0' : x)).join(', ')})`;

/** All special numbers, then `count` at random. */
export function* oneArgument(count: number, make?: (random: Random) => number): Generator<Arguments> {
  for (const x of SPECIAL) yield [x];
  const random = new Random();
  for (let i = 0; i < count; i++) yield [make ? make(random) : random.mixed()];
}

/** All pairs of special numbers, then `count` at random. */
export function* twoArguments(
  count: number,
  make?: (random: Random) => readonly [number, number],
): Generator<Arguments> {
  for (const x of SPECIAL) for (const y of SPECIAL) yield [x, y];
  const random = new Random();
  for (let i = 0; i < count; i++) yield make ? make(random) : [random.mixed(), random.mixed()];
}

import { expect, it } from 'vitest';
import { fmod, toInt32 } from './remainder.ts';
import { expectSame, oneArgument, Random, SPECIAL, seed, twoArguments } from './testing/accuracy.ts';

const theirs = (x: number, y: number) => x % y;

it(`fmod is the operator, bit for bit (seed ${seed})`, () => {
  expectSame(
    'fmod',
    fmod,
    theirs,
    twoArguments(60_000, (random) => [random.anyDouble(), random.anyDouble()]),
  );
});

it.each<[string, (random: Random) => readonly [number, number]]>([
  ['of sizes as in patches', (random) => [random.ofSize(-10, 30), random.ofSize(-10, 10)]],
  ['of whole numbers', (random) => [Math.round(random.ofSize(0, 53)), Math.round(random.ofSize(0, 31))]],
  [
    'close to a multiple',
    (random) => {
      const y = random.ofSize(-20, 20);
      return [y * Math.round(random.ofSize(0, 60)), y];
    },
  ],
  ['by subnormal numbers', (random) => [random.anyDouble(), 5e-324 * Math.round(random.ofSize(0, 52))]],
  ['by very small numbers', (random) => [random.anyDouble(), random.ofSize(-1074, -1010)]],
])(`fmod is the operator, %s, bit for bit (seed ${seed})`, (name, make) => {
  expectSame(`fmod ${name}`, fmod, theirs, twoArguments(40_000, make));
});

it(`fmod is the remainder of exact arithmetic (seed ${seed})`, () => {
  const random = new Random();
  for (let i = 0; i < 5000; i++) {
    const [x, y] = [Math.round(random.ofSize(0, 200)), Math.round(random.ofSize(0, 100))];
    expect(BigInt(fmod(x, y))).toBe(BigInt(x) % BigInt(y));
  }
});

it(`toInt32 is | 0 (seed ${seed})`, () => {
  const theirInt32 = (x: number) => x | 0;
  expectSame('toInt32', toInt32, theirInt32, oneArgument(40_000));
  expectSame(
    'toInt32 of large numbers',
    toInt32,
    theirInt32,
    oneArgument(40_000, (random) => random.ofSize(20, 90)),
  );
});

it('toInt32 is the whole part modulo 2^32', () => {
  for (const x of SPECIAL) {
    const wanted = Number.isFinite(x) ? Number(BigInt.asIntN(32, BigInt(Math.trunc(x)))) : 0;
    expect(toInt32(x)).toBe(wanted);
  }
});

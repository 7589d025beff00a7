import { expect, it } from 'vitest';
import { cbrt, hypot2, hypot3, hypot4 } from './root.ts';
import { expectAccurate, expectMonotone, expectSame, oneArgument, Random, SPECIAL, seed } from './testing/accuracy.ts';
import { cubeRoot, squareRootOfSum } from './testing/reference.ts';

it(`cbrt is less than an ulp off (seed ${seed})`, () => {
  expectAccurate('cbrt', { ours: cbrt, engine: Math.cbrt, reference: cubeRoot }, oneArgument(5000));
  const random = new Random();
  for (let n = 0; n < 50; n++) expectMonotone('cbrt', cbrt, 1, random.ofSize(-3, 3), 1000);
});

it('cbrt of a whole cube is whole', () => {
  for (let n = 1; n < 2000; n++) expect(cbrt(-n * n * n)).toBe(-n);
});

function* drawn(count: number, size: number): Generator<number[]> {
  const random = new Random();
  for (let n = 0; n < count; n++) {
    yield Array.from({ length: size }, () => random.ofSize(-3, 3));
    yield Array.from({ length: size }, () => random.mixed());
    yield Array.from({ length: size }, () => random.ofSize(-1074, -1000));
    yield Array.from({ length: size }, () => random.ofSize(1000, 1023));
  }
}

it.each([
  ['hypot2', 2, hypot2],
  ['hypot3', 3, hypot3],
  ['hypot4', 4, hypot4],
] as const)(`%s is less than an ulp off (seed ${seed})`, (name, size, ours) => {
  const reference = (...all: number[]) => squareRootOfSum(all.slice(0, -1), all.at(-1)!);
  const call = ours as (...values: number[]) => number;
  expectAccurate(name, { ours: call, engine: Math.hypot, reference }, drawn(1500, size));
});

it('has ECMAScript’s values for what is special', () => {
  const few = SPECIAL.filter((x) => x === 0 || Math.abs(x) === 1 || !Number.isFinite(x));
  const pairs = few.flatMap((x) => few.map((y) => [x, y])).filter((pair) => !pair.every((x) => Math.abs(x) === 1));
  expectSame('hypot2', hypot2, Math.hypot, pairs);
  expectSame(
    'hypot3',
    hypot3,
    Math.hypot,
    pairs.map(([x = 0, y = 0]) => [x, 0, y]),
  );
  expect(cbrt(-0)).toBe(-0);
  expect(cbrt(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  expect(cbrt(Number.NaN)).toBeNaN();
});

it(`zeros change nothing, bit for bit (seed ${seed})`, () => {
  for (const [x = 0, y = 0, z = 0] of drawn(3000, 3)) {
    expect(Object.is(hypot4(x, y, 0, 0), hypot2(x, y))).toBe(true);
    expect(Object.is(hypot4(x, y, z, 0), hypot3(x, y, z))).toBe(true);
    expect(Object.is(hypot2(hypot2(x, y), 0), hypot2(x, y))).toBe(true);
  }
});

it('neither overflows nor vanishes on the way', () => {
  expect(hypot2(3e300, 4e300)).toBe(5e300);
  expect(hypot2(3 * 2 ** -1070, 4 * 2 ** -1070)).toBe(5 * 2 ** -1070);
  expect(hypot3(Number.NaN, 1, Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

import { expect, it } from 'vitest';
import {
  addBits,
  andBits,
  fromWords,
  highWord,
  lowWord,
  orBits,
  shiftBitsLeft,
  shiftBitsRight,
  withHighWord,
  withLowWord,
  xorBits,
} from './intrinsics.ts';
import { Random, seed } from './testing/accuracy.ts';

it('takes a double apart and puts it together', () => {
  expect(highWord(1)).toBe(0x3ff00000);
  expect(lowWord(1)).toBe(0);
  expect(highWord(-2)).toBe(0xc0000000 | 0);
  expect(lowWord(5e-324)).toBe(1);
  expect(lowWord(Number.MAX_VALUE)).toBe(-1);
  expect(fromWords(0x400921fb, 0x54442d18)).toBe(Math.PI);
  expect(withHighWord(Math.PI, 0x3fe921fb)).toBe(Math.PI / 4);
  expect(withLowWord(1 + 2 ** -20 + 2 ** -40, 0)).toBe(1 + 2 ** -20);
});

const view = new DataView(new ArrayBuffer(8));

function bitsOf(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

/** NaN has more than one pattern of bits, which an engine need not keep. */
const isNumber = (bits: bigint): boolean => {
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return !Number.isNaN(view.getFloat64(0));
};

it(`takes doubles as 64 bits, like whole numbers of 64 bits (seed ${seed})`, () => {
  const random = new Random();
  const operations: [(x: number, y: number) => number, (x: bigint, y: bigint) => bigint][] = [
    [addBits, (x, y) => x + y],
    [andBits, (x, y) => x & y],
    [orBits, (x, y) => x | y],
    [xorBits, (x, y) => x ^ y],
  ];
  const shifts: [(x: number, places: number) => number, (x: bigint, places: bigint) => bigint][] = [
    [shiftBitsLeft, (x, places) => x << places],
    [shiftBitsRight, (x, places) => x >> places],
  ];
  let count = 0;
  for (let n = 0; n < 20_000; n++) {
    const [x, y, places] = [random.anyDouble(), random.anyDouble(), 32 + (n % 32)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    for (const [ours, theirs] of operations) {
      const wanted = theirs(bitsOf(x), bitsOf(y));
      if (!isNumber(wanted)) continue;
      if (bitsOf(ours(x, y)) !== BigInt.asUintN(64, wanted)) expect.fail(`${ours.name}(${x}, ${y})`);
      count++;
    }
    for (const [ours, theirs] of shifts) {
      const wanted = theirs(bitsOf(x), BigInt(places));
      const isRight = !isNumber(wanted) || bitsOf(ours(x, places)) === BigInt.asUintN(64, wanted);
      if (!isRight) expect.fail(`${ours.name}(${x}, ${places})`);
    }
  }
  expect(count).toBeGreaterThan(10_000);
});

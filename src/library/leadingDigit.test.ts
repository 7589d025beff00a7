import { describe, expect, it } from 'vitest';
import { leadingDigit } from './leadingDigit.ts';

const view = new DataView(new ArrayBuffer(8));

/** The doubles around `x`, from three below to three above. */
function neighbours(x: number): number[] {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return [-3n, -2n, -1n, 0n, 1n, 2n, 3n].map((step) => {
    view.setBigInt64(0, bits + step);
    return view.getFloat64(0);
  });
}

const isWrittenWithExponent = (x: number): boolean => (x > 0 && x < 1e-6) || (x >= 1e21 && x < 1 / 0);
const wrong = (sizes: readonly number[]): number[] =>
  sizes.filter(isWrittenWithExponent).filter((x) => leadingDigit(x) !== Number(String(x)[0]));

describe('the first digit of what is written with an exponent', () => {
  it('is right around every digit times a power of ten', () => {
    const powers = Array.from({ length: 633 }, (_, n) => n - 324);
    const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1.5, 9.9];
    expect(
      wrong(powers.flatMap((power) => digits.flatMap((digit) => neighbours(Number(`${digit}e${power}`))))),
    ).toEqual([]);
  });

  it('is right around every power of two', () => {
    const powers = Array.from({ length: 2098 }, (_, n) => 2 ** (n - 1074));
    expect(wrong(powers.flatMap((power) => neighbours(power).map(Math.abs)))).toEqual([]);
  });

  it('is right for the smallest numbers, which have few digits', () => {
    expect(wrong(Array.from({ length: 2000 }, (_, n) => n * 5e-324))).toEqual([]);
  });
});

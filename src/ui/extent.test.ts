import { expect, it } from 'vitest';
import { extentOf, extentText, shortNumber } from './extent.ts';

it('finds between which finite values numbers lie', () => {
  expect(extentOf([3, -1, Number.NaN, Number.POSITIVE_INFINITY, 2])).toEqual({ low: -1, high: 3 });
  expect(extentOf([])).toEqual({ low: 0, high: 0 });
  expect(extentOf([0.5], { low: -1, high: 1 })).toEqual({ low: -1, high: 1 });
  expect(extentOf([2], { low: -1, high: 1 })).toEqual({ low: -1, high: 2 });
});

it('writes numbers in little room', () => {
  const texts = [0, 0.123456, -12.3456, 1234.56, 999_999, 1e9, 1e-9, Number.NaN, Number.NEGATIVE_INFINITY].map(
    shortNumber,
  );
  expect(texts).toEqual(['0', '0.1235', '−12.35', '1235', '999999', '1.0e+9', '1.0e−9', 'NaN', '−Infinity']);
  expect(extentText({ low: -1, high: 1 })).toBe('−1 … 1');
  expect(extentText({ low: 2, high: 2 })).toBe('2');
});

import { expect, it } from 'vitest';
import { quantile, table } from './statistics.ts';

it('finds the median and other quantiles, interpolating', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([10, 0], 0.95)).toBeCloseTo(9.5, 12);
  expect(quantile([5], 0.95)).toBe(5);
  expect(quantile([], 0.5)).toBeNaN();
});

it('lines up columns', () => {
  expect(
    table([
      ['', 'median'],
      ['node', '1.5'],
    ]),
  ).toBe('      median\nnode     1.5');
});

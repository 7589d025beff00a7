/** Numbers as people write them: within the range, and no further from the value than a hand can tell. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionOf, valueAt } from '../protocol/controlRange.ts';
import type { ControlDeclaration, ControlRange } from '../protocol/controls.ts';
import { controlText, numberLiteral, typedNumber } from './controlNumbers.ts';

const range = (min: number, max: number, more: Partial<ControlRange> = {}): ControlRange => ({
  ...{ min, max, step: 0, curve: 'linear' },
  ...more,
});

describe('a literal', () => {
  it.each<[number, ControlRange, string]>([
    [0.123456, range(0, 1), '0.123'],
    [0.5, range(0, 1), '0.5'],
    [1234.567, range(0, 8000), '1235'],
    [912.3456, range(50, 8000, { curve: 'log' }), '912.3'],
    [57.34567, range(50, 8000, { curve: 'log' }), '57.35'],
    [-0.25, range(-1, 1), '-0.25'],
    [0.30000000000000004, range(0, 1, { step: 0.1 }), '0.3'],
    [7, range(0, 12, { step: 1 }), '7'],
    [1.0000001, range(1 / 3, 1), '1'],
    [1 / 3, range(1 / 3, 1), '0.3333333333333333'],
  ])('of %f in %o is %s', (value, within, wanted) => {
    expect(numberLiteral(value, within)).toBe(wanted);
  });

  it('lies in the range, and is off by less than a thousandth of the way', () => {
    const number = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, p) => {
        fc.pre(Math.abs(a - b) > 1e-6);
        const within = range(Math.min(a, b), Math.max(a, b));
        const written = Number(numberLiteral(valueAt(p, within), within));
        expect(written).toBeGreaterThanOrEqual(within.min);
        expect(written).toBeLessThanOrEqual(within.max);
        expect(Math.abs(positionOf(written, within) - p)).toBeLessThan(0.001);
      }),
    );
  });
});

const declaration: ControlDeclaration = {
  ...{ kind: 'slider', name: 'x', unit: 'Hz', options: [], defaultValue: 1, smooth: 0 },
  ...{ span: { start: 0, end: 0 }, valueSpan: null, secondValueSpan: null },
  ...range(-2000, 2000),
};

it('is shown with its unit, or as what it means', () => {
  expect(controlText(-440.2, declaration)).toBe('−440 Hz');
  expect(controlText(1, { ...declaration, kind: 'toggle' })).toBe('on');
  expect(controlText(1, { ...declaration, kind: 'select', options: ['a', 'b'] })).toBe('b');
  expect(controlText([0.25, 0.5], { ...declaration, kind: 'xy', ...range(0, 1) })).toBe('0.25, 0.5');
});

it('is read as people type it', () => {
  const typed = ['440', ' 440 Hz ', '1.2k', '0,5', '−3', '.5', '1e3', 'x', '', '1 2'].map((text) =>
    typedNumber(text, 'Hz'),
  );
  expect(typed).toEqual([440, 440, 1200, 0.5, -3, 0.5, 1000, null, null, null]);
});

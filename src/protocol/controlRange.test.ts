/** Ranges against the formulas of the library's contract, worked out by hand. */
import { describe, expect, it } from 'vitest';
import { positionOf, valueAt, valueInRange, valueOfControl } from './controlRange.ts';
import type { ControlDeclaration, ControlRange } from './controls.ts';

const range = (change: Partial<ControlRange> = {}): ControlRange => ({
  min: 0,
  max: 1,
  step: 0,
  curve: 'linear',
  ...change,
});

describe('positions and values', () => {
  it.each<[string, Partial<ControlRange>, number, number]>([
    ['a straight line', { min: -2, max: 6 }, 0.25, 0],
    ['a logarithm', { min: 20, max: 20_000, curve: 'log' }, 1 / 3, 200],
    ['a power', { min: 1, max: 5, curve: 2 }, 0.5, 2],
    ['a range that falls', { min: 10, max: 0 }, 0.2, 8],
    ['a logarithm that falls', { min: 1000, max: 10, curve: 'log' }, 0.5, 100],
    ['a logarithm of zero, which is a line', { min: 0, max: 10, curve: 'log' }, 0.5, 5],
    ['a power of nothing, which is a line', { curve: Number.NaN }, 0.5, 0.5],
  ])('%s', (_, change, position, value) => {
    expect(valueAt(position, range(change))).toBeCloseTo(value, 9);
    expect(positionOf(value, range(change))).toBeCloseTo(position, 9);
  });

  it('steps from the lower end', () => {
    const steps = range({ min: 1, max: 9, step: 4 });
    expect([0, 0.24, 0.26, 0.74, 0.76, 1].map((position) => valueAt(position, steps))).toEqual([1, 1, 5, 5, 9, 9]);
    expect(valueInRange(0.9, range({ step: 0.4 }), 0)).toBeCloseTo(0.8, 12);
  });

  it('never leaves the range, where the last step would', () => {
    expect(valueInRange(1, range({ step: 0.4 }), 0)).toBe(1);
  });

  it('holds positions between 0 and 1', () => {
    expect([-1, 2, Number.NaN].map((position) => valueAt(position, range({ min: 3, max: 4 })))).toEqual([3, 4, 3]);
    expect(positionOf(7, range({ min: 7, max: 7 }))).toBe(0);
  });
});

describe('what comes from outside', () => {
  const declared = (change: Partial<ControlDeclaration>): ControlDeclaration => ({
    ...{ kind: 'slider', name: 'a', min: 0, max: 1, step: 0, curve: 'linear', unit: '', options: [] },
    ...{ defaultValue: 0.5, smooth: 0.01, span: { start: 0, end: 1 }, valueSpan: null, secondValueSpan: null },
    ...change,
  });

  it('is clamped, and what is no number is the default', () => {
    const slider = declared({ min: 50, max: 8000, defaultValue: 900 });
    const asked = [1e9, -1, Number.NaN, Number.POSITIVE_INFINITY, 100];
    expect(asked.map((value) => valueOfControl(value, slider))).toEqual([8000, 50, 900, 8000, 100]);
  });

  it('is 0 or 1 for a toggle and a button', () => {
    for (const kind of ['toggle', 'button'] as const) {
      const values = [0, 1, 0.2, -3, Number.NaN].map((value) => valueOfControl(value, declared({ kind })));
      expect(values).toEqual([0, 1, 1, 0, 0]);
    }
  });

  it('is an index for a select', () => {
    const select = declared({ kind: 'select', max: 2, step: 1, options: ['a', 'b', 'c'], defaultValue: 1 });
    expect([0.4, 0.6, 7, -1, Number.NaN].map((value) => valueOfControl(value, select))).toEqual([0, 1, 2, 0, 1]);
  });

  it('is a pair for xy', () => {
    const xy = declared({ kind: 'xy', defaultValue: [0.25, 0.75] });
    expect(valueOfControl([2, Number.NaN], xy)).toEqual([1, 0.75]);
    expect(valueOfControl(0.3, xy)).toEqual([0.3, 0.3]);
  });
});

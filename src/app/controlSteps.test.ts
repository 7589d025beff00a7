import { describe, expect, it } from 'vitest';
import type { ControlRange } from '../protocol/controls.ts';
import { keyed, nudged } from './controlSteps.ts';

const range = (min: number, max: number, more: Partial<ControlRange> = {}): ControlRange => ({
  ...{ min, max, step: 0, curve: 'linear' },
  ...more,
});

describe('keys on a control', () => {
  it.each<[string, boolean, number]>([
    ['ArrowUp', false, 51],
    ['ArrowRight', false, 51],
    ['ArrowDown', false, 49],
    ['ArrowLeft', true, 49.9],
    ['PageUp', false, 60],
    ['PageDown', true, 40],
    ['Home', false, 0],
    ['End', false, 100],
  ])('%s (Shift: %s) go to %d', (key, isShift, wanted) => {
    expect(keyed(50, range(0, 100), key, isShift)).toBeCloseTo(wanted, 9);
  });

  it('leave others alone, and stay within the range', () => {
    expect(keyed(50, range(0, 100), 'a', false)).toBeNull();
    expect(keyed(99.5, range(0, 100), 'ArrowUp', false)).toBe(100);
    expect(keyed(0, range(0, 100), 'PageDown', false)).toBe(0);
  });

  it('move a logarithmic control by equal ratios, and one with steps by whole ones', () => {
    const log = range(10, 1000, { curve: 'log' });
    expect(nudged(100, log, 1, 'normal') / 100).toBeCloseTo(100 ** 0.01, 9);
    expect(nudged(20, log, 1, 'normal') / 20).toBeCloseTo(100 ** 0.01, 9);
    const notes = range(0, 12, { step: 1 });
    expect([nudged(3, notes, 1, 'fine'), nudged(3, notes, -1, 'normal'), nudged(3, notes, 2, 'coarse')]).toEqual([
      4, 2, 5,
    ]);
    expect(nudged(12, notes, 1, 'normal')).toBe(12);
  });
});

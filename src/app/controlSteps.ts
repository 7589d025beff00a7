/**
 * Keys and the wheel on a control: from a value to the next. Hands move by position, so that a logarithmic control moves
 * evenly; a control with steps moves by whole ones. Pure.
 */

import { positionOf, valueAt, valueInRange } from '../protocol/controlRange.ts';
import type { ControlRange } from '../protocol/controls.ts';

export type Size = 'fine' | 'normal' | 'coarse';

/** Parts of the whole way. */
const SIZES: Readonly<Record<Size, number>> = { fine: 0.001, normal: 0.01, coarse: 0.1 };

/** `count` steps up or down. */
export function nudged(value: number, range: ControlRange, count: number, size: Size): number {
  if (!(range.step > 0)) return valueAt(positionOf(value, range) + count * SIZES[size], range);
  const whole = Math.abs(range.max - range.min) / range.step;
  const steps = Math.max(1, Math.round(size === 'fine' ? 1 : whole * SIZES[size]));
  const up = range.max >= range.min ? 1 : -1;
  return valueInRange(value + up * count * steps * range.step, range, value);
}

/** What a key asks for; null: nothing. */
export function keyed(value: number, range: ControlRange, key: string, isShift: boolean): number | null {
  const size = isShift ? 'fine' : 'normal';
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return nudged(value, range, 1, size);
    case 'ArrowDown':
    case 'ArrowLeft':
      return nudged(value, range, -1, size);
    case 'PageUp':
      return nudged(value, range, 1, 'coarse');
    case 'PageDown':
      return nudged(value, range, -1, 'coarse');
    case 'Home':
      return valueAt(0, range);
    case 'End':
      return valueAt(1, range);
    default:
      return null;
  }
}

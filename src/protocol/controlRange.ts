/**
 * Ranges of controls: from the position of a hand to a value and back, steps, and what may come in from anywhere. Pure; runs on
 * every thread. The patch's own `slider` does the same (src/library/dsp/host/controls.ts), and a test holds the two together.
 */

import type { ControlDeclaration, ControlRange, ControlValue } from './controls.ts';

/** The nearest value that the control can have. What is no number is `fallback`. */
export function valueInRange(
  value: number,
  range: Pick<ControlRange, 'min' | 'max' | 'step'>,
  fallback: number,
): number {
  if (Number.isNaN(value)) return Number.isNaN(fallback) ? range.min : valueInRange(fallback, range, range.min);
  const low = Math.min(range.min, range.max);
  const high = Math.max(range.min, range.max);
  const clamped = Math.min(Math.max(value, low), high);
  if (!(range.step > 0)) return clamped;
  const stepped = range.min + Math.round((clamped - range.min) / range.step) * range.step;
  return Math.min(Math.max(stepped, low), high);
}

/** Its curve, where the range has one: a logarithm of what is not above 0 is a straight line. */
function curveOf({ min, max, curve }: ControlRange): ControlRange['curve'] {
  if (curve === 'log') return min > 0 && max > 0 ? 'log' : 'linear';
  return typeof curve === 'number' && curve > 0 && Number.isFinite(curve) ? curve : 'linear';
}

/** The value at a position from 0 to 1. */
export function valueAt(position: number, range: ControlRange): number {
  const { min, max } = range;
  const p = Math.min(Math.max(position, 0), 1) || 0;
  const curve = curveOf(range);
  let value = min + p * (max - min);
  if (curve === 'log') value = min * (max / min) ** p;
  else if (curve !== 'linear') value = min + (max - min) * p ** curve;
  return valueInRange(value, range, min);
}

/** The position of a value, 0 to 1: the inverse of `valueAt` but for steps. */
export function positionOf(value: number, range: ControlRange): number {
  const { min, max } = range;
  if (min === max) return 0;
  const within = valueInRange(value, { ...range, step: 0 }, min);
  const curve = curveOf(range);
  if (curve === 'log') return Math.log(within / min) / Math.log(max / min);
  const part = (within - min) / (max - min);
  return curve === 'linear' ? part : part ** (1 / curve);
}

/** What a control may really have, of what somebody asks for: clamped, stepped, in the form of its kind. */
export function valueOfControl(value: ControlValue, declaration: ControlDeclaration): ControlValue {
  const { kind, defaultValue } = declaration;
  const [first, second] = typeof value === 'number' ? [value, value] : value;
  const [ownFirst, ownSecond] = typeof defaultValue === 'number' ? [defaultValue, defaultValue] : defaultValue;
  if (kind === 'xy') return [valueInRange(first, declaration, ownFirst), valueInRange(second, declaration, ownSecond)];
  if (kind === 'toggle' || kind === 'button') return first > 0 ? 1 : 0;
  return valueInRange(first, declaration, ownFirst);
}

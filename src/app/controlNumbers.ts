/**
 * Values of controls as people read and write them: as many digits as the range can tell apart, and no more. In: values and
 * ranges. Out: texts, which are number literals too. Pure.
 */

import { valueInRange } from '../protocol/controlRange.ts';
import type { ControlDeclaration, ControlRange, ControlValue } from '../protocol/controls.ts';

/** A hand tells this many places of a range apart. */
const PLACES = 1000;
/** Significant digits of a value on a curve, whose places lie closer together at one end. */
const CURVE_DIGITS = 4;
const MAX_DECIMALS = 12;

/** The shortest number in the range that differs from `value` by less than can be told: a literal. */
export function numberLiteral(value: number, range: ControlRange): string {
  const decimals = range.step > 0 ? decimalsOf(range.step, range.min) : decimalsFor(value, range);
  const text = Number(value.toFixed(decimals)).toString();
  // What was rounded out of the range is not to be: it ends at a number that the patch itself says.
  const inRange = valueInRange(Number(text), range, value);
  return Number(text) === inRange || range.step > 0 ? text : inRange.toString();
}

function decimalsFor(value: number, { min, max, curve }: ControlRange): number {
  const resolution = Math.abs(max - min) / PLACES;
  const byRange = resolution > 0 ? Math.ceil(-Math.log10(resolution)) : 0;
  const byValue = value === 0 ? 0 : CURVE_DIGITS - 1 - Math.floor(Math.log10(Math.abs(value)));
  return Math.min(MAX_DECIMALS, Math.max(0, curve === 'linear' ? byRange : byValue));
}

/** Steps counted from `min` have the decimals of both. */
function decimalsOf(...values: readonly number[]): number {
  let decimals = 0;
  while (decimals < MAX_DECIMALS && values.some((value) => Number(value.toFixed(decimals)) !== value)) decimals++;
  return decimals;
}

/** What the page shows: with its unit, the name of an option, `on` or `off`. */
export function controlText(value: ControlValue, declaration: ControlDeclaration): string {
  const { kind, unit, options } = declaration;
  if (typeof value !== 'number') return value.map((one) => numberLiteral(one, declaration)).join(', ');
  if (kind === 'toggle') return value > 0 ? 'on' : 'off';
  if (kind === 'button') return '';
  if (kind === 'select') return options[value] ?? '';
  return [numberLiteral(value, declaration).replace('-', '−'), unit].filter(Boolean).join(' ');
}

/** A number that somebody types, such as `1.2k`, `440 Hz` or `0,5`. Null when it is none. */
export function typedNumber(text: string, unit: string): number | null {
  const bare = text.trim().replace('−', '-').replace(',', '.');
  const withoutUnit =
    unit && bare.toLowerCase().endsWith(unit.toLowerCase()) ? bare.slice(0, -unit.length).trim() : bare;
  const match = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(k?)$/i.exec(withoutUnit);
  return match ? Number(match[1]) * (match[2] ? 1000 : 1) : null;
}

/**
 * `--set` and `--script` of the command line: values of controls as text, and when they take effect. In: a text, and the control that it
 * is for. Out: a value, or why it is none. Pure.
 */

import type { ControlDeclaration, ControlValue } from '../protocol/controls.ts';

/** A control stands at a value from the first frame at or after `frame` on. */
export interface ControlSetting {
  readonly frame: number;
  readonly name: string;
  /** As it was written. */
  readonly text: string;
}

/** A setting that came to nothing, in words. */
export interface FailedSetting extends ControlSetting {
  readonly reason: string;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const numberOf = (text: string): number | null => (NUMBER.test(text.trim()) ? Number(text) : null);

export function valueFor(
  text: string,
  { kind, options }: ControlDeclaration,
): ControlValue | { readonly reason: string } {
  const option = kind === 'select' ? options.indexOf(text) : -1;
  if (option >= 0) return option;
  const parts = kind === 'xy' ? text.split(',') : [text];
  const numbers = parts.map(numberOf).filter((value) => value !== null);
  if (kind === 'xy' && numbers.length === 2 && parts.length === 2) return [numbers[0], numbers[1]];
  if (kind !== 'xy' && numbers.length === 1) return numbers[0];
  return { reason: `${JSON.stringify(text)} is ${EXPECTED[kind]}` };
}

const EXPECTED: Readonly<Record<ControlDeclaration['kind'], string>> = {
  slider: 'not a number',
  knob: 'not a number',
  toggle: 'neither 1 nor 0',
  button: 'neither 1 nor 0',
  select: 'none of its options and no index',
  xy: 'no pair such as 0.2,0.8',
};

export function noControl(name: string, known: readonly ControlDeclaration[]): string {
  const names = known.map((control) => control.name).join(', ');
  return known.length === 0
    ? 'the patch has no controls'
    : `the patch has no control ${JSON.stringify(name)}, but ${names}`;
}

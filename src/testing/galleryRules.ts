/** What the tests of the gallery look for in a text and in its sound. */

import type { Channels } from './compare.ts';

/** -1 dBFS. */
export const CEILING = 10 ** (-1 / 20);

/** NaN where one is. */
export function peakOf({ left, right }: Channels): number {
  let peak = 0;
  for (let n = 0; n < left.length; n++) peak = Math.max(peak, Math.abs(left[n]), Math.abs(right[n]));
  return peak;
}

/** Whether a patch has a constant, a function or a control of this name. */
export function declares(text: string, name: string): boolean {
  return declarationOf(text, name) !== null || text.includes(`'${name}'`);
}

/** `const NAME = VALUE` on a line of its own, as far as its value is one number. */
export function numberOf(text: string, name: string): number | null {
  const [, value] = new RegExp(`^const ${name} = (-?[\\d.]+)(?: //.*)?$`, 'm').exec(text) ?? [];
  return value === undefined ? null : Number(value);
}

const declarationOf = (text: string, name: string): RegExpExecArray | null =>
  /^[\w$]+$/.test(name) ? new RegExp(`^(?:const|let|function) ${name}\\b`, 'm').exec(text) : null;

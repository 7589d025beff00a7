/**
 * Values that are looked at while they sound. Patch language. A patch has this module once for each name, as it has
 * host/controls.ts; the host reads `last`, `least` and `most`, and resets the last two each time it has done so.
 */

let last = 0;
let least = Number.POSITIVE_INFINITY;
let most = Number.NEGATIVE_INFINITY;

/** @internal */
export function describeProbe(): { readonly last: number; readonly least: number; readonly most: number } {
  return { last, least, most };
}

/**
 * Shows a value on the page, with the range it moves in.
 * @param x any number
 * @param name what it is called
 * @returns x itself
 * Source: SuperCollider `poll`, a voltmeter.
 * @example
 * const lfo = sine()
 * const osc = sine()
 * export default () => 0.3 * osc(220 + probe(20 * lfo(3), 'vibrato'))
 */
export function probe(x: number, name: string): number {
  void name;
  last = x;
  if (x < least) least = x;
  if (x > most) most = x;
  return x;
}

/**
 * `Math` with Segue's own elementary functions: the sources of src/library/math, run as JavaScript. ECMAScript leaves their
 * last bits to the engine, so this is what the oracle gives a patch. For tests; how accurate the functions are is tested beside
 * them.
 */

import { exp, expm1 } from '../library/math/exp.ts';
import { cosh, sinh, tanh } from '../library/math/hyperbolic.ts';
import { acos, asin, atan, atan2 } from '../library/math/inverse.ts';
import { acosh, asinh, atanh } from '../library/math/inverseHyperbolic.ts';
import { log, log1p, log2, log10 } from '../library/math/log.ts';
import { pow } from '../library/math/pow.ts';
import { cbrt, hypot2, hypot4 } from '../library/math/root.ts';
import { cos, sin, tan } from '../library/math/trig.ts';

/** The hypotenuse of any number of numbers: four at once, and then one after the other. */
function hypot(...values: number[]): number {
  const [x = 0, y = 0, z = 0, w = 0, ...others] = values;
  return values.length < 2 ? Math.abs(x) : others.reduce(hypot2, hypot4(x, y, z, w));
}

/** By their names in `Math`. */
export const ELEMENTARY_FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  ...{ sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh },
  ...{ exp, expm1, log, log1p, log2, log10, cbrt, atan2, pow, hypot },
};

/**
 * Arguments become numbers first, as in `Math`; what is missing is NaN. Without an array for each call where there are one or
 * two: the oracle calls them millions of times.
 */
function converting(name: string, given: (...values: number[]) => number): (...args: unknown[]) => number {
  if (name === 'hypot') return (...args) => given(...args.map(Number));
  if (given.length === 1) return (x) => given(Number(x));
  if (given.length === 2) return (x, y) => given(Number(x), Number(y));
  throw new Error(`libraryMath: ${name} takes ${given.length} arguments`);
}

export const libraryMath = Object.create(
  Math,
  Object.fromEntries(
    Object.entries(ELEMENTARY_FUNCTIONS).map(([name, given]) => [name, { value: converting(name, given) }]),
  ),
) as Math;

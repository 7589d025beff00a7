/**
 * cbrt, and hypot of two and three numbers. Compiled by Segue's compiler, audio thread. Same bits as V8.
 */

import { fromWords, highWord, lowWord } from './intrinsics.ts';

const INFINITY = 1 / 0;
const TWO_54 = 18014398509481984;

// 1/∛r near r = 1, to 23 bits.
const P0 = 1.87595182427177;
const P1 = -1.8849797954337717;
const P2 = 1.6214297201053545;
const P3 = -0.758397934778766;
const P4 = 0.14599619288661245;
/** Two thirds of the exponent's bias, as an upper word, less what evens out the error of the first guess. */
const GUESS = 715094163;
/** The same for a number that was multiplied by 2^54. */
const GUESS_SCALED = 696219795;

/**
 * The cube root of x; error below 0.67 ulp.
 * Source: FreeBSD's msun (after fdlibm, Sun Microsystems, 1993, and W. Kahan): a third of the upper word gives five bits,
 * a polynomial 23, one step of Newton's method the rest.
 */
export function cbrt(x: number): number {
  const size = Math.abs(x);
  if (size === 0 || !(size < INFINITY)) return x;
  let guess = 0;
  if (size < 2.2250738585072014e-308) {
    guess = fromWords(Math.floor(highWord(size * TWO_54) / 3) + GUESS_SCALED, 0);
  } else {
    guess = fromWords(Math.floor(highWord(size) / 3) + GUESS, 0);
  }
  let r = guess * guess * (guess / size);
  const t = guess * (P0 + r * (P1 + r * P2) + r * r * r * (P3 + r * P4));
  // Rounded to 23 bits, away from zero: its square is exact, and Newton's step errs to one side only.
  const low = lowWord(t);
  const root = fromWords(highWord(t) + (low >>> 31), (low ^ 0x80000000) & 0xc0000000);
  r = size / (root * root);
  r = (r - root) / (root + root + r);
  const y = root + root * r;
  return x < 0 ? -y : y;
}

// √(Σ v²) is max·√(Σ (v/max)²), so that no square overflows; the sum is Kahan's, in the order of the arguments.
// More arguments continue in the same way.

/** √(x² + y²). An infinite argument wins over NaN. */
export function hypot2(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  if (a === INFINITY || b === INFINITY) return INFINITY;
  const most = Math.max(a, b);
  if (most === 0) return 0;
  const u = a / most;
  const sum = u * u;
  const v = b / most;
  // The first addition is to 0, so nothing is lost yet.
  return Math.sqrt(sum + v * v) * most;
}

/** √(x² + y² + z²). An infinite argument wins over NaN. */
export function hypot3(x: number, y: number, z: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const c = Math.abs(z);
  if (a === INFINITY || b === INFINITY || c === INFINITY) return INFINITY;
  const most = Math.max(a, b, c);
  if (most === 0) return 0;
  const u = a / most;
  const v = b / most;
  const w = c / most;
  const first = u * u;
  const square = v * v;
  const sum = first + square;
  const lost = sum - first - square;
  return Math.sqrt(sum + (w * w - lost)) * most;
}

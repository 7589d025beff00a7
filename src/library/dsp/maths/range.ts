/** Ranges: keeping numbers within them and mapping one to another. Patch language; pure functions. */

/**
 * A whole turn in radians, 2π.
 * @example
 * export default (t) => 0.3 * Math.sin(TAU * 220 * t)
 */
export const TAU = 6.283185307179586;

/**
 * Keeps x within low…high.
 * @param x any number
 * @param low lower end, 0 if not given
 * @param high upper end, 1 if not given
 * @returns low…high
 * Source: SuperCollider's clip.
 * @example
 * export default (t) => 0.3 * clamp(3 * Math.sin(TAU * 110 * t), -1, 1)
 */
export function clamp(x: number, low = 0, high = 1): number {
  const bottom = Number.isNaN(low) ? 0 : low;
  const top = Number.isNaN(high) ? 1 : high;
  return x > top ? top : x < bottom ? bottom : x;
}

/**
 * Brings x into low…high by adding or taking away whole ranges.
 * @param x any number
 * @param low lower end, 0 if not given
 * @param high upper end, not reached itself; 1 if not given
 * @returns from low to below high; low where the range is empty
 * Source: SuperCollider's wrap.
 * @example
 * export default (t) => 0.3 * (2 * wrap(110 * t) - 1)
 */
export function wrap(x: number, low = 0, high = 1): number {
  const bottom = Number.isNaN(low) ? 0 : low;
  const range = (Number.isNaN(high) ? 1 : high) - bottom;
  const turns = (x - bottom) / range;
  const y = bottom + range * (turns - Math.floor(turns));
  // What is a hair below the lower end is rounded up to the upper end.
  return range > 0 && y < bottom + range ? y : bottom;
}

/**
 * Reflects x at both ends of low…high until it is within.
 * @param x any number
 * @param low lower end, -1 if not given
 * @param high upper end, 1 if not given
 * @returns low…high; low where the range is empty
 * Source: SuperCollider's fold.
 * @example
 * export default (t) => 0.3 * fold((1.5 + Math.sin(t)) * Math.sin(TAU * 110 * t))
 */
export function fold(x: number, low = -1, high = 1): number {
  const bottom = Number.isNaN(low) ? -1 : low;
  const range = (Number.isNaN(high) ? 1 : high) - bottom;
  const turns = (x - bottom) / (2 * range);
  const place = 2 * (turns - Math.floor(turns));
  return range > 0 ? bottom + range * (place > 1 ? 2 - place : place) : bottom;
}

/**
 * The point t of the way from a to b, also outside of them.
 * @param a value at 0
 * @param b value at 1
 * @param t place, not clamped
 * @returns a + (b - a)·t
 * Source: Faust's it.lerp.
 * @example
 * export default (t) => 0.3 * Math.sin(TAU * lerp(220, 330, 0.5) * t)
 */
export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/**
 * Maps a…b to c…d by a straight line.
 * @param x value, clamped to a…b
 * @param a value that gives c
 * @param b value that gives d
 * @param c first end of the result
 * @param d other end of the result
 * @returns c…d
 * Source: SuperCollider's linlin.
 * @example
 * export default (t) => linlin(Math.sin(TAU * t), -1, 1, 0.05, 0.4) * Math.sin(TAU * 220 * t)
 */
export function linlin(x: number, a: number, b: number, c: number, d: number): number {
  const place = (x - a) / (b - a);
  return place > 0 ? (place < 1 ? c + (d - c) * place : d) : c;
}

/**
 * Maps a straight scale to one of equal ratios, as from a fader to hertz.
 * @param x value, clamped to a…b
 * @param a value that gives c
 * @param b value that gives d
 * @param c first end of the result, above 0
 * @param d other end of the result, above 0
 * @returns c…d, c·(d/c)^((x - a)/(b - a))
 * Source: SuperCollider's linexp.
 * @example
 * const tone = sine()
 * export default (t) => 0.3 * tone(linexp(t % 2, 0, 2, 110, 880))
 */
export function linexp(x: number, a: number, b: number, c: number, d: number): number {
  const place = (x - a) / (b - a);
  return place > 0 ? (place < 1 ? c * (d / c) ** place : d) : c;
}

/**
 * Maps a scale of equal ratios to a straight one, as from hertz to a fader.
 * @param x value, clamped to a…b
 * @param a value that gives c, above 0
 * @param b value that gives d, above 0
 * @param c first end of the result
 * @param d other end of the result
 * @returns c…d
 * Source: SuperCollider's explin.
 * @example
 * export default (t) => {
 *   const hz = 110 * 2 ** Math.floor(t % 4)
 *   return explin(hz, 110, 880, 0.4, 0.1) * Math.sin(TAU * hz * t)
 * }
 */
export function explin(x: number, a: number, b: number, c: number, d: number): number {
  const place = Math.log(x / a) / Math.log(b / a);
  return x > 0 && place > 0 ? (place < 1 ? c + (d - c) * place : d) : c;
}

/**
 * The fraction of x, counted upwards from the whole number below.
 * @param x any number
 * @returns from 0 to below 1
 * Source: Faust's ma.frac.
 * @example
 * export default (t) => 0.3 * (2 * frac(110 * t) - 1)
 */
export function frac(x: number): number {
  const y = x - Math.floor(x);
  // What is a hair below a whole number is rounded up to 1.
  return y === 1 ? 0 : y;
}

/**
 * The remainder that has the sign of the divisor, unlike that of %.
 * @param x any number
 * @param y divisor
 * @returns x - y·floor(x/y)
 * Source: Faust's ma.modulo; Knuth's mod.
 * @example
 * const notes = [0, 3, 7, 10]
 * export default (t) => 0.3 * Math.sin(TAU * 220 * 2 ** (notes[mod(-Math.floor(4 * t), 4)] / 12) * t)
 */
export function mod(x: number, y: number): number {
  const rest = x - y * Math.floor(x / y);
  return rest === y ? 0 : rest;
}

/**
 * The nearest multiple of step; of two the greater one.
 * @param x any number
 * @param step distance of the results, above 0
 * @returns round(x/step)·step
 * Source: SuperCollider's round.
 * @example
 * export default (t) => 0.3 * roundTo(Math.sin(TAU * 110 * t), 0.25)
 */
export function roundTo(x: number, step: number): number {
  return step > 0 ? Math.round(x / step) * step : x;
}

/**
 * Goes from 0 to 1 while x goes from low to high, flat at both ends.
 * @param x value, clamped to low…high
 * @param low where it is 0; 0 if not given
 * @param high where it is 1; 1 if not given
 * @returns 3u² - 2u³ for u = (x - low)/(high - low)
 * Source: GLSL's smoothstep.
 * @example
 * export default (t) => 0.4 * smoothstep(t % 1, 0, 0.5) * Math.sin(TAU * 220 * t)
 */
export function smoothstep(x: number, low = 0, high = 1): number {
  const bottom = Number.isNaN(low) ? 0 : low;
  const u = (x - bottom) / ((Number.isNaN(high) ? 1 : high) - bottom);
  return u > 0 ? (u < 1 ? u * u * (3 - 2 * u) : 1) : 0;
}

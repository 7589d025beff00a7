/** Delay lines in a ring whose length is a power of two. Patch language; for the library's own use. */

/**
 * Room for a delay of so many seconds and what interpolation needs around it.
 * @internal
 */
export function ringFor(maxSeconds: number): Float64Array {
  const frames = Math.ceil((maxSeconds > 0 ? maxSeconds : 0) * sampleRate) + 4;
  return new Float64Array(2 ** Math.ceil(Math.log2(frames)));
}

/**
 * What was written `frames` (1 or more) before the element at `at` is going to be: by the cubic of Lagrange through the four
 * nearest, and from 1 to 2, where one of them is not there yet, by a straight line.
 * @internal
 */
export function lagrangeAt(ring: Float64Array, at: number, frames: number): number {
  const mask = ring.length - 1;
  const whole = Math.floor(frames);
  const t = frames - whole;
  const i = (at - whole) & mask;
  const a = ring[(i + 1) & mask];
  const b = ring[i];
  const c = ring[(i - 1) & mask];
  const d = ring[(i - 2) & mask];
  const line = b + (c - b) * t;
  const u = t - 1;
  const v = t - 2;
  const w = t + 1;
  const curve = 0.16666666666666666 * (d * (w * t * u) - a * (t * u * v)) + 0.5 * (b * (w * u * v) - c * (w * t * v));
  return whole < 2 ? line : curve;
}

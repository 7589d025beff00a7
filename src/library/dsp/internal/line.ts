/** Delay lines: arrays that are written round and round and read between their samples. Patch language; for the library's own use. */

/**
 * A line with room for delays of so many frames, and for the points around them. Its length is a power of two.
 * @internal
 */
export function makeLine(frames: number): Float64Array {
  let size = 8;
  while (size < frames + 4) size *= 2;
  return new Float64Array(size);
}

/**
 * Frames that delays of up to so many seconds need; no more than 60 seconds.
 * @internal
 */
export function roomFrames(maxSeconds: number): number {
  return Math.ceil(Math.min(Math.max(Number.isNaN(maxSeconds) ? 1 : maxSeconds, 0), 60) * sampleRate);
}

/**
 * A delay in frames, from `least` to `most`. What is a whole number but for rounding is one.
 * @internal
 */
export function delayOf(seconds: number, least: number, most: number): number {
  const frames = seconds * sampleRate;
  const whole = Math.round(frames);
  const near = Math.abs(frames - whole) < 1e-7 ? whole : frames;
  return Number.isNaN(near) ? least : Math.min(Math.max(near, least), most);
}

/**
 * What was written `frames` ago, where `at` is the place of what was written 0 frames ago: by the cubic through four samples
 * (Lagrange), two on each side, but for delays below 1 frame, which have nothing newer than 0. Whole delays are exact.
 * @internal
 */
export function readLine(line: Float64Array, at: number, frames: number): number {
  const mask = line.length - 1;
  const first = Math.max(Math.floor(frames) - 1, 0);
  const t = frames - first;
  const from = at - first;
  const u = t - 1;
  const v = t - 2;
  const w = t - 3;
  return (
    u * v * w * (-1 / 6) * line[from & mask] +
    t * v * w * 0.5 * line[(from - 1) & mask] -
    t * u * w * 0.5 * line[(from - 2) & mask] +
    t * u * v * (1 / 6) * line[(from - 3) & mask]
  );
}

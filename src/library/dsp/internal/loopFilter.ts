/** The lowpass in the loop of a string or a pipe, and what it does to the pitch. Patch language; for the library's own use. */

/**
 * The delay in frames of y = (1 − pole)·x + pole·y1 at a frequency.
 * @internal
 */
export function onePoleDelay(pole: number, hz: number): number {
  const w = (2 * Math.PI * hz) / sampleRate;
  return Math.atan2(pole * Math.sin(w), 1 - pole * Math.cos(w)) / w;
}

/**
 * Its gain there.
 * @internal
 */
export function onePoleGain(pole: number, hz: number): number {
  const c = Math.cos((2 * Math.PI * hz) / sampleRate);
  return (1 - pole) / Math.sqrt(1 - 2 * pole * c + pole * pole);
}

/**
 * The pole with its corner at `hz`, whatever the sample rate.
 * @internal
 */
export function onePoleOf(hz: number): number {
  return Math.exp((-2 * Math.PI * hz) / sampleRate);
}

/** The values that a control can have. Patch language; src/protocol/controlRange.ts is the same for all other threads. */

/** The nearest value from one end to the other, in steps from the lower end if `step` is above 0. What is no number is the middle. */
export function clampToRange(value: number, min: number, max: number, step: number): number {
  const low = Math.min(min, max);
  const high = Math.max(min, max);
  const wanted = Number.isNaN(value) ? (min + max) / 2 : value;
  const clamped = Math.min(Math.max(wanted, low), high);
  if (!(step > 0)) return clamped;
  return Math.min(Math.max(min + Math.round((clamped - min) / step) * step, low), high);
}

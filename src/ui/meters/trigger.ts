/** Where to begin drawing so that a periodic sound stands still, to a fraction of a sample. Pure. */

/**
 * The first place where the wave rises through `level`, as early as `windowFrames` fit behind it. Null where there is none. What
 * only trembles around the level does not count: since the last crossing it must have been below by a part of the wave's range.
 */
export function levelTrigger(samples: Float32Array, windowFrames: number, level: number): number | null {
  const last = samples.length - windowFrames;
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const sample of samples) {
    lowest = Math.min(lowest, sample);
    highest = Math.max(highest, sample);
  }
  const armed = level - Math.min(HYSTERESIS * (highest - lowest), 0.5 * Math.max(0, level - lowest));
  let isArmed = false;
  for (let n = 0; n < last; n++) {
    if (isArmed && samples[n - 1] < level && samples[n] >= level) return crossingBefore(samples, n, level);
    if (samples[n] < armed) isArmed = true;
  }
  return null;
}

const HYSTERESIS = 0.02;

/**
 * The upward zero crossing after the deepest trough, of those that `windowFrames` fit behind. Null where there is none, as in
 * silence.
 */
export function autoTrigger(samples: Float32Array, windowFrames: number): number | null {
  let best = 0;
  let bestTrough = 0;
  let trough = 0;
  for (let n = 1; n < samples.length - windowFrames; n++) {
    trough = Math.min(trough, samples[n]);
    if (samples[n - 1] >= 0 || samples[n] < 0) continue;
    // Troughs of a steady tone differ slightly by sampling: one of about the same depth does not count as deeper.
    if (trough < bestTrough * 1.02) {
      best = n;
      bestTrough = trough;
    }
    trough = 0;
  }
  return best === 0 ? null : crossingBefore(samples, best, 0);
}

/** Between the sample before `n`, which is below, and the one at `n`, on the line through both. */
function crossingBefore(samples: Float32Array, n: number, level: number): number {
  const [before, at] = [samples[n - 1], samples[n]];
  return n - 1 + (level - before) / (at - before);
}

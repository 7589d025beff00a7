/** What the pictures of the sound show, as numbers: decibels, meters' movement, peaks, axes. Pure. */

/** The lowest level that is shown, in dB below full scale. */
export const FLOOR_DB = -60;

/** Amplitude (1 is full scale) in decibels; -Infinity for silence. */
export const toDb = (amplitude: number): number => 20 * Math.log10(amplitude);

/** The largest absolute value. */
export function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

const FALL_DB_PER_SECOND = 24;
const HOLD_SECONDS = 1.5;

/** Moves as meters do: up at once, down slowly, and the highest held for a while. Levels in dB. */
export class MeterNeedle {
  level = FLOOR_DB;
  peak = FLOOR_DB;
  #heldSeconds = 0;

  /** Updates with the current level, `seconds` after the last one. */
  step(levelDb: number, seconds: number): void {
    const fallDb = FALL_DB_PER_SECOND * seconds;
    this.level = Math.max(levelDb, this.level - fallDb, FLOOR_DB);
    if (levelDb >= this.peak) {
      this.peak = levelDb;
      this.#heldSeconds = 0;
      return;
    }
    this.#heldSeconds += seconds;
    if (this.#heldSeconds > HOLD_SECONDS) this.peak = Math.max(this.level, this.peak - fallDb, FLOOR_DB);
  }

  get isAtRest(): boolean {
    return this.level <= FLOOR_DB && this.peak <= FLOOR_DB;
  }
}

/**
 * The gain reduction of the limiter, in dB from 0: rises at once, falls slowly, and holds the largest value for a
 * while.
 */
export class ReductionNeedle {
  reductionDb = 0;
  heldDb = 0;
  #heldSeconds = 0;

  step(reductionDb: number, seconds: number): void {
    const fallDb = FALL_DB_PER_SECOND * seconds;
    this.reductionDb = Math.max(reductionDb, this.reductionDb - fallDb, 0);
    this.#heldSeconds = reductionDb >= this.heldDb ? 0 : this.#heldSeconds + seconds;
    if (reductionDb >= this.heldDb) this.heldDb = reductionDb;
    else if (this.#heldSeconds > HOLD_SECONDS) this.heldDb = this.reductionDb;
  }

  get isAtRest(): boolean {
    return this.reductionDb <= 0 && this.heldDb <= 0;
  }
}

/** A frequency axis from `lowHz` to `highHz` over `width` pixels, equal intervals being equally wide. */
export class LogAxis {
  readonly #octaves: number;

  constructor(
    readonly lowHz: number,
    readonly highHz: number,
    readonly width: number,
  ) {
    this.#octaves = Math.log2(highHz / lowHz);
  }

  hzAt(x: number): number {
    return this.lowHz * 2 ** ((x / this.width) * this.#octaves);
  }

  xOf(hz: number): number {
    return (this.width * Math.log2(hz / this.lowHz)) / this.#octaves;
  }
}

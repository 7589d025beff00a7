/**
 * Loudness of stereo sound in LUFS, after ITU-R BS.1770-4 and EBU R 128 (Tech 3341): momentary over 400 ms, short-term over 3 s,
 * integrated with gates at -70 LUFS and 10 LU below the mean of what passes that. In: samples, in pieces of any length. Out:
 * numbers that are exact for whole hundredths of a second. Pure; allocates nothing but at the start.
 *
 * The K-weighting is given for 48 kHz; for other rates its two filters are designed from the analogue ones that those
 * coefficients come from (bilinear transform, as De Man 2018 and libebur128 do).
 */

const STEP_SECONDS = 0.01;
const MOMENTARY_STEPS = 40;
const SHORT_TERM_STEPS = 300;
/** From one block of the gates to the next: they are 400 ms long and overlap by three quarters. */
const BLOCK_STEPS = 10;
/** Leads from the sum of both channels' mean squares to LUFS, so that a tone of 997 Hz reads as BS.1770 says. */
const OFFSET_LU = -0.691;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** Blocks that have passed the first gate, by loudness, so that hours of them take no more memory than minutes. */
const BIN_LU = 0.01;
const TOP_LUFS = 30;
const BINS = Math.round((TOP_LUFS - ABSOLUTE_GATE_LUFS) / BIN_LU);

export const toLufs = (power: number): number => OFFSET_LU + 10 * Math.log10(power);
const toPower = (lufs: number): number => 10 ** ((lufs - OFFSET_LU) / 10);

/** Coefficients of a second-order filter: b0, b1, b2, a1, a2. */
export type Biquad = readonly [number, number, number, number, number];

/** The high shelf of the head, and the high pass below what is heard. */
export function kWeighting(sampleRate: number): readonly [Biquad, Biquad] {
  const shelf = (): Biquad => {
    const [hz, gainDb, q] = [1681.974450955533, 3.999843853973347, 0.7071752369554196];
    const k = Math.tan((Math.PI * hz) / sampleRate);
    const high = 10 ** (gainDb / 20);
    const band = high ** 0.4996667741545416;
    const a0 = 1 + k / q + k * k;
    return [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
      (2 * (k * k - 1)) / a0,
      (1 - k / q + k * k) / a0,
    ];
  };
  const highPass = (): Biquad => {
    const [hz, q] = [38.13547087602444, 0.5003270373238773];
    const k = Math.tan((Math.PI * hz) / sampleRate);
    const a0 = 1 + k / q + k * k;
    return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0];
  };
  return [shelf(), highPass()];
}

export class LoudnessMeter {
  readonly #left: Channel;
  readonly #right: Channel;
  readonly #stepFrames: number;
  #frames = 0;
  /** Mean squares of both channels together in the last steps, the newest at `#steps - 1`. */
  readonly #powers = new Float64Array(SHORT_TERM_STEPS);
  #steps = 0;
  #maxMomentaryPower = 0;
  #maxShortTermPower = 0;
  readonly #binCounts = new Float64Array(BINS);
  readonly #binPowers = new Float64Array(BINS);

  constructor(sampleRate: number) {
    this.#left = new Channel(kWeighting(sampleRate));
    this.#right = new Channel(kWeighting(sampleRate));
    this.#stepFrames = Math.round(STEP_SECONDS * sampleRate);
  }

  add(left: Float32Array, right: Float32Array): void {
    for (let done = 0; done < left.length; ) {
      const end = Math.min(left.length, done + this.#stepFrames - this.#frames);
      this.#left.add(left, done, end);
      this.#right.add(right, done, end);
      this.#frames += end - done;
      done = end;
      if (this.#frames === this.#stepFrames) this.#step();
    }
  }

  /** Begins again, as if there had been silence. */
  reset(): void {
    this.#frames = 0;
    this.#steps = 0;
    this.#left.reset();
    this.#right.reset();
    this.#maxMomentaryPower = 0;
    this.#maxShortTermPower = 0;
    this.#binCounts.fill(0);
    this.#binPowers.fill(0);
  }

  /** How much sound was added. */
  get seconds(): number {
    return this.#steps * STEP_SECONDS;
  }

  /** LUFS over the last 400 ms; -Infinity before there are so many, and for silence. */
  get momentary(): number {
    return toLufs(this.#meanOf(MOMENTARY_STEPS));
  }

  /** LUFS over the last 3 s. */
  get shortTerm(): number {
    return toLufs(this.#meanOf(SHORT_TERM_STEPS));
  }

  /** The highest momentary loudness since the beginning. */
  get maxMomentary(): number {
    return toLufs(this.#maxMomentaryPower);
  }

  get maxShortTerm(): number {
    return toLufs(this.#maxShortTermPower);
  }

  /** LUFS since the beginning, gated; -Infinity where nothing passes the gates. */
  get integrated(): number {
    const ungated = this.#meanFrom(0);
    if (ungated === 0) return Number.NEGATIVE_INFINITY;
    const gate = toLufs(ungated) + RELATIVE_GATE_LU;
    return toLufs(this.#meanFrom(Math.max(0, Math.ceil((gate - ABSOLUTE_GATE_LUFS) / BIN_LU))));
  }

  #step(): void {
    const power = (this.#left.takePower() + this.#right.takePower()) / this.#stepFrames;
    this.#powers[this.#steps % SHORT_TERM_STEPS] = power;
    this.#steps++;
    this.#frames = 0;
    const block = this.#meanOf(MOMENTARY_STEPS);
    this.#maxMomentaryPower = Math.max(this.#maxMomentaryPower, block);
    this.#maxShortTermPower = Math.max(this.#maxShortTermPower, this.#meanOf(SHORT_TERM_STEPS));
    if (this.#steps >= MOMENTARY_STEPS && this.#steps % BLOCK_STEPS === 0) this.#gate(block);
  }

  /** Counts a block, unless it is silent. */
  #gate(block: number): void {
    const bin = Math.floor((toLufs(block) - ABSOLUTE_GATE_LUFS) / BIN_LU);
    if (bin < 0 || block < toPower(ABSOLUTE_GATE_LUFS)) return;
    this.#binCounts[Math.min(bin, BINS - 1)]++;
    this.#binPowers[Math.min(bin, BINS - 1)] += block;
  }

  #meanOf(steps: number): number {
    if (this.#steps < steps) return 0;
    let sum = 0;
    for (let n = 1; n <= steps; n++) sum += this.#powers[(this.#steps - n) % SHORT_TERM_STEPS];
    return sum / steps;
  }

  /** Mean power of the blocks from a bin on. */
  #meanFrom(bin: number): number {
    let [count, power] = [0, 0];
    for (let n = bin; n < BINS; n++) {
      count += this.#binCounts[n];
      power += this.#binPowers[n];
    }
    return count === 0 ? 0 : power / count;
  }
}

/** One channel through both filters (transposed direct form II), and the sum of its squares. */
class Channel {
  readonly #filters: readonly [Biquad, Biquad];
  readonly #state = new Float64Array(4);
  #sum = 0;

  constructor(filters: readonly [Biquad, Biquad]) {
    this.#filters = filters;
  }

  add(samples: Float32Array, from: number, to: number): void {
    const [[b0, b1, b2, a1, a2], [, , , c1, c2]] = this.#filters;
    const state = this.#state;
    let [s0, s1, s2, s3] = state;
    let sum = 0;
    for (let n = from; n < to; n++) {
      const x = samples[n];
      const y = b0 * x + s0;
      s0 = b1 * x - a1 * y + s1;
      s1 = b2 * x - a2 * y;
      const z = y + s2;
      s2 = -2 * y - c1 * z + s3;
      s3 = y - c2 * z;
      sum += z * z;
    }
    // What rings on below anything that can be heard would slow the processor down.
    state[0] = Math.abs(s0) < TINY ? 0 : s0;
    state[1] = Math.abs(s1) < TINY ? 0 : s1;
    state[2] = Math.abs(s2) < TINY ? 0 : s2;
    state[3] = Math.abs(s3) < TINY ? 0 : s3;
    this.#sum += sum;
  }

  reset(): void {
    this.#state.fill(0);
    this.#sum = 0;
  }

  /** The sum of the squares since it was last asked. */
  takePower(): number {
    const sum = this.#sum;
    this.#sum = 0;
    return sum;
  }
}

const TINY = 1e-200;

/** How alike both channels are: 1 the same, 0 unrelated, -1 one the negative of the other. Pure. */

/** How long what was heard counts. */
const MEMORY_SECONDS = 0.3;
/** Below this mean square a channel counts as silent: -120 dBFS. */
const LEAST_POWER = 1e-12;

export class CorrelationMeter {
  #product = 0;
  #left = 0;
  #right = 0;

  /** Takes in what is heard now; `seconds` since the last time. */
  add(left: Float32Array, right: Float32Array, seconds: number): void {
    let [product, leftPower, rightPower] = [0, 0, 0];
    for (let n = 0; n < left.length; n++) {
      product += left[n] * right[n];
      leftPower += left[n] * left[n];
      rightPower += right[n] * right[n];
    }
    const keep = seconds > 0 ? Math.exp(-seconds / MEMORY_SECONDS) : 0;
    const take = (1 - keep) / Math.max(1, left.length);
    this.#product = keep * this.#product + take * product;
    this.#left = keep * this.#left + take * leftPower;
    this.#right = keep * this.#right + take * rightPower;
  }

  /** -1 to 1; null where a channel is silent. */
  get correlation(): number | null {
    if (this.#left < LEAST_POWER || this.#right < LEAST_POWER) return null;
    return Math.max(-1, Math.min(1, this.#product / Math.sqrt(this.#left * this.#right)));
  }

  /** By how much the right channel is louder, in dB; null where a channel is silent. */
  get balanceDb(): number | null {
    if (this.#left < LEAST_POWER || this.#right < LEAST_POWER) return null;
    return 10 * Math.log10(this.#right / this.#left);
  }
}

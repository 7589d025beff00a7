/** The largest of the last values of a sequence. Audio thread; on average a few steps a value, allocates nothing but at the start. */

export class SlidingMaximum {
  readonly #window: number;
  readonly #mask: number;
  /** A queue in a ring: values that fall from front to back, and when each came. */
  readonly #values: Int32Array;
  readonly #times: Int32Array;
  #front = 0;
  #back = 0;
  #time = 0;

  /** `window`: of how many values, at least 1. They are 0 at first. */
  constructor(window: number) {
    this.#window = window;
    const capacity = 2 ** Math.ceil(Math.log2(window + 1));
    this.#mask = capacity - 1;
    this.#values = new Int32Array(capacity);
    this.#times = new Int32Array(capacity);
  }

  /** Takes in a value, 0 or above, and gives the maximum. */
  push(value: number): number {
    const time = (this.#time + 1) | 0;
    this.#time = time;
    const mask = this.#mask;
    // What is not larger than what came later will never be the maximum again.
    while (this.#front !== this.#back && this.#values[(this.#back - 1) & mask] <= value)
      this.#back = (this.#back - 1) | 0;
    this.#values[this.#back & mask] = value;
    this.#times[this.#back & mask] = time;
    this.#back = (this.#back + 1) | 0;
    if (((time - this.#times[this.#front & mask]) | 0) >= this.#window) this.#front = (this.#front + 1) | 0;
    return this.#values[this.#front & mask];
  }

  /** As if nothing but 0 had come for a long time. */
  reset(): void {
    this.#front = 0;
    this.#back = 0;
  }
}

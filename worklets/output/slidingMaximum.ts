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

  /** Takes in the first `count` numbers, whole ones from 0, and puts in the place of each the maximum. */
  process(numbers: Float64Array, count: number): void {
    const values = this.#values;
    const times = this.#times;
    const mask = this.#mask;
    let front = this.#front;
    let back = this.#back;
    let time = this.#time;
    for (let n = 0; n < count; n++) {
      const value = numbers[n];
      time = (time + 1) | 0;
      // What is not larger than what came later will never be the maximum again.
      while (front !== back && values[(back - 1) & mask] <= value) back = (back - 1) | 0;
      values[back & mask] = value;
      times[back & mask] = time;
      back = (back + 1) | 0;
      if (((time - times[front & mask]) | 0) >= this.#window) front = (front + 1) | 0;
      numbers[n] = values[front & mask];
    }
    this.#front = front;
    this.#back = back;
    this.#time = time;
  }

  /** As if nothing but 0 had come for a long time. */
  reset(): void {
    this.#front = 0;
    this.#back = 0;
  }
}

/**
 * The frames that the scope shows some of: read from analysers as often as one likes; where a time base is too long for those,
 * kept from the tape, ten times a second. In: taps, the time base. Out: both channels, the newest frames last. Main thread.
 */

import { Tail } from '../meters/tail.ts';
import { type Taps, Waves } from '../taps.ts';

/** How much of an analyser is left for looking for a place to begin. */
const SEARCHED = 0.5;

export class WaveSource {
  readonly #waves = new Waves();
  #tail: Tail | null = null;
  sampleRate = 48_000;
  left = new Float32Array(0);
  right = new Float32Array(0);

  /** Begins to hear; returns a function that ends it. */
  use(taps: Taps, seconds: number): () => void {
    const frames = seconds * taps.sampleRate;
    this.sampleRate = taps.sampleRate;
    if (frames <= (1 - SEARCHED) * taps.pair('scope').left.fftSize) {
      this.#tail = null;
      return taps.use('scope');
    }
    const tail = new Tail(Math.ceil(frames * (1 + SEARCHED)));
    this.#tail = tail;
    return taps.listen({
      heard: (left, right) => tail.add(left, right),
      restarted: () => tail.clear(),
    });
  }

  read(taps: Taps): void {
    if (!this.#tail) this.#waves.read(taps.pair('scope'));
    const { left, right } = this.#tail ?? this.#waves;
    this.left = left as Float32Array<ArrayBuffer>;
    this.right = right as Float32Array<ArrayBuffer>;
  }

  /** A frozen picture keeps what it shows although the arrays are used again. */
  keep(): void {
    this.left = this.left.slice();
    this.right = this.right.slice();
  }
}

/**
 * The frames that the scope shows some of: read from analysers as often as one likes; where a time base is too long for those,
 * kept from the tape, ten times a second. In: taps, the time base. Out: both channels, the newest frames last. Main thread.
 */

import { Tail } from '../meters/tail.ts';
import { type Taps, Waves } from '../taps.ts';

/** The part of the time base that is searched for a place to begin. */
const SEARCHED = 0.5;
/** Frames that are read at the least, for the periods of low notes; analysers have so many at the most. */
const LEAST_FRAMES = 4096;
const MOST_FRAMES = 32_768;

export class WaveSource {
  readonly #waves = new Waves();
  #tail: Tail | null = null;
  sampleRate = 48_000;
  left: Float32Array = new Float32Array(0);
  right: Float32Array = new Float32Array(0);

  /** Begins to hear; returns a function that ends it. */
  use(taps: Taps, seconds: number): () => void {
    const frames = seconds * taps.sampleRate;
    this.sampleRate = taps.sampleRate;
    const wanted = Math.ceil(frames * (1 + SEARCHED));
    if (wanted <= MOST_FRAMES) {
      this.#tail = null;
      const { left, right } = taps.pair('scope');
      left.fftSize = Math.max(LEAST_FRAMES, 2 ** Math.ceil(Math.log2(wanted)));
      right.fftSize = left.fftSize;
      return taps.use('scope');
    }
    const tail = new Tail(wanted);
    this.#tail = tail;
    return taps.listen({
      heard: (left, right) => tail.add(left, right),
      restarted: () => tail.clear(),
    });
  }

  read(taps: Taps): void {
    if (!this.#tail) this.#waves.read(taps.pair('scope'));
    const { left, right } = this.#tail ?? this.#waves;
    this.left = left;
    this.right = right;
  }

  /** A frozen picture keeps what it shows although the arrays are used again. */
  keep(): void {
    this.left = this.left.slice();
    this.right = this.right.slice();
  }
}

/** What the pictures of the sound read: the part of the engine's analysers and tape that is used here. */

import type { ReadonlySignal } from '@preact/signals';
import type { Model } from '../app/model.ts';

export type Tap = Pick<
  AnalyserNode,
  'fftSize' | 'frequencyBinCount' | 'getFloatTimeDomainData' | 'getFloatFrequencyData'
>;

export interface TapPair {
  readonly left: Tap;
  readonly right: Tap;
}

type TapName = 'wave' | 'scope' | 'spectrum' | 'spectrogram';

export interface TapeListener {
  heard(left: Float32Array, right: Float32Array): void;
  restarted?(sampleRate: number): void;
}

export interface Taps {
  readonly sampleRate: number;
  /** Analysers of both channels, which hear something only while they are in use. */
  pair(name: TapName): TapPair;
  /** Returns a function that ends the use. */
  use(name: TapName): () => void;
  /** The sound that comes in, both sides together: heard only while it is in use. */
  readonly input: { use(): () => void; read(into: Float32Array<ArrayBuffer>): void };
  /** Every sample that is played, a tenth of a second at a time. Returns a function that ends it. */
  listen(listener: TapeListener): () => void;
}

export interface SoundPictureProps {
  readonly model: Model;
  readonly taps: ReadonlySignal<Taps | null>;
}

/** The audio thread may render between the readings of two analysers; so often both are read again. */
const MAX_READINGS = 3;

/** The current waves of both channels, of the same frames, read into reused arrays. */
export class Waves {
  left = new Float32Array(0);
  right = new Float32Array(0);
  #again = new Float32Array(0);

  read({ left, right }: TapPair): void {
    if (this.left.length !== left.fftSize) {
      this.left = new Float32Array(left.fftSize);
      this.right = new Float32Array(left.fftSize);
      this.#again = new Float32Array(left.fftSize);
    }
    left.getFloatTimeDomainData(this.left);
    for (let reading = 0; reading < MAX_READINGS; reading++) {
      right.getFloatTimeDomainData(this.right);
      left.getFloatTimeDomainData(this.#again);
      const isSame = areSame(this.left, this.#again);
      [this.left, this.#again] = [this.#again, this.left];
      if (isSame) return;
    }
  }
}

/** What has moved on differs in its last frames, unless these repeat themselves, and then it makes no difference. */
const COMPARED_FRAMES = 1024;

function areSame(a: Float32Array, b: Float32Array): boolean {
  for (let n = a.length - 1; n >= Math.max(0, a.length - COMPARED_FRAMES); n--) if (a[n] !== b[n]) return false;
  return true;
}

/** What the pictures of the sound read: the part of the engine's analysers that is used here. */

export type Tap = Pick<
  AnalyserNode,
  'fftSize' | 'frequencyBinCount' | 'getFloatTimeDomainData' | 'getFloatFrequencyData'
> & {
  readonly context: { readonly sampleRate: number };
};

export interface Taps {
  readonly left: Tap;
  readonly right: Tap;
  /** The same, over longer: for the spectrum. */
  readonly longLeft: Tap;
  readonly longRight: Tap;
}

/** The current waves of both channels, read into reused arrays. */
export class Waves {
  left = new Float32Array(0);
  right = new Float32Array(0);

  read(taps: Taps): void {
    if (this.left.length !== taps.left.fftSize) {
      this.left = new Float32Array(taps.left.fftSize);
      this.right = new Float32Array(taps.left.fftSize);
    }
    taps.left.getFloatTimeDomainData(this.left);
    taps.right.getFloatTimeDomainData(this.right);
  }
}

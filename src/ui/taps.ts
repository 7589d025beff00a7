/** What the pictures of the sound read: the part of the engine's analysers that is used here. */

export type Tap = Pick<
  AnalyserNode,
  'fftSize' | 'frequencyBinCount' | 'getFloatTimeDomainData' | 'getFloatFrequencyData'
> & {
  readonly context: { readonly sampleRate: number };
};

export interface Taps {
  /** Both channels as one. */
  readonly mix: Tap;
  readonly left: Tap;
  readonly right: Tap;
}

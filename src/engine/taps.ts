/**
 * What the pictures of the sound read: analysers of both channels, since their sum would show beats and cancellations nobody
 * hears. Each pair is connected only while somebody uses it, so that the audio thread does nothing for pictures that are not
 * shown. Main thread.
 */

/** `wave`: a few periods of low notes; `scope`: as long as who draws it sets it; `spectrum`: finely resolved; `spectrogram`: quick. */
export type TapName = 'wave' | 'scope' | 'spectrum' | 'spectrogram';

export interface TapPair {
  readonly left: AnalyserNode;
  readonly right: AnalyserNode;
}

/** About 90 ms, and longer than the time between two pictures. */
const WAVE_FRAMES = 4096;
const SCOPE_FRAMES = 32_768;
const SPECTROGRAM_FRAMES = 4096;
/** A third of a second, or more where a second has more frames: 50 Hz beside 60 Hz, and semitones from 100 Hz on. */
const SPECTRUM_FRAMES = 16_384;
const SPECTRUM_MAX_RATE = 50_000;
/** Smoothing of the spectrum from one picture to the next. */
const SMOOTHING = 0.6;

/** Window length of the analysers behind the spectrum, at this many frames a second. */
export const spectrumFrames = (sampleRate: number): number =>
  sampleRate > SPECTRUM_MAX_RATE ? 2 * SPECTRUM_FRAMES : SPECTRUM_FRAMES;

export class SoundTaps {
  readonly sampleRate: number;
  readonly #splitter: ChannelSplitterNode;
  readonly #source: AudioNode;
  readonly #pairs: Readonly<Record<TapName, TapPair>>;
  readonly #refCounts: Record<TapName, number> = { wave: 0, scope: 0, spectrum: 0, spectrogram: 0 };

  /** `source`: a node with two channels. */
  constructor(context: BaseAudioContext, source: AudioNode) {
    this.sampleRate = context.sampleRate;
    this.#source = source;
    this.#splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    const pair = (fftSize: number, smoothingTimeConstant: number): TapPair => ({
      left: new AnalyserNode(context, { fftSize, smoothingTimeConstant }),
      right: new AnalyserNode(context, { fftSize, smoothingTimeConstant }),
    });
    this.#pairs = {
      ...{ wave: pair(WAVE_FRAMES, 0), scope: pair(SCOPE_FRAMES, 0) },
      ...{ spectrum: pair(spectrumFrames(context.sampleRate), SMOOTHING), spectrogram: pair(SPECTROGRAM_FRAMES, 0) },
    };
  }

  pair(name: TapName): TapPair {
    return this.#pairs[name];
  }

  /** Whether anything is connected. */
  get isUsed(): boolean {
    return Object.values(this.#refCounts).some((count) => count > 0);
  }

  /** Connects a pair. Returns a function that gives it back. */
  use(name: TapName): () => void {
    if (!this.isUsed) this.#source.connect(this.#splitter);
    if (++this.#refCounts[name] === 1) {
      this.#splitter.connect(this.#pairs[name].left, 0);
      this.#splitter.connect(this.#pairs[name].right, 1);
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#refCounts[name] > 0) return;
      this.#splitter.disconnect(this.#pairs[name].left);
      this.#splitter.disconnect(this.#pairs[name].right);
      // An output that was given up has nothing connected any more.
      if (!this.isUsed) this.#release();
    };
  }

  #release(): void {
    try {
      this.#source.disconnect(this.#splitter);
    } catch {
      // It was disconnected as a whole.
    }
  }
}

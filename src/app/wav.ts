/**
 * Stereo samples as a WAVE file: 32-bit float, or 24 or 16 bits with dither. In: samples of both channels, in pieces of any
 * length. Out: bytes, interleaved and little-endian. Pure; any thread.
 *
 * A float file is the one that the command line writes. Whole numbers are samples times 2^(bits - 1), with triangular dither
 * (TPDF, Lipshitz, Vanderkooy and Wannamaker 1992): the difference of two uniform numbers of one step each, so that neither the
 * mean nor the power of what is rounded off depends on the sound. What is beyond full scale is clipped.
 */

export type WavFormat = 'float32' | 'int24' | 'int16';

export const WAV_FORMATS: readonly WavFormat[] = ['float32', 'int24', 'int16'];

const SAMPLE_BYTES: Readonly<Record<WavFormat, number>> = { float32: 4, int24: 3, int16: 2 };
const CHANNELS = 2;
const HEADER_BYTES = 44;
const TAG_PCM = 1;
const TAG_IEEE_FLOAT = 3;

/** The sizes in the header are unsigned 32-bit numbers. */
export const maxWavFrames = (format: WavFormat): number =>
  Math.floor((2 ** 32 - 1 - HEADER_BYTES) / (CHANNELS * SAMPLE_BYTES[format]));

/** What such a file begins with. */
export function wavHeader(format: WavFormat, sampleRate: number, frames: number): Uint8Array<ArrayBuffer> {
  const frameBytes = CHANNELS * SAMPLE_BYTES[format];
  const dataBytes = frames * frameBytes;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  const tag = (offset: number, text: string) => {
    for (let n = 0; n < text.length; n++) view.setUint8(offset + n, text.charCodeAt(n));
  };
  tag(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, format === 'float32' ? TAG_IEEE_FLOAT : TAG_PCM, true);
  view.setUint16(22, CHANNELS, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 8 * SAMPLE_BYTES[format], true);
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  return new Uint8Array(view.buffer);
}

/** The samples of a file. `random`: uniform numbers from 0 to 1, for the dither. */
export function wavSamples(
  format: WavFormat,
  left: Float32Array,
  right: Float32Array,
  random: () => number = Math.random,
): Uint8Array<ArrayBuffer> {
  const frames = left.length;
  const view = new DataView(new ArrayBuffer(frames * CHANNELS * SAMPLE_BYTES[format]));
  const write = WRITERS[format];
  for (let n = 0; n < frames; n++) {
    write(view, CHANNELS * n, left[n], random);
    write(view, CHANNELS * n + 1, right[n], random);
  }
  return new Uint8Array(view.buffer);
}

type Writer = (view: DataView, index: number, sample: number, random: () => number) => void;

const WRITERS: Readonly<Record<WavFormat, Writer>> = {
  float32: (view, index, sample) => view.setFloat32(4 * index, sample, true),
  int24: (view, index, sample, random) => {
    const value = quantised(sample, 2 ** 23, random);
    view.setUint8(3 * index, value & 0xff);
    view.setInt16(3 * index + 1, value >> 8, true);
  },
  int16: (view, index, sample, random) => view.setInt16(2 * index, quantised(sample, 2 ** 15, random), true),
};

function quantised(sample: number, fullScale: number, random: () => number): number {
  const value = Math.floor(sample * fullScale + random() - random() + 0.5);
  return Math.max(-fullScale, Math.min(fullScale - 1, value));
}

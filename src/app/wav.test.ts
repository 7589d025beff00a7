/** Files read back: the header by the format's definition, samples exactly, and dither as its formula says. */
import { describe, expect, it } from 'vitest';
import { maxWavFrames, WAV_FORMATS, type WavFormat, wavHeader, wavSamples } from './wav.ts';

const BITS: Readonly<Record<WavFormat, number>> = { float32: 32, int24: 24, int16: 16 };

/** Samples of a file as their writer has them: numbers for float, whole numbers for the others. */
function read(format: WavFormat, bytes: Uint8Array): [number[], number[]] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = BITS[format] / 8;
  const at = (index: number) => {
    const offset = index * size;
    if (format === 'float32') return view.getFloat32(offset, true);
    if (format === 'int16') return view.getInt16(offset, true);
    const value = view.getUint8(offset) | (view.getUint8(offset + 1) << 8) | (view.getUint8(offset + 2) << 16);
    return value >= 2 ** 23 ? value - 2 ** 24 : value;
  };
  const frames = bytes.length / (2 * size);
  const side = (channel: number) => Array.from({ length: frames }, (_, n) => at(2 * n + channel));
  return [side(0), side(1)];
}

describe.each(WAV_FORMATS)('%s', (format) => {
  it('has a header that says what follows', () => {
    const header = wavHeader(format, 44_100, 1000);
    const view = new DataView(header.buffer);
    const tag = (offset: number) => String.fromCharCode(...header.subarray(offset, offset + 4));
    const [bits, frameBytes] = [BITS[format], BITS[format] / 4];
    expect([tag(0), tag(8), tag(12), tag(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
    expect(view.getUint32(4, true)).toBe(header.length + 1000 * frameBytes - 8);
    expect(view.getUint32(16, true)).toBe(16);
    expect(view.getUint16(20, true)).toBe(format === 'float32' ? 3 : 1);
    expect(view.getUint16(22, true)).toBe(2);
    expect(view.getUint32(24, true)).toBe(44_100);
    expect(view.getUint32(28, true)).toBe(44_100 * frameBytes);
    expect(view.getUint16(32, true)).toBe(frameBytes);
    expect(view.getUint16(34, true)).toBe(bits);
    expect(view.getUint32(40, true)).toBe(1000 * frameBytes);
    expect(() => wavHeader(format, 48_000, maxWavFrames(format))).not.toThrow();
    expect(44 + maxWavFrames(format) * frameBytes).toBeLessThan(2 ** 32);
  });

  it('reads back as what was written', () => {
    const left = Float32Array.of(0, 0.5, -0.5, 1, -1, 0.123_456_789, 1.5, -1.5);
    const right = Float32Array.of(-0, 2 ** -15, -(2 ** -15), 0.25, 1 / 3, -1 / 3, 1e-9, -1e-9);
    // Two equal numbers are no dither.
    const written = read(
      format,
      wavSamples(format, left, right, () => 0.5),
    );
    if (format === 'float32') {
      expect(written).toEqual([[...left], [...right]]);
      return;
    }
    const scale = 2 ** (BITS[format] - 1);
    const expected = (samples: Float32Array) =>
      [...samples].map((sample) => Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale) + 0)));
    expect(written).toEqual([expected(left), expected(right)]);
  });
});

describe('dither', () => {
  /** Numerical Recipes' generator: 32 bits, in a fixed order. */
  const numbers = () => {
    let state = 1;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  };

  it.each([0, 0.1, 0.25, 0.5, 0.9])(
    'of a constant %f steps above a step: mean without bias, power a quarter of a step whatever it is',
    (part) => {
      const frames = 200_000;
      const samples = new Float32Array(frames).fill((100 + part) / 2 ** 15);
      const [left] = read('int16', wavSamples('int16', samples, samples, numbers()));
      const errors = left.map((value) => value - (100 + part));
      const mean = errors.reduce((sum, error) => sum + error, 0) / frames;
      const power = errors.reduce((sum, error) => sum + error * error, 0) / frames;
      // TPDF dither of 2 steps: 2/12 of its own, 1/12 of the rounding.
      expect(Math.abs(mean)).toBeLessThan(0.005);
      expect(Math.abs(power - 3 / 12)).toBeLessThan(0.005);
      expect(errors.every((error) => Math.abs(error) < 1.5001)).toBe(true);
    },
  );

  it('is white: what is rounded off at one sample says nothing of the next', () => {
    const frames = 200_000;
    const sine = Float32Array.from({ length: frames }, (_, n) => 1e-4 * Math.sin(n / 20));
    const [left] = read('int16', wavSamples('int16', sine, sine, numbers()));
    const errors = left.map((value, n) => value - sine[n] * 2 ** 15);
    for (const lag of [1, 2, 63]) {
      const sum = errors.slice(lag).reduce((all, error, n) => all + error * errors[n], 0);
      expect(Math.abs(sum / frames)).toBeLessThan(0.25 * 0.01);
    }
  });
});

/** Files that are put together here, byte by byte as their formats say. */
import { describe, expect, it } from 'vitest';
import { decodeSound } from './decodeSound.ts';

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
const little = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, n) => Math.floor(value / 256 ** n) & 255);
const big = (value: number, bytes: number) => little(value, bytes).reverse();

const wav = (format: number[], data: number[]) =>
  new Uint8Array([
    ...ascii('RIFF'),
    ...little(0, 4),
    ...ascii('WAVE'),
    ...ascii('LIST'),
    ...little(3, 4),
    1,
    2,
    3,
    0,
    ...ascii('fmt '),
    ...little(format.length, 4),
    ...format,
    ...ascii('data'),
    ...little(data.length, 4),
    ...data,
  ]);
const format = (code: number, channels: number, rate: number, bits: number) => [
  ...little(code, 2),
  ...little(channels, 2),
  ...little(rate, 4),
  ...little((rate * channels * bits) / 8, 4),
  ...little((channels * bits) / 8, 2),
  ...little(bits, 2),
];
const floats = (...values: number[]) => [...new Uint8Array(Float32Array.from(values).buffer)];

const aiff = (kind: string, bits: number, data: number[]) =>
  new Uint8Array([
    ...ascii('FORM'),
    ...big(0, 4),
    ...ascii(kind === 'NONE' ? 'AIFF' : 'AIFC'),
    ...ascii('COMM'),
    ...big(kind === 'NONE' ? 18 : 22, 4),
    ...big(1, 2),
    ...big(data.length / (bits / 8), 4),
    ...big(bits, 2),
    // 44100 as an 80-bit float.
    0x40,
    0x0e,
    0xac,
    0x44,
    0,
    0,
    0,
    0,
    0,
    0,
    ...(kind === 'NONE' ? [] : ascii(kind)),
    ...ascii('SSND'),
    ...big(data.length + 8, 4),
    ...big(0, 8),
    ...data,
  ]);

describe('WAV', () => {
  it.each<[string, Uint8Array, number[]]>([
    ['8 bits', wav(format(1, 1, 8000, 8), [0, 128, 255]), [-1, 0, 127 / 128]],
    ['16 bits', wav(format(1, 1, 8000, 16), [0, 0x80, 0xff, 0x7f, 1, 0]), [-1, 32_767 / 32_768, 1 / 32_768]],
    ['24 bits', wav(format(1, 1, 8000, 24), [0, 0, 0x80, 1, 0, 0]), [-1, 2 ** -23]],
    ['32 bits', wav(format(1, 1, 8000, 32), [0, 0, 0, 0x80, 0, 0, 0, 0x40]), [-1, 0.5]],
    ['floats', wav(format(3, 1, 8000, 32), floats(0.1, -7)), [Math.fround(0.1), -7]],
    [
      'extensible',
      wav(
        [...format(0xfffe, 1, 8000, 16), ...little(22, 2), ...little(16, 2), ...little(4, 4), ...little(1, 2)],
        [0, 0x40],
      ),
      [0.5],
    ],
  ])('%s', (_, bytes, expected) => {
    const sound = decodeSound(bytes);
    expect(sound?.rate).toBe(8000);
    expect([...(sound?.channels[0] ?? [])]).toEqual(expected);
  });

  it('with two channels, cut off in the middle', () => {
    const sound = decodeSound(wav(format(3, 2, 96_000, 32), floats(1, 2, 3, 4, 5)));
    expect(sound?.channels.map((channel) => [...channel])).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});

describe('AIFF', () => {
  it.each<[string, Uint8Array, number[]]>([
    ['16 bits', aiff('NONE', 16, [0x80, 0, 0x40, 0]), [-1, 0.5]],
    ['24 bits', aiff('NONE', 24, [0x80, 0, 0, 0, 0, 1]), [-1, 2 ** -23]],
    ['little-endian', aiff('sowt', 16, [0, 0x40]), [0.5]],
    ['floats', aiff('fl32', 32, floats(0.25).reverse()), [0.25]],
  ])('%s', (_, bytes, expected) => {
    const sound = decodeSound(bytes);
    expect(sound?.rate).toBe(44_100);
    expect([...(sound?.channels[0] ?? [])]).toEqual(expected);
  });
});

it.each([
  ['nothing', new Uint8Array()],
  ['noise', new Uint8Array(100).fill(7)],
  ['a compressed WAV', wav(format(2, 1, 8000, 4), [1, 2, 3])],
  ['a WAV without data', wav(format(1, 1, 8000, 16), [])],
  ['a rate of 0', wav(format(1, 1, 0, 16), [0, 0])],
])('%s is no sound', (_, bytes) => expect(decodeSound(bytes)).toBeNull());

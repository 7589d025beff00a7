import { describe, expect, it } from 'vitest';
import { renderPatch } from '../src/node/renderPatch.ts';
import { countGaps, GAPLESS_HZ, gaplessText, holedText } from './gaps.ts';

const RATE = 48_000;

/** A second of the sound with frames left out, put in, or silent. */
function sound(pieces: readonly (readonly [from: number, to: number] | readonly [silent: number])[]) {
  const frames = pieces.flatMap((piece) =>
    piece.length === 1
      ? Array.from({ length: piece[0] }, () => [0, 0])
      : Array.from({ length: piece[1] - piece[0] }, (_, n) => {
          const angle = (2 * Math.PI * GAPLESS_HZ * (piece[0] + n)) / RATE;
          return [0.3 * Math.sin(angle), 0.3 * Math.cos(angle)];
        }),
  );
  return [Float32Array.from(frames, ([left]) => left), Float32Array.from(frames, ([, right]) => right)] as const;
}

describe('gaps', () => {
  it.each([
    ['a whole sound', [[0, 48_000]], 0],
    ['a block of silence', [[0, 20_000], [128], [20_128, 48_000]], 1],
    [
      'a block that is left out',
      [
        [0, 20_000],
        [20_128, 48_000],
      ],
      1,
    ],
    [
      'a block that is played twice',
      [
        [0, 20_000],
        [19_872, 48_000],
      ],
      1,
    ],
    ['two holes far apart', [[0, 10_000], [500], [10_500, 30_000], [500], [30_500, 48_000]], 2],
    ['a little less than a tenth of a second of silence', [[0, 20_000], [4700], [24_700, 48_000]], 5],
    ['silence between two pieces that do not go on', [[0, 20_000], [300], [20_077, 48_000]], 1],
  ] as const)('are found in %s', (_, pieces, expected) => {
    expect(countGaps(...sound(pieces), RATE)).toBe(expected);
  });

  it('are none in the texts, nor where one is swapped for the next; the holed one has five a second', async () => {
    const swaps = Array.from({ length: 6 }, (_, n) => ({ frame: 3000 * (n + 1), text: gaplessText(n + 1, 3) }));
    const whole = await renderPatch({ text: gaplessText(0, 3), frames: RATE / 2, swaps });
    expect(whole.swaps.map(({ kind }) => kind)).toEqual(Array(6).fill('committed'));
    expect(countGaps(whole.left32, whole.right32, RATE)).toBe(0);
    const holed = await renderPatch({ text: holedText(3), frames: 3.5 * RATE });
    // Four holes of 90 ms.
    expect(countGaps(holed.left32, holed.right32, RATE)).toBe(4 * 5);
  });
});

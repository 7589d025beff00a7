/**
 * Whole numbers that frames keep are i32 in the second tier: as long as memory holds what that takes for granted, and where it
 * does not, the block is played by the first. Samples are those of the same text as JavaScript, from the same state.
 */

import { describe, expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { printProgram } from './print.ts';

const library = readLibrary();
const FRAMES = 64;

function optimised(text: string) {
  const made = twoTiers(text, library);
  if (made.optimised.kind !== 'optimised' || !made.second) throw new Error('not optimised');
  const { program } = made.optimised;
  return { second: made.second, first: made.first, program, printed: printProgram(program) };
}

const cursor = `
const line = Float64Array.from({ length: 10 }, (_, i) => i * i);
let at = 0;
export default () => {
  const y = line[at];
  if (++at >= 10) at = 0;
  return y;
};`;

/** What the text says, from a cursor on. */
function expected(from: number): number[] {
  const line = Float64Array.from({ length: 10 }, (_, i) => i * i);
  let at = from;
  return Array.from({ length: FRAMES }, () => {
    const y = line[at];
    if (++at >= 10) at = 0;
    return y ?? Number.NaN;
  });
}

describe('a cursor', () => {
  const { second, program, printed } = optimised(cursor);
  const { offset } = program.wholes[0]!;
  const arena = () => {
    const { buffer, byteOffset } = second.arena();
    return new DataView(buffer, byteOffset);
  };
  const play = (): number[] => {
    const [left, right] = [new Float64Array(FRAMES), new Float64Array(FRAMES)];
    second.render(left, right, FRAMES);
    return [...left];
  };

  it('is an i32 within its array, which needs no test', () => {
    expect(program.wholes).toEqual([{ offset, low: 0, high: 9 }]);
    const loop = printed.slice(printed.indexOf('loop '));
    expect(loop).toMatch(/load\.f64/);
    expect(loop).not.toMatch(/trunc|lt_u/);
  });

  it.each([0, 3, 9, 3.5, -0, -1, 10, 1e12, Number.NaN, Number.POSITIVE_INFINITY])('plays from %d on', (from) => {
    arena().setFloat64(offset, from, true);
    expect(arena().getFloat64(offset, true)).toBe(from);
    expect(play()).toEqual(expected(from));
  });

  it('is an i32 again as soon as memory says so', () => {
    arena().setFloat64(offset, 9.5, true);
    play();
    // The first frame sets it to 0.
    expect(arena().getFloat64(offset, true)).toBe((FRAMES - 1) % 10);
  });
});

it('takes no number for whole that may be another', () => {
  for (const step of ['at += 0.5', 'at += 1', 'at = at * -1', 'at = Math.random() < 0.5 ? at : 1e10']) {
    const { program } = optimised(`let at = 0; export default () => { const y = at; ${step}; return y; };`);
    expect(program.wholes, step).toEqual([]);
  }
});

it('knows remainders and counts with a sign', () => {
  const text = `
    let at = 0, down = 5, seed = 1;
    export default () => {
      at = (at + 7) % 12;
      if (--down < -5) down = 5;
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      return [at + (currentFrame % 24000) + (currentFrame % 7), down + seed];
    };`;
  const { second, program, printed } = optimised(text);
  const ranges = program.wholes.map(({ low, high }) => [low, high]);
  expect(ranges).toContainEqual([0, 11]);
  expect(ranges.map(([low]) => low)).toContain(-5);
  expect(printed).not.toMatch(/fmod/);
  const [left, right] = [new Float64Array(FRAMES), new Float64Array(FRAMES)];
  second.render(left, right, FRAMES);
  let [at, down, seed] = [0, 5, 1];
  for (let frame = 0; frame < FRAMES; frame++) {
    at = (at + 7) % 12;
    if (--down < -5) down = 5;
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    expect([left[frame], right[frame]]).toEqual([at + (frame % 24000) + (frame % 7), down + seed]);
  }
});

it('leaves the bits of a NaN alone where nobody looks at them', () => {
  const nans = (use: string): number =>
    optimised(
      `const a = new Float64Array(8); let at = 0; let last: number | undefined;
       export default () => { at = (at + 1) % 8; const y = a[at]; ${use} };`,
    ).printed.match(/NaN/g)?.length ?? 0;
  expect(nans('return y * 0.5 + 1;')).toBe(0);
  expect(nans('last = y; return last === undefined ? 1 : 0;')).toBeGreaterThan(0);
});

describe('voices that are added up', () => {
  const text = (count: number) => `
    const voices = Array.from({ length: ${count} }, (_, i) => {
      let [phase, low] = [0, 0];
      return (x: number) => {
        phase += (i + 1) / 997;
        if (phase >= 1) phase -= 1;
        low += 0.1 * (phase * (1 + phase * (0.3 - phase * (0.7 + phase))) + x - low);
        return low;
      };
    });
    let seed = 1;
    export default (t: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      let sum = 0;
      for (const next of voices) sum += next(seed / 2 ** 31 + t);
      return sum / ${count};
    };`;

  it('have loops of their own where they are many, in the order of the source', () => {
    const { first, second, printed } = optimised(text(41));
    expect(printed.match(/ loop /g)!.length).toBe(9);
    const [a, b, c, d] = [0, 1, 2, 3].map(() => new Float64Array(128)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (const frames of [128, 1, 77]) {
      first.render(a, b, frames);
      second.render(c, d, frames);
      expect(c).toEqual(a);
      expect(d).toEqual(b);
    }
  });

  it('stay in one where they are few', () => {
    expect(optimised(text(8)).printed.match(/ loop /g)!.length).toBe(1);
  });
});

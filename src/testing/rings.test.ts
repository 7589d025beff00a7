/** Delay lines that get another length while they play: every way and form at five moments, and what is special. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderPatch } from '../node/renderPatch.ts';
import { RING } from '../protocol/generation.ts';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { LivePatch } from './live.ts';
import { renderOracle } from './oracle.ts';
import {
  FADE_FRAMES,
  forms,
  INPUT,
  momentsOf,
  noise,
  program,
  readers,
  remembering,
  testMoments,
  ways,
  waysDown,
} from './ringPrograms.ts';

testMoments(momentsOf(5));

describe('a line too large to be turned at the commit', () => {
  const [form, reader] = [forms[0], readers[1]];
  const limits = { regionBytes: 512, copyBudgetBytes: 1024, homeBytes: 4096, leftovers: 4096 };

  it('is copied ahead over some blocks', async () => {
    const sizes = [700_000, 450_000] as const;
    const [before, after] = sizes.map((size) => program(ways[0], form, reader, size, INPUT, 0.5));
    const live = await LivePatch.create(before, { fadeFrames: FADE_FRAMES });
    live.render(900_000);
    const { batch } = live.compile(after);
    expect(batch?.plan.rings[RING.IS_AHEAD]).toBe(1);
    live.renderer.receive(batch!);
    const asked = live.renderer.currentFrame;
    const render = live.render(800_000);
    const [committed] = live.swapFrames;
    expect(committed - asked).toBeGreaterThanOrEqual(3 * 128);
    const all = remembering(form, reader, sizes, committed, asked + 800_000);
    const expected = { left: all.left.subarray(asked), right: all.right.subarray(asked) };
    expectSameRender('turned ahead', render, expected, { tolerance: 0, fromFrame: committed - asked + FADE_FRAMES });
  });

  it.each([
    [500, 180, ways[0]],
    [180, 500, ways[0]],
    [500, 180, waysDown[1]],
    [180, 500, waysDown[2]],
  ])(
    'and is brought up to date while the commit waits for many of its rounds: %i to %i, $2.name',
    async (from, to, way) => {
      const sizes = [from, to] as const;
      const [before, after] = sizes.map((size) => {
        const patch = program(way, form, reader, size, INPUT, 0.5);
        return `const bpm = 300\n${patch}`;
      });
      const live = await LivePatch.create(before, { fadeFrames: FADE_FRAMES, limits });
      live.session.configure({ fadeMs: (1000 * FADE_FRAMES) / 48_000, quantise: 'bar' });
      live.render(1280);
      const { batch } = live.compile(after);
      expect(batch?.plan.rings[RING.IS_AHEAD]).toBe(1);
      live.renderer.receive(batch!);
      const asked = live.renderer.currentFrame;
      const render = live.render(50_000);
      const [committed] = live.swapFrames;
      expect(committed - asked).toBeGreaterThan(30 * from);
      const all = remembering(form, reader, sizes, committed, asked + 50_000);
      const expected = { left: all.left.subarray(asked), right: all.right.subarray(asked) };
      // What was written while it waited is more than the longer line holds.
      expectSameRender('kept up', render, expected, { tolerance: 0, fromFrame: committed - asked + FADE_FRAMES });
    },
  );
});

it('lines that begin with random numbers are turned like any other', async () => {
  const patch = (size: number) => `function string(size) {
      const line = new Float64Array(size)
      for (let n = 0; n < size; n++) line[n] = Math.random()
      let at = 0
      return (x) => { const y = line[at]; line[at] = x; at = (at + 1) % size; return y }
    }
    const strings = [${size}, ${size + 10}].map((size) => string(size))
    export default () => [strings[0](${INPUT}), strings[1](${INPUT})]`;
  const swaps = [{ frame: 768, text: patch(150) }];
  const render = await renderCompiled({ text: patch(400), frames: 1600, fadeFrames: FADE_FRAMES, swaps });
  for (let frame = 768 + FADE_FRAMES; frame < 1600; frame++) {
    expect([render.left[frame], render.right[frame]]).toEqual([noise(frame - 150), noise(frame - 160)]);
  }
});

describe('an index that is no such cursor', () => {
  const play = (before: string, after: string, moment: number) =>
    renderPatch({
      text: before,
      frames: moment + 2000,
      fadeFrames: FADE_FRAMES,
      swaps: [{ frame: moment, text: after }],
    });

  it('is kept within an array that is shorter now, and the report says so', async () => {
    // It goes to and fro, and back by one step at either end.
    const patch = (size: number) => `const line = new Float64Array(${size})
      let at = 0
      let step = 1
      export default () => {
        line[at] = 0.25 + 0.001 * at
        const y = line[at]
        if (at >= line.length - 1) step = -1
        if (at <= 0) step = 1
        at += step
        return y
      }`;
    const render = await play(patch(900), patch(400), 768);
    expect([render.nonFinite, render.traps]).toEqual([0, []]);
    const [swap] = render.swaps;
    if (swap.kind !== 'committed') throw new Error(swap.kind);
    expect(swap.report.stateFitted).toEqual(['`at` is kept within `line`, which now has 400 elements']);
    expect((await play(patch(400), patch(900), 768)).swaps).toMatchObject([
      { report: expect.not.objectContaining({ stateFitted: expect.anything() }) },
    ]);
  });

  it('is kept so one by one where it is an element of an array', async () => {
    const patch = (size: number) => `const lines = [new Float64Array(${size}), new Float64Array(${size + 50})]
      const at = [0, 0]
      const step = [1, 1]
      export default () => {
        let sum = 0
        for (let i = 0; i < 2; i++) {
          lines[i][at[i]] = 0.25 + 0.001 * at[i]
          sum += lines[i][at[i]]
          if (at[i] >= lines[i].length - 1) step[i] = -1
          if (at[i] <= 0) step[i] = 1
          at[i] += step[i]
        }
        return sum
      }`;
    const render = await play(patch(900), patch(400), 768);
    expect([render.nonFinite, render.traps]).toEqual([0, []]);
    const [swap] = render.swaps;
    if (swap.kind !== 'committed') throw new Error(swap.kind);
    expect(swap.report.stateFitted).toEqual([
      '`at[0]` is kept within `lines[0]`, which now has 400 elements',
      '`at[1]` is kept within `lines[1]`, which now has 450 elements',
    ]);
  });

  it('stays where it was if it had gone past the longer array already: what is over is not heard again', async () => {
    const patch = (size: number) => `const tone = Array.from({ length: ${size} }, () => 0.5)
      let at = 0
      let heard = 0
      export default () => {
        tone[0] = 0.5
        heard = at < tone.length ? tone[at] : 0
        at += 1
        return heard
      }`;
    const swaps = [{ frame: 1280, text: patch(400) }];
    const { left } = await renderCompiled({ text: patch(900), frames: 2000, fadeFrames: FADE_FRAMES, swaps });
    expect([left[0], left[899], ...left.subarray(900)]).toEqual([0.5, 0.5, ...new Array(1100).fill(0)]);
  });

  it('is named with its value where something behind the end turned the sound to NaN', async () => {
    const patch = (size: number) => `const line = new Float32Array(${size})
      let at = 0
      let low = 0
      export default () => {
        line[currentFrame % 300] = 0.5
        low += 0.5 * (line[2 * at - at] - low)
        at = at < ${size} - 1 ? at + 1 : at
        return low
      }`;
    const render = await play(patch(19_200), patch(9600), 14_848);
    expect(render.traps.map(({ diagnostic }) => diagnostic.message)).toEqual([
      expect.stringMatching(/^`at` is 14848, `line` now has 9600 elements: /),
    ]);
    const { span } = render.traps[0].diagnostic;
    expect(patch(9600).slice(span.start, span.end)).toBe('2 * at - at');
  });
});

/** The lines of the patches that say how long a delay is. */
const lengthLines: Readonly<Record<string, RegExp>> = {
  '03-plucked-string': /new Float64Array\(4096\)|& 4095|stepFrames \* 3|^const bpm/,
  '05-freeverb-rhythm': /Lengths = \[|reverb\(23\)|\/ 44100|^const bpm/,
};

describe.each(Object.entries(lengthLines))('%s', (name, isLength) => {
  const text = readFileSync(`src/testing/handwritten/${name}.ts`, 'utf8');
  const lines = text.split('\n');
  const edits = lines.flatMap((line, row) => {
    if (!isLength.test(line)) return [];
    const code = line.replace(/\/\/.*/, '');
    return [...code.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?!\w)/g)].flatMap(({ 0: number, index }) =>
      [0.5, 2].map((factor) => {
        const value = String(Number(number) * factor);
        const edited = line.slice(0, index) + value + line.slice(index + number.length);
        return { row, what: `${number} → ${value} in ${line.trim()}`, text: lines.with(row, edited).join('\n') };
      }),
    );
  });

  it.each(edits)('$what: taken, or refused with a reason, and nothing becomes NaN', async ({ text: after }) => {
    const swapFrame = 12_800;
    const render = await renderPatch({ text, frames: swapFrame + 6400, swaps: [{ frame: swapFrame, text: after }] });
    expect(render.traps).toEqual([]);
    const [swap] = render.swaps;
    if (render.nonFinite > 0) {
      // The text makes NaN by itself, and the sound continues without: that is said, with its place.
      const { left } = renderOracle(after, { frames: swapFrame + 6400 });
      expect(left.some(Number.isNaN)).toBe(true);
      const said = [...swap.diagnostics, ...render.notices.map(({ diagnostic }) => diagnostic)];
      expect(said.filter(({ code, span }) => code === 'not-finite' && span.start > 0)).not.toEqual([]);
    }
    if (swap.kind === 'committed') return;
    if (swap.kind !== 'rejected') throw new Error(swap.kind);
    expect(swap.diagnostics.map(({ code, message }) => `${code}: ${message}`)).not.toEqual([]);
    for (const { span } of swap.diagnostics) expect(span.start).toBeGreaterThan(0);
  });
});

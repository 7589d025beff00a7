/**
 * Delay lines that get another length while they play. The right answer is a delay that remembers everything, written here
 * in plain JavaScript: a line that was shortened is, from the end of the fade on, that delay bit for bit. One that was
 * lengthened steps nowhere further than the programs do by themselves.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderPatch } from '../node/renderPatch.ts';
import { RING } from '../protocol/generation.ts';
import { expectSameRender, largestStep } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { LivePatch } from './live.ts';
import { renderOracle } from './oracle.ts';

const FADE_FRAMES = 32;
const BLOCK_FRAMES = 16;

/** How a program steps through a line: statements before the element is read and written, and after it. */
interface Way {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  /** Where it writes. */
  readonly at: string;
  readonly hasCursor: boolean;
  /** What is read is counted the other way. */
  readonly runsDown?: boolean;
}

/** `AT`, `SIZE` and `LINE` stand for what the form calls them. */
const ways: readonly Way[] = [
  { name: 'a counter modulo the length', after: 'AT = (AT + 1) % SIZE', at: 'AT', hasCursor: true },
  { name: 'counting up, and a reset beyond', after: 'if (++AT >= SIZE) AT = 0', at: 'AT', hasCursor: true },
  { name: 'one further or the start', after: 'AT = AT + 1 < SIZE ? AT + 1 : 0', at: 'AT', hasCursor: true },
  { name: 'a reset at the length', after: 'AT++; if (AT === LINE.length) AT = 0', at: 'AT', hasCursor: true },
  { name: 'currentFrame modulo the length', at: 'w', before: 'const w = currentFrame % SIZE', hasCursor: false },
  { name: 'a step before the write', before: 'AT = (AT + 1) % LINE.length', at: 'AT', hasCursor: true },
  { name: 'a reset before the write', before: 'if (AT >= SIZE) AT = 0', after: 'AT += 1', at: 'AT', hasCursor: true },
  { name: 'a count that only rises', after: 'AT++', at: 'w', before: 'const w = AT % SIZE', hasCursor: true },
  { name: 'a length taken off', after: 'AT += 1; if (AT >= SIZE) AT -= SIZE', at: 'AT', hasCursor: true },
];

const waysDown: readonly Way[] = [
  { name: 'down modulo the length', after: 'AT = (AT - 1 + SIZE) % SIZE' },
  { name: 'counting down, and to the end below 0', after: 'if (--AT < 0) AT = LINE.length - 1' },
  { name: 'one down or the end, before the write', before: 'AT = AT > 0 ? AT - 1 : SIZE - 1' },
].map((way) => ({ ...way, at: 'AT', hasCursor: true, runsDown: true }));

/** What is read, by how many samples back, of a line with so many. */
interface Reader {
  readonly name: string;
  /** `W` stands for where the program writes. */
  readonly text: string;
  /** The same behind a cursor that runs down. */
  readonly down?: string;
  readonly of: (back: (samples: number) => number, size: number) => number;
  /** The sum of what it multiplies by. */
  readonly gain: number;
}

const readers: readonly Reader[] = [
  { name: 'the oldest', text: 'LINE[W]', of: (back, size) => back(size), gain: 1 },
  {
    name: 'with taps',
    text: '0.5 * LINE[W] + 0.25 * LINE[(W - 7 + SIZE) % SIZE] + 0.125 * LINE[(W + 3) % SIZE]',
    down: '0.5 * LINE[W] + 0.25 * LINE[(W + 7) % SIZE] + 0.125 * LINE[(W - 3 + SIZE) % SIZE]',
    of: (back, size) => 0.5 * back(size) + 0.25 * back(7) + 0.125 * back(size - 3),
    gain: 0.875,
  },
  {
    name: 'interpolated',
    text: `0.75 * LINE[Math.floor(W + 2.25) % SIZE] + 0.25 * LINE[(Math.floor(W + 2.25) + 1) % SIZE]`,
    down: '0.75 * LINE[Math.floor(W - 2 + SIZE) % SIZE] + 0.25 * LINE[(W - 3 + SIZE) % SIZE]',
    of: (back, size) => 0.75 * back(size - 2) + 0.25 * back(size - 3),
    gain: 1,
  },
];

interface Form {
  readonly name: string;
  readonly text: (size: number, body: (names: Names) => string, way: Way, input: string) => string;
  readonly lines: number;
}

interface Names {
  readonly line: string;
  readonly at: string;
  readonly size: string;
}

const forms: readonly Form[] = [
  {
    name: 'a factory',
    lines: 1,
    text: (size, body, way, input) => `function echo(size) {
        const line = new Float64Array(size)
        ${way.hasCursor ? 'let at = 0' : ''}
        return (x) => { ${body({ line: 'line', at: 'at', size: 'size' })} return y }
      }
      const one = echo(${size})
      export default () => one(${input})`,
  },
  {
    name: 'an array of factories',
    lines: 2,
    text: (size, body, way, input) => `const time = ${size} / sampleRate
      const line = (seconds) => {
        const line = new Float64Array(Math.round(seconds * sampleRate))
        ${way.hasCursor ? 'let at = 0' : ''}
        return (x) => { ${body({ line: 'line', at: 'at', size: 'line.length' })} return y }
      }
      const lines = [time, time + 9 / sampleRate].map((seconds) => line(seconds))
      export default () => { const x = ${input}; let sum = 0; for (const f of lines) sum += f(x); return sum }`,
  },
  {
    name: 'objects in an array',
    lines: 2,
    text: (size, body, _, input) => `const echoes = [${size}, ${size + 9}].map((size) => (
        { size, line: Array.from({ length: size }, () => 0), at: 0 }))
      export default () => {
        const x = ${input}
        let sum = 0
        for (const e of echoes) { ${body({ line: 'e.line', at: 'e.at', size: 'e.size' })} sum += y }
        return sum
      }`,
  },
  {
    name: 'the top level',
    lines: 1,
    text: (size, body, way, input) => `const size = ${size}
      const line = new Float64Array(size)
      ${way.hasCursor ? 'let at = 0' : ''}
      export default () => { const x = ${input}; ${body({ line: 'line', at: 'at', size: 'size' })} return y }`,
  },
];

const arrayOfCursors = (cursors: string): Form => ({
  name: `an array of lines, and one of cursors: ${cursors}`,
  lines: 2,
  text: (size, body, _, input) => `const sizes = [${size}, ${size + 9}]
      const lines = sizes.map((n) => new Float64Array(n))
      const at = ${cursors}
      export default () => {
        const x = ${input}
        let sum = 0
        for (let i = 0; i < 2; i++) { ${body({ line: 'lines[i]', at: 'at[i]', size: 'sizes[i]' })} sum += y }
        return sum
      }`,
});

/** Each way and the forms in which it is tried. */
const table: readonly { readonly way: Way; readonly forms: readonly Form[] }[] = [
  ...ways.map((way) => ({ way, forms })),
  ...waysDown.map((way, n) => ({ way, forms: [forms[n], forms[n + 1], arrayOfCursors('new Int32Array(2)')] })),
  ...[0, 1, 3, 7].map((n) => ({ way: ways[n], forms: [arrayOfCursors('[0, 0]')] })),
];

const INPUT = '((currentFrame * 7919) % 1024) / 1024 - 0.5';
const noise = (frame: number): number => ((frame * 7919) % 1024) / 1024 - 0.5;
const SWELL = 'Math.sin(currentFrame / 40) * Math.sin(currentFrame / 230)';

function program(way: Way, form: Form, reader: Reader, size: number, input: string, feedback: number): string {
  const body = ({ line, at, size: length }: Names): string => {
    const named = (text: string) => text.replaceAll('LINE', line).replaceAll('AT', at).replaceAll('SIZE', length);
    const where = named(way.at);
    return `${named(way.before ?? '')};
      const y = ${named((way.runsDown && reader.down) || reader.text).replaceAll('W', where)};
      ${line}[${where}] = x + ${feedback} * y;
      ${named(way.after ?? '')};`;
  };
  return form.text(size, body, way, input);
}

/** A delay that forgets nothing, of which the length changes at a frame. */
function remembering(form: Form, reader: Reader, sizes: readonly [number, number], swapFrame: number, frames: number) {
  const left = new Float64Array(frames);
  for (let n = 0; n < form.lines; n++) {
    const past: number[] = [];
    for (let frame = 0; frame < frames; frame++) {
      const size = sizes[frame < swapFrame ? 0 : 1] + 9 * n;
      const y = reader.of((samples) => past[frame - samples] ?? 0, size);
      past.push(noise(frame) + 0.5 * y);
      left[frame] += y;
    }
  }
  return { left, right: left };
}

const MOMENTS = Array.from({ length: 30 }, (_, n) => 16 + 16 * ((n * 37) % 120));

describe.each(table)('$way.name', ({ way, forms }) => {
  for (const [index, form] of forms.entries()) {
    const reader = readers[([...ways, ...waysDown].indexOf(way) + index) % readers.length];
    it(`in ${form.name}, ${reader.name}: shortened, it is the delay that has always remembered`, async () => {
      const sizes = [400, 150] as const;
      const [before, after] = sizes.map((size) => program(way, form, reader, size, INPUT, 0.5));
      for (const moment of MOMENTS) {
        const frames = moment + 1200;
        const render = await renderCompiled({
          ...{ text: before, frames, fadeFrames: FADE_FRAMES, blockFrames: BLOCK_FRAMES },
          swaps: [{ frame: moment, text: after }],
        });
        const expected = remembering(form, reader, sizes, moment, frames);
        const name = `at frame ${moment}\n${after}\n`;
        expectSameRender(name, render, expected, { tolerance: 0, toFrame: moment });
        expectSameRender(name, render, expected, { tolerance: 0, fromFrame: moment + FADE_FRAMES });
      }
    });

    it(`in ${form.name}, ${reader.name}: lengthened, it neither steps nor falls silent`, async () => {
      const feedback = 0.3;
      const [before, after] = [150, 400].map((size) => program(way, form, reader, size, SWELL, feedback));
      const options = { frames: 3000, fadeFrames: 96, blockFrames: BLOCK_FRAMES };
      // As far as the program can step by itself: what it is given, in phase at all taps and after every round.
      const step = largestStep(renderOracle(`export default () => ${SWELL}`, { frames: options.frames }));
      const own = (form.lines * step * reader.gain) / (1 - feedback * reader.gain);
      for (const moment of MOMENTS) {
        const render = await renderCompiled({ text: before, ...options, swaps: [{ frame: moment, text: after }] });
        expect(largestStep(render), `at frame ${moment}\n${after}`).toBeLessThan(1.05 * own);
        const heard = render.left.subarray(moment, moment + 250).reduce((most, y) => Math.max(most, Math.abs(y)), 0);
        if (moment > 400) expect(heard, `at frame ${moment}\n${after}`).toBeGreaterThan(0.02);
      }
    });
  }
});

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

/**
 * Delay lines that get another length while they play. The right answer is a delay that remembers everything, written here
 * in plain JavaScript: a line that was shortened is, from the end of the fade on, that delay bit for bit. One that was
 * lengthened steps nowhere further than the programs do by themselves. Tests only.
 */
import { describe, expect, it } from 'vitest';
import { expectSameRender, largestStep } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

export const FADE_FRAMES = 32;
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
export const ways: readonly Way[] = [
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

export const waysDown: readonly Way[] = [
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

export const readers: readonly Reader[] = [
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

export const forms: readonly Form[] = [
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

export const INPUT = '((currentFrame * 7919) % 1024) / 1024 - 0.5';
export const noise = (frame: number): number => ((frame * 7919) % 1024) / 1024 - 0.5;
const SWELL = 'Math.sin(currentFrame / 40) * Math.sin(currentFrame / 230)';

export function program(way: Way, form: Form, reader: Reader, size: number, input: string, feedback: number): string {
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
export function remembering(
  form: Form,
  reader: Reader,
  sizes: readonly [number, number],
  swapFrame: number,
  frames: number,
) {
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

/** Frames at which a line gets another length, as many as there are to be. */
export const momentsOf = (count: number) => Array.from({ length: count }, (_, n) => 16 + 16 * ((n * 37) % 120));

/** Tries every way, form and reader at these moments. */
export function testMoments(moments: readonly number[]): void {
  describe.each(table)('$way.name', ({ way, forms }) => {
    for (const [index, form] of forms.entries()) {
      const reader = readers[([...ways, ...waysDown].indexOf(way) + index) % readers.length];
      it(`in ${form.name}, ${reader.name}: shortened, it is the delay that has always remembered`, async () => {
        const sizes = [400, 150] as const;
        const [before, after] = sizes.map((size) => program(way, form, reader, size, INPUT, 0.5));
        for (const moment of moments) {
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
        for (const moment of moments) {
          const render = await renderCompiled({ text: before, ...options, swaps: [{ frame: moment, text: after }] });
          expect(largestStep(render), `at frame ${moment}\n${after}`).toBeLessThan(1.05 * own);
          const heard = render.left.subarray(moment, moment + 250).reduce((most, y) => Math.max(most, Math.abs(y)), 0);
          if (moment > 400) expect(heard, `at frame ${moment}\n${after}`).toBeGreaterThan(0.02);
        }
      });
    }
  });
}

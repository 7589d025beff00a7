/**
 * Both tiers play the same, bit for bit, and leave the same state: the gallery, the kernels of the benchmarks, all small
 * programs, some of the corpus (all of it: tiers.long.test.ts), and random patches (thousands: fuzz.long.test.ts). SEGUE_SEED
 * chooses others.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { RejectedPatch, twoTiers } from '../node/twoTiers.ts';
import { printProgram } from '../optimise/print.ts';
import { compareTiers } from './compareTiers.ts';
import { formulas, synths } from './corpus/corpus.ts';
import { randomPatch } from './randomPrograms.ts';
import { gallery, patches, programs } from './texts.ts';
import { wildProgram } from './wild/wildProgram.ts';

const library = readLibrary();
const folder = path.join(import.meta.dirname, '../../bench/kernels');
const kernels = readdirSync(folder).map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
const seed = Number(process.env.SEGUE_SEED ?? 20_261_127);
/** One in so many patches of the corpus. */
const EVERY = 4;

describe.each([...patches(), ...kernels])('$name', ({ text }) => {
  it('is optimised, and plays the same', { timeout: 120_000 }, () => {
    expect(compareTiers(text, library, 9600)).toMatchObject({ kind: 'same', trapped: false });
  });
});

it('play the small programs alike', { timeout: 300_000 }, () => {
  const results = programs().map(({ name, text }) => ({ name, ...compareTiers(text, library, 1000) }));
  expect(results.filter(({ kind }) => kind === 'different')).toEqual([]);
  expect(results.filter(({ kind }) => kind === 'same').length).toBeGreaterThan(140);
  // Queues of events, what they make, what frames make, what calls itself, what may be missing, and texts of frames.
  const taken = /^(?:arr-(?:made|index-of)|call-(?:objects|unchecked)|fn-(?:recursion$|mutual)|lang-getters|text-made)/;
  expect(results.filter(({ name, kind }) => taken.test(name) && kind !== 'same')).toEqual([]);
});

it('play patches of the gallery alike that schedule, and that call themselves', { timeout: 120_000 }, () => {
  for (const name of ['01-first-sounds/06-recursion', '01-first-sounds/07-schedule']) {
    const { text } = gallery().find((patch) => patch.name === name)!;
    expect(compareTiers(text, library, 12_000), name).toMatchObject({ kind: 'same', trapped: false });
  }
});

it(`play one in ${EVERY} of the corpus alike (seed ${seed})`, { timeout: 300_000 }, () => {
  const all = [...formulas, ...synths].flatMap((group) => group.patches);
  const some = all.filter((_, n) => (n + seed) % EVERY === 0);
  const results = some.map(({ text }) => ({ text, ...compareTiers(text, library, 500) }));
  expect(results.filter(({ kind }) => kind === 'different')).toEqual([]);
  expect(results.filter(({ kind }) => kind === 'same').length).toBeGreaterThan(800 / EVERY);
});

it(`play random programs alike (seed ${seed})`, { timeout: 300_000 }, () => {
  const texts = [
    ...fc.sample(randomPatch, { seed, numRuns: 16 }),
    ...Array.from({ length: 24 }, (_, n) => wildProgram(seed + n)),
  ];
  let same = 0;
  for (const text of texts) {
    let result: ReturnType<typeof compareTiers>;
    try {
      result = compareTiers(text, library, 300);
    } catch (thrown) {
      // Some have mistakes, which both tiers hear of before there are tiers.
      if (thrown instanceof RejectedPatch) continue;
      throw thrown;
    }
    expect(result, text).not.toMatchObject({ kind: 'different' });
    if (result.kind === 'same') same++;
  }
  expect(same).toBeGreaterThan(12);
});

/** What the voices of a bank hold, and what each does in a frame. */
const bank = (voice: string, step: string): string => `const voices = Array.from({ length: 8 }, (_, k) => (${voice}))
export default () => {
  let sum = 0
  for (const v of voices) {
    ${step}
    sum += v.x
  }
  return sum
}`;

it.each([
  [
    'a truth',
    '{ x: k, on: k % 3 === 0 }',
    'if (v.on) v.x = v.x * 0.5 + 1; else v.x -= 0.25; if (v.x < -2) v.on = true',
  ],
  ['one that turns', '{ x: k, on: false }', 'v.on = !v.on; v.x = v.on ? v.x * 0.5 + 1 : v.x * 0.75'],
  [
    'two that change places',
    '{ x: k, a: false, b: k > 3 }',
    'const a = v.a; v.a = v.b; v.b = a; v.x = a ? v.x / 2 : v.x + 1',
  ],
  ['bits of a whole number', '{ x: k, n: k }', 'v.n = (v.n + 1) & 7; v.x = v.n & 6 ? v.x * 0.5 + 1 : v.x * 0.25 + 2'],
  [
    'a stage',
    '{ x: 0, stage: k & 1 }',
    'v.x += v.stage ? 0.1 : -0.1 * v.x; if (v.x > 1 || v.x < 0.05) v.stage = 1 - v.stage',
  ],
])('play banks of voices alike that hold %s', (_, voice, step) => {
  expect(compareTiers(bank(voice, step), library, 1000)).toMatchObject({ kind: 'same', trapped: false });
});

it('compute voices two at a time', () => {
  for (const name of ['sine-bank.ts', 'saw64-biquad.ts', 'fm-voices.ts', 'modulated-filters.ts']) {
    const { optimised } = twoTiers(kernels.find((kernel) => kernel.name === name)!.text, library);
    if (optimised.kind !== 'optimised') throw new Error(`${name}: ${optimised.reason}`);
    const lines = printProgram(optimised.program).split('\n');
    const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
    expect(count(/f64x2\.mul/), name).toBeGreaterThan(20);
    // All of a voice, and not bits of it.
    expect(count(/ f64\.mul/), name).toBeLessThan(count(/f64x2\.mul/));
  }
});

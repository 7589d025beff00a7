/** `console.log` of patches: what is printed, of which place, and how often; in both tiers, and across an edit. */
import { expect, it } from 'vitest';
import { readPrinted } from '../language/printed.ts';
import type { PrintedAt } from '../node/playThrough.ts';
import { PRINTS_PER_METER } from '../protocol/printed.ts';
import { renderCompiled } from './compiled.ts';
import { problemsOf } from './compileText.ts';

interface Told {
  readonly lines: readonly string[];
  /** Calls by the text of their place. */
  readonly calls: Readonly<Record<string, number>>;
  readonly mostAtOnce: number;
}

async function printedBy(text: string, frames: number, tier: 1 | 2 = 1, swap?: string): Promise<Told> {
  const lines: string[] = [];
  const calls: Record<string, number> = {};
  let mostAtOnce = 0;
  const print = ({ index, sites, words }: PrintedAt): void => {
    const source = index < 0 ? text : swap!;
    const { entries, counts } = readPrinted(words);
    const placeOf = (site: number) => source.slice(sites[site]!.span.start, sites[site]!.span.end);
    lines.push(...entries.map((entry) => entry.text));
    mostAtOnce = Math.max(mostAtOnce, entries.length);
    for (const [site, count] of counts) calls[placeOf(site)] = (calls[placeOf(site)] ?? 0) + count;
  };
  const swaps = swap === undefined ? [] : [{ frame: frames / 2, text: swap }];
  await renderCompiled({ text, frames, tier, print, swaps });
  return { lines, calls, mostAtOnce };
}

const VALUES: readonly (readonly [code: string, printed: string])[] = [
  ["'a', 1.5, -0, 1e21, 1 / 3", 'a 1.5 -0 1e+21 0.3333333333333333'],
  ['true, undefined, null, () => 1', 'true undefined null ƒ'],
  ['[1, 2, 3], [[1], [2, 3]], []', '[1, 2, 3] [[1], [2, 3]] []'],
  ['Array.from({ length: 12 }, (_, i) => i)', '[0, 1, 2, 3, 4, 5, 6, 7, … 4 more]'],
  ["{ a: 1, b: 'x', c: [2] }", "{ a: 1, b: 'x', c: [2] }"],
  ['{ a: { b: { c: 1 } } }', '{ a: { b: {…} } }'],
  ["[1, 'x', null], [1, [2, 3]], new Float32Array(2)", "[1, 'x', null] [1, [2, 3]] [0, 0]"],
  ["'x'.repeat(100)", `${'x'.repeat(80)}…`],
  ['', ''],
];

it.each([1, 2] as const)('prints maps, sets and dictionaries as a console does, in tier %i', async (tier) => {
  const text = `const m = new Map([['a', 1], ['b', 2]])
const s = new Set([1, 2, 3]); s.delete(2)
const d = {}; for (const k of ['x', 'y']) d[k] = 4
const many = new Set(Array.from({ length: 11 }, (_, i) => i))
const inside = { m: new Map([[1, { a: 2 }]]), none: new Map() }
console.log(m, s, d, many, inside)
export default () => { if (currentFrame === 3) { m.delete('a'); d.x = 5; console.log(m, s, d) } return m.size }`;
  const { lines } = await printedBy(text, 128, tier);
  expect(lines).toEqual([
    "Map(2) { 'a' => 1, 'b' => 2 } Set(2) { 1, 3 } { x: 4, y: 4 } Set(11) { 0, 1, 2, 3, 4, 5, 6, 7, … 3 more } { m: Map(1) { 1 => {…} }, none: Map(0) {} }",
    "Map(1) { 'b' => 2 } Set(2) { 1, 3 } { x: 5, y: 4 }",
  ]);
});

it.each([1, 2] as const)('prints values as a console does, in tier %i', async (tier) => {
  const top = VALUES.map(([code]) => `console.log(${code})`);
  // What a frame prints is made there.
  const frames = VALUES.map(([code]) => `console.info(${code})`);
  const text = `${top.join('\n')}\nexport default () => { if (currentFrame === 0) {\n${frames.join('\n')}\n}\nreturn 0 }`;
  const { lines } = await printedBy(text, 128, tier);
  expect(lines).toEqual([...VALUES, ...VALUES].map(([, printed]) => printed));
});

it.each([1, 2] as const)(
  'counts all calls, shows some of each place, and continues across an edit, in tier %i',
  async (tier) => {
    const text = (gain: string) =>
      `let n = 0\nexport default (t) => {\n  console.log(t)\n  if (currentFrame % 12000 === 6000) console.warn('rare', n++)\n  return t * ${gain}\n}`;
    const { lines, calls, mostAtOnce } = await printedBy(text('0.1'), 48_000, tier, text('0.2'));
    expect(calls).toEqual({ 'console.log(t)': 48_000, "console.warn('rare', n++)": 4 });
    expect(lines.filter((line) => line.startsWith('rare'))).toEqual(['rare 0', 'rare 1', 'rare 2', 'rare 3']);
    expect(mostAtOnce).toBeLessThanOrEqual(PRINTS_PER_METER);
  },
);

it('evaluates arguments once and in order, and takes the functions of a console by name or as values', async () => {
  const text = `
const said = (x) => { console.log('inner', x); return x * 2 }
console.log(said(1), said(2))
;['a', 'b'].forEach(console.log)
console.assert(1 > 2, 'wrong')
console.assert(2 > 1, 'right')
console.assert(false)
console.group('g'); console.groupEnd(); console.time('t'); console.timeEnd('t')
const loud = console.error
loud('value')
export default () => 0`;
  const { lines } = await printedBy(text, 128);
  expect(lines).toEqual(['inner 1', 'inner 2', '2 4', 'a', 'b', 'wrong', 'Assertion failed', 'g', 'value']);
});

it('leaves a console of one’s own alone', async () => {
  const { lines } = await printedBy('const console = { log: (x) => x }\nexport default () => console.log(1)', 128);
  expect(lines).toEqual([]);
});

it('reads words that make no sense to their end', () => {
  const counts = new Float64Array(256);
  for (const words of [[1], [1, 0, 6, 1e9, 1e9], [1, 0, 8, 3], [1, 0, 9, 10, 3], [9, 9, 9], [1, 0, Number.NaN, 1]]) {
    expect(readPrinted({ words: Float64Array.from(words), counts }).entries.length).toBeLessThan(3);
  }
});

it('is refused in thousands of places, each of which is compiled by itself', () => {
  const printing = (calls: number) => problemsOf(`${'console.log(1);'.repeat(calls)}\nexport default () => 0`);
  expect(printing(2000)).toEqual([]);
  expect(printing(2001)).toEqual(['too-large «console.log(1)»']);
});

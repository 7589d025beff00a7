/**
 * docs/language.md holds: every example is played and equals JavaScript, every expression gives what the page says, every
 * mistake is told as the page says, and nothing that can be told or is refused is missing.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMarks } from '../compiler/wrong/table.ts';
import { MESSAGES } from '../language/diagnostics.ts';
import { expectSameRender } from './compare.ts';
import { FreshPlays } from './corpus/freshPlays.ts';
import { diagnosticsOf } from './diagnose.ts';
import { blocksOf, type DocBlock, nameTable, readFragment, refusalTable, tableIn } from './languageDocs.ts';
import { renderOracle } from './oracle.ts';

const FRAMES = 1000;
const markdown = readFileSync(path.join(import.meta.dirname, '../../docs/language.md'), 'utf8');
const blocks = blocksOf(markdown);
const of = (kind: DocBlock['kind']): DocBlock[] => blocks.filter((block) => block.kind === kind);
const plays = new FreshPlays();

async function expectAsJavaScript(text: string, frames: number): Promise<Float64Array> {
  const expected = renderOracle(text, { frames });
  expectSameRender(text, await plays.render(text, frames), expected, { tolerance: 0 });
  return expected.left;
}

describe('a patch', () => {
  it.each(of('patch'))('in line $line, under $heading', async ({ text }) => {
    expect(text).toMatch(/^export default /m);
    const samples = await expectAsJavaScript(text, FRAMES);
    expect(samples.every(Number.isFinite)).toBe(true);
    expect(samples.some((sample) => sample !== samples[0])).toBe(true);
  });
});

describe('a fragment', () => {
  it.each(of('fragment'))('in line $line, under $heading', async ({ text }) => {
    const { patch, expected } = readFragment(text);
    expect(expected.length).toBeGreaterThan(0);
    const samples = await expectAsJavaScript(patch, expected.length);
    for (const [frame, { expression, value, tolerance }] of expected.entries()) {
      const given = samples[frame]!;
      const isGiven = tolerance > 0 ? Math.abs(given - value) <= tolerance : Object.is(given, value);
      expect(isGiven, `${expression} gives ${given}, not ${value}`).toBe(true);
    }
  });
});

describe('a mistake', () => {
  it.each(of('wrong'))('in line $line: $heading', async ({ heading, text, quote }) => {
    const marked = readMarks(text);
    const told = await diagnosticsOf(marked.text);
    expect(told.map(({ code, message, span }) => ({ code, message, span }))).toEqual([
      { code: heading, message: quote, span: marked.places[0] },
    ]);
    expect(marked.places).toHaveLength(1);
  });

  it('of every kind has a heading of its own', () => {
    const headings = [...markdown.matchAll(/^#### `(.*)`$/gm)].map(([, code]) => code);
    expect(headings.toSorted()).toEqual(Object.keys(MESSAGES).toSorted());
  });
});

it('lists all that is refused', () => {
  expect(tableIn(markdown, 'refusals')).toBe(refusalTable());
  expect(tableIn(markdown, 'names')).toBe(nameTable());
});

it('has a heading for every entry of its contents', () => {
  const links = [...markdown.matchAll(/^- \[(.*)\]\(#(.*)\)$/gm)];
  expect(links.length).toBeGreaterThan(10);
  for (const [, title, anchor] of links) {
    expect(markdown).toContain(`\n## ${title}\n`);
    const expected = title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-');
    expect(anchor).toBe(expected);
  }
});

/**
 * What is kept from text to text must never be seen: after any row of edits, well-formed or not, a text gives what it gives
 * when it is compiled by itself. SEGUE_SEED chooses other edits.
 */

import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { functionsOf, given } from '../testing/compilations.ts';
import { testLibrary } from '../testing/compileText.ts';
import { mutate, tokensOf } from '../testing/random/mutations.ts';
import { randomEdit } from '../testing/random/program.ts';
import { Seeded } from '../testing/random/seeded.ts';
import { patches as handwritten } from '../testing/texts.ts';
import { CompileCache, compile } from './compile.ts';
import { infer } from './infer/infer.ts';
import { parse } from './parse.ts';
import { resolve } from './resolve/resolve.ts';

const seed = Number(process.env.SEGUE_SEED ?? 4100);
const rows = Number(process.env.SEGUE_RUNS ?? 4);
const EDITS = 12;

/** Texts after random edits of one: numbers, words and characters, whole other versions, and what was there before. */
function editsOf(random: Seeded, versions: readonly string[]): string[] {
  const texts = [...versions];
  while (texts.length < EDITS) {
    const last = texts.at(-1)!;
    texts.push(
      random.weighted<() => string>([
        [4, () => last.replace(/\d+(\.\d+)?(?=[^\d]*$)/, String(random.below(100) / 8))],
        [3, () => mutate(random, tokensOf(last), tokensOf(random.pick(versions)))],
        [2, () => `// another line\n${last}`],
        [3, () => random.pick(texts)],
        [1, () => last.replaceAll('const ', 'let ')],
      ])(),
    );
  }
  return texts;
}

it(`a text after others is compiled as by itself (seed ${seed})`, { timeout: 300_000 }, () => {
  const library = testLibrary();
  let reusedCount = 0;
  let compiledCount = 0;
  for (let row = 0; row < rows; row++) {
    const random = new Seeded(seed + row);
    const versions = row % 3 === 0 ? [random.pick(handwritten()).text] : randomEdit(seed + row).texts;
    const cache = new CompileCache();
    let before = new Set<unknown>();
    for (const [n, text] of editsOf(random, versions).entries()) {
      const cached = compile(text, library, cache);
      const alone = compile(text, library);
      if (!isDeepStrictEqual(given(cached), given(alone))) {
        expect(given(cached), `row ${row}, text ${n}\n${text}`).toEqual(given(alone));
        throw new Error(`row ${row}, text ${n} is another one:\n${text}`);
      }
      const irs = (cached.lowered?.units ?? []).flatMap(functionsOf).map(({ ir }) => ir);
      for (const ir of irs) if (before.has(ir)) reusedCount++;
      if (irs.length > 0) {
        compiledCount++;
        before = new Set(irs);
      }
    }
  }
  // Otherwise it was no test of what is kept.
  expect(compiledCount).toBeGreaterThan(rows);
  expect(reusedCount).toBeGreaterThan(compiledCount);
});

it(`a pass that reports is left out only where it would have nothing to report (seed ${seed})`, {
  timeout: 300_000,
}, () => {
  const library = testLibrary();
  const outcomes = new Set<boolean>();
  for (let row = 0; row < 10 * rows; row++) {
    const random = new Seeded(seed + row);
    const { text } = random.pick(handwritten());
    const tried = random.chance(0.3) ? text : mutate(random, tokensOf(text), tokensOf(text));
    const parsed = parse(tried);
    const typed = () => infer(resolve(tried, parsed, library.names), library);
    const [once, again] = [
      typed(),
      infer(resolve(tried, parsed, library.names), library, 'nothing', undefined, undefined, true),
    ];
    expect(once.diagnostics, tried).toEqual(again.diagnostics);
    outcomes.add(once.lastPass < again.lastPass);
  }
  expect([...outcomes].sort()).toEqual([false, true]);
});

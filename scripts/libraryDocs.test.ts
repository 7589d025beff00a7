/** docs/library.md and llms.txt are what the comments say, and every example in them is a patch that sounds. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderCompiled } from '../src/testing/compiled.ts';
import { expectCompiledAsJavaScript } from '../src/testing/measure/sameAsJavaScript.ts';
import { documentedNames } from './docComments.ts';
import { libraryDocs, ROOT } from './libraryDocs.ts';

it.each([...libraryDocs()])('%s is up to date: `npm run docs` makes it', (file, text) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8') === text).toBe(true);
});

it('llms.txt has an example that is heard', async () => {
  const text = /```ts\n([\s\S]*?)```/.exec(libraryDocs().get('llms.txt')!)![1]!;
  const { left } = await renderCompiled({ text, frames: 24_000, raw: true });
  expect(Math.max(...left)).toBeGreaterThan(0.01);
  expect(left.every(Number.isFinite)).toBe(true);
});

/** The files of tests beside the library's modules. */
function libraryTests(): string[] {
  const folder = path.join(ROOT, 'src/library/dsp');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(folder, name));
}

const names = documentedNames();

it('are about all names that patches have', () => {
  expect(names.length).toBeGreaterThan(5);
  expect(names.map(({ name }) => name)).toContain('every');
});

const UNTESTED = ['host/', 'scheduling/'];

it('have their examples compiled and rendered, here or by the tests of their folder', () => {
  const tested = libraryTests().flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/documentedFunctions\('(\w+\/)'\)/g)].map(([, folder]) => folder!),
  );
  const folders = new Set(names.map(({ file }) => file.replace(/\/.*/, '/')));
  expect([...tested, ...UNTESTED].sort()).toEqual([...folders].sort());
});

describe.each(names)('$name', ({ name, signature, summary, parameters, example }) => {
  it('says what it does, what it takes, and how to use it', () => {
    expect(summary).toMatch(/^\S.{5,}\.$/s);
    expect(signature).toContain(name);
    for (const { text } of parameters) expect(text).not.toBe('');
    expect(example).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

// The other folders' own tests hold their examples to the same.
const untested = names.filter(({ file }) => UNTESTED.some((folder) => file.startsWith(folder)));

it.each(untested)('the example of $name is heard and finite, and is what it is as JavaScript', async ({ example }) => {
  const { left, right } = await expectCompiledAsJavaScript(example, 24_000);
  let peak = 0;
  for (const channel of [left, right]) {
    for (const sample of channel) {
      if (!Number.isFinite(sample)) throw new Error(`a sample of the example is ${sample}`);
      peak = Math.max(peak, Math.abs(sample));
    }
  }
  expect(peak).toBeGreaterThan(0.01);
  expect(peak).toBeLessThan(1.5);
});

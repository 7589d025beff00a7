/** Modules of the library that there is one of for each name: their text is read once, and none is known to another. */
import { expect, it, vi } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { LibraryModules } from './libraryModules.ts';
import * as parsing from './parse.ts';

// The parser itself, with its calls counted.
vi.mock('./parse.ts', { spy: true });

it('are read once, however many names there are', () => {
  const modules = new LibraryModules(readLibrary());
  modules.findFor('slider', 'first');
  const parses = vi.mocked(parsing.parse).mock.calls.length;
  expect(parses).toBeGreaterThan(0);
  const bindings = Array.from({ length: 50 }, (_, n) => modules.findFor('slider', `another ${n}`));
  expect(vi.mocked(parsing.parse).mock.calls.length).toBe(parses);
  expect(new Set(bindings).size).toBe(50);
  expect(bindings.every((binding) => binding?.kind === 'variable')).toBe(true);
});

it('have the size of the file that each is for', () => {
  const modules = new LibraryModules(readLibrary());
  const textOf = (frames: number): string => {
    const binding = modules.findFor('sample', 'hit', { frames, channels: 1, rate: 48_000 });
    if (binding?.kind !== 'variable') throw new Error('no sample');
    return modules
      .unitsOf([binding.variable])
      .map(({ text }) => text)
      .join();
  };
  for (const frames of [10, 20, 10]) expect(textOf(frames)).toContain(`const FRAMES = ${frames};`);
});

/**
 * What every patch of the gallery has to be (patches/README.md), as far as a fifth of a second shows it. The rest:
 * gallery.long.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { groupOf, headOf } from '../app/examples.ts';
import { readLibrary } from '../node/librarySource.ts';
import { expectSameRender } from './compare.ts';
import { compareTiers } from './compareTiers.ts';
import { renderCompiled } from './compiled.ts';
import { CEILING, declares, peakOf } from './galleryRules.ts';
import { LivePatch } from './live.ts';
import { renderOracle } from './oracle.ts';
import { gallery } from './texts.ts';

const library = readLibrary();
const FRAMES = 9600;

it('has folders and files that are numbered, files without gaps, and titles that differ', () => {
  const all = gallery();
  const byKind = new Map<string, number[]>();
  for (const { name } of all) {
    const [kind, file] = name.split('/');
    expect(name).toMatch(/^\d\d-[a-z-]+\/\d\d-[a-z0-9-]+$/);
    byKind.set(kind, [...(byKind.get(kind) ?? []), Number(file.slice(0, 2))]);
  }
  for (const [kind, numbers] of byKind) expect([kind, numbers]).toEqual([kind, numbers.map((_, n) => n + 1)]);
  for (const naming of [(kind: string) => kind.slice(0, 2), (kind: string) => groupOf(`patches/${kind}/x.ts`)]) {
    expect(new Set([...byKind.keys()].map(naming)).size).toBe(byKind.size);
  }
  expect(new Set(all.map(({ text }) => headOf(text)?.title)).size).toBe(all.length);
});

describe.each(gallery())('$name', ({ name, text }) => {
  it('begins with its title, what to listen for and change first, and its tags, and is short', () => {
    const head = headOf(text)!;
    expect(head).not.toBeNull();
    expect(head.title).toMatch(/^[A-Z0-9].{2,50}[^.]$/);
    expect(head.about).toMatch(/^Listen .*\. Change .*`.*\.$/);
    expect(head.tags.length).toBeGreaterThanOrEqual(2);
    for (const tag of head.tags) expect(tag).toMatch(/^[a-z0-9][a-z0-9 -]*$/);
    for (const [, name] of head.about.matchAll(/`([^`]*)`/g))
      expect([name, declares(text, name)]).toEqual([name, true]);
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(120);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  it('has nothing to complain of, and plays what it plays as JavaScript', async () => {
    const render = await renderCompiled({ text, frames: FRAMES });
    expect(render.diagnostics).toEqual([]);
    const expected = renderOracle(text, { frames: FRAMES });
    expectSameRender(name, render, expected, { tolerance: 0 });
    expect(peakOf(render)).toBeGreaterThan(0);
    expect(peakOf(render)).toBeLessThan(CEILING);
  });

  it('does no more in a block than there is fuel for where somebody listens', async () => {
    const live = await LivePatch.create(text, { now: () => 0 });
    live.render(FRAMES / 3);
    expect(live.events.filter(({ kind }) => kind === 'trapped')).toEqual([]);
  });
});

it.each(['01-first-sounds/03-factory', '03-fm/03-bells', '10-bytebeat/01-one-line'])(
  'plays %s in both tiers',
  (one) => {
    const { text } = gallery().find(({ name }) => name === one)!;
    expect(compareTiers(text, library, 2400)).toMatchObject({ kind: 'same', trapped: false });
  },
);

/**
 * What every patch of the gallery has to be (patches/README.md), as far as a quarter of a second shows it. The rest:
 * gallery.long.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { groupOf, headOf } from '../app/examples.ts';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { bits } from './compare.ts';
import { compileText } from './compileText.ts';
import { declares } from './galleryRules.ts';
import { renderOracle } from './oracle.ts';
import { gallery } from './texts.ts';

const library = readLibrary();
const FRAMES = 12_000;
/** -1 dBFS. */
const CEILING = 10 ** (-1 / 20);

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

describe.each(gallery())('$name', ({ text }) => {
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

  it('has nothing to complain of, and plays in both tiers what it plays as JavaScript', () => {
    expect(compileText(text).diagnostics).toEqual([]);
    const expected = renderOracle(text, { frames: FRAMES });
    const { first, second } = twoTiers(text, library);
    if (!second) throw new Error('it stays in the first tier');
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    for (const [tier, name] of [
      [first, 'first'],
      [second, 'second'],
    ] as const) {
      let peak = 0;
      for (let frame = 0; frame < FRAMES; frame += 120) {
        tier.render(left, right, 120);
        for (let n = 0; n < 120; n++) {
          peak = Math.max(peak, Math.abs(left[n]), Math.abs(right[n]));
          if (left[n] === expected.left[frame + n] && right[n] === expected.right[frame + n]) continue;
          const heard = [left[n], right[n], expected.left[frame + n], expected.right[frame + n]].map(bits);
          expect.fail(`${name} tier, frame ${frame + n}: ${heard.slice(0, 2)} instead of ${heard.slice(2)}`);
        }
      }
      expect(peak).toBeGreaterThan(0);
      expect(peak).toBeLessThan(CEILING);
    }
  });
});

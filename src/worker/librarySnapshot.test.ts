/** What the library makes at the top level is kept from edit to edit, and is the same bytes as if it were made again. */
import { describe, expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { LibrarySnapshots } from './librarySnapshot.ts';
import { Session } from './session.ts';

const MODULE = {
  name: 'dsp/fixture/tables.ts',
  text: `const sines = Array.from({ length: 4096 }, (_, n) => Math.sin(n));
const makers = [() => sines[1], () => 2];
const texts = ['a', 'bcd', sines[2] > 0.9 ? 'efg' : 'hij'];
export const tableSine = (n: number) => sines[n % 4096] + makers[n % 2]() + texts[n % 3].length;
`,
};
const OPTIONS = { sampleRate: 48_000, fadeFrames: 480, postsModules: false } as const;
const library = [...readLibrary(), MODULE];

const patch = (lines: string, scale = 1): string =>
  `${lines}\nlet n = 0\nexport default () => { n += 1; return tableSine(n) * ${scale} }`;

/** What the arena of each text in turn begins with. */
async function images(texts: readonly string[]): Promise<string[]> {
  const session = await Session.create({ ...OPTIONS, library });
  return texts.map((text) => {
    const result = session.update(text);
    if (result.kind !== 'batch') throw new Error(`${result.kind}: ${text}`);
    session.committed(result.batch.generation);
    const { runs, bytes } = result.batch.image;
    return JSON.stringify([[...runs], [...bytes]]);
  });
}

describe('an edit', () => {
  const edits = [
    patch('const a = [1, 2]'),
    patch('const a = [1, 2]', 2),
    patch('const a = [1, 2, 3]', 2),
    patch('let early = () => late\nlet late = 3\nconst a = [early()]', 3).replace('early()]', '1, Math.random()]'),
    patch('const a = [Math.random(), lfSaw()(1)]'),
    patch('const a = [1, 2]'),
  ];

  it('gives the same arena as a session that has made everything itself', async () => {
    const kept = await images(edits);
    const { restore } = LibrarySnapshots.prototype;
    let restored = 0;
    LibrarySnapshots.prototype.restore = function (...args) {
      const isThere = restore.apply(this, args);
      restored += isThere ? 1 : 0;
      return isThere;
    };
    try {
      expect(await images(edits)).toEqual(kept);
      expect(restored).toBeGreaterThanOrEqual(2);
      LibrarySnapshots.prototype.restore = () => false;
      expect(await images(edits)).toEqual(kept);
    } finally {
      LibrarySnapshots.prototype.restore = restore;
    }
  });
});

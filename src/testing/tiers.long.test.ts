/** Both tiers play the whole corpus alike, bit for bit, and leave the same state. */
import { expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { compareTiers } from './compareTiers.ts';
import { formulas, synths } from './corpus/corpus.ts';
import { inShard } from './shard.ts';

const library = readLibrary();

it('play the corpus alike', () => {
  const all = inShard([...formulas, ...synths].flatMap((group) => group.patches));
  const results = all.map(({ text }) => ({ text, ...compareTiers(text, library, 500) }));
  expect(results.filter(({ kind }) => kind === 'different')).toEqual([]);
  expect(results.filter(({ kind }) => kind === 'same').length).toBeGreaterThan(0.8 * all.length);
});

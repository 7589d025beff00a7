/** Programs as people publish them play ten seconds like JavaScript, and take one another's place. */
import { describe, expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { expectSameRender } from './compare.ts';
import { compareTiers } from './compareTiers.ts';
import { renderCompiled } from './compiled.ts';
import { published } from './corpus/corpus.ts';
import { FreshPlays } from './corpus/freshPlays.ts';
import { renderOracle } from './oracle.ts';
import { inShard } from './shard.ts';

const SECOND_FRAMES = 48_000;
const FRAMES = 10 * SECOND_FRAMES;
const patches = published.flatMap((group) => group.patches);
const plays = new FreshPlays();
const library = readLibrary();

describe.each(inShard(patches))('$name', ({ text }) => {
  it('equals JavaScript for ten seconds', { timeout: 600_000 }, async () => {
    const expected = renderOracle(text, { frames: FRAMES });
    expectSameRender(text, await plays.render(text, FRAMES), expected, { tolerance: 0 });
  });

  it('plays the same in both tiers for a second', { timeout: 600_000 }, () => {
    expect(compareTiers(text, library, SECOND_FRAMES)).not.toMatchObject({ kind: 'different' });
  });
});

it('take one another’s place', { timeout: 600_000 }, async () => {
  for (const [n, { name, text }] of inShard([...patches.entries()])) {
    const next = patches[(n + 1) % patches.length]!;
    const swaps = [
      { frame: 1024, text: next.text },
      { frame: 2048, text },
    ];
    const render = await renderCompiled({ text, frames: 4096, fadeFrames: 64, swaps });
    expect(
      render.swaps.map(({ kind }) => kind),
      `${name} and ${next.name}`,
    ).toEqual(['committed', 'committed']);
  }
});

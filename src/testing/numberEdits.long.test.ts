/** Every number of every patch, halved and doubled while it plays, at five moments each. */
import { describe, expect, it } from 'vitest';
import { faultsOf, MOMENTS, numberEdits, OwnSound } from './numberEdits.ts';
import { inShard } from './shard.ts';
import { patches } from './texts.ts';

describe.each(patches())('$name', ({ text }) => {
  const own = new OwnSound();

  it.each(inShard(numberEdits(text)))('$name', async (edit) => {
    for (const moment of MOMENTS) expect([moment, await faultsOf(text, edit, moment, own)]).toEqual([moment, []]);
  });
});

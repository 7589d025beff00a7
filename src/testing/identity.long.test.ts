/** A thousand null swaps of each patch in a row; identity.test.ts has a thousand of all of them together. */
import { it } from 'vitest';
import { playNullSwaps } from './nullSwaps.ts';
import { inShard } from './shard.ts';
import { patches } from './texts.ts';

it.each(inShard(patches()))('$name is left as it is by a thousand null swaps', async ({ name, text }) => {
  await playNullSwaps(name, text, 200);
});

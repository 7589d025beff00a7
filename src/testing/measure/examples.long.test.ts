/** The examples of the library in both tiers; that they are what they are as JavaScript, the tests of their folders show. */
import { it } from 'vitest';
import { documentedNames } from '../../../scripts/docComments.ts';
import { inShard } from '../shard.ts';
import { expectSameTiers } from './sameAsJavaScript.ts';

it.each(inShard(documentedNames()))('the example of $name plays the same in both tiers', ({ example }) => {
  expectSameTiers(example, 9600);
});

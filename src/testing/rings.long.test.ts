/** Every way and form of a delay line that gets another length, at thirty moments. */
import { momentsOf, testMoments } from './ringPrograms.ts';
import { inShard } from './shard.ts';

testMoments(inShard(momentsOf(30)));

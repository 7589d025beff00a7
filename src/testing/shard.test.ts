import { expect, it } from 'vitest';
import { inShard, parseShard } from './shard.ts';

it('are all there is together, each case in one of them', () => {
  const cases = Array.from({ length: 17 }, (_, n) => n);
  const shards = [1, 2, 3, 4, 5].map((number) => inShard(cases, { number, count: 5 }));
  expect(shards[1]).toEqual([1, 6, 11, 16]);
  expect(shards.flat().sort((a, b) => a - b)).toEqual(cases);
});

it('is the whole where nothing is set, and what no shard is, is refused', () => {
  expect(parseShard(undefined)).toEqual({ number: 1, count: 1 });
  expect(parseShard('2/6')).toEqual({ number: 2, count: 6 });
  for (const text of ['7/6', '0/6', '2', 'a/b', '1/0', '-1/2', '1/2/3']) expect(() => parseShard(text)).toThrow(text);
  expect(inShard(['a', 'b'], { number: 1, count: 1 })).toEqual(['a', 'b']);
});

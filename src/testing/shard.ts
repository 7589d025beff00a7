/**
 * Parts of the long tests: SEGUE_SHARD=2/6 is the second of six. In: the seeds or cases of a test. Out: every sixth of them,
 * from the second on; all, where nothing is set. Tests only.
 */

export interface Shard {
  readonly number: number;
  readonly count: number;
}

export function parseShard(text: string | undefined): Shard {
  if (!text) return { number: 1, count: 1 };
  const [number, count] = (/^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? []).slice(1).map(Number);
  if (!number || !count || number > count) throw new Error(`SEGUE_SHARD is ${text} instead of, say, 2/6`);
  return { number, count };
}

const current = parseShard(process.env.SEGUE_SHARD);

export function inShard<Case>(cases: readonly Case[], { number, count }: Shard = current): Case[] {
  return cases.filter((_, n) => n % count === number - 1);
}

/** The seeds from the first on, as many as are asked for, of which this shard tries its part. */
export const seedsFrom = (firstSeed: number, count: number): number[] =>
  inShard(Array.from({ length: count }, (_, n) => firstSeed + n));

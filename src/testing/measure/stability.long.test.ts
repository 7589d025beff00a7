/**
 * Each function for a minute under every signal, with modulations that take turns, and its end listened to; and every signal
 * under every modulation by itself for seconds, at all rates.
 */
import { expect, it } from 'vitest';
import { inShard } from '../shard.ts';
import { RATES } from './rates.ts';
import { endure, torture } from './stability.ts';
import { allSubjects } from './subjects/all.ts';

const SEED = 23;
const RATE = 48_000;
const SECONDS = 60;
const TAIL_SECONDS = 30;
const PAIR_FRAMES = 2 * RATE;

it.each(inShard(allSubjects))(`$name is stable for a minute, seed ${SEED}`, (subject) => {
  expect(() => torture(subject, SEED, PAIR_FRAMES, RATES)).not.toThrow();
  expect(() => endure({ ...subject, tailSeconds: TAIL_SECONDS }, SEED, SECONDS * RATE, RATE)).not.toThrow();
});

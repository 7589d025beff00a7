/**
 * Patches whose large arrays lie apart from their arena get to tier 2 like others: with arrays that have homes, that are used
 * where an older version has them, that change hands by edits and undos, and stay when that older version is gone. Small
 * limits let small programs cross them. SEGUE_SEED chooses other random programs.
 */
import { describe, expect, it } from 'vitest';
import type { CarryLimits } from '../linker/limits.ts';
import { Player } from '../node/player.ts';
import { createSession } from '../node/session.ts';
import { generation } from '../protocol/units.ts';
import type { Session } from '../worker/session.ts';
import { firstDifference, promotedPlays } from './promotedPlays.ts';
import { Seeded } from './random/seeded.ts';
import { limitsOf } from './swaps/limits.ts';
import { ModelMaker } from './swaps/modelPrograms.ts';
import { textOf } from './swaps/modelTexts.ts';

const seed = Number(process.env.SEGUE_SEED ?? 20_261_128);
const RUNS = Number(process.env.SEGUE_RUNS ?? 6);
const [left, right] = [new Float64Array(1024), new Float64Array(1024)];

interface Promoting {
  readonly session: Session;
  readonly player: Player;
  /** How many pieces the optimiser was last told of that lie elsewhere. */
  readonly apart: () => number;
}

async function promoting(limits?: CarryLimits): Promise<Promoting> {
  const options = { sampleRate: 48_000, fadeFrames: 0, postsModules: true, ...(limits && { limits }) };
  const session = await createSession(options);
  let apart = 0;
  const ask = session.promotionJob.bind(session);
  session.promotionJob = () => {
    const job = ask();
    if (job) apart = job.elsewhere.length;
    return job;
  };
  return { session, player: new Player(session, { sampleRate: 48_000, raw: true }), apart: () => apart };
}

/** The last of so many samples. */
function play(player: Player, frames: number): number {
  player.process(left, right, frames);
  return left[frames - 1]!;
}

const twoSaws = (hz: number): string => `const a = saw()
const b = saw(0.4)
const cutoff = slider('cutoff', 800, { min: 100, max: 5000 })
const filter = moogLadder()
export default () => 0.3 * filter(a(${hz}) + b(1.01 * ${hz}), cutoff(), 0.3)`;

describe('a patch whose large arrays lie apart', () => {
  it('is promoted after each edit where it reads tables that stay where they are', async () => {
    const texts = [twoSaws(110), twoSaws(120), twoSaws(130)];
    const { player, apart } = await promoting();
    for (const [n, text] of texts.entries()) {
      expect(player.offer(text).kind).toBe('committed');
      play(player, 200);
      player.promote();
      expect([player.tier, player.tierReason]).toEqual([2, null]);
      // The tables are those of the first version.
      expect(apart()).toBe(n === 0 ? 0 : 1);
      play(player, 200);
    }
    expect(player.undo()).toBeTruthy();
    expect(player.tier).toBe(2);
    expect(firstDifference(await promotedPlays(texts, seed))).toBe(-1);
  });

  /** A delay of `size` samples of a ramp: what is heard is the number of frames since the start, so many frames ago. */
  const delay = (size: number, gain: number): string => `const line = new Float64Array(${size})
const table = Float64Array.from({ length: 64 }, (_, n) => n)
let at = 0
let now = 0
export default () => {
  const out = line[at]
  line[at] = ++now
  at = (at + 1) % ${size}
  return (out + table[now % 64]) / ${gain}
}`;
  const SMALL: CarryLimits = { regionBytes: 256, copyBudgetBytes: 0, homeBytes: 512, leftovers: 4096 };
  /** By hand: frames are counted from 1. */
  const heard = (frame: number, size: number, gain: number) => (Math.max(0, frame - size) + (frame % 64)) / gain;

  it('keeps its delay line, whoever has it, while older versions come back and go', async () => {
    const { player, session, apart } = await promoting(SMALL);
    player.offer(delay(100, 8));
    expect(play(player, 150)).toBe(heard(150, 100, 8));
    player.promote();
    expect([player.tier, player.tierReason, apart()]).toEqual([2, null, 1]);
    expect(play(player, 150)).toBe(heard(300, 100, 8));
    let frame = 300;
    // More edits than generations are kept.
    for (let edit = 1; edit < 24; edit++) {
      player.offer(delay(100, 8 + edit));
      frame += 70;
      expect(play(player, 70)).toBe(heard(frame, 100, 8 + edit));
      player.promote();
      // The table lies where the first version had it.
      expect([player.tier, player.tierReason, apart()]).toEqual([2, null, 2]);
      frame += 50;
      expect(play(player, 50)).toBe(heard(frame, 100, 8 + edit));
    }
    for (let back = 1; back < 4; back++) {
      player.undo();
      frame += 90;
      expect([player.tier, play(player, 90)]).toEqual([2, heard(frame, 100, 31 - back)]);
    }
    expect(session.memory().peakBytes).toBeLessThan(2 ** 21);
  });

  it('is promoted with its own limits, too', async () => {
    const { player, apart } = await promoting();
    player.offer(delay(300_000, 8));
    play(player, 100);
    player.promote();
    expect([player.tier, player.tierReason, apart()]).toEqual([2, null, 1]);
    player.offer(delay(300_000, 4));
    play(player, 100);
    player.promote();
    expect([player.tier, player.tierReason, apart()]).toEqual([2, null, 1]);
    expect(play(player, 64)).toBe(heard(264, 300_000, 4));
  });

  it('is what a trap goes back to', async () => {
    const { player } = await promoting(SMALL);
    player.offer(delay(100, 8));
    play(player, 200);
    player.promote();
    player.offer(`${delay(100, 4).replace('return', 'while (now > 500) {}\n  return')}`);
    play(player, 100);
    player.promote();
    expect(player.tier).toBe(2);
    play(player, 200);
    expect(player.traps).toHaveLength(0);
    play(player, 128);
    expect(player.traps.map(({ fallback }) => fallback)).toEqual([1]);
    player.promote();
    expect(player.tier).toBe(2);
    play(player, 1000);
    // From the block on in which it stopped; the step is over by now.
    expect(play(player, 128)).toBe(heard(500 + 128 + 1000 + 128, 100, 8));
  });

  const fixed = `const line = new Float64Array(100).fill(1)
export default () => line[50] / 8`;
  const writing = `const line = new Float64Array(100).fill(1)
let at = 0
export default () => { line[at] = 5; at = (at + 1) % 100; return line[50] / 8 }`;

  it('does not have for constant what a later version has written where it lies', async () => {
    const { player } = await promoting({ ...SMALL, homeBytes: 2 ** 20 });
    player.offer(fixed);
    player.promote();
    expect([player.tier, play(player, 10)]).toEqual([2, 1 / 8]);
    player.offer(writing);
    play(player, 10);
    player.promote();
    expect([player.tier, player.tierReason, play(player, 100)]).toEqual([2, null, 5 / 8]);
    player.undo();
    expect([player.tier, play(player, 10)]).toEqual([1, 5 / 8]);
    player.promote();
    expect([player.tier, play(player, 10)]).toEqual([2, 5 / 8]);
  });

  it('nor where it comes back past another piece, from which nothing goes over', async () => {
    const { player, session } = await promoting({ ...SMALL, homeBytes: 2 ** 20 });
    let piece = 1;
    const update = session.update.bind(session);
    session.update = (text, options) => update(text, { ...options, piece });
    player.offer(fixed);
    player.promote();
    expect([player.tier, play(player, 10)]).toEqual([2, 1 / 8]);
    player.offer(fixed.replace('8', '4'));
    expect(play(player, 10)).toBe(1 / 4);
    player.offer(writing);
    expect(play(player, 100)).toBe(5 / 8);
    piece = 2;
    player.offer('export default () => 1 / 16');
    expect(play(player, 10)).toBe(1 / 16);
    session.undo = () => {
      const result = session.restore(fixed, generation(1));
      return result.kind === 'batch' && result.batch.reinstates !== null ? { ...result, batch: result.batch } : null;
    };
    expect(player.undo()).not.toBeNull();
    expect([player.tier, play(player, 10)]).toEqual([1, 5 / 8]);
    player.promote();
    expect([player.tier, play(player, 10)]).toEqual([2, 5 / 8]);
  });
});

it(`random programs sound the same with promotions where arrays lie apart (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  let [promotions, returns, apart] = [0, 0, 0];
  for (let n = 0; n < RUNS; n++) {
    const maker = new ModelMaker(new Seeded(seed + n), { kinds: ['delay', 'delay', 'bank', 'single'] });
    const programs = [maker.program()];
    for (let edit = 0; edit < 4; edit++) programs.push(maker.changed(programs[edit]!));
    const texts = programs.map(textOf);
    const plays = await promotedPlays(texts, seed + n, 2, limitsOf(1 + (n % 3)));
    expect(firstDifference(plays), texts.join('\n---\n')).toBe(-1);
    promotions += plays.promotions;
    returns += plays.returns;
    apart += plays.apart;
  }
  expect(promotions).toBeGreaterThan(RUNS);
  expect(apart).toBeGreaterThan(RUNS);
  expect(returns).toBeGreaterThan(0);
});

/**
 * A patch played twice with the same edits, undos and blocks: in tier 1 alone, and with promotions at random frames. In:
 * texts, a seed. Out: both sounds, and how often code of tier 2 was put in place. Tests only.
 */

import { CARRY_LIMITS, type CarryLimits } from '../linker/limits.ts';
import { Player } from '../node/player.ts';
import { createSession } from '../node/session.ts';
import { Seeded } from './random/seeded.ts';

export interface PromotedPlays {
  readonly plain: readonly number[];
  readonly promoted: readonly number[];
  /** Commits after which tier 2 was reached, and undos that came back to tier 2 at once. */
  readonly promotions: number;
  readonly returns: number;
  /** Versions that reached tier 2 with data that lies outside of their arena. */
  readonly apart: number;
  /** Why versions stayed in tier 1. */
  readonly reasons: ReadonlySet<string>;
  readonly traps: number;
}

type Step =
  | { readonly kind: 'offer'; readonly text: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'promote' }
  | { readonly kind: 'play'; readonly frames: number };

const FADE_FRAMES = 100;
const MAX_FRAMES = 300;

/** The first text, then each of the others or an undo, with blocks of all lengths between, and promotions anywhere. */
function stepsOf(texts: readonly string[], seed: number, undos: number): Step[] {
  const draw = new Seeded(seed);
  const edits: Step[] = texts.map((text) => ({ kind: 'offer', text }));
  for (let n = 0; n < undos; n++) edits.splice(1 + draw.below(edits.length), 0, { kind: 'undo' });
  const steps: Step[] = [];
  const play = (least: number) => {
    for (let frames = least + draw.below(MAX_FRAMES); frames > 0; ) {
      const block = Math.min(frames, [1, 5, 32, 127, 128, 129, 300][draw.below(7)]!);
      steps.push({ kind: 'play', frames: block });
      frames -= block;
    }
  };
  for (const edit of edits) {
    steps.push(edit);
    // Now and then the next edit comes while this one fades in.
    if (draw.below(4) === 0) play(1);
    else {
      play(FADE_FRAMES);
      if (draw.below(8) > 0) steps.push({ kind: 'promote' });
      play(1);
    }
  }
  return steps;
}

async function playSteps(steps: readonly Step[], promotes: boolean, seed: number, limits: CarryLimits) {
  const options = { sampleRate: 48_000, fadeFrames: FADE_FRAMES, postsModules: true, allowsNonFinite: true, seed };
  const session = await createSession({ ...options, limits });
  const player = new Player(session, { sampleRate: 48_000, raw: true });
  // Whether what the optimiser was last asked for runs apart.
  let isApart = false;
  const ask = session.promotionJob.bind(session);
  session.promotionJob = () => {
    const job = ask();
    if (job) isApart = job.elsewhere.length > 0;
    return job;
  };
  const sound: number[] = [];
  const reasons = new Set<string>();
  const [left, right] = [new Float64Array(MAX_FRAMES), new Float64Array(MAX_FRAMES)];
  let [promotions, returns, apart] = [0, 0, 0];
  for (const step of steps) {
    switch (step.kind) {
      case 'offer':
        player.offer(step.text);
        break;
      case 'undo':
        if (player.undo() && player.tier === 2) returns++;
        break;
      case 'promote': {
        if (!promotes || !player.isReady) break;
        const before = player.tier;
        player.promote();
        if (player.tier > before) {
          promotions++;
          if (isApart) apart++;
        }
        if (player.tierReason !== null) reasons.add(player.tierReason);
        break;
      }
      case 'play':
        player.process(left, right, step.frames);
        for (let n = 0; n < step.frames; n++) sound.push(left[n]!, right[n]!);
        break;
    }
  }
  return { sound, promotions, returns, apart, reasons, traps: player.traps.length };
}

/** `limits`: from which sizes on data lies outside of arenas. */
export async function promotedPlays(
  texts: readonly string[],
  seed: number,
  undos = 1,
  limits = CARRY_LIMITS,
): Promise<PromotedPlays> {
  const steps = stepsOf(texts, seed, undos);
  const plain = await playSteps(steps, false, seed, limits);
  const { sound, ...rest } = await playSteps(steps, true, seed, limits);
  return { plain: plain.sound, promoted: sound, ...rest };
}

/** The first sample in which they differ, -1 if none; a NaN is as good as another. */
export const firstDifference = ({ plain, promoted }: PromotedPlays): number =>
  plain.findIndex((sample, n) => !Object.is(sample, promoted[n]));

/**
 * Tries seeds, one after the other: programs and swaps in a guarded memory. In: a family and seeds. Out: each failure with
 * a text made small, and how often what came out. Tests and tools only.
 */

import { everydayProgram } from '../everyday/everydayProgram.ts';
import { Escape, GuardedPlays } from '../guard/guardedPlays.ts';
import type { Verdict } from '../random/judge.ts';
import { randomProgram } from '../random/program.ts';
import { reduce } from '../random/reduce.ts';
import { hugeProgram } from '../wild/hugeProgram.ts';
import { wildProgram } from '../wild/wildProgram.ts';
import { FRAMES, goesWrongGuarded, type Judgement, judgeGuarded } from './judgeGuarded.ts';
import { judgeSwaps } from './judgeSwaps.ts';

export const FAMILIES = ['plain', 'wild', 'everyday', 'huge', 'tiers', 'swaps'] as const;
/**
 * `plain`: programs that neither throw nor stop. `wild`: such as may. `everyday`: classes, maps,
 * texts, values of several kinds, as people write them (everydayProgram.ts). `huge`: arrays too large for JavaScript, which only
 * have to stay where they belong. `swaps`: programs that become others while they play.
 */
export type Family = (typeof FAMILIES)[number];

export interface Failure extends Verdict {
  readonly family: Family;
  readonly seed: number;
  readonly text: string;
}

export interface CampaignOptions {
  /** Questions that making a text small may ask; 0 leaves it as it is. */
  readonly questions?: number;
  /** Kinds of failures that are passed over. */
  readonly ignored?: RegExp | null;
}

const PROGRAMS = { plain: randomProgram, wild: wildProgram, everyday: everydayProgram };
const HUGE_PLACE_BYTES = 40 * 2 ** 20;

export class Campaign {
  /** How often what came out, by family. */
  readonly counts = new Map<string, number>();
  private plays: GuardedPlays | null = null;
  private tierPlays: GuardedPlays | null = null;
  private hugePlays: GuardedPlays | null = null;
  private readonly questions: number;
  private readonly ignored: RegExp | null;

  constructor({ questions = 800, ignored = null }: CampaignOptions = {}) {
    this.questions = questions;
    this.ignored = ignored;
  }

  async try(family: Family, seed: number): Promise<Failure | null> {
    const { text, judgement } = await this.judge(family, seed);
    const { verdict, outcome } = judgement;
    const key = `${family} ${outcome}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (!verdict || this.ignored?.test(verdict.kind)) return null;
    const small = await this.small(family, text, verdict);
    return { ...small, family, seed };
  }

  private async judge(family: Family, seed: number): Promise<{ text: string; judgement: Judgement }> {
    switch (family) {
      case 'plain':
      case 'wild':
      case 'everyday': {
        const text = PROGRAMS[family](seed);
        return { text, judgement: judgeGuarded(this.guarded(), text) };
      }
      case 'tiers': {
        const text = [randomProgram, wildProgram, everydayProgram][seed % 3]!(seed);
        const judgement = judgeGuarded(this.guardedTiers(), text);
        const { isOptimised } = judgement;
        const tier = isOptimised == null ? '' : isOptimised ? ', in both tiers' : ', in tier 1 only';
        return { text, judgement: { ...judgement, outcome: `${judgement.outcome.split(':')[0]}${tier}` } };
      }
      case 'huge': {
        const text = hugeProgram(seed);
        return { text, judgement: this.judgeHuge(text) };
      }
      case 'swaps':
        return judgeSwaps(seed);
    }
  }

  private guarded(): GuardedPlays {
    this.plays ??= new GuardedPlays({ frames: FRAMES });
    return this.plays;
  }

  private guardedTiers(): GuardedPlays {
    this.tierPlays ??= new GuardedPlays({ frames: FRAMES, hasSecondTier: true });
    return this.tierPlays;
  }

  private async small(family: Family, text: string, verdict: Verdict): Promise<Verdict & { text: string }> {
    if (this.questions === 0 || family === 'huge' || family === 'swaps') return { ...verdict, text };
    const plays = family === 'tiers' ? this.guardedTiers() : this.guarded();
    const isWrong = (shorter: string): boolean => goesWrongGuarded(plays, shorter, verdict.kind, text);
    const small = await reduce(text, isWrong, this.questions);
    return { ...(judgeGuarded(plays, small).verdict ?? verdict), text: small };
  }

  private judgeHuge(text: string): Judgement {
    this.hugePlays ??= new GuardedPlays({ frames: 2, placeBytes: HUGE_PLACE_BYTES, hasCompany: false });
    try {
      const outcome = this.hugePlays.play(text);
      if (outcome.kind === 'refused') return { verdict: null, outcome: `refused: ${outcome.codes[0]}` };
      const faults = outcome.faults.length > 0 ? { kind: 'faulty IR', report: outcome.faults.join('\n') } : null;
      return { verdict: faults, outcome: outcome.trap ? `stopped: ${outcome.trap.code}` : 'plays' };
    } catch (thrown) {
      const kind = thrown instanceof Escape ? 'escape' : 'internal error';
      const report = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      return { verdict: { kind, report }, outcome: kind };
    }
  }
}

/** The failure as a person reads it. */
export const describeFailure = ({ family, seed, kind, text, report }: Failure): string =>
  `### ${family} ${seed}: ${kind}\n${text.trim().replaceAll(/(?:, \.\.\.u){9,}/g, ', …')}\n--\n${report}`;

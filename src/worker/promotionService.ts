/**
 * The way of what plays to tier 2, in messages: asks the optimiser, tries its code, sends it, and hears what became of it.
 * In: idle moments, and what the processor says. Out: promotions for the processor, rows of code for the page. Behind
 * everything else in rank: what is asked of the service meanwhile comes first. Compiler worker.
 */

import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import type { Generation } from '../protocol/units.ts';
import type { Status } from './missedEvents.ts';
import type { OptimiserAnswer, OptimiserJob } from './optimiserJob.ts';
import type { Session } from './session.ts';

export interface PromotionPorts {
  toMain(message: WorkerToMain): void;
  toProcessor(message: WorkerToProcessor): void;
  /** Asks the optimiser, in a thread of its own; without it there is no tier 2. At most one question is open. */
  optimise?(job: OptimiserJob, done: (answer: OptimiserAnswer) => void): void;
}

export type PromotionEvent = Extract<ProcessorToWorker, { kind: 'promoted' | 'notPromoted' }>;

export class PromotionService {
  private readonly session: Session;
  private readonly ports: PromotionPorts;
  /** Whether the optimiser has not answered yet; it cannot be interrupted. */
  private isOptimising = false;
  /** What was last said to stay in tier 1. */
  private toldReason: Generation | null = null;
  /** What was last said to cost something. */
  private toldCosts: Generation | null = null;

  constructor(session: Session, ports: PromotionPorts) {
    this.session = session;
    this.ports = ports;
  }

  /** A piece of the way for what plays alone. Returns whether there is more of it to do at once. */
  step(playing: Generation): boolean {
    if (this.isOptimising || !this.ports.optimise) return false;
    const job = this.session.promotionJob();
    if (job) {
      this.ask(job, playing);
      return !this.isOptimising;
    }
    const step = this.session.promotionStep();
    if (step === 'working') return true;
    this.tellCosts(playing);
    if (step) this.ports.toProcessor({ kind: 'promote', promotion: step });
    else this.tellReason(playing);
    return false;
  }

  private ask(job: OptimiserJob, generation: Generation): void {
    this.isOptimising = true;
    this.ports.optimise?.(job, (answer) => {
      this.isOptimising = false;
      // Something else may play by now.
      if (this.session.promotions.working === generation) this.session.optimised(answer);
    });
  }

  /** `playing`: what plays, where that is known for certain. */
  hear(event: PromotionEvent, playing: Generation | null): void {
    const { kind, generation } = event;
    if (kind === 'promoted') this.session.promoted(generation);
    else this.session.notPromoted(generation, event.reason, event.detail);
    if (generation === playing) this.tellCode(generation);
  }

  /**
   * What must have happened although nobody has said so. `asked`: what was on its way to the processor when the question was
   * sent, of which this is the answer.
   */
  missed({ playing, tier, promoting, frame }: Status, asked: Generation | null): PromotionEvent | null {
    if (playing === null || promoting === playing) return null;
    const isSent = this.session.promotions.isSent(playing);
    if (tier === 2) return isSent ? { kind: 'promoted', generation: playing, frame } : null;
    if (isSent && asked === playing) return { kind: 'notPromoted', generation: playing, reason: 'gone' };
    const isLeft = this.session.tierOf(playing).tier === 2;
    return isLeft ? { kind: 'notPromoted', generation: playing, reason: 'state' } : null;
  }

  /** What it costs, once. */
  private tellCosts(generation: Generation): void {
    const costs = this.session.promotions.costsOf(generation);
    if (!costs || this.toldCosts === generation) return;
    this.toldCosts = generation;
    this.ports.toMain({ kind: 'cost', generation, costs });
  }

  /** That it stays in tier 1, once. */
  private tellReason(generation: Generation): void {
    if (this.toldReason === generation || this.session.tierOf(generation).reason === null) return;
    this.toldReason = generation;
    this.tellCode(generation);
  }

  /** The code that runs, and in which tier. */
  tellCode(generation: Generation): void {
    const { session } = this;
    const { piece, host } = session.outside();
    const code = { rows: session.rows(), beatsPerBar: session.beatsPerBar(), piece, host };
    this.ports.toMain({ kind: 'code', generation, ...code });
  }
}

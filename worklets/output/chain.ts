/**
 * What happens to the samples between the patch and the loudspeaker. In and out: blocks of f64 samples of any length, in
 * place. Audio thread and Node; allocates nothing but at the start, and cannot throw.
 *
 *   patch ─▶ guard (finite) ─▶ DC blocker ─▶ limiter (-1 dBTP, delays) ─▶ ramp at start and stop ─▶ loudspeaker
 *
 * The ramp belongs to the processor, which decides when there is a start; the chain is the rest. A patch that needs none
 * of it passes bit for bit, `latencyFrames` later.
 */

import { DcBlocker } from './dcBlocker.ts';
import { Limiter } from './limiter.ts';
import { NonFiniteGuard } from './nonFiniteGuard.ts';
import type { OutputStage } from './stage.ts';

export class OutputChain implements OutputStage {
  readonly guard = new NonFiniteGuard();
  readonly dcBlocker: DcBlocker;
  readonly limiter: Limiter;

  /** `sampleRate`: frames per second. */
  constructor(sampleRate: number) {
    this.dcBlocker = new DcBlocker(sampleRate);
    this.limiter = new Limiter(sampleRate);
  }

  /** By how much what comes out is behind what went in, always. */
  get latencyFrames(): number {
    return this.limiter.latencyFrames;
  }

  process(left: Float64Array, right: Float64Array, frames: number): void {
    this.guard.process(left, right, frames);
    this.dcBlocker.process(left, right, frames);
    this.limiter.process(left, right, frames);
  }

  /** As if there had been silence for a long time: for when what comes next does not continue what came before. */
  reset(): void {
    this.dcBlocker.reset();
    this.limiter.reset();
  }
}

/**
 * The compiler worker's end of the optimiser's thread. In: jobs, one at a time. Out: an answer to each. Where there are no
 * workers within workers, or the thread ends, patches stay in tier 1. Compiler worker.
 */

import type { OptimiserAnswer, OptimiserJob } from './optimiserJob.ts';

export interface ToOptimiser {
  readonly serial: number;
  readonly job: OptimiserJob;
}

/** `serial`: of the job. */
export interface FromOptimiser {
  readonly serial: number;
  readonly answer: OptimiserAnswer;
}

export class OptimiserThread {
  private serial = 0;
  private worker: Worker | null = null;
  private done: ((answer: OptimiserAnswer) => void) | null = null;

  /** The answer to a job before that one is dropped. The thread is started with the first, and kept. */
  ask(job: OptimiserJob, done: (answer: OptimiserAnswer) => void): void {
    this.done = done;
    const message: ToOptimiser = { serial: ++this.serial, job };
    try {
      this.worker ??= this.started();
      this.worker.postMessage(message);
    } catch (thrown) {
      this.failed(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  private started(): Worker {
    const worker = new Worker(new URL('./optimiserWorker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromOptimiser>) => {
      if (data.serial === this.serial) this.answer(data.answer);
    };
    worker.onerror = (event) => {
      // Otherwise the page would take it for a mistake of the compiler worker, and begin another one.
      event.preventDefault();
      this.failed(event.message);
    };
    worker.onmessageerror = () => this.failed('its answer could not be read');
    return worker;
  }

  private failed(reason: string): void {
    this.worker?.terminate();
    this.worker = null;
    this.answer({ kind: 'refused', reason: `the optimiser ended (${reason})` });
  }

  private answer(answer: OptimiserAnswer): void {
    const { done } = this;
    this.done = null;
    done?.(answer);
  }
}

/**
 * A patch that plays under a test's control: the compile side (`Session`) and the audio side (`Renderer`) joined directly,
 * without threads, ports or time. In: texts and numbers of frames. Out: samples, reports and every event. Node only.
 */

import { Renderer } from '../../worklets/renderer.ts';
import type { CarryLimits } from '../linker/limits.ts';
import { createSession } from '../node/session.ts';
import { MAX_MEMORY_PAGES } from '../protocol/arena.ts';
import type { ProcessorToWorker } from '../protocol/audio.ts';
import type { SwapReport } from '../protocol/compile.ts';
import type { NewArenaBatch } from '../protocol/generation.ts';
import type { Session } from '../worker/session.ts';
import { describeErrors } from './compiled.ts';
import type { Render } from './oracle.ts';

export interface LiveOptions {
  /** Frames per second; 48000 by default. */
  readonly sampleRate?: number;
  /** Length of a crossfade; 480 if not given. */
  readonly fadeFrames?: number;
  /** A clock: the patch then has no more fuel than where somebody listens. */
  readonly now?: () => number;
  /** From which sizes on state is not copied. */
  readonly limits?: CarryLimits;
}

/** What an update came to; throws instead where the text has errors. */
export interface Swap {
  /** `null`: the text means the same as what plays. */
  readonly batch: NewArenaBatch | null;
  readonly report: SwapReport;
}

export class LivePatch {
  readonly session: Session;
  readonly renderer: Renderer;
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_MEMORY_PAGES });
  readonly table = new WebAssembly.Table({ initial: 0, element: 'anyfunc' });
  /** Everything the renderer has said so far. */
  readonly events: ProcessorToWorker[] = [];
  #handled = 0;

  private constructor(session: Session, sampleRate: number) {
    this.session = session;
    const { memory, table, events } = this;
    this.renderer = new Renderer({ memory, table, sampleRate, emit: (event) => events.push(event) });
  }

  /** Plays `text` from the first frame that is rendered. */
  static async create(text: string, options: LiveOptions = {}): Promise<LivePatch> {
    const live = await LivePatch.silent(options);
    live.swap(text);
    return live;
  }

  /** Plays nothing yet. */
  static async silent({ sampleRate = 48_000, fadeFrames = 480, limits, now }: LiveOptions = {}): Promise<LivePatch> {
    const options = { sampleRate, fadeFrames, postsModules: false, ...(limits && { limits }), ...(now && { now }) };
    return new LivePatch(await createSession(options), sampleRate);
  }

  /** Compiles `text`; it is committed at the beginning of the next block that is rendered. */
  swap(text: string): Swap {
    const swap = this.compile(text);
    if (swap.batch) {
      this.renderer.receive(swap.batch);
      this.renderer.stageAll();
    }
    return swap;
  }

  /** The same without giving the batch to the renderer. */
  compile(text: string): Swap {
    let result = this.session.update(text);
    if (result.kind === 'crowded') {
      this.renderer.drop(result.kept);
      this.#acknowledge();
      result = this.session.update(text);
    }
    if (result.kind === 'rejected') {
      throw new Error(describeErrors(text, result.diagnostics));
    }
    if (result.kind === 'crowded') throw new Error('there is no room');
    return { batch: result.kind === 'unchanged' ? null : result.batch, report: result.report };
  }

  /** The next `frames` frames, in blocks of `blockFrames`. */
  render(frames: number, blockFrames = 128): Render {
    const left = new Float64Array(frames);
    const right = new Float64Array(frames);
    for (let frame = 0; frame < frames; frame += blockFrames) {
      const length = Math.min(blockFrames, frames - frame);
      this.renderer.process(left.subarray(frame), right.subarray(frame), length);
      this.#acknowledge();
    }
    return { left, right };
  }

  /** Renders up to this frame, counted from the first one of all. */
  renderUntil(frame: number, blockFrames = 128): Render {
    return this.render(frame - this.renderer.currentFrame, blockFrames);
  }

  /** Where the swaps of this patch were committed, the first text not counted. */
  get swapFrames(): number[] {
    return this.events.flatMap((event) => (event.kind === 'committed' ? [event.frame] : [])).slice(1);
  }

  /** What a worker does with the processor's events. */
  #acknowledge(): void {
    while (this.#handled < this.events.length) {
      const event = this.events[this.#handled++];
      switch (event.kind) {
        case 'committed':
          this.session.committed(event.generation);
          break;
        case 'retired':
          this.renderer.release(this.session.retired(event.generation));
          break;
        case 'refused':
          this.session.refused(event.generation);
          throw new Error(`generation ${event.generation} was refused: ${event.reason}`);
        case 'trapped': {
          const { message } = this.session.describeTrap(event);
          throw new Error(`generation ${event.generation} trapped at frame ${event.frame}: ${message}`);
        }
        case 'connected':
        case 'settled':
        case 'nonFinite':
        case 'probed':
          break;
      }
    }
  }
}

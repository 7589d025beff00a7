/**
 * Plays generations: renders blocks, commits a batch at a block boundary, carries state over, crossfades, and falls back
 * when a generation traps. In: batches, as the compiler worker posts them. Out: samples as f64, and the events of
 * `ProcessorToWorker`. Runs in the audio worklet and in Node alike; throws nothing, and allocates only where a batch
 * arrives, commits or traps.
 *
 *   process ─▶ beginBlock (stage a share, commit) ─▶ one chunk of at most MAX_BLOCK_FRAMES after the other:
 *              run the old one, run the live one, mix
 */

import { HEADER, MAX_BLOCK_FRAMES, type RenderFunction } from '../src/protocol/arena.ts';
import type { ProcessorToWorker } from '../src/protocol/audio.ts';
import type { CopyPlan, GenerationBatch } from '../src/protocol/generation.ts';
import type { Generation, Slot } from '../src/protocol/units.ts';
import { applyCopyPlan } from './copyPlan.ts';
import { Loader } from './loader.ts';
import { f64Index, i32Index, MemoryViews } from './memoryViews.ts';

export interface RendererOptions {
  readonly memory: WebAssembly.Memory;
  /** Of `anyfunc`. */
  readonly table: WebAssembly.Table;
  /** Frames per second. */
  readonly sampleRate: number;
  /** Is told what happens, while it happens; must not throw. */
  readonly emit: (event: ProcessorToWorker) => void;
}

/** A generation that is played. */
interface Running {
  readonly generation: Generation;
  readonly base: number;
  readonly render: RenderFunction;
}

export class Renderer {
  readonly #views: MemoryViews;
  readonly #table: WebAssembly.Table;
  readonly #loader: Loader;
  readonly #sampleRate: number;
  readonly #emit: (event: ProcessorToWorker) => void;

  #live: Running | null = null;
  /** What is faded out; `null` during a fade means that it comes out of silence. */
  #old: Running | null = null;
  /** Length of the fade in progress, 0 if there is none, and how many frames of it are done. */
  #fadeFrames = 0;
  #fadedFrames = 0;

  #currentFrame = 0;
  /** Whether anything has played yet: time stands still until then. */
  #started = false;

  constructor({ memory, table, sampleRate, emit }: RendererOptions) {
    this.#views = new MemoryViews(memory);
    this.#table = table;
    this.#loader = new Loader(this.#views, table);
    this.#sampleRate = sampleRate;
    this.#emit = emit;
  }

  /** The frame that the next block begins with. */
  get currentFrame(): number {
    return this.#currentFrame;
  }

  /** For a renderer that goes on where another one has got. Requires that nothing plays yet. */
  set currentFrame(frame: number) {
    this.#currentFrame = frame;
  }

  /** What plays; `null`: silence. */
  get generation(): Generation | null {
    return this.#live?.generation ?? null;
  }

  get isFading(): boolean {
    return this.#fadeFrames > 0;
  }

  /** Whether a batch waits to be staged or committed. */
  get hasBatch(): boolean {
    return this.#loader.batch !== null;
  }

  /** The batch that waits, if any. */
  get staged(): Generation | null {
    return this.#loader.batch?.generation ?? null;
  }

  /** Takes a batch, to be staged over the next blocks. One that comes while another waits is refused. */
  receive(batch: GenerationBatch): void {
    if (this.hasBatch) {
      this.#emit({ kind: 'refused', generation: batch.generation, reason: 'another batch is under way' });
      return;
    }
    this.#loader.begin(batch);
  }

  /** Drops a batch that is not committed: the worker that sent it is gone. */
  abandon(): void {
    this.#loader.finish();
  }

  /** Takes over state of what `from` plays, in its own memory, as `plan` says. Requires that both play. */
  inheritFrom(from: Renderer, plan: CopyPlan): void {
    if (this.#live === null || from.#live === null) return;
    this.#views.refresh();
    from.#views.refresh();
    applyCopyPlan(this.#views, plan, from.#live.base, this.#live.base, from.#views);
  }

  /** Slots that no generation uses any more, to be emptied over the next blocks. */
  release(slots: readonly Slot[]): void {
    this.#loader.release(slots);
  }

  /** Does all staging at once, so that the next block begins with the commit. Not for an audio thread that plays. */
  stageAll(): void {
    this.#loader.stageAll();
  }

  /** Commits what waits without a fade, and ends a fade in progress: for while nobody hears it. */
  commitUnheard(): void {
    this.#endFade();
    this.#loader.stageAll();
    this.#settleBatch(false);
    this.#endFade();
  }

  /** Does a block's share of the staging and commits when that is done. `process` begins with this. */
  beginBlock(): void {
    this.#loader.stageShare();
    // A batch that is ready waits for the end of the fade before it.
    this.#settleBatch(true);
  }

  /** Renders the next `frames` frames, any number, into the beginning of `left` and `right`. */
  process(left: Float64Array, right: Float64Array, frames: number): void {
    this.beginBlock();
    this.#views.refresh();
    for (let start = 0; start < frames; start += MAX_BLOCK_FRAMES) {
      this.#renderChunk(left, right, start, Math.min(MAX_BLOCK_FRAMES, frames - start));
    }
  }

  #settleBatch(withFade: boolean): void {
    const { batch, state } = this.#loader;
    if (batch === null) return;
    if (state === 'refused') this.#refuse(batch, this.#loader.refusal);
    else if (state === 'ready' && !this.isFading) this.#commit(batch, withFade);
  }

  #refuse({ generation }: GenerationBatch, reason: string): void {
    this.#loader.finish();
    this.#emit({ kind: 'refused', generation, reason });
  }

  #commit(batch: GenerationBatch, withFade: boolean): void {
    const { generation, from, plan } = batch;
    const render: unknown = batch.render < this.#table.length ? this.#table.get(batch.render) : null;
    if (typeof render !== 'function') {
      this.#refuse(batch, 'there is no function to render with');
      return;
    }
    if (from !== null && from !== this.generation) {
      this.#refuse(batch, `it continues generation ${from}, which no longer plays`);
      return;
    }
    const base: number = batch.arena.address;
    this.#views.refresh();
    if (from !== null && this.#live !== null) applyCopyPlan(this.#views, plan, this.#live.base, base);
    this.#views.f64[f64Index(base + HEADER.CURRENT_FRAME)] = this.#currentFrame;
    this.#views.f64[f64Index(base + HEADER.SAMPLE_RATE)] = this.#sampleRate;

    this.#old = this.#live;
    this.#live = { generation, base, render: render as RenderFunction };
    // The first sound of all begins as the patch says.
    this.#fadeFrames = withFade && this.#started ? batch.fadeFrames : 0;
    this.#fadedFrames = 0;
    this.#started = true;
    this.#loader.finish();
    const transition = this.#fadeFrames > 0 ? 'fade' : 'cut';
    this.#emit({ kind: 'committed', generation, frame: this.#currentFrame, transition });
    if (this.#fadeFrames === 0) this.#endFade();
  }

  #renderChunk(left: Float64Array, right: Float64Array, start: number, frames: number): void {
    // The old one renders the whole chunk, even where the fade ends within it: it is what a trap falls back on.
    if (this.#old !== null && !this.#run(this.#old, frames)) this.#endFade();
    if (this.#live !== null && !this.#run(this.#live, frames)) this.#fallBack();

    if (this.#live === null) {
      left.fill(0, start, start + frames);
      right.fill(0, start, start + frames);
    } else {
      this.#mix(left, start, frames, HEADER.OUTPUT_LEFT, this.#live);
      this.#mix(right, start, frames, HEADER.OUTPUT_RIGHT, this.#live);
    }
    if (this.#started) this.#currentFrame += frames;
    if (this.isFading) {
      this.#fadedFrames += frames;
      if (this.#fadedFrames >= this.#fadeFrames) this.#endFade();
    }
  }

  /** Copies the live output of a channel, faded in over the old one's where a fade is in progress. */
  #mix(channel: Float64Array, start: number, frames: number, outputOffset: number, live: Running): void {
    const { f64 } = this.#views;
    const newIndex = f64Index(live.base + outputOffset);
    const oldIndex = this.#old === null ? -1 : f64Index(this.#old.base + outputOffset);
    // The last frame of the fade is the new one's alone, exactly.
    const mixedFrames = Math.min(frames, this.#fadeFrames - this.#fadedFrames - 1);
    let n = 0;
    for (; n < mixedFrames; n++) {
      const gain = (this.#fadedFrames + n + 1) / this.#fadeFrames;
      const newSample = f64[newIndex + n];
      const oldSample = oldIndex < 0 ? 0 : f64[oldIndex + n];
      // What is the same in both stays the same bits: -0 and infinity too.
      channel[start + n] = newSample === oldSample ? newSample : oldSample + (newSample - oldSample) * gain;
    }
    for (; n < frames; n++) channel[start + n] = f64[newIndex + n];
  }

  /** Whether it rendered; when not, the trap is reported, and what plays instead is for the caller to decide. */
  #run(running: Running, frames: number): boolean {
    try {
      running.render(running.base, frames);
      return true;
    } catch (error) {
      this.#reportTrap(running, error);
      return false;
    }
  }

  #reportTrap({ generation, base }: Running, error: unknown): void {
    const fallback = this.#live?.generation === generation ? this.#old : this.#live;
    this.#views.refresh();
    this.#emit({
      kind: 'trapped',
      generation,
      fallback: fallback?.generation ?? null,
      trapSymbol: this.#views.i32[i32Index(base + HEADER.TRAP_SYMBOL)],
      trapSite: this.#views.i32[i32Index(base + HEADER.TRAP_SITE)],
      frame: this.#currentFrame,
      reason: error instanceof Error ? error.message : String(error),
    });
  }

  /** The live generation trapped: the old one, if it still runs, has this chunk already. */
  #fallBack(): void {
    const trapped = this.#live;
    this.#live = this.#old;
    this.#old = trapped;
    this.#endFade();
  }

  /** Also retires what was faded out. */
  #endFade(): void {
    this.#fadeFrames = 0;
    this.#fadedFrames = 0;
    const old = this.#old;
    this.#old = null;
    if (old !== null) this.#emit({ kind: 'retired', generation: old.generation, frame: this.#currentFrame });
  }
}

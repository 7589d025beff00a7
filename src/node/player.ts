/**
 * The whole of Segue without a browser and without threads: session, loader, renderer and output chain, driven block by
 * block. In: the text of a patch and its edits. Out: samples, and what every edit did. Node only; what is heard
 * here is what the page plays, except for its ramp at play and stop.
 */

import { Host } from '../../worklets/host.ts';
import { OutputChain } from '../../worklets/output/chain.ts';
import { NonFiniteGuard } from '../../worklets/output/nonFiniteGuard.ts';
import { Renderer } from '../../worklets/renderer.ts';
import { MAX_MEMORY_PAGES } from '../protocol/arena.ts';
import type { ProcessorToWorker } from '../protocol/audio.ts';
import type { SwapReport } from '../protocol/compile.ts';
import { type ControlDeclaration, type HostDeclarations, NO_HOST_DECLARATIONS } from '../protocol/controls.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { GenerationBatch } from '../protocol/generation.ts';
import type { HostEvent } from '../protocol/hostEvents.ts';
import type { Look, Seen } from '../protocol/look.ts';
import type { PrintedWords } from '../protocol/printed.ts';
import type { Generation } from '../protocol/units.ts';
import { runOptimiser } from '../worker/optimiserJob.ts';
import type { Session, UpdateResult } from '../worker/session.ts';

/** What the player needs of a session. */
export type CompileSide = Pick<
  Session,
  | 'update'
  | 'committed'
  | 'retired'
  | 'refused'
  | 'trapped'
  | 'describeTrap'
  | 'explainNonFinite'
  | 'rollbackPlan'
  | 'memory'
> &
  Partial<
    Pick<Session, 'undo' | 'promotionJob' | 'optimised' | 'promotionStep' | 'outside' | 'setSample' | PromotionEvent>
  >;

type PromotionEvent = 'promoted' | 'notPromoted' | 'tierOf';

/** The outcome of a text. */
export type OfferOutcome = {
  /** The frame before which it was offered, from the beginning of the sound. */
  readonly frame: number;
  readonly diagnostics: readonly Diagnostic[];
} & (
  | { /** Plays since `frame`, the first frame of its fade. */ readonly kind: 'committed'; readonly report: SwapReport }
  | { /** Means the same as what plays. */ readonly kind: 'unchanged'; readonly report: SwapReport }
  | { /** Has errors; the previous version keeps playing. */ readonly kind: 'rejected' }
  | {
      /** Could not be staged; the previous version keeps playing. */ readonly kind: 'refused';
      readonly reason: string;
    }
);

export interface Trap {
  /** The first frame of the chunk in which it happened. */
  readonly frame: number;
  readonly generation: Generation;
  /** What played instead; `null`: silence. */
  readonly fallback: Generation | null;
  /** Its span belongs to the text that became `generation`. */
  readonly diagnostic: Diagnostic;
}

/** Something about what plays on. */
export interface Notice {
  /** The first frame of the block in which it showed. */
  readonly frame: number;
  readonly generation: Generation;
  /** A warning. Its span belongs to the text that became `generation`. */
  readonly diagnostic: Diagnostic;
}

export interface PlayerOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  /** Leaves out the output chain: the samples are what the patch returns; NaN and infinite ones are only counted. */
  readonly raw: boolean;
  /** Events that may wait at a time; as many as in the page if not given. */
  readonly eventRoom?: number;
  /** The sound that comes in, from frame 0 on: one channel or two. */
  readonly input?: readonly Float32Array[];
}

export class Player {
  readonly #session: CompileSide;
  readonly #renderer: Renderer;
  readonly #host: Host;
  readonly #input: readonly Float32Array[];
  readonly #guard: NonFiniteGuard;
  /** `null`: raw. */
  readonly #chain: OutputChain | null;
  readonly #traps: Trap[] = [];
  #notices: Notice[] = [];
  /** Generations of which it is known where their numbers come from that are not finite. */
  readonly #explained = new Set<Generation>();
  #seen: Seen | null = null;
  /** Why the last batch was refused; `null` when it was not. */
  #refusal: string | null = null;

  constructor(session: CompileSide, { sampleRate, raw, eventRoom, input = [] }: PlayerOptions) {
    this.#input = input;
    this.#host = new Host(eventRoom);
    this.#session = session;
    this.#chain = raw ? null : new OutputChain(sampleRate);
    this.#guard = this.#chain?.guard ?? new NonFiniteGuard(false);
    this.#renderer = new Renderer({
      memory: new WebAssembly.Memory({ initial: 1, maximum: MAX_MEMORY_PAGES }),
      table: new WebAssembly.Table({ initial: 1, element: 'anyfunc' }),
      sampleRate,
      emit: (event) => this.#hear(event),
      leavesNonFinite: !raw,
      host: this.#host,
    });
  }

  get currentFrame(): number {
    return this.#renderer.currentFrame;
  }

  /** What plays; `null`: silence. */
  get generation(): Generation | null {
    return this.#renderer.generation;
  }

  /** Whether the fade of the last text is over. */
  get isReady(): boolean {
    return !this.#renderer.isFading;
  }

  get traps(): readonly Trap[] {
    return this.#traps;
  }

  get notices(): readonly Notice[] {
    return this.#notices;
  }

  /** Samples that were not finite so far, both channels together. */
  get nonFinite(): number {
    return this.#guard.count;
  }

  /** The delay between what the patch renders and what `process` returns. */
  get latencyFrames(): number {
    return this.#chain?.latencyFrames ?? 0;
  }

  /** The limiter's largest gain reduction since the last query, in dB. */
  takeReductionDb(): number {
    return this.#chain?.limiter.takeReductionDb() ?? 0;
  }

  /** The largest constant offset removed since the last query. */
  takeDcOffset(): number {
    return this.#chain?.dcBlocker.takeOffset() ?? 0;
  }

  /** Compiles a text and commits it between the last block and the next, also during a fade. */
  offer(text: string): OfferOutcome {
    return this.#commit(this.#update(text));
  }

  /** Brings back the version before the one that plays; `null`: there is none that is kept. Commits as `offer` does. */
  undo(): OfferOutcome | null {
    const result = this.#session.undo?.();
    return result ? this.#commit(result) : null;
  }

  #commit(result: Exclude<UpdateResult<GenerationBatch>, { kind: 'crowded' }>): OfferOutcome {
    const frame = this.currentFrame;
    if (result.kind !== 'batch') return { ...result, frame };
    const { batch, diagnostics, report } = result;
    this.#refusal = null;
    this.#renderer.receive(batch);
    // Twice where what was staged is of no use after all.
    while (this.#renderer.hasBatch) {
      this.#renderer.stageAll();
      this.#renderer.beginBlock();
    }
    if (this.#refusal !== null) return { kind: 'refused', frame, diagnostics, reason: this.#refusal };
    if (diagnostics.some(({ code }) => code === 'not-finite')) this.#explained.add(batch.generation);
    return { kind: 'committed', frame, diagnostics, report };
  }

  /** Something happens in a frame, from the beginning of the sound; what is past happens in the next one there is. */
  post(event: HostEvent, frame: number): void {
    this.#host.post(event, frame);
  }

  /** Last, least and largest value of each probe since this was asked last; null: there are none. */
  readProbes(): Float64Array<ArrayBuffer> | null {
    return this.#renderer.readProbes();
  }

  /** Looks into what plays while the next blocks are rendered: `takeSeen` has the answer then. */
  look(look: Look): void {
    this.#renderer.looks.begin(look);
  }

  /** The answer to the last look; `null`: there is none, or it was taken. */
  takeSeen(): Seen | null {
    const seen = this.#seen;
    this.#seen = null;
    return seen;
  }

  /** What was printed since this was asked last; null: nothing. */
  readPrinted(): PrintedWords | null {
    return this.#renderer.readPrinted();
  }

  /** Where what plays prints, and what its top level has printed. */
  get printing(): Pick<HostDeclarations, 'printSites' | 'printed'> {
    return this.#session.outside?.().host ?? NO_HOST_DECLARATIONS;
  }

  /** The controls of what plays. */
  get controls(): readonly ControlDeclaration[] {
    return this.#session.outside?.().host.controls ?? [];
  }

  /** The tier of the code that plays. */
  get tier(): 1 | 2 {
    return this.#renderer.tier;
  }

  /**
   * Brings what plays to tier 2 between the last block and the next, with all that the worker does for it beforehand.
   * Requires `isReady`. Does nothing where it is there already, or cannot get there: `tierReason` says why.
   */
  promote(): void {
    const job = this.#session.promotionJob?.();
    if (!job) return;
    this.#session.optimised?.(runOptimiser(job));
    for (let step = this.#session.promotionStep?.(); step; step = this.#session.promotionStep?.()) {
      if (step === 'working') continue;
      this.#renderer.promote(step);
      while (this.#renderer.promoting !== null) this.#renderer.beginBlock();
    }
  }

  /** Why what plays stays in tier 1; `null`: it does not, or nobody has tried. */
  get tierReason(): string | null {
    return this.generation === null ? null : (this.#session.tierOf?.(this.generation).reason ?? null);
  }

  /** Retained generations are dropped if there is no room otherwise. */
  #update(text: string): Exclude<UpdateResult, { kind: 'crowded' }> {
    for (;;) {
      const result = this.#session.update(text);
      if (result.kind !== 'crowded') return result;
      this.#renderer.drop(result.kept);
    }
  }

  /** Renders the next `frames` frames; puts what comes out meanwhile into the beginning of both arrays. */
  process(left: Float64Array, right: Float64Array, frames: number): void {
    const frame = this.currentFrame;
    const nonFiniteBefore = this.#guard.count;
    this.#host.begin(frame, frames);
    const [inLeft, inRight = inLeft] = this.#input.map((channel) => channel.subarray(frame, frame + frames));
    this.#host.listen(inLeft ?? null, inRight ?? null);
    this.#renderer.process(left, right, frames);
    this.#host.end();
    if (this.#chain) this.#chain.process(left, right, frames);
    else this.#guard.process(left, right, frames);
    if (this.#guard.count > nonFiniteBefore) this.#explainNonFinite(frame);
  }

  /** Says once of each generation where its numbers come from that are not finite; not where they are what was asked for. */
  #explainNonFinite(frame: number): void {
    const { generation } = this;
    if (this.#chain === null || generation === null || this.#explained.has(generation)) return;
    this.#explained.add(generation);
    const diagnostic = this.#session.explainNonFinite(generation);
    if (diagnostic) this.#notices.push({ frame, generation, diagnostic: { ...diagnostic, severity: 'warning' } });
  }

  /**
   * The output for silent input while the patch stands still: with `latencyFrames` frames, the rest of what was
   * rendered.
   */
  flush(left: Float64Array, right: Float64Array, frames: number): void {
    left.fill(0, 0, frames);
    right.fill(0, 0, frames);
    this.#chain?.process(left, right, frames);
  }

  /** Brings the renderer's events to the session, as the ports do in the browser. */
  #hear(event: ProcessorToWorker): void {
    switch (event.kind) {
      case 'committed':
        this.#renderer.drop(this.#session.committed(event.generation));
        return;
      case 'settled': {
        const back = this.#session.rollbackPlan();
        if (back) this.#renderer.setWayBack(back.from, back.to, back.plan, back.demotes);
        return;
      }
      case 'retired':
        this.#renderer.release(this.#session.retired(event.generation));
        return;
      case 'refused':
        this.#refusal = event.reason;
        this.#renderer.release(this.#session.refused(event.generation));
        return;
      case 'trapped': {
        this.#chain?.limiter.releaseNow();
        const { generation, fallback, frame } = event;
        const diagnostic = this.#session.describeTrap(event);
        this.#session.trapped(generation, fallback);
        // Why it ended says it all.
        this.#notices = this.#notices.filter((notice) => notice.generation !== generation);
        this.#explained.add(generation);
        this.#traps.push({ frame, generation, fallback, diagnostic });
        return;
      }
      case 'promoted':
        this.#session.promoted?.(event.generation);
        return;
      case 'notPromoted':
        this.#session.notPromoted?.(event.generation, event.reason, event.detail);
        return;
      case 'connected':
      case 'probed':
      case 'nonFinite':
      case 'slow':
        return;
      case 'seen':
        this.#seen = event.seen;
        return;
    }
  }
}

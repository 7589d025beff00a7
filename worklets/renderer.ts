/**
 * Plays generations: renders blocks, commits a batch between two frames, carries state over, crossfades, and falls back
 * when a generation traps. In: batches, as the compiler worker posts them. Out: samples as f64, and the events of
 * `ProcessorToWorker`. Audio worklet and Node; throws nothing, and allocates only where a batch arrives, commits or traps.
 *
 *   process ─▶ stage a share ─▶ chunks of at most MAX_BLOCK_FRAMES, commits between them: run old and live, mix, declick
 *
 * What was faded out is kept for a while (`KEPT_GENERATIONS`): a trap goes back to the newest of them within the chunk.
 */

import { DEFAULT_BPM, HEADER, MAX_BLOCK_FRAMES, type RenderFunction } from '../src/protocol/arena.ts';
import { NON_FINITE, type ProcessorToWorker, TOO_SLOW } from '../src/protocol/audio.ts';
import type { Appointment, CopyPlan, GenerationBatch, Promotion, Transition } from '../src/protocol/generation.ts';
import type { Generation, Slot } from '../src/protocol/units.ts';
import { BeatClock } from './beatClock.ts';
import { whyNot } from './commitChecks.ts';
import { applyCopyPlan } from './copyPlan.ts';
import { bringSound, hearEvents, readPrinted, readProbes } from './hearing.ts';
import type { Host } from './host.ts';
import { KeptGenerations } from './keptGenerations.ts';
import { LiveLoad } from './liveLoad.ts';
import { Loader } from './loader.ts';
import { Looks } from './looks.ts';
import { f64Index, MemoryViews } from './memoryViews.ts';
import { Mixer } from './mixer.ts';
import { areFinite, NonFiniteWatch } from './nonFiniteWatch.ts';
import { Promoter } from './promoter.ts';
import type { RendererOptions } from './rendererOptions.ts';
import { endsInSound, nonFiniteOf, Runner, type Running, runningOf, type TrapReason, trapEvent } from './running.ts';

/** Over this time a step that a trap left is taken away. */
const ROLLBACK_SECONDS = 0.01;

export class Renderer {
  readonly #views: MemoryViews;
  readonly #table: WebAssembly.Table;
  readonly #loader: Loader;
  readonly #promoter: Promoter;
  readonly #sampleRate: number;
  readonly #emit: (event: ProcessorToWorker) => void;
  readonly #host: Host | null;

  #live: Running | null = null;
  readonly #mixer: Mixer;
  readonly #kept = new KeptGenerations();
  /** Whether the live generation was said to be `settled`. */
  #isSettled = true;
  /** The newest generation that was ever heard of. */
  #newest = 0;
  readonly #runner: Runner;

  readonly #leavesNonFinite: boolean;
  readonly #watch = new NonFiniteWatch();
  readonly liveLoad: LiveLoad;
  readonly looks: Looks;
  /** The last generation that was said to be slow. */
  #slowTold: Generation | null = null;

  #nonFinite: Generation | null = null;
  #currentFrame = 0;
  /** Beats of the live generation, also after it has gone: they are counted on in silence. For others to read. */
  readonly beats: BeatClock;
  /** Whether anything has played yet: time stands still until then. */
  #started = false;

  constructor({ memory, table, sampleRate, emit, leavesNonFinite = false, host }: RendererOptions) {
    this.#leavesNonFinite = leavesNonFinite;
    this.#views = new MemoryViews(memory);
    this.#runner = new Runner(this.#views);
    this.#table = table;
    this.#loader = new Loader(this.#views, table);
    this.#sampleRate = sampleRate;
    this.beats = new BeatClock(sampleRate);
    this.#mixer = new Mixer(Math.ceil(ROLLBACK_SECONDS * sampleRate));
    this.liveLoad = new LiveLoad(this.#views, sampleRate);
    this.#promoter = new Promoter(this.#views, table, emit);
    this.#emit = emit;
    this.looks = new Looks((seen) => emit({ kind: 'seen', seen }));
    this.#host = host ?? null;
  }

  /** The frame that the next block begins with. */
  get currentFrame(): number {
    return this.#currentFrame;
  }

  /** Goes on where another one has got. Requires that nothing plays here yet. */
  continueFrom(other: Renderer): void {
    this.#currentFrame = other.#currentFrame;
    this.beats.continueFrom(other.beats);
  }

  /** What plays; `null`: silence. */
  get generation(): Generation | null {
    return this.#live?.generation ?? null;
  }

  get tier(): 1 | 2 {
    return this.#live?.promotion ? 2 : 1;
  }

  /** Whose code of tier 2 is not in place yet. */
  get promoting(): Generation | null {
    return this.#promoter.generation;
  }

  get isFading(): boolean {
    return this.#mixer.isFading;
  }

  /** The generation that made samples in the last `process` that are not finite; null: none did. */
  get nonFinite(): Generation | null {
    return this.#nonFinite;
  }

  /** Whether a batch waits to be staged or committed. */
  get hasBatch(): boolean {
    return this.#loader.batch !== null;
  }

  /** The batch that waits, if any. */
  get staged(): Generation | null {
    return this.#loader.batch?.generation ?? null;
  }

  /** What is fading out, and what is kept to go back to. */
  get held(): Generation[] {
    return [...this.#mixer.old.members.reverse(), ...this.#kept.all].map(({ generation }) => generation);
  }

  /**
   * Takes a batch, to be staged over the next blocks. One that comes while another waits is refused; one that came before,
   * or was withdrawn before it came, is as if it had not come.
   */
  receive(batch: GenerationBatch): void {
    if (batch.generation <= this.#newest) return;
    this.#newest = batch.generation;
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
    // The tempo may be among what was copied.
    this.beats.continueFrom(from.beats);
    this.#setClock(this.#live);
    this.#playOn(this.#live);
  }

  /** Gives a batch back that is not committed yet, also one that is still to come. */
  withdraw(generation: Generation): void {
    const { batch } = this.#loader;
    this.#newest = Math.max(this.#newest, generation);
    if (batch?.generation === generation) this.#refuse(batch, 'it was withdrawn');
  }

  /** The batch that waits, if it is this one, is to follow what plays like this. */
  appoint(generation: Generation, appointment: Appointment): void {
    if (this.staged === generation) this.#loader.appoint(appointment);
  }

  /** Takes other code for what plays, to be put in place over the next blocks. */
  promote(promotion: Promotion): void {
    this.#promoter.receive(promotion, this.#live);
  }

  /** How state goes from `from` to `to`, should `from` trap while `to` is kept. `demotes`: see the message. */
  setWayBack(from: Generation, to: Generation, plan: CopyPlan, demotes = false): void {
    const running = [this.#live, ...this.#kept.all].find((one) => one?.generation === from);
    if (running) running.rollbackPlan = { to, plan, demotes };
  }

  /** Retires kept generations. */
  drop(generations: readonly Generation[]): void {
    for (const wanted of generations) {
      const kept = this.#kept.take(({ generation }) => generation === wanted);
      if (kept !== null) this.#retire(kept);
    }
  }

  /** Slots that no generation uses any more, to be emptied over the next blocks. */
  release(slots: readonly Slot[]): void {
    this.#loader.release(slots);
  }

  /** Does all staging at once, so that the next block begins with the commit. Not for an audio thread that plays. */
  stageAll(): void {
    this.#loader.stageAll(this.#continuedBase);
  }

  /** Base of the arena whose state the batch that waits continues; `null`: that does not play. */
  get #continuedBase(): number | null {
    const live = this.#live;
    return live !== null && this.#loader.batch?.from === live.generation ? live.base : null;
  }

  /** Commits what waits without a fade, and ends a fade in progress: for while nobody hears it. */
  commitUnheard(): void {
    this.#endFade();
    // Twice where the arena had to be made once more.
    for (let tries = 0; tries < 2; tries++) {
      this.stageAll();
      this.#settleBatch(false);
    }
    this.#endFade();
    this.#mixer.stopStep();
    while (this.#promoter.generation !== null) this.#promoter.step(this.#live, this.#currentFrame);
  }

  /** Does a block's share of the staging and commits what is due. `process` begins with this. */
  beginBlock(): void {
    // What is newly compiled goes first. (Handing on the frame would allocate a number in each block.)
    if (this.#promoter.isWaiting && !this.#loader.hasWork) this.#promoter.step(this.#live, this.#currentFrame);
    this.#loader.stageShare(this.#continuedBase);
    if (this.framesToCommit() === 0) this.#settleBatch(true);
  }

  /** Renders the next `frames` frames, any number, into the beginning of `left` and `right`. */
  process(left: Float64Array, right: Float64Array, frames: number): void {
    this.beginBlock();
    this.#views.refresh();
    this.#nonFinite = null;
    this.#runner.begin(frames);
    for (let start = 0, event = 0; start < frames; ) {
      let chunkFrames = Math.min(MAX_BLOCK_FRAMES, frames - start);
      const dueFrames = this.framesToCommit();
      // What has no appointed frame begins with a block, so that the split of blocks is not heard.
      if (dueFrames > 0) chunkFrames = Math.min(chunkFrames, dueFrames);
      else if (this.hasBatch && this.#loader.quantum[0] > 0) this.#settleBatch(true);
      event = hearEvents(this.#host, this.#views.f64, this.#live, this.#mixer.old, event, start);
      if (this.#host !== null) chunkFrames = Math.min(chunkFrames, this.#host.framesTo(event) - start);
      this.#renderChunk(left, right, start, chunkFrames);
      start += chunkFrames;
    }
    this.looks.after(this.#views, this.#live, frames, this.#currentFrame);
  }

  /** What the probes of what plays have seen, and what it has printed, since this was asked last. */
  readonly readProbes = () => readProbes(this.#views.f64, this.#live);
  readonly readPrinted = () => readPrinted(this.#views.f64, this.#live);
  /** Brings the events of a block that is not rendered into what would sound. */
  readonly hearUnheard = () =>
    hearEvents(this.#host, this.#views.f64, this.#live, this.#mixer.old, 0, Number.MAX_VALUE);

  /**
   * Takes note of how long the last block took: what is too slow by itself is left for the newest kept generation that
   * was not.
   */
  recordBlockTime(busyMs: number, frames: number): void {
    const live = this.#live;
    if (live === null || this.isFading) return;
    if (this.liveLoad.isTooMuch(live, busyMs, frames)) this.#leaveSlow(live);
  }

  #leaveSlow(slow: Running): void {
    const { load } = this.liveLoad;
    const next = this.#kept.take(({ sustainedWork }) => sustainedWork !== null);
    if (next === null) {
      if (this.#slowTold !== slow.generation) this.#emit({ kind: 'slow', generation: slow.generation, load });
      this.#slowTold = slow.generation;
      return;
    }
    this.#rollBack(slow, next);
    this.#mixer.removeStep();
    this.#playOn(next);
    this.#isSettled = true;
    this.#reportTrap(slow, next, { reason: TOO_SLOW, stack: '', load });
  }

  /** Frames until the batch that waits may commit; infinite where none does. */
  framesToCommit(): number {
    const { batch, state, quantum } = this.#loader;
    if (state === 'refused') return 0;
    if (batch === null || state !== 'ready') return Number.POSITIVE_INFINITY;
    const { from } = batch;
    // What it was to continue may have trapped: it is refused at once, to be made again for what plays now.
    if (quantum[0] <= 0 || this.#live === null || (from !== null && from !== this.generation)) return 0;
    return this.beats.framesFrom(this.#views.f64, this.#live.base, quantum);
  }

  #settleBatch(withFade: boolean): void {
    const { batch, state } = this.#loader;
    if (batch === null) return;
    if (state === 'refused') this.#refuse(batch, this.#loader.refusal);
    else if (state === 'ready') this.#commit(batch, withFade);
  }

  #refuse({ generation }: GenerationBatch, reason: string): void {
    this.#loader.finish();
    this.#emit({ kind: 'refused', generation, reason });
  }

  #commit(batch: GenerationBatch, withFade: boolean): void {
    const { generation, from, plan, reinstates } = batch;
    const render: unknown = batch.render < this.#table.length ? this.#table.get(batch.render) : null;
    const isSounding = (one: Generation): boolean => this.held.includes(one);
    const reason = whyNot(batch, render, this.generation, isSounding);
    if (reason !== null) {
      this.#refuse(batch, reason);
      return;
    }
    this.#views.refresh();
    const isWanted = (running: Running): boolean => running.generation === reinstates;
    const sounding = this.#mixer.old.members.find(isWanted) ?? null;
    const before = sounding ?? this.#kept.take(isWanted);
    const next = runningOf(batch, render as RenderFunction, before);
    if (sounding) {
      this.#reverseFade(sounding, next, batch.fadeFrames);
      return;
    }
    const isStateLost = this.#watch.isStateLost || this.#loader.isStateless;
    if (isStateLost && this.#loader.hasCopiedAhead) {
      this.#loader.restage();
      return;
    }
    if (from !== null && this.#live !== null && !isStateLost) {
      applyCopyPlan(this.#views, plan, this.#live.base, next.base);
      this.#promoter.accept(next, batch.demotes ?? false);
    }
    this.#setClock(next);

    // The first sound of all begins as the patch says.
    const transition: Transition = withFade && this.#started && batch.fadeFrames > 0 ? batch.transition : 'cut';
    const playing = this.#live;
    this.#playOn(next);
    this.#isSettled = false;
    this.#watch.reset();
    this.#started = true;
    this.#loader.finish();
    const lost = isStateLost ? { isStateLost } : null;
    this.#emit({ kind: 'committed', generation, frame: this.#currentFrame, transition, ...lost });
    if (transition === 'fade') {
      const dropped = this.#mixer.beginFade(playing, batch.fadeFrames);
      if (dropped !== null) this.#keep(dropped);
      return;
    }
    if (transition === 'offset') this.#mixer.removeStep(batch.fadeFrames);
    this.#endFade(playing);
  }

  /** What fades out comes back, and what fades in goes. */
  #reverseFade(sounding: Running, next: Running, fadeFrames: number): void {
    this.#mixer.reverseFade(sounding, this.#live, fadeFrames);
    this.#playOn(next);
    this.#isSettled = false;
    this.#loader.finish();
    this.#emit({ kind: 'committed', generation: next.generation, frame: this.#currentFrame, transition: 'fade' });
  }

  /** Sets time and controls in an arena that is to play from here on, whose state is in place. */
  #setClock(running: Running): void {
    const { base, bpmOffset } = running;
    const { f64 } = this.#views;
    this.#host?.adopt(f64, running);
    f64[f64Index(base + HEADER.CURRENT_FRAME)] = this.#currentFrame;
    f64[f64Index(base + HEADER.SAMPLE_RATE)] = this.#sampleRate;
    const bpm = bpmOffset === null ? DEFAULT_BPM : f64[f64Index(base + bpmOffset)];
    this.beats.writeTo(f64, base, Number.isFinite(bpm) ? bpm : DEFAULT_BPM, this.#currentFrame);
  }

  /** What is live from here on, and counts the beats. What has sounded already keeps its own position: nothing jumps. */
  #playOn(live: Running | null): void {
    this.#live = live;
    if (live === null) return;
    this.beats.follow(this.#views.f64, live.base);
    this.#host?.adopt(this.#views.f64, live);
  }

  #renderChunk(left: Float64Array, right: Float64Array, start: number, frames: number): void {
    bringSound(this.#host, this.#views.f64, this.#live, this.#mixer.old, start, frames, this.#currentFrame);
    // The old one renders the whole chunk, even where the fade ends within it: it is what a trap falls back on.
    for (let n = this.#mixer.old.count - 1; n >= 0; n--) this.#runOld(n, frames);
    if (this.#live !== null && !this.#runner.run(this.#live, frames)) this.#fallBack(frames);
    if (this.#leavesNonFinite) this.#watchLive(frames);

    const { f64 } = this.#views;
    const isOver = this.#mixer.process(f64, this.#live, left, right, start, frames);
    if (!areFinite(left, start, frames) || !areFinite(right, start, frames)) {
      this.#nonFinite = nonFiniteOf(f64, this.#live, this.#mixer.old, frames);
    }
    if (this.#started) this.#currentFrame += frames;
    if (isOver) this.#endFade();
  }

  #reportTrap(trapped: Running, fallback: Running | null, why: TrapReason): void {
    this.#views.refresh();
    this.#emit(trapEvent(this.#views, trapped, fallback, this.#currentFrame, why));
    this.#retire(trapped);
  }

  /** One that fades out renders this chunk. If it traps, the live one sounds alone from here on. */
  #runOld(index: number, frames: number): void {
    const member = this.#mixer.old.at(index);
    if (member === null || this.#runner.run(member, frames)) return;
    this.#mixer.old.remove(member);
    this.#reportTrap(member, this.#live, this.#runner.trap);
    this.#mixer.removeStep();
    this.#endFade();
  }

  /**
   * The live generation trapped. What fades out, if anything does, has this chunk already: the newest of that plays on.
   * Otherwise the newest kept one that can render the chunk takes over, with the state as it is.
   */
  #fallBack(frames: number): void {
    const trapped = this.#live;
    if (trapped === null) return;
    const { trap } = this.#runner;
    this.#mixer.removeStep();
    const fading = this.#mixer.old.members.at(-1) ?? null;
    this.#mixer.old.remove(fading);
    this.#playOn(fading ?? this.#revive(trapped, frames));
    this.#isSettled = true;
    this.#endFade();
    this.#reportTrap(trapped, this.#live, trap);
  }

  /** The newest kept generation that renders this chunk, silence if none does. Those that trap are retired. */
  #revive(trapped: Running, frames: number): Running | null {
    let from = trapped;
    for (let kept = this.#kept.take(any); kept !== null; kept = this.#kept.take(any)) {
      this.#rollBack(from, kept);
      if (this.#runner.revive(kept, frames)) return kept;
      this.#retire(kept);
      from = kept;
    }
    return null;
  }

  /** Makes a kept generation ready to continue in the place of one that failed, with its state where that can be. */
  #rollBack({ rollbackPlan, base }: Running, to: Running): void {
    this.#views.refresh();
    if (rollbackPlan?.to === to.generation) {
      applyCopyPlan(this.#views, rollbackPlan.plan, base, to.base);
      this.#promoter.accept(to, rollbackPlan.demotes);
    }
    this.#setClock(to);
  }

  #watchLive(frames: number): void {
    const live = this.#live;
    if (live === null) this.#watch.reset();
    else if (this.#watch.observe(endsInSound(this.#views.f64, live, frames), frames)) this.#leave(live, frames);
  }

  /** Goes back to what is still finite, with the state that it had: that of the live one is lost. */
  #leave(lost: Running, frames: number): void {
    const { f64 } = this.#views;
    let next = this.#mixer.old.members.findLast((member) => endsInSound(f64, member, frames)) ?? null;
    this.#mixer.old.remove(next);
    next ??= this.#kept.take((kept) => {
      this.#setClock(kept);
      return this.#runner.run(kept, frames) && endsInSound(f64, kept, frames);
    });
    if (next === null) {
      this.#watch.giveUp();
      return;
    }
    this.#watch.reset();
    this.#mixer.removeStep();
    this.#playOn(next);
    this.#isSettled = true;
    this.#endFade();
    this.#reportTrap(lost, next, { reason: NON_FINITE, stack: '' });
  }

  /** The live generation sounds alone. What was faded out is kept, and what played until now. */
  #endFade(playing: Running | null = null): void {
    for (const member of this.#mixer.endFade()) this.#keep(member);
    if (playing !== null) this.#keep(playing);
    if (!this.#isSettled && this.#live !== null) {
      this.#isSettled = true;
      this.#emit({ kind: 'settled', generation: this.#live.generation, frame: this.#currentFrame });
    }
  }

  /** To go back to; the oldest of too many retires. */
  #keep(running: Running): void {
    const oldest = this.#kept.add(running);
    if (oldest !== null) this.#retire(oldest);
  }

  #retire({ generation }: Running): void {
    this.#emit({ kind: 'retired', generation, frame: this.#currentFrame });
  }
}

const any = (): boolean => true;

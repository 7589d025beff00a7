/**
 * Brings the code and the image of a batch into place while the generation before plays: instances into slots, bytes into
 * the new arena. In: a batch. Out: `ready`, when nothing is left but the commit, or `refused` with a reason.
 *
 * Touches only slots and memory that no playing generation uses. Audio thread (a share of the work a block, see the
 * limits below) and Node (all at once). Every step is charged for being one and for what it moves, so that many small
 * pieces take as many blocks as they need. Nothing thrown leaves this file.
 */

import { IMPORTS } from '../src/protocol/arena.ts';
import type { Appointment, BatchModule, GenerationBatch, NewArenaBatch } from '../src/protocol/generation.ts';
import type { Slot } from '../src/protocol/units.ts';
import { commitUsOf, Preparation } from './copyPlan.ts';
import type { MemoryViews } from './memoryViews.ts';

const PAGE_BYTES = 65_536;

/**
 * What a block may spend on staging, in microseconds as they were measured in Chromium: a small batch is done within one
 * block. A step that costs more than what is left is the last of its block.
 */
const BUDGET_US = 250;
/** A commit that takes no more than this is done at the end of the last share. */
const SLACK_US = 20;
/** For each step, whatever it does. */
const STEP_US = 1;
const INSTANCE_US = 120;
const SLOT_US = 5;
const SLOTS_PER_STEP = 8;
const BYTES_PER_US = 4096;
/** The most that one step clears or copies. */
const STEP_BYTES = 262_144;
/**
 * Memory that was never used gets its pages from the system when they are first written, which takes from a quarter of a
 * microsecond to two each: so they are written here, and not all at once by the first block that uses them.
 */
const TOUCHED_PAGE_BYTES = 4096;
const TOUCH_US = 0.5;
const TOUCHES_PER_STEP = 32;
/** So many bytes are written one by one in less time than a call takes. */
const FEW_BYTES = 64;
/** Runs of so few are written several in a step, each into memory that is not at hand. */
const RUNS_PER_STEP = 16;
const RUN_US = 0.2;

/** What comes next for the batch at hand. `idle`: there is none. */
export type LoaderState = 'idle' | 'room' | 'modules' | 'arena' | 'image' | 'state' | 'ready' | 'refused';

export class Loader {
  readonly #views: MemoryViews;
  readonly #table: WebAssembly.Table;

  #state: LoaderState = 'idle';
  #batch: GenerationBatch | null = null;
  #refusal = '';

  #moduleIndex = 0;
  /** The instance of the module at hand, while some of its functions are not in their slots yet. */
  #instance: WebAssembly.Instance | null = null;
  #exportIndex = 0;
  /** Clearing: which range outside of the arena is next, and up to which offset this one or the arena is done. */
  #outsideIndex = -3;
  #clearedBytes = 0;
  #holeIndex = 0;
  /** The run of the image at hand, how much of it is written, and where its bytes begin. */
  #runIndex = 0;
  #runBytes = 0;
  #imageBytes = 0;
  readonly #preparation = new Preparation();
  /** Whether there is no time left in this block for the commit. */
  #isHeldBack = false;
  /** Whether the arena is to be as its image has it, without the state of what plays. */
  #isStateless = false;

  /** Lists of slots to empty, oldest first, and how far the first has got. */
  readonly #releases: (readonly Slot[])[] = [];
  #releasedCount = 0;

  constructor(views: MemoryViews, table: WebAssembly.Table) {
    this.#views = views;
    this.#table = table;
  }

  get state(): LoaderState {
    return this.#isHeldBack ? 'state' : this.#state;
  }

  /** The batch at hand; `null` exactly when the state is `idle`. */
  get batch(): GenerationBatch | null {
    return this.#batch;
  }

  /**
   * Its `quantumBeats` and `quantumBpm`, for each block to look at: a fraction that is read from a field may become an object
   * on the heap.
   */
  readonly quantum = new Float64Array(2);

  /** Why the batch at hand is `refused`. */
  get refusal(): string {
    return this.#refusal;
  }

  /** Requires `idle`. */
  begin(batch: GenerationBatch): void {
    this.#batch = batch;
    this.#setQuantum(batch);
    this.#state = 'room';
    this.#moduleIndex = 0;
    this.#instance = null;
    this.#exportIndex = 0;
    this.#isStateless = false;
    this.#beginArena(batch);
  }

  #beginArena({ plan }: GenerationBatch): void {
    this.#outsideIndex = -3;
    this.#clearedBytes = 0;
    this.#holeIndex = 0;
    this.#runIndex = 0;
    this.#runBytes = 0;
    this.#imageBytes = 0;
    this.#preparation.begin(plan);
  }

  /** How the batch at hand is to follow what plays. */
  appoint(appointment: Appointment): void {
    if (this.#batch === null) return;
    this.#batch = { ...this.#batch, ...appointment };
    this.#setQuantum(appointment);
  }

  #setQuantum({ quantumBeats, quantumBpm }: Appointment): void {
    this.quantum[0] = quantumBeats;
    this.quantum[1] = quantumBpm;
  }

  /** Whether state of what plays is in the arena already. */
  get hasCopiedAhead(): boolean {
    return this.#preparation.hasCopied;
  }

  /** Whether state is not to go over. */
  get isStateless(): boolean {
    return this.#isStateless;
  }

  /** Makes the arena once more as its image has it: what was copied ahead is not to be used. Requires `ready`. */
  restage(): void {
    const batch = this.#batch;
    if (batch === null) return;
    this.#beginArena(batch);
    this.#isStateless = true;
    this.#state = 'arena';
  }

  /** Takes the batch out of the loader's hands, whatever became of it. */
  finish(): void {
    this.#batch = null;
    this.#instance = null;
    this.#refusal = '';
    this.#preparation.end();
    this.#isHeldBack = false;
    this.#state = 'idle';
  }

  /** Slots that nothing uses any more; emptied before any later batch is staged, since that may use them again. */
  release(slots: readonly Slot[]): void {
    if (slots.length > 0) this.#releases.push(slots);
  }

  get hasReleases(): boolean {
    return this.#releases.length > 0;
  }

  /** Does one block's share of the work. `liveBase`: of the arena that the batch continues; `null`: it does not play. */
  stageShare(liveBase: number | null): void {
    this.#isHeldBack = false;
    if (liveBase !== null && this.#batch !== null && !this.#isStateless) {
      this.#views.refresh();
      this.#preparation.follow(this.#views, liveBase, this.#batch.arena.address);
    }
    if (!this.hasWork) return;
    try {
      let leftUs = BUDGET_US;
      while (leftUs > 0 && this.hasWork) leftUs -= STEP_US + this.#step(liveBase);
      this.#isHeldBack =
        this.#state === 'ready' &&
        this.#batch !== null &&
        commitUsOf(this.#batch.plan) > Math.max(leftUs, 0) + SLACK_US;
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Does all the work there is. */
  stageAll(liveBase: number | null): void {
    while (this.hasWork) this.stageShare(liveBase);
    this.#isHeldBack = false;
  }

  /** Whether anything is to be done in the next block's share. */
  get hasWork(): boolean {
    return this.hasReleases || !(this.#state === 'idle' || this.#state === 'ready' || this.#state === 'refused');
  }

  #refuse(error: unknown): void {
    if (this.#batch === null) return;
    this.#refusal = error instanceof Error ? error.message : String(error);
    this.#state = 'refused';
  }

  /** Does the next piece of work. Returns about how many microseconds it took. */
  #step(liveBase: number | null): number {
    if (this.hasReleases) return this.#emptySlots();
    const batch = this.#batch;
    if (batch === null) return 0;
    if (this.#state === 'room') {
      this.#state = batch.reinstates === null ? 'modules' : 'state';
      return this.#makeRoom(batch) ? BUDGET_US : 0;
    }
    if (this.#state === 'state') {
      this.#views.refresh();
      return this.#prepareState(batch, liveBase);
    }
    return batch.reinstates === null ? this.#arenaStep(batch) : 0;
  }

  #arenaStep(batch: NewArenaBatch): number {
    switch (this.#state) {
      case 'modules':
        return this.#stageModules(batch);
      case 'arena':
        this.#views.refresh();
        return this.#clear(batch);
      case 'image':
        this.#views.refresh();
        return this.#writeImage(batch);
      case 'idle':
      case 'room':
      case 'state':
      case 'ready':
      case 'refused':
        return 0;
    }
  }

  /**
   * Grows memory and table to what the batch asks for; whether either had to grow. In the audio thread they have all they
   * may have from the start.
   */
  #makeRoom(batch: GenerationBatch): boolean {
    const missingBytes = batch.memoryBytes - this.#views.memory.buffer.byteLength;
    if (missingBytes > 0) this.#views.memory.grow(Math.ceil(missingBytes / PAGE_BYTES));
    const missingSlots = batch.tableSlots - this.#table.length;
    if (missingSlots > 0) this.#table.grow(missingSlots);
    const { address, sizeBytes, gotBytes } = batch.arena;
    if (address < gotBytes || address + sizeBytes > this.#views.memory.buffer.byteLength)
      throw new Error('the arena reaches beyond the memory');
    return missingBytes > 0 || missingSlots > 0;
  }

  /** One instance, or some of its functions into their slots. */
  #stageModules(batch: NewArenaBatch): number {
    if (this.#moduleIndex === batch.modules.length) {
      this.#state = 'arena';
      return 0;
    }
    const module = batch.modules[this.#moduleIndex];
    if (this.#instance === null) {
      this.#instance = this.#instantiate(module);
      this.#exportIndex = 0;
      return module.code instanceof WebAssembly.Module ? INSTANCE_US : BUDGET_US;
    }
    const end = Math.min(module.exports.length, this.#exportIndex + SLOTS_PER_STEP);
    const stepUs = (end - this.#exportIndex) * SLOT_US;
    while (this.#exportIndex < end) {
      const { name, slot } = module.exports[this.#exportIndex++];
      this.#table.set(slot, this.#instance.exports[name]);
    }
    if (this.#exportIndex === module.exports.length) {
      this.#instance = null;
      this.#moduleIndex++;
    }
    return stepUs;
  }

  /** The table keeps the functions alive, and those their instance. */
  #instantiate({ code, symbols }: BatchModule): WebAssembly.Instance {
    const module = code instanceof WebAssembly.Module ? code : new WebAssembly.Module(code);
    return new WebAssembly.Instance(module, {
      [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: this.#views.memory, [IMPORTS.TABLE]: this.#table },
      [IMPORTS.SYMBOLS]: symbols,
    });
  }

  /** Clears or touches a piece of the arena, but for its holes, or of what the generation has outside of it. */
  #clear({ arena, holes, outside }: NewArenaBatch): number {
    const isInArena = this.#outsideIndex < 0;
    const endBytes = isInArena ? arena.sizeBytes : outside[this.#outsideIndex + 1];
    const cleanFrom = isInArena ? (arena.cleanFrom ?? endBytes) : outside[this.#outsideIndex + 2];
    if (this.#clearedBytes >= endBytes) {
      this.#outsideIndex += 3;
      if (this.#outsideIndex >= outside.length) this.#state = 'image';
      else this.#clearedBytes = outside[this.#outsideIndex];
      return 0;
    }
    const hasHole = isInArena && this.#holeIndex < holes.length;
    if (hasHole && holes[this.#holeIndex] <= this.#clearedBytes) {
      this.#clearedBytes = holes[this.#holeIndex + 1];
      this.#holeIndex += 2;
      return 0;
    }
    const pieceEnd = hasHole ? Math.min(endBytes, holes[this.#holeIndex]) : endBytes;
    if (this.#clearedBytes >= cleanFrom) return this.#touch(arena.address, pieceEnd);
    const clearBytes = Math.min(STEP_BYTES, Math.min(pieceEnd, cleanFrom) - this.#clearedBytes);
    const start = arena.address + this.#clearedBytes;
    this.#views.bytes.fill(0, start, start + clearBytes);
    this.#clearedBytes += clearBytes;
    return clearBytes / BYTES_PER_US;
  }

  /** Writes a zero into each of the next pages, up to this offset. */
  #touch(base: number, end: number): number {
    let touches = 0;
    while (touches < TOUCHES_PER_STEP && this.#clearedBytes < end) {
      const at = base + this.#clearedBytes;
      this.#views.bytes[at] = 0;
      this.#clearedBytes = Math.min(end, this.#clearedBytes + TOUCHED_PAGE_BYTES - (at % TOUCHED_PAGE_BYTES));
      touches++;
    }
    return touches * TOUCH_US;
  }

  /** Writes a run of the image, or a piece of it; several if they are short. */
  #writeImage(batch: NewArenaBatch): number {
    let stepUs = 0;
    for (let n = 0; n < RUNS_PER_STEP && stepUs <= RUNS_PER_STEP * RUN_US; n++) {
      if (this.#runIndex === batch.image.runs.length) {
        this.#state = 'state';
        break;
      }
      stepUs += this.#writeRun(batch);
    }
    return stepUs;
  }

  #writeRun(batch: NewArenaBatch): number {
    const { runs, bytes } = batch.image;
    const offset = runs[this.#runIndex];
    const sizeBytes = runs[this.#runIndex + 1];
    if (!isWithin(batch, offset, offset + sizeBytes)) throw new Error('the image is larger than the arena');
    const pieceBytes = Math.min(STEP_BYTES, sizeBytes - this.#runBytes);
    const from = this.#imageBytes + this.#runBytes;
    const to = batch.arena.address + offset + this.#runBytes;
    if (pieceBytes <= FEW_BYTES) {
      for (let n = 0; n < pieceBytes; n++) this.#views.bytes[to + n] = bytes[from + n];
    } else this.#views.bytes.set(bytes.subarray(from, from + pieceBytes), to);
    this.#runBytes += pieceBytes;
    if (this.#runBytes === sizeBytes) {
      this.#runIndex += 2;
      this.#imageBytes += sizeBytes;
      this.#runBytes = 0;
    }
    return RUN_US + pieceBytes / BYTES_PER_US;
  }

  /** Copies or looks up the state that can go over while the old generation still plays. */
  #prepareState({ arena, from }: GenerationBatch, liveBase: number | null): number {
    if (from === null || liveBase === null || this.#isStateless || this.#preparation.isDone) {
      this.#state = 'ready';
      return 0;
    }
    return this.#preparation.step(this.#views, liveBase, arena.address);
  }

  #emptySlots(): number {
    const slots = this.#releases[0];
    const end = Math.min(slots.length, this.#releasedCount + SLOTS_PER_STEP);
    const stepUs = (end - this.#releasedCount) * SLOT_US;
    while (this.#releasedCount < end) {
      const slot = slots[this.#releasedCount++];
      if (slot < this.#table.length) this.#table.set(slot, null);
    }
    if (this.#releasedCount === slots.length) {
      this.#releases.shift();
      this.#releasedCount = 0;
    }
    return stepUs;
  }
}

/** Whether these offsets are in the arena or the GOT in front of it, or in what the generation has outside of it. */
function isWithin({ arena, outside }: NewArenaBatch, start: number, end: number): boolean {
  if (start >= -arena.gotBytes && end <= arena.sizeBytes) return true;
  for (let n = 0; n < outside.length; n += 3) if (start >= outside[n] && end <= outside[n + 1]) return true;
  return false;
}

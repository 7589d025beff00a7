/**
 * Brings the code and the image of a batch into place while the generation before plays: instances into slots, bytes into
 * the new arena. In: a batch. Out: `ready`, when nothing is left but the commit, or `refused` with a reason.
 *
 * Touches only slots and memory that no playing generation uses. Audio thread (a share of the work a block, see the
 * limits below) and Node (all at once). Nothing thrown leaves this file.
 */

import { IMPORTS } from '../src/protocol/arena.ts';
import type { BatchModule, GenerationBatch } from '../src/protocol/generation.ts';
import type { Slot } from '../src/protocol/units.ts';
import type { MemoryViews } from './memoryViews.ts';

const PAGE_BYTES = 65_536;

/**
 * What a block may spend on staging, in microseconds as they were measured in Chromium: a small batch is done within one
 * block. A step that costs more than what is left is the last of its block.
 */
const BUDGET_US = 250;
const INSTANCE_US = 120;
const SLOT_US = 5;
const SLOTS_PER_STEP = 8;
const BYTES_PER_US = 4096;
/** The most that one step clears or copies. */
const STEP_BYTES = 262_144;

/** What comes next for the batch at hand. `idle`: there is none. */
export type LoaderState = 'idle' | 'room' | 'modules' | 'arena' | 'ready' | 'refused';

export class Loader {
  readonly #views: MemoryViews;
  readonly #table: WebAssembly.Table;

  #state: LoaderState = 'idle';
  #batch: GenerationBatch | null = null;
  #refusal = '';

  #moduleIndex = 0;
  /** Of the module at hand, while some of its functions are not in their slots yet. */
  #instance: WebAssembly.Instance | null = null;
  #exportIndex = 0;
  #clearedBytes = 0;
  #holeIndex = 0;
  #segmentIndex = 0;
  #segmentBytes = 0;

  /** Lists of slots to empty, oldest first, and how far the first has got. */
  readonly #releases: (readonly Slot[])[] = [];
  #releasedCount = 0;

  constructor(views: MemoryViews, table: WebAssembly.Table) {
    this.#views = views;
    this.#table = table;
  }

  get state(): LoaderState {
    return this.#state;
  }

  /** The batch at hand; `null` exactly when the state is `idle`. */
  get batch(): GenerationBatch | null {
    return this.#batch;
  }

  /** Why the batch at hand is `refused`. */
  get refusal(): string {
    return this.#refusal;
  }

  /** Requires `idle`. */
  begin(batch: GenerationBatch): void {
    this.#batch = batch;
    this.#state = 'room';
    this.#moduleIndex = 0;
    this.#instance = null;
    this.#exportIndex = 0;
    this.#clearedBytes = 0;
    this.#holeIndex = 0;
    this.#segmentIndex = 0;
    this.#segmentBytes = 0;
  }

  /** Takes the batch out of the loader's hands, whatever became of it. */
  finish(): void {
    this.#batch = null;
    this.#instance = null;
    this.#refusal = '';
    this.#state = 'idle';
  }

  /** Slots that nothing uses any more; emptied before any later batch is staged, since that may use them again. */
  release(slots: readonly Slot[]): void {
    if (slots.length > 0) this.#releases.push(slots);
  }

  get hasReleases(): boolean {
    return this.#releases.length > 0;
  }

  /** Does one block's share of the work. */
  stageShare(): void {
    try {
      for (let leftUs = BUDGET_US; leftUs > 0 && this.#hasWork; ) leftUs -= this.#step();
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Does all the work there is. */
  stageAll(): void {
    while (this.#hasWork) this.stageShare();
  }

  get #hasWork(): boolean {
    return this.hasReleases || this.#state === 'room' || this.#state === 'modules' || this.#state === 'arena';
  }

  #refuse(error: unknown): void {
    if (this.#batch === null) return;
    this.#refusal = error instanceof Error ? error.message : String(error);
    this.#state = 'refused';
  }

  /** Does the next piece of work. Returns about how many microseconds it took. */
  #step(): number {
    if (this.hasReleases) return this.#emptySlots();
    const batch = this.#batch;
    if (batch === null) return 0;
    switch (this.#state) {
      case 'room':
        this.#state = 'modules';
        return this.#makeRoom(batch) ? BUDGET_US : 0;
      case 'modules':
        return this.#stageModules(batch);
      case 'arena':
        this.#views.refresh();
        return this.#stageArena(batch);
      case 'idle':
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
    const { address, sizeBytes } = batch.arena;
    if (address + sizeBytes > this.#views.memory.buffer.byteLength) throw new Error('the arena ends beyond the memory');
    return missingBytes > 0 || missingSlots > 0;
  }

  /** One instance, or some of its functions into their slots. */
  #stageModules(batch: GenerationBatch): number {
    if (this.#moduleIndex === batch.modules.length) {
      this.#state = batch.reinstates === null ? 'arena' : 'ready';
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

  /** Clears a piece of the arena, but for its holes, or writes a piece of the image into it. */
  #stageArena(batch: GenerationBatch): number {
    const { address, sizeBytes, cleanFrom = sizeBytes } = batch.arena;
    const { bytes } = this.#views;
    const { holes } = batch;
    if (this.#clearedBytes < cleanFrom) {
      const isAtHole = this.#holeIndex < holes.length && holes[this.#holeIndex] <= this.#clearedBytes;
      if (isAtHole) {
        this.#clearedBytes = holes[this.#holeIndex + 1];
        this.#holeIndex += 2;
        return 0;
      }
      const end = Math.min(cleanFrom, this.#holeIndex < holes.length ? holes[this.#holeIndex] : sizeBytes);
      const clearBytes = Math.min(STEP_BYTES, end - this.#clearedBytes);
      bytes.fill(0, address + this.#clearedBytes, address + this.#clearedBytes + clearBytes);
      this.#clearedBytes += clearBytes;
      return clearBytes / BYTES_PER_US;
    }
    if (this.#segmentIndex === batch.image.length) {
      this.#state = 'ready';
      return 0;
    }
    const segment = batch.image[this.#segmentIndex];
    if (segment.offset + segment.bytes.length > sizeBytes) throw new Error('the image is larger than the arena');
    const pieceBytes = Math.min(STEP_BYTES, segment.bytes.length - this.#segmentBytes);
    const piece = segment.bytes.subarray(this.#segmentBytes, this.#segmentBytes + pieceBytes);
    bytes.set(piece, address + segment.offset + this.#segmentBytes);
    this.#segmentBytes += pieceBytes;
    if (this.#segmentBytes === segment.bytes.length) {
      this.#segmentIndex++;
      this.#segmentBytes = 0;
    }
    return pieceBytes / BYTES_PER_US;
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

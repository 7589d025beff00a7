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

/** Setting a slot takes about 5 µs. */
const SLOTS_PER_BLOCK = 32;
/** Clearing and copying this much takes some 20 µs each. */
const BYTES_PER_BLOCK = 262_144;

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
      if (this.hasReleases) this.#emptySlots();
      else this.#advance();
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** Does all the work there is. */
  stageAll(): void {
    while (this.hasReleases || (this.#batch !== null && this.#state !== 'ready' && this.#state !== 'refused')) {
      this.stageShare();
    }
  }

  #refuse(error: unknown): void {
    if (this.#batch === null) return;
    this.#refusal = error instanceof Error ? error.message : String(error);
    this.#state = 'refused';
  }

  #advance(): void {
    const batch = this.#batch;
    if (batch === null) return;
    switch (this.#state) {
      case 'room':
        this.#state = 'modules';
        // Growth takes a block of its own.
        if (!this.#makeRoom(batch)) this.#stageModules(batch);
        return;
      case 'modules':
        this.#stageModules(batch);
        return;
      case 'arena':
        this.#views.refresh();
        this.#stageArena(batch);
        return;
      case 'idle':
      case 'ready':
      case 'refused':
        return;
    }
  }

  /** Grows memory and table to what the batch asks for; whether either had to grow. */
  #makeRoom(batch: GenerationBatch): boolean {
    const missingBytes = batch.memoryBytes - this.#views.memory.buffer.byteLength;
    if (missingBytes > 0) this.#views.memory.grow(Math.ceil(missingBytes / PAGE_BYTES));
    const missingSlots = batch.tableSlots - this.#table.length;
    if (missingSlots > 0) this.#table.grow(missingSlots);
    const { address, sizeBytes } = batch.arena;
    if (address + sizeBytes > this.#views.memory.buffer.byteLength) throw new Error('the arena ends beyond the memory');
    return missingBytes > 0 || missingSlots > 0;
  }

  /** At most one instance, and at most SLOTS_PER_BLOCK of its functions into their slots. */
  #stageModules(batch: GenerationBatch): void {
    if (this.#moduleIndex < batch.modules.length) {
      const module = batch.modules[this.#moduleIndex];
      if (this.#instance === null) {
        this.#instance = this.#instantiate(module);
        this.#exportIndex = 0;
      }
      const end = Math.min(module.exports.length, this.#exportIndex + SLOTS_PER_BLOCK);
      while (this.#exportIndex < end) {
        const { name, slot } = module.exports[this.#exportIndex++];
        this.#table.set(slot, this.#instance.exports[name]);
      }
      if (this.#exportIndex < module.exports.length) return;
      this.#instance = null;
      this.#moduleIndex++;
    }
    if (this.#moduleIndex === batch.modules.length) this.#state = 'arena';
  }

  /** The table keeps the functions alive, and those their instance. */
  #instantiate({ code, symbols }: BatchModule): WebAssembly.Instance {
    const module = code instanceof WebAssembly.Module ? code : new WebAssembly.Module(code);
    return new WebAssembly.Instance(module, {
      [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: this.#views.memory, [IMPORTS.TABLE]: this.#table },
      [IMPORTS.SYMBOLS]: symbols,
    });
  }

  /** Clears the arena, then writes the image into it, up to BYTES_PER_BLOCK in all. */
  #stageArena(batch: GenerationBatch): void {
    const { address, sizeBytes } = batch.arena;
    const { bytes } = this.#views;
    let budgetBytes = BYTES_PER_BLOCK;

    const clearBytes = Math.min(budgetBytes, sizeBytes - this.#clearedBytes);
    bytes.fill(0, address + this.#clearedBytes, address + this.#clearedBytes + clearBytes);
    this.#clearedBytes += clearBytes;
    budgetBytes -= clearBytes;
    if (this.#clearedBytes < sizeBytes) return;

    while (this.#segmentIndex < batch.image.length) {
      const segment = batch.image[this.#segmentIndex];
      if (segment.offset + segment.bytes.length > sizeBytes) throw new Error('the image is larger than the arena');
      const pieceBytes = Math.min(budgetBytes, segment.bytes.length - this.#segmentBytes);
      const piece = segment.bytes.subarray(this.#segmentBytes, this.#segmentBytes + pieceBytes);
      bytes.set(piece, address + segment.offset + this.#segmentBytes);
      this.#segmentBytes += pieceBytes;
      budgetBytes -= pieceBytes;
      if (this.#segmentBytes < segment.bytes.length) return;
      this.#segmentIndex++;
      this.#segmentBytes = 0;
    }
    this.#state = 'ready';
  }

  #emptySlots(): void {
    const slots = this.#releases[0];
    const end = Math.min(slots.length, this.#releasedCount + SLOTS_PER_BLOCK);
    while (this.#releasedCount < end) {
      const slot = slots[this.#releasedCount++];
      if (slot < this.#table.length) this.#table.set(slot, null);
    }
    if (this.#releasedCount < slots.length) return;
    this.#releases.shift();
    this.#releasedCount = 0;
  }
}

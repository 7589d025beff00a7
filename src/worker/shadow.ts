/**
 * The shadow: the worker's own memory, table and instances, in which new code runs before it is heard. Runs the top
 * level from scratch, takes the image of the arena that results, then runs the patch for a moment. Whatever can fail,
 * fails here.
 */

import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import { copyOf } from '../linker/bytes.ts';
import type { Linker } from '../linker/linker.ts';
import type { Draft, LinkableUnit, ObjectModule } from '../linker/linkTypes.ts';
import { bpmOffsetOf, type Timed } from '../linker/tempo.ts';
import {
  ACCESS_REACH_BYTES,
  DEFAULT_BPM,
  GOT_ENTRY_BYTES,
  HEADER,
  IMPORTS,
  MAX_BLOCK_FRAMES,
  MAX_BURST_FUEL,
  mostBlockFuel,
  type RenderFunction,
  SCRATCH_BYTES,
  SYMBOLS_START,
} from '../protocol/arena.ts';
import { OVER_BUDGET } from '../protocol/audio.ts';
import type { Span } from '../protocol/diagnostic.ts';
import type { Slot } from '../protocol/units.ts';
import { distanceBetween, type Footprint } from './footprint.ts';
import { initialisersOf, LibrarySnapshots } from './librarySnapshot.ts';
import type { TrialSpace } from './tierTrial.ts';

/** Where the top level went wrong: the trap site it left in the header, if any. */
export interface ShadowTrap {
  readonly phase: 'top level' | 'audition';
  readonly trapSymbol: number;
  readonly trapSite: number;
  readonly reason: string;
  /** Where it happened, as the engine prints it. */
  readonly stack: string;
  /** The statement of the top level that ran. */
  readonly statement?: Span | null;
  /** Blocks of the audition that had been played before. */
  readonly blocks?: number;
}

/** Which samples of the first blocks were finite; `none at the end`: a channel ended in nothing but NaN and infinities. */
export type Finiteness = 'all' | 'some' | 'none at the end';

/** What the first blocks were like. */
export interface Audition {
  /** Fraction of real time that rendering takes, at best; `null` without a clock. */
  readonly load: number | null;
  /** The most instructions in loops and recursion that a block has needed. */
  readonly fuel: number;
  readonly finiteness: Finiteness;
}

export type ShadowResult =
  | { readonly kind: 'image'; readonly image: Uint8Array<ArrayBuffer>; readonly audition: Audition }
  | { readonly kind: 'trap'; readonly trap: ShadowTrap };

const PAGE_BYTES = 65_536;
/** The arena under construction lies here; the GOT in front of it has room for more functions than any text can have. */
const BASE = 16 * PAGE_BYTES;
const FIRST_PAGES = 64;
const GROWTH_FACTORS = [8, 2];
/**
 * What the top level may allocate, besides sound files: five minutes of stereo in `Float32Array`s. At an edit the worker writes all
 * of it, and so does the audio thread, in the time that blocks leave: half a second.
 */
export const MAX_HEAP_BYTES = 128 * 1024 * 1024;
/** The same with sound files. */
export const MAX_ROOM_BYTES = 512 * 1024 * 1024;

/** Instructions in loops and recursion that the top level may use: about a second. */
export const TOP_LEVEL_FUEL = 2 ** 31 - 1;
/** The same for a block of 128 frames in the test run: more than real time allows. */
export const AUDITION_FUEL = 2 ** 27;
/**
 * And while it plays: a few milliseconds in code that the engine has not optimised, which an endless loop is. A patch
 * that needs more from the start gets this many times what it needed.
 */
const MIN_BLOCK_FUEL = 2 ** 23;
const FUEL_HEADROOM = 2;
/** But no more than `mostBlockFuel` where somebody listens, and this where nobody does, who may have the time. */
export const MAX_UNHEARD_BLOCK_FUEL = 2 ** 26;
const AUDITION_BLOCKS = 2;
/**
 * A patch that looks slow gets more blocks, as many as fit into this many milliseconds: in the best of them the engine
 * has optimised the code, and the machine is least busy with other things. One that looks too slow gets even more time
 * before it is refused.
 */
const SLOW_LOAD = 0.8;
const SLOW_AUDITION_MS = 40;
const TOO_SLOW_LOAD = 1;
const TOO_SLOW_AUDITION_MS = 250;
/** A channel that is NaN or infinite for this long at the end of the test run is assumed to stay so. */
const LASTING_FRAMES = 64;

export interface ShadowOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  /** The seed of `Math.random`, 32 bits. */
  readonly seed: number;
  /** Milliseconds on a monotonic clock. */
  readonly now?: () => number;
  /** Blocks of the test run; 2 by default: enough to run all code once, so that it is warm. */
  readonly auditionBlocks?: number;
  /** Ends the audition early, if there is a clock, but not before `leastBlocks`: a busy machine would see too little. */
  readonly auditionMs?: number;
  readonly leastBlocks?: number;
  /** Instead of `TOP_LEVEL_FUEL`. */
  readonly topLevelFuel?: number;
  /** Gets what each block of the test run gives, to be read at once. */
  readonly onBlock?: (left: Float64Array, right: Float64Array) => void;
}

interface RoomOptions {
  /** What the top level may allocate. */
  readonly roomBytes?: number;
  /** Pairs (start, end) in rising order: where the top level has left nothing but zeros. */
  readonly zerosIn?: (arena: Uint8Array) => readonly number[];
}

export class Shadow {
  private readonly memory = new WebAssembly.Memory({
    initial: FIRST_PAGES,
    maximum: (MAX_ROOM_BYTES / PAGE_BYTES) * 2,
  });
  private readonly table = new WebAssembly.Table({ element: 'anyfunc', initial: 64 });
  /** Initialisers by the key of their object. */
  private readonly initialisers = new Map<string, (base: number, environment: number) => void>();
  private readonly snapshots = new LibrarySnapshots();
  /** How much of the arena the last run may have written to. */
  private dirtyBytes = 0;
  private dirtyGotBytes = 0;
  /** And what trials have, which may be spread over much that nobody has touched. */
  private readonly trialRanges: { readonly start: number; readonly end: number }[] = [];

  private readonly options: ShadowOptions;

  constructor(options: ShadowOptions) {
    this.options = options;
  }

  /**
   * `isAllocation`: whether a trap site is one where memory was asked for. `prepare`: is given the image before the audition, and may
   * write f64 cells for that, and what is to be in both.
   */
  run(
    draft: Draft,
    linker: Linker,
    isAllocation: (trapSymbol: number, trapSite: number) => boolean,
    prepare?: (
      image: Uint8Array<ArrayBuffer>,
      write: (offset: number, value: number) => void,
      arena: Uint8Array,
    ) => void,
    { roomBytes = MAX_ROOM_BYTES, zerosIn }: RoomOptions = {},
  ): ShadowResult {
    this.instantiate(draft, linker);
    for (;;) {
      this.prepare(draft, roomBytes);
      const trap = this.runTopLevel(draft, linker);
      if (!trap) break;
      const canGrow = this.memory.buffer.byteLength < roomBytes;
      if (!canGrow || !isAllocation(trap.trapSymbol, trap.trapSite)) return { kind: 'trap', trap };
      if (!this.grow(roomBytes)) return { kind: 'trap', trap };
    }
    const image = this.takeImage(draft, zerosIn);
    this.setTempo({ draft, image }, linker);
    const write = (offset: number, value: number): void => {
      if (offset >= SYMBOLS_START && offset + 8 <= image.length) {
        new DataView(this.memory.buffer).setFloat64(BASE + offset, value, true);
      }
    };
    prepare?.(image, write, new Uint8Array(this.memory.buffer, BASE, image.length));
    const audition = this.audition(draft);
    if ('phase' in audition) return { kind: 'trap', trap: audition };
    const mostFuel = this.options.now === undefined ? MAX_UNHEARD_BLOCK_FUEL : mostBlockFuel(image.length);
    const isSlow = audition.load !== null && audition.load > TOO_SLOW_LOAD;
    if (!isSlow && audition.fuel > Math.max(mostFuel, MAX_BURST_FUEL))
      return { kind: 'trap', trap: tooMuchWork(linker) };
    const fuel = Math.min(mostFuel, Math.max(MIN_BLOCK_FUEL, FUEL_HEADROOM * audition.fuel));
    new DataView(image.buffer).setInt32(HEADER.FUEL_PER_BLOCK, fuel, true);
    return { kind: 'image', image, audition };
  }

  /**
   * Several times the memory, since each time the top level begins from scratch, and what is not touched costs nothing; false
   * where the machine has no more.
   */
  private grow(roomBytes: number): boolean {
    const pages = this.memory.buffer.byteLength / PAGE_BYTES;
    for (const factor of GROWTH_FACTORS) {
      const wanted = Math.min(factor * pages, Math.ceil(roomBytes / PAGE_BYTES));
      try {
        this.memory.grow(wanted - pages);
        return true;
      } catch {
        // Less, then.
      }
    }
    return false;
  }

  /** Room for two arenas with all of their pieces, until the next run; `null` where there is none. */
  spaceFor(footprint: Footprint): TrialSpace | null {
    // There is room for the GOT in front of the first page.
    const firstBase = BASE + Math.ceil(Math.max(0, -footprint.start) / PAGE_BYTES) * PAGE_BYTES;
    const secondBase = firstBase + distanceBetween(footprint);
    const missingPages = Math.ceil((secondBase + footprint.end - this.memory.buffer.byteLength) / PAGE_BYTES);
    try {
      if (missingPages > 0) this.memory.grow(missingPages);
    } catch {
      return null;
    }
    for (const base of [firstBase, secondBase]) {
      for (const { start, end } of footprint.pieces) this.trialRanges.push({ start: base + start, end: base + end });
    }
    return { memory: this.memory, table: this.table, firstBase, secondBase };
  }

  /** Empties slots that nobody uses any more. */
  release(slots: readonly Slot[]): void {
    for (const slot of slots) if (slot < this.table.length) this.table.set(slot, null);
  }

  private instantiate(draft: Draft, linker: Linker): void {
    if (linker.tableSlots > this.table.length) this.table.grow(linker.tableSlots - this.table.length + 64);
    const instances = new Map<ObjectModule, WebAssembly.Exports>();
    const exportsOf = (module: ObjectModule): WebAssembly.Exports => {
      let exports = instances.get(module);
      if (!exports) {
        exports = new WebAssembly.Instance(module.module, {
          [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: this.memory, [IMPORTS.TABLE]: this.table },
          [IMPORTS.SYMBOLS]: linker.symbolValues(module),
        }).exports;
        instances.set(module, exports);
      }
      return exports;
    };
    for (const { object, slots } of draft.newCode) {
      for (const [symbol, slot] of slots) this.table.set(slot, exportsOf(object.module)[symbol] as () => void);
    }
    // Symbols may have moved since an initialiser was last instantiated, so each run creates its own instance.
    this.initialisers.clear();
    for (const { initialiser } of draft.input.units) {
      if (!initialiser) continue;
      const run = exportsOf(initialiser.module)[initialiser.symbols[0]!];
      this.initialisers.set(initialiser.key, run as (base: number, environment: number) => void);
    }
  }

  /** A clean arena with its header and its GOT. */
  private prepare(draft: Draft, roomBytes: number): void {
    const bytes = new Uint8Array(this.memory.buffer);
    if (draft.gotBytes > BASE) throw new Error('shadow: the GOT is too large');
    bytes.fill(0, BASE - Math.max(this.dirtyGotBytes, draft.gotBytes), BASE);
    this.dirtyGotBytes = draft.gotBytes;
    for (const { start, end } of this.trialRanges) bytes.fill(0, start, end);
    this.trialRanges.length = 0;
    bytes.fill(0, BASE, Math.min(bytes.length, BASE + Math.max(this.dirtyBytes, draft.heapStart)));
    const view = new DataView(this.memory.buffer);
    view.setInt32(BASE + HEADER.HEAP_POINTER, draft.heapStart, true);
    // A text before may have grown the memory further.
    const endBytes = Math.min(this.memory.buffer.byteLength, roomBytes);
    const heapLimit = endBytes - BASE - SCRATCH_BYTES - ACCESS_REACH_BYTES;
    view.setInt32(BASE + HEADER.HEAP_LIMIT, heapLimit, true);
    view.setInt32(BASE + HEADER.POINTER_LIMIT, heapLimit - SYMBOLS_START, true);
    view.setInt32(BASE + HEADER.GOT_ENTRIES, draft.gotBytes / GOT_ENTRY_BYTES, true);
    view.setInt32(BASE + HEADER.FUEL, this.options.topLevelFuel ?? TOP_LEVEL_FUEL, true);
    view.setInt32(BASE + HEADER.FUEL_PER_BLOCK, AUDITION_FUEL, true);
    view.setFloat64(BASE + HEADER.SAMPLE_RATE, this.options.sampleRate, true);
    view.setInt32(BASE + HEADER.RANDOM_STATE, this.options.seed, true);
    for (const { offset, value } of draft.words) view.setInt32(BASE + offset, value, true);
  }

  private runTopLevel(draft: Draft, linker: Linker): ShadowTrap | null {
    const { library, own } = initialisersOf(draft);
    let statement: Span | null = null;
    const run = (units: readonly LinkableUnit[]): void => {
      for (const { initialiser, span } of units) {
        statement = span;
        this.initialisers.get(initialiser!.key)!(BASE, 0);
      }
    };
    try {
      if (!this.snapshots.restore(draft, linker, this.memory.buffer, BASE)) {
        this.snapshots.keep(draft, linker, this.memory, BASE, () => run(library));
      }
      run(own);
      return null;
    } catch (thrown) {
      const used = new DataView(this.memory.buffer).getInt32(BASE + HEADER.HEAP_POINTER, true);
      this.dirtyBytes = Math.max(this.dirtyBytes, used + PAGE_BYTES);
      return { ...this.readTrap('top level', thrown), statement };
    }
  }

  private takeImage(draft: Draft, zerosIn?: RoomOptions['zerosIn']): Uint8Array<ArrayBuffer> {
    const view = new DataView(this.memory.buffer);
    const heapEnd = view.getInt32(BASE + HEADER.HEAP_POINTER, true);
    const scratchBytes = draft.input.allocatesPerFrame ? SCRATCH_BYTES : 0;
    view.setInt32(BASE + HEADER.SCRATCH_START, heapEnd, true);
    view.setInt32(BASE + HEADER.HEAP_LIMIT, heapEnd + scratchBytes, true);
    view.setInt32(BASE + HEADER.POINTER_LIMIT, heapEnd + scratchBytes - SYMBOLS_START, true);
    view.setInt32(BASE + HEADER.FUEL, 0, true);
    this.dirtyBytes = heapEnd + scratchBytes + ACCESS_REACH_BYTES;
    const arena = new Uint8Array(this.memory.buffer, BASE, heapEnd);
    const image = copyOf(arena, zerosIn?.(arena));
    // How large the GOT is depends on what else is there, and makes no difference.
    new DataView(image.buffer).setInt32(HEADER.GOT_ENTRIES, 0, true);
    return image;
  }

  /** Not part of the image: the audio thread sets it. */
  private setTempo(program: Timed, linker: Linker): void {
    const offset = bpmOffsetOf(program, linker);
    const view = new DataView(this.memory.buffer);
    view.setFloat64(BASE + HEADER.BPM, offset === null ? DEFAULT_BPM : view.getFloat64(BASE + offset, true), true);
  }

  private audition(draft: Draft): Audition | ShadowTrap {
    const render = this.table.get(draft.renderSlot) as RenderFunction;
    const { now, sampleRate, auditionBlocks = AUDITION_BLOCKS, auditionMs, leastBlocks = 0 } = this.options;
    const blockMs = (1000 * MAX_BLOCK_FRAMES) / sampleRate;
    let bestMs = Number.POSITIVE_INFINITY;
    let spentMs = 0;
    let fuel = 0;
    let finiteness: Finiteness = 'all';
    let block = 0;
    try {
      for (; ; block++) {
        const limitMs = bestMs > TOO_SLOW_LOAD * blockMs ? TOO_SLOW_AUDITION_MS : SLOW_AUDITION_MS;
        if (block >= leastBlocks && spentMs > (auditionMs ?? limitMs)) break;
        if (block >= auditionBlocks && !(now && bestMs > SLOW_LOAD * blockMs)) break;
        const startMs = now?.() ?? 0;
        render(BASE, MAX_BLOCK_FRAMES);
        const tookMs = (now?.() ?? 0) - startMs;
        bestMs = Math.min(bestMs, tookMs);
        spentMs += tookMs;
        finiteness = this.finitenessAfter(finiteness);
        this.options.onBlock?.(...this.channels());
        const left = new DataView(this.memory.buffer).getInt32(BASE + HEADER.FUEL, true);
        fuel = Math.max(fuel, AUDITION_FUEL - left);
      }
    } catch (thrown) {
      return { ...this.readTrap('audition', thrown), blocks: block };
    }
    return { load: now ? bestMs / blockMs : null, fuel, finiteness };
  }

  /** `before`: of the blocks before the one that was rendered last. */
  private finitenessAfter(before: Finiteness): Finiteness {
    const channels = this.channels();
    const first = MAX_BLOCK_FRAMES - LASTING_FRAMES;
    if (!channels.every((channel) => channel.subarray(first).some(Number.isFinite))) return 'none at the end';
    return before === 'all' && channels.every((channel) => channel.every(Number.isFinite)) ? 'all' : 'some';
  }

  private channels(): [left: Float64Array, right: Float64Array] {
    const channel = (offset: number) => new Float64Array(this.memory.buffer, BASE + offset, MAX_BLOCK_FRAMES);
    return [channel(HEADER.OUTPUT_LEFT), channel(HEADER.OUTPUT_RIGHT)];
  }

  private readTrap(phase: ShadowTrap['phase'], thrown: unknown): ShadowTrap {
    const view = new DataView(this.memory.buffer);
    return {
      phase,
      trapSymbol: view.getInt32(BASE + HEADER.TRAP_SYMBOL, true),
      trapSite: view.getInt32(BASE + HEADER.TRAP_SITE, true),
      reason: thrown instanceof Error ? thrown.message : String(thrown),
      stack: thrown instanceof Error ? (thrown.stack ?? '') : '',
    };
  }
}

/** As if blocks ran out of fuel one after the other, in the entry that calls the default export. */
const tooMuchWork = (linker: Linker): ShadowTrap => ({
  phase: 'audition',
  trapSymbol: linker.offsetOf(`function:${RENDER_SYMBOL}`) ?? 0,
  trapSite: 0,
  reason: OVER_BUDGET,
  stack: '',
});

/**
 * The layout of an arena: what compiled code, the shadow in the worker and the renderer agree on.
 *
 *   GOT │ base ─▶ header │ symbols (top-level variables, static closures, texts) │ heap │ scratch │ ACCESS_REACH_BYTES
 *
 * - Every pointer kept inside an arena is an offset from its base, so that the whole can be copied to another address.
 * - Offsets below `NULL_GUARD_BYTES` address nothing: 0 stands for `undefined`, 4 for `null`.
 * - Code gets the base as its first parameter.
 * - The GOT grows downwards from the base: entry n, the slot of a function, is at -4 × (n + 1). No pointer that code follows
 *   can name an entry, so that only the host decides what a generation calls.
 * - No pointer that code follows can name the header: a check admits offsets from `SYMBOLS_START` to `POINTER_LIMIT` beyond
 *   it, and those in the ranges listed under `REACHABLE`. Only the host writes these fields.
 * - The heap is filled by the top level of the patch, in the worker. Per frame, `HEAP_POINTER` starts again at
 *   `SCRATCH_START`: what is allocated there lives as long as one call of the default export.
 */

/** Frames that one call of a generation's `render` may produce at most, and the length of each output buffer. */
export const MAX_BLOCK_FRAMES = 128;

/** Arrays whose data a generation may use where an older arena has it; each leaves a hole in its own arena. */
export const MAX_ADOPTED_REGIONS = 32;
/** The pieces behind those holes, and the arrays' data. */
export const MAX_REACHABLE_RANGES = 2 * MAX_ADOPTED_REGIONS;

/**
 * Code reaches so many bytes from a pointer that has been checked, and every arena ends with so many that nothing uses. So
 * one check of a pointer serves for all fields of what it points at.
 */
export const ACCESS_REACH_BYTES = 512;

export const NULL_GUARD_BYTES = 16;
/** What an object-typed variable holds for `undefined` and for `null`. */
export const UNDEFINED_POINTER = 0;
export const NULL_POINTER = 4;

/** Byte offsets of the header's fields from the base of the arena. The type of each is in its comment. */
export const HEADER = {
  /** i32: where the next object goes. */
  HEAP_POINTER: 16,
  /** i32: allocation beyond this offset traps. */
  HEAP_LIMIT: 20,
  /** i32: what `HEAP_POINTER` is set to before each frame. */
  SCRATCH_START: 24,
  /** i32: loop turns and recursive calls left; below zero is a trap. */
  FUEL: 28,
  /** i32: what `render` sets `FUEL` to when it begins. */
  FUEL_PER_BLOCK: 32,
  /** i32: GOT offset of the function that trapped; 0 when none did. */
  TRAP_SYMBOL: 36,
  /** i32: which of that function's trap sites it was. */
  TRAP_SITE: 40,
  /** f64: frames per second. */
  SAMPLE_RATE: 48,
  /** f64: the frame that is being rendered; `render` advances it. */
  CURRENT_FRAME: 56,
  /** i32: state of `Math.random`. */
  RANDOM_STATE: 64,
  /** f64, f64: what the default export returned for this frame. */
  FRAME_LEFT: 72,
  FRAME_RIGHT: 80,
  /** i32: how far beyond `SYMBOLS_START` a pointer that code follows may point. */
  POINTER_LIMIT: 88,
  /** i32: entries of `REACHABLE` that count. */
  REACHABLE_COUNT: 92,
  /**
   * f64 each: how many beats there had been when the tempo changed last, in which frame that was, and the beats per minute since. Set
   * at a commit and where an earlier generation takes over; code computes `currentBeat` from them.
   */
  BEAT_POSITION: 96,
  BEAT_FRAME: 104,
  BPM: 112,
  /** i32: entries of the GOT. */
  GOT_ENTRIES: 120,
  /** i32: the generation that the image was made for; 0 where it is only tried. */
  GENERATION: 124,
  /** f64[MAX_BLOCK_FRAMES] each: what the last `render` produced. */
  OUTPUT_LEFT: 128,
  OUTPUT_RIGHT: 128 + 8 * MAX_BLOCK_FRAMES,
  /**
   * (i32, i32)[MAX_REACHABLE_RANGES]: offset and size of what else code may reach, in an arena that is not in one piece. By
   * rising offsets, taken without a sign; no two have a byte in common.
   */
  REACHABLE: 128 + 16 * MAX_BLOCK_FRAMES,
} as const;

/** The beats per minute of a patch without a tempo. */
export const DEFAULT_BPM = 60;

/** Where the symbols begin: top-level variables, static closures and texts, at offsets fixed for life. */
export const SYMBOLS_START = HEADER.REACHABLE + 8 * MAX_REACHABLE_RANGES;

/**
 * What a block may burn at most where somebody listens, in instructions: what a patch is charged can be far more than it does
 * (the dearer side of every `if`), and it must not buy itself a budget with work that it does not do. In an arena that a cache
 * holds no access waits for memory, so that the same number takes a quarter of the time.
 */
export const MAX_BLOCK_FUEL = 2 ** 24;
export const MAX_CACHED_BLOCK_FUEL = 2 ** 26;
/** An arena so large is held by a cache, of the cores together if not of one. */
const CACHED_BYTES = 2 ** 22;

/**
 * What it may burn in one block with what the blocks before left over: a transform of a whole window, or many notes that begin
 * together. A unit takes the longest where each access waits for memory, which is what keeps this from being more.
 */
export const MAX_BURST_FUEL = 1.5 * MAX_BLOCK_FUEL;

/**
 * The same for every block of a patch that needs it, in an arena of that size: in proportion where it is larger than the cache. What one
 * block may burn, all may: less would let a patch begin that has to stop when nothing is left over.
 */
export const mostBlockFuel = (sizeBytes: number): number =>
  Math.max(MAX_BURST_FUEL, Math.floor(MAX_CACHED_BLOCK_FUEL * Math.min(1, CACHED_BYTES / sizeBytes)));

/** The budget that generations share which run for one block, in what each may burn by itself. */
export const FUEL_SHARES = 3;
/** Each gets at most this part of what is left, so that something is left for whoever comes next: a burst, at first. */
export const LARGEST_FUEL_PART = MAX_BURST_FUEL / (FUEL_SHARES * MAX_BLOCK_FUEL);

/** What takes the place of one that stopped has played before: it gets nearly all. */
export const REVIVED_FUEL_PART = 0.9;

/** Whether all of these may run for one block, whichever comes first. `fuel`: what a block takes; `own`: what it may take. */
export function canRunTogether(all: readonly { readonly fuel: number; readonly own: number }[]): boolean {
  const most = Math.max(MAX_BLOCK_FUEL, ...all.map(({ own }) => (own > MAX_BURST_FUEL ? own : 0)));
  let left = FUEL_SHARES * most;
  // Whoever comes last finds the least, so the one that needs most comes last.
  for (const { fuel } of all.toSorted((a, b) => a.fuel - b.fuel)) {
    if (fuel > LARGEST_FUEL_PART * left) return false;
    left -= fuel;
  }
  return true;
}

/** Bytes for what is allocated during one frame, when a patch does that at all. */
export const SCRATCH_BYTES = 65_536;

/** Arenas begin at multiples of this. */
export const ARENA_ALIGNMENT_BYTES = 64;

/** An entry of the GOT: an i32, the slot of a function in the table; 0: none. */
export const GOT_ENTRY_BYTES = 4;

/** Names under which a module imports what is not its own. */
export const IMPORTS = {
  MODULE: 'env',
  MEMORY: 'memory',
  TABLE: 'table',
  /** Immutable i32 globals: the GOT offset of a function, or the offset of a variable, by symbol. */
  SYMBOLS: 'symbol',
} as const;

/**
 * The entry that a generation is played through: `(base: i32, frames: i32) -> ()`. Renders `frames` (1 to
 * MAX_BLOCK_FRAMES) frames from CURRENT_FRAME on into OUTPUT_LEFT and OUTPUT_RIGHT and advances CURRENT_FRAME.
 */
export type RenderFunction = (base: number, frames: number) => void;

/** The most pages (64 KiB each) that the audio thread's memory may ever have: one GiB. Modules want a memory with a limit. */
export const MAX_MEMORY_PAGES = 16_384;

/** Slots of the audio thread's table, all of them there from the start. */
export const TABLE_SLOTS = 16_384;
export const PAGE_BYTES = 65_536;

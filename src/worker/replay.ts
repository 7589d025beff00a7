/**
 * Plays a text once more from the start, compiled in another way, aside from everything that sounds, to find out where it
 * traps. In: a text, and how to compile it. Out: the first trap. Worker and Node.
 */

import { compile } from '../compiler/compile.ts';
import { ExceedsEngine } from '../compiler/emit/engineLimits.ts';
import type { Splits } from '../compiler/infer/types.ts';
import type { Library } from '../compiler/library.ts';
import type { LowerOptions } from '../compiler/lower/lower.ts';
import { Linker } from '../linker/linker.ts';
import { MAX_MEMORY_PAGES, PAGE_BYTES, TABLE_SLOTS } from '../protocol/arena.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { linkInput } from './linkInput.ts';
import { type Emitter, ObjectStore, type UnitObjects } from './objects.ts';
import { Shadow } from './shadow.ts';
import { describeTrap, functionsOf } from './trapMessages.ts';

/** The longest that it plays. */
const MAX_MS = 400;

export interface ReplayOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  readonly seed?: number;
  /** Milliseconds on a monotonic clock; without it the whole time is played. */
  readonly now?: () => number;
  readonly emit: Emitter;
}

/** How long to play: as many blocks as fit in the time, within these numbers. */
interface Length {
  readonly maxBlocks: number;
  readonly leastBlocks: number;
}

export interface Replayed {
  readonly diagnostic: Diagnostic;
  /** Blocks that had been played before. */
  readonly blocks: number;
}

/** `null`: it does not trap by itself, or not within that time. */
export function replay(
  text: string,
  library: Library,
  objects: ObjectStore,
  how: LowerOptions,
  { sampleRate, seed = 1, now, maxBlocks, leastBlocks }: ReplayOptions & Length,
): Replayed | null {
  const { lowered, libraryUnits } = compile(text, library, null, how);
  if (!lowered) return null;
  const units = [...libraryUnits, ...lowered.units];
  const linker = new Linker({
    postsModules: false,
    memoryBytes: MAX_MEMORY_PAGES * PAGE_BYTES,
    tableSlots: TABLE_SLOTS,
  });
  const compiled = compiledOrNull(() => objects.compile(units, lowered.strings));
  if (!compiled) return null;
  const draft = linker.link(linkInput(compiled, lowered), null);
  const shadow = new Shadow({
    ...{ sampleRate, seed, auditionBlocks: maxBlocks, auditionMs: MAX_MS, ...(now && { now }) },
    leastBlocks: Math.min(maxBlocks, leastBlocks),
  });
  const result = shadow.run(draft, linker, () => true);
  if (result.kind === 'image') return null;
  const diagnostic = describeTrap(
    result.trap,
    functionsOf(units),
    (name) => linker.offsetOf(name),
    text,
    (name) => library.hasStandard(name),
  );
  return { diagnostic, blocks: result.trap.blocks ?? 0 };
}

/** `null`: compiled in that way the code is too large. */
function compiledOrNull(run: () => UnitObjects[]): UnitObjects[] | null {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof ExceedsEngine || thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** Blocks in which a trap is looked for that has happened before. */
const SEARCHED = { maxBlocks: 1500, leastBlocks: 2 };

/**
 * Which call of the patch it was that trapped inside the library: functions of the library are compiled once for all calls
 * with the same types, and once for each of them here. `told` is what is known without that, with the first of the calls.
 */
export function atExactCall(
  told: Diagnostic,
  text: string,
  library: Library,
  splits: Splits,
  options: ReplayOptions,
): Diagnostic {
  const found = replay(text, library, new ObjectStore(options.emit), { splits }, { ...options, ...SEARCHED });
  return found?.diagnostic.code === told.code ? found.diagnostic : told;
}

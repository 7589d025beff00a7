/**
 * Where a patch first makes a number that is not finite, as far as that spoils what is kept or heard. It is compiled once
 * more with traps and played from the start, aside from everything that sounds. Worker and Node.
 *
 * First with traps where such a number is kept. Then with traps where one is made, up to that moment. What is made may be
 * harmless, such as a limit of `1 / 0`; so the expression is made to give something finite, and if what was kept is then
 * finite, it was to blame. If not, the next one is looked for.
 */

import { compile } from '../compiler/compile.ts';
import { ExceedsEngine } from '../compiler/emit/engineLimits.ts';
import type { Library } from '../compiler/library.ts';
import { placeKey, type TraceRequest } from '../compiler/lower/tracing.ts';
import { REACHES_HERE } from '../language/diagnostics.ts';
import { Linker } from '../linker/linker.ts';
import { MAX_MEMORY_PAGES, PAGE_BYTES, TABLE_SLOTS } from '../protocol/arena.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { linkInput } from './linkInput.ts';
import { type Emitter, ObjectStore, type UnitObjects } from './objects.ts';
import { Shadow } from './shadow.ts';
import { describeTrap, functionsOf } from './trapMessages.ts';

/** Four seconds of sound at 48 kHz, or as much as fits in the time, but two thirds of a second at least. */
const MAX_BLOCKS = 1500;
const MAX_MS = 400;
const LEAST_BLOCKS = 250;
/** So many expressions are tried, as long as there is time. */
const MAX_MAKERS = 8;
const MAX_SEARCH_MS = 400;

export interface TraceOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  readonly seed?: number;
  /** Milliseconds on a monotonic clock; without it the whole time is played. */
  readonly now?: () => number;
  readonly emit: Emitter;
}

interface Found {
  readonly diagnostic: Diagnostic;
  /** Blocks that had been played before. */
  readonly blocks: number;
}

/**
 * `null`: that does not happen by itself, or not within some seconds.
 */
export function findNonFinite(text: string, library: Library, options: TraceOptions): Diagnostic | null {
  const objects = new ObjectStore(options.emit);
  const neutral = new Set<string>();
  const find = (trapsWhere: TraceRequest['trapsWhere'], maxBlocks: number) =>
    play(text, library, objects, { trapsWhere, neutral }, { ...options, maxBlocks });
  const kept = find('kept', MAX_BLOCKS);
  if (!kept) return null;
  const { now = () => 0 } = options;
  const endMs = now() + MAX_SEARCH_MS;
  const maxBlocks = kept.blocks + 1;
  while (neutral.size < MAX_MAKERS && now() <= endMs) {
    const made = find('made', maxBlocks);
    if (!made || neutral.has(placeKey(made.diagnostic.span))) break;
    neutral.add(placeKey(made.diagnostic.span));
    const still = find('kept', maxBlocks);
    if (still && placeKey(still.diagnostic.span) === placeKey(kept.diagnostic.span)) continue;
    return isWithin(text, made.diagnostic.span, kept.diagnostic.span) ? kept.diagnostic : joined(made, kept);
  }
  return kept.diagnostic;
}

/** The first trap of a traced patch, if it is one that looks for numbers. */
function play(
  text: string,
  library: Library,
  objects: ObjectStore,
  traces: TraceRequest,
  { sampleRate, seed = 1, now, maxBlocks }: TraceOptions & { readonly maxBlocks: number },
): Found | null {
  const { lowered, libraryUnits } = compile(text, library, null, { traces });
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
  const functions = functionsOf(units);
  const offsetOf = (name: string) => linker.offsetOf(name);
  const shadow = new Shadow({
    ...{ sampleRate, seed, auditionBlocks: maxBlocks, auditionMs: MAX_MS, ...(now && { now }) },
    leastBlocks: Math.min(maxBlocks, LEAST_BLOCKS),
  });
  const result = shadow.run(draft, linker, () => true);
  if (result.kind === 'image') return null;
  const diagnostic = describeTrap(result.trap, functions, offsetOf, text);
  return diagnostic.code === 'not-finite' ? { diagnostic, blocks: result.trap.blocks ?? 0 } : null;
}

/** `null`: with all that looks for such numbers the code is too large. */
function compiledOrNull(run: () => UnitObjects[]): UnitObjects[] | null {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof ExceedsEngine || thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** Whether pointing at the whole shows the part as well. */
const isWithin = (text: string, part: Span, whole: Span): boolean =>
  part.start >= whole.start && part.end <= whole.end && !text.slice(whole.start, part.start).includes('\n');

const joined = (made: Found, kept: Found): Diagnostic => ({
  ...made.diagnostic,
  related: [{ span: kept.diagnostic.span, message: REACHES_HERE }],
});

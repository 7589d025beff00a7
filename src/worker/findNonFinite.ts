/**
 * Where a patch first makes a number that is not finite: compiles it once more, with a trap at every place that keeps a
 * number or gives it out, and plays it from the start, aside from everything that sounds. Worker and Node.
 */

import { compile } from '../compiler/compile.ts';
import type { Library } from '../compiler/library.ts';
import { Linker } from '../linker/linker.ts';
import { MAX_MEMORY_PAGES, PAGE_BYTES, TABLE_SLOTS } from '../protocol/arena.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { linkInput } from './linkInput.ts';
import { type Emitter, ObjectStore } from './objects.ts';
import { Shadow } from './shadow.ts';
import { describeTrap, functionsOf } from './trapMessages.ts';

/** Four seconds of sound at 48 kHz, or as much as can be had in the time. */
const MAX_BLOCKS = 1500;
const MAX_MS = 400;

export interface TraceOptions {
  /** Frames per second. */
  readonly sampleRate: number;
  readonly seed?: number;
  /** Milliseconds on a clock that only rises; without it the whole time is played. */
  readonly now?: () => number;
  readonly emit: Emitter;
}

/**
 * `null`: it does not come to that by itself, or not within some seconds.
 * @throws EmitterPending
 */
export function findNonFinite(
  text: string,
  library: Library,
  { sampleRate, seed = 1, now, emit }: TraceOptions,
): Diagnostic | null {
  const { lowered, libraryUnits } = compile(text, library, null, { traces: true });
  if (!lowered) return null;
  const units = [...libraryUnits, ...lowered.units];
  const linker = new Linker({
    postsModules: false,
    memoryBytes: MAX_MEMORY_PAGES * PAGE_BYTES,
    tableSlots: TABLE_SLOTS,
  });
  const draft = linker.link(linkInput(new ObjectStore(emit).compile(units, lowered.strings), lowered), null);
  const functions = functionsOf(units);
  const offsetOf = (name: string) => linker.offsetOf(name);
  const shadow = new Shadow({ sampleRate, seed, auditionBlocks: MAX_BLOCKS, auditionMs: MAX_MS, ...(now && { now }) });
  const result = shadow.run(draft, linker, () => true);
  if (result.kind === 'image') return null;
  const diagnostic = describeTrap(result.trap, functions, offsetOf, text);
  return diagnostic.code === 'not-finite' ? diagnostic : null;
}

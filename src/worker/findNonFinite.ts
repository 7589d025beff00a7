/**
 * Where a patch first makes a number that is not finite, as far as that spoils what is kept or heard. It is compiled once
 * more with traps and played from the start, aside from everything that sounds. Worker and Node.
 *
 * First with traps where such a number is kept. Then with traps where one is made, up to that moment. What is made may be
 * harmless, such as a limit of `1 / 0`; so the expression is made to give something finite, and if what was kept is then
 * finite, it was to blame. If not, the next one is looked for.
 */

import type { Library } from '../compiler/library.ts';
import { placeKey, type TraceRequest } from '../compiler/lower/tracing.ts';
import { REACHES_HERE } from '../language/diagnostics.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { ObjectStore } from './objects.ts';
import { type Replayed, type ReplayOptions, replay } from './replay.ts';

/** Four seconds of sound at 48 kHz, or as much as fits in the time (replay.ts), but two thirds of a second at least. */
const MAX_BLOCKS = 1500;
const LEAST_BLOCKS = 250;
/** So many expressions are tried, as long as there is time. */
const MAX_MAKERS = 8;
const MAX_SEARCH_MS = 400;

/**
 * `null`: that does not happen by itself, or not within some seconds.
 */
export function findNonFinite(text: string, library: Library, options: ReplayOptions): Diagnostic | null {
  const objects = new ObjectStore(options.emit);
  const neutral = new Set<string>();
  const find = (trapsWhere: TraceRequest['trapsWhere'], maxBlocks: number): Replayed | null => {
    const traces = { trapsWhere, neutral };
    const found = replay(
      text,
      library,
      objects,
      { traces },
      { ...options, ...{ maxBlocks, leastBlocks: LEAST_BLOCKS } },
    );
    return found?.diagnostic.code === 'not-finite' ? found : null;
  };
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

/** Whether pointing at the whole shows the part as well. */
const isWithin = (text: string, part: Span, whole: Span): boolean =>
  part.start >= whole.start && part.end <= whole.end && !text.slice(whole.start, part.start).includes('\n');

const joined = (made: Replayed, kept: Replayed): Diagnostic => ({
  ...made.diagnostic,
  related: [{ span: kept.diagnostic.span, message: REACHES_HERE }],
});

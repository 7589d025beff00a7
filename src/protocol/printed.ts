/** What patches print by `console.log`: words that the audio thread hands over as they are. Types and constants only. */

import type { ArenaOffset } from './units.ts';

/** The cells of src/library/dsp/internal/console.ts: f64 each, and two arrays of f64. */
export interface PrintCells {
  readonly usedOffset: ArenaOffset;
  readonly roomOffset: ArenaOffset;
  readonly wordsOffset: ArenaOffset;
  readonly countsOffset: ArenaOffset;
}

export const PRINT_WORDS = 4096;
/** Places of a text that print; those beyond share the last number. */
export const MAX_PRINT_SITES = 256;
/** Entries that are taken with each meter, of which there are four a second. */
export const PRINTS_PER_METER = 25;

/** What was printed since it was taken last: words, and how often each place was run through. */
export interface PrintedWords {
  readonly words: Float64Array<ArrayBuffer>;
  readonly counts: Float64Array<ArrayBuffer>;
}

/**
 * What the passes behind the parser may do for one text, in expressions looked at: a text of a few lines can ask for
 * specialisations, rounds of inference or instructions without end. Counted, so that the same text always gets the same
 * answer.
 */

import type { Span } from '../protocol/diagnostic.ts';

/** Thrown where a pass has done more than a text of this length may ask for. */
export class TooMuchWork extends Error {
  /** The function, or the expression, that was being looked at. */
  readonly span: Span;

  constructor(span: Span) {
    super('too much work for this text');
    this.span = span;
  }
}

/** Our programs take up to ten for each character, short ones of much library code the most. */
const MIN_WORK = 200_000;
const WORK_PER_CHARACTER = 10;

export const workFor = (textLength: number): number => MIN_WORK + WORK_PER_CHARACTER * textLength;

/**
 * Where a stretch of one text is in another, which may have been edited in several places. In: both texts. Out: the place,
 * null where a line of it was edited. Pure.
 */

import { diffArrays } from 'diff';
import type { Span } from '../protocol/diagnostic.ts';
import { carrySpan } from './position.ts';

const MAX_EDITS = 200;

export function carryThroughLines(before: string, text: string, span: Span): Span | null {
  const carried = carrySpan(before, text, span);
  if (carried) return carried;
  const changes = diffArrays(before.split('\n'), text.split('\n'), { maxEditLength: MAX_EDITS });
  let [from, to] = [0, 0];
  for (const { value, added, removed } of changes ?? []) {
    const length = value.reduce((sum, line) => sum + line.length + 1, 0);
    if (!added && !removed && span.start >= from && span.end < from + length) {
      return { start: span.start - from + to, end: span.end - from + to };
    }
    if (!added) from += length;
    if (!removed) to += length;
  }
  return null;
}

/** The line and column (from 1) of an offset in a text, and where it is after an edit. Pure. */

import type { Span } from '../protocol/diagnostic.ts';

/** Both count from 1; a column is a UTF-16 code unit. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** The place of `offset` (UTF-16 code units, cut to the text's length). A `\r\n` counts as the end of its line. */
export function lineColumn(text: string, offset: number): LineColumn {
  const before = text.slice(0, Math.max(0, offset));
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return { line, column: before.length - lineStart + 1 };
}

/** The same for many offsets of one text, which is looked through once. */
export function lineColumnsOf(text: string): (offset: number) => LineColumn {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    const at = Math.min(Math.max(0, offset), text.length);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - starts[low]! + 1 };
  };
}

/** The lines (from 1, both included) of `text` that are not in `before`; null when every line is. */
export function changedLines(before: string, text: string): { readonly from: number; readonly to: number } | null {
  const old = before.split('\n');
  const now = text.split('\n');
  let head = 0;
  while (head < now.length && head < old.length && now[head] === old[head]) head++;
  let tail = 0;
  while (tail < now.length - head && tail < old.length - head && now.at(-1 - tail) === old.at(-1 - tail)) tail++;
  return head + tail >= now.length ? null : { from: head + 1, to: now.length - tail };
}

/** Where the characters at `span` of `before` are in `text`; null if an edit has touched them. */
export function carrySpan(before: string, text: string, { start, end }: Span): Span | null {
  if (before === text) return { start, end };
  const shorter = Math.min(before.length, text.length);
  let head = 0;
  while (head < shorter && before[head] === text[head]) head++;
  if (end <= head) return { start, end };
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const shift = text.length - before.length;
  return start >= before.length - tail ? { start: start + shift, end: end + shift } : null;
}

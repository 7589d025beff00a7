/** The difference between two texts, as the one edit that turns the first into the second. Pure. */

export interface Difference {
  /** The range that is replaced in the old text, in UTF-16 units, the end excluded. */
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** Everything between the common beginning and the common end; no character is cut in two. */
export function difference(before: string, after: string): Difference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isLead(before.charCodeAt(start - 1))) start--;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (tail > 0 && isTrail(before.charCodeAt(before.length - tail))) tail--;
  return { from: start, to: before.length - tail, put: after.slice(start, after.length - tail) };
}

const isLead = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isTrail = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Where two texts differ, as the one edit that makes the second of the first. Pure. */

export interface Difference {
  /** What is replaced in the old text: from this character (UTF-16) up to, and without, the other. */
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** Everything between what both begin with and what both end with; no character is cut in two. */
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

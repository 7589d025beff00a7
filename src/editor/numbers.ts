/** Number literals in a line of code, as a performer takes hold of them: with their sign and exponent. Pure. */

/** JavaScript's numeric literals, where no name or other number ends just before. */
const LITERAL =
  /(?<![\w$.])(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)n?/g;
/** What a sign that is part of the number follows: an operator, a bracket, a comma, a keyword, or nothing. */
const BEFORE_SIGN = /(?:^|[-+*/%&|^!~<>=?:;,([{]|\b(?:return|case|typeof|void|in|of|yield|default))\s*$/;

/** Columns count from 0, `end` excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The literal that the column is in or at an edge of; null when there is none. */
export function numberAt(line: string, column: number): Stretch | null {
  for (const match of line.matchAll(LITERAL)) {
    const start = match.index - (hasSign(line, match.index) ? 1 : 0);
    const end = match.index + match[0].length;
    if (column >= start && column <= end) return { start, end };
  }
  return null;
}

function hasSign(line: string, start: number): boolean {
  const sign = line[start - 1];
  if (sign !== '-' && sign !== '+') return false;
  const before = line.slice(0, start - 1);
  // In `a--1` the sign is no sign, and what follows `i++` is subtracted from it.
  return !before.endsWith(sign) && !/(?:\+\+|--)\s*$/.test(before) && BEFORE_SIGN.test(before);
}

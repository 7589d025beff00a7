/** Unmatched brackets: finds the one that the user has to look at. In: the tokens of a text that did not parse. */

import type { Place } from '../language/diagnostics.ts';
import { Lines } from './lines.ts';
import { CLOSERS, type Token } from './tokens.ts';

/** What is wrong, in words, and where. */
export interface Explanation {
  readonly place: Place;
  readonly detail: string;
}

/** The first bracket that has no partner, if there is one. */
export function explainBrackets(text: string, tokens: readonly Token[]): Explanation | null {
  const lines = new Lines(text);
  const isOnOneLine = (from: Token, to: Token): boolean => lines.of(from.start) === lines.of(to.start);
  const open: Token[] = [];
  /** How many of those that are open are closed by each kind of bracket. */
  const awaited = new Map<string, number>();
  const count = (closer: string, by: number): void => void awaited.set(closer, (awaited.get(closer) ?? 0) + by);
  /** Closed by a bracket further to the left: its own is probably missing. */
  let suspect: Token | null = null;
  for (const token of tokens) {
    if (token.kind !== 'bracket') continue;
    if (CLOSERS[token.text]) {
      open.push(token);
      count(CLOSERS[token.text]!, 1);
      continue;
    }
    const opener = open.at(-1);
    if (!opener) return closesNothing(token);
    const closer = CLOSERS[opener.text]!;
    if (closer !== token.text) {
      const isBelow = (awaited.get(token.text) ?? 0) > 0;
      if (!isBelow && !isOnOneLine(opener, token)) return closesNothing(token);
      if (isOnOneLine(opener, token)) {
        const related = [
          { span: { start: opener.start, end: opener.end }, message: `This \`${opener.text}\` is still open.` },
        ];
        const detail = isBelow
          ? `A \`${closer}\` is missing before this \`${token.text}\`.`
          : `\`${closer}\` is expected here, not \`${token.text}\`.`;
        return { place: { start: token.start, end: token.end, related }, detail };
      }
      return notClosed(opener);
    }
    if (!suspect && !isOnOneLine(opener, token) && lines.indentAt(token.start) < lines.indentAt(opener.start)) {
      suspect = opener;
    }
    open.pop();
    count(closer, -1);
  }
  const last = open.at(-1);
  return last ? notClosed(suspect ?? last) : null;
}

function closesNothing(closer: Token): Explanation {
  const partner = Object.keys(CLOSERS).find((key) => CLOSERS[key] === closer.text);
  const detail = `This \`${closer.text}\` has no matching \`${partner}\`: remove it, or add the \`${partner}\`.`;
  return { place: closer, detail };
}

const notClosed = (opener: Token): Explanation => ({
  place: opener,
  detail: `This \`${opener.text}\` is not closed: a \`${CLOSERS[opener.text]}\` is missing.`,
});

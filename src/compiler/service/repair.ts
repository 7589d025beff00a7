/**
 * A text that somebody is typing → one that the parser can read: a name where one is about to be written, brackets closed
 * that are still open, and those left out that close nothing. In: a text and where the cursor is. Out: the other text, and how
 * positions in the two correspond. Pure; never fails.
 */

import { CLOSERS, type Token, tokensOf } from '../tokens.ts';

/** Stands where a name will be. */
export const PLACEHOLDER = '__segue__';

export interface Repaired {
  readonly text: string;
  /** A position in the repaired text as one in the original. */
  toOriginal(at: number): number;
  toRepaired(at: number): number;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

const DECLARATION = /^(?:export|const|let|var|function|class|type|interface)\b/;

export const unchanged = (text: string): Repaired => ({ text, toOriginal: (at) => at, toRepaired: (at) => at });

/** With a name at the cursor, if none is being written there. */
export function withName(text: string, offset: number): Repaired {
  const isInName = /[\p{L}\p{N}_$]/u.test(text.charAt(offset - 1));
  return isInName ? unchanged(text) : insert(text, [{ at: offset, text: PLACEHOLDER }]);
}

/** With every bracket in order. `offset`: where the cursor is, in `text`. */
export function withBrackets(text: string, offset: number): Repaired {
  const insertions: Insertion[] = [];
  const characters: { at: number; length: number }[] = [];
  const tokens = tokensOf(text);
  for (const piece of piecesOf(text, tokens)) closePiece(text, piece, offset, insertions, characters);
  let blanked = text;
  for (const { at, length } of characters) {
    blanked = `${blanked.slice(0, at)}${' '.repeat(length)}${blanked.slice(at + length)}`;
  }
  return insertions.length === 0 ? unchanged(blanked) : insert(blanked, insertions);
}

/** With the line of the cursor left blank, but for brackets. */
export function withoutLine(text: string, offset: number): Repaired {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  const end = next < 0 ? text.length : next;
  const line = text.slice(start, end).replace(/[^\s{}()[\]]/g, ' ');
  return withBrackets(text.slice(0, start) + line + text.slice(end), offset);
}

/** First one, then the other. */
export const chained = (first: Repaired, second: Repaired): Repaired => ({
  text: second.text,
  toOriginal: (at) => first.toOriginal(second.toOriginal(at)),
  toRepaired: (at) => second.toRepaired(first.toRepaired(at)),
});

interface Piece {
  readonly tokens: readonly Token[];
  readonly end: number;
}

/** The tokens by declaration: a line that begins with one begins another piece. */
function piecesOf(text: string, tokens: readonly Token[]): Piece[] {
  const pieces: { tokens: Token[]; end: number }[] = [];
  for (const token of tokens) {
    const isFirst = token.start === 0 || text[token.start - 1] === '\n';
    const last = pieces.at(-1);
    if (!last || (isFirst && token.kind === 'name' && DECLARATION.test(text.slice(token.start, token.start + 12)))) {
      pieces.push({ tokens: [token], end: token.end });
    } else {
      last.tokens.push(token);
      last.end = token.end;
    }
  }
  return pieces;
}

function closePiece(
  text: string,
  { tokens, end }: Piece,
  offset: number,
  insertions: Insertion[],
  blanks: { at: number; length: number }[],
): void {
  const open: Token[] = [];
  /** Closes the innermost ones, down to `count` that are left, before `limit`. */
  const closeDownTo = (count: number, limit: number): void => {
    let least = 0;
    while (open.length > count) {
      const opener = open.pop()!;
      const isBlock = opener.text === '{' && opener.start < lineStart(text, limit);
      const isAtCursor = opener.start <= offset && offset <= limit;
      const wanted = isBlock
        ? limit
        : isAtCursor
          ? lastOnLine(tokens, text, offset)
          : lastOnLine(tokens, text, opener.start);
      const at = Math.min(Math.max(wanted, least, opener.end), limit);
      least = at;
      insertions.push({ at, text: CLOSERS[opener.text] ?? '' });
    }
  };
  for (const token of tokens) {
    if (token.kind !== 'bracket') continue;
    if (CLOSERS[token.text]) {
      open.push(token);
      continue;
    }
    const partner = open.findLastIndex((opener) => CLOSERS[opener.text] === token.text);
    if (partner < 0) blanks.push({ at: token.start, length: token.end - token.start });
    else {
      closeDownTo(partner + 1, token.start);
      open.pop();
    }
  }
  closeDownTo(0, Math.max(end, Math.min(offset, end)));
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Where the last token of a line ends. */
function lastOnLine(tokens: readonly Token[], text: string, at: number): number {
  const next = text.indexOf('\n', at);
  const end = next < 0 ? text.length : next;
  return tokens.findLast((token) => token.end <= end)?.end ?? end;
}

function insert(text: string, unsorted: readonly Insertion[]): Repaired {
  // Those at one place stay in the order in which they were made: the innermost first.
  const insertions = unsorted.toSorted((a, b) => a.at - b.at);
  let made = '';
  let from = 0;
  for (const { at, text: given } of insertions) {
    made += text.slice(from, at) + given;
    from = at;
  }
  made += text.slice(from);
  return {
    text: made,
    toOriginal(at) {
      let shift = 0;
      for (const { at: place, text: given } of insertions) {
        if (place + shift >= at) break;
        if (place + shift + given.length > at) return place;
        shift += given.length;
      }
      return at - shift;
    },
    toRepaired(at) {
      let shift = 0;
      for (const { at: place, text: given } of insertions) if (place < at) shift += given.length;
      return at + shift;
    },
  };
}

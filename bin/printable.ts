/**
 * Text for a terminal. What comes from a patch or from the name of a file may hold anything, and a terminal obeys what it is
 * sent: escape sequences write to the clipboard, retitle the window or rewrite lines above; bidirectional overrides make a
 * line read as another one.
 */

/** C0 but for tab and newline, DEL and C1; marks, separators, embeddings, overrides and isolates that reorder a line. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Several lines, with all else that a terminal would obey written as in a string of JSON; so JSON stays what it means. */
export const printable = (text: string): string =>
  text.replace(UNSAFE, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));

/** The same for a part of a line: it cannot begin another one. */
export const printableInLine = (text: string): string =>
  text.replace(UNSAFE, (character) => (character === '\n' ? '\\n' : escaped(character)));

/** A message that may have several lines, on one. */
export const oneLine = (message: string): string => printableInLine(message.trim().replace(/\s*\n\s*/g, ' '));

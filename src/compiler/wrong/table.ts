/**
 * Reads the tables of wrong programs in this folder. In: the text of a table. Out: programs with what the user is to be
 * told about each. Tests only.
 *
 * A table begins with words about it. Every entry has a title, a text, and what is expected of it:
 *
 *     === title
 *     const ‹gain› = 0.5
 *     export default (t) => «gain»(t)
 *     ---
 *     code: message
 *       ‹ message of a related place
 *
 * «…» marks the place of each mistake, in the order in which they are listed; ‹…› the related places of all of them, in
 * the order of the text. `warning code: message` is a warning. The marks are no part of the text. A character that cannot be
 * seen is written by its number: ⟨U+200B⟩.
 */

import { madeVisible } from '../../language/invisible.ts';
import type { Diagnostic, Severity, Span } from '../../protocol/diagnostic.ts';

export interface Expected {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly { readonly message: string; readonly span: Span }[];
}

export interface WrongProgram {
  readonly title: string;
  readonly text: string;
  readonly expected: readonly Expected[];
}

export function readTable(table: string): WrongProgram[] {
  return table
    .split(/^=== /m)
    .slice(1)
    .map((entry) => {
      const titleEnd = entry.indexOf('\n');
      const textEnd = entry.indexOf('\n---\n');
      const title = entry.slice(0, titleEnd);
      if (textEnd < 0) throw new Error(`${title}: no line ---`);
      const { text, places, related } = readMarks(readInvisible(entry.slice(titleEnd + 1, textEnd)));
      const lines = entry.slice(textEnd + 5).split('\n');
      return { title, text, expected: readExpected(lines, places, related) };
    });
}

const readInvisible = (text: string): string =>
  text.replace(/⟨U\+([\dA-F]+)⟩/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

function readExpected(lines: readonly string[], places: Span[], related: Span[]): Expected[] {
  const expected: Expected[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    if (line.startsWith('  ‹ ')) {
      const notes = expected.at(-1)!.related as { message: string; span: Span }[];
      notes.push({ message: line.slice(4), span: taken(related, line) });
      continue;
    }
    const match = /^(warning )?([a-z-]+): (.*)$/.exec(line);
    if (!match) throw new Error(`not a line of what is expected: ${line}`);
    const severity = match[1] ? 'warning' : 'error';
    expected.push({ severity, code: match[2]!, message: match[3]!, span: taken(places, line), related: [] });
  }
  if (places.length + related.length > 0) throw new Error(`a mark that nothing is said about: ${lines.join('\n')}`);
  return expected;
}

function taken(spans: Span[], line: string): Span {
  const span = spans.shift();
  if (!span) throw new Error(`no mark for: ${line}`);
  return span;
}

/** Takes the marks out of a text and gives what they enclose, by where each begins. */
export function readMarks(marked: string): { text: string; places: Span[]; related: Span[] } {
  let text = '';
  const found: Record<'«' | '‹', { start: number; end: number }[]> = { '«': [], '‹': [] };
  const open: { start: number; end: number }[] = [];
  for (const character of marked) {
    if (character === '«' || character === '‹') {
      const span = { start: text.length, end: -1 };
      found[character].push(span);
      open.push(span);
    } else if (character === '»' || character === '›') {
      const span = open.pop();
      if (!span) throw new Error(`a mark that closes nothing: ${marked}`);
      span.end = text.length;
    } else {
      text += character;
    }
  }
  if (open.length > 0) throw new Error(`a mark that is not closed: ${marked}`);
  return { text, places: found['«'], related: found['‹'] };
}

/** The entry of a program about which this is said. */
export function writeProgram(title: string, text: string, said: readonly Diagnostic[]): string {
  const lines = said.flatMap(({ severity, code, message, related = [] }) => [
    `${severity === 'warning' ? 'warning ' : ''}${code}: ${message}`,
    ...related.map((place) => `  ‹ ${place.message}`),
  ]);
  return `=== ${title}\n${madeVisible(writeMarks(text, said))}\n---\n${lines.join('\n')}\n`;
}

function writeMarks(text: string, said: readonly Diagnostic[]): string {
  const marks = said.flatMap(({ span, related = [] }) => [
    { ...span, begin: '«', close: '»' },
    ...related.map((place) => ({ ...place.span, begin: '‹', close: '›' })),
  ]);
  let marked = '';
  for (let at = 0; at <= text.length; at++) {
    const closing = marks.filter(({ start, end }) => end === at && start < at).toSorted((a, b) => b.start - a.start);
    const empty = marks.filter(({ start, end }) => end === at && start === at);
    const opening = marks.filter(({ start, end }) => start === at && end > at).toSorted((a, b) => b.end - a.end);
    marked += closing.map(({ close }) => close).join('');
    marked += empty.map(({ begin, close }) => begin + close).join('');
    marked += opening.map(({ begin }) => begin).join('') + (text[at] ?? '');
  }
  return marked;
}

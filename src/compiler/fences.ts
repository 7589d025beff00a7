/**
 * Code that was copied together with the fences of a Markdown code block. In: a text. Out: the text with the fences and
 * the words outside of them blanked out, so that positions stay the same, and a diagnostic.
 */

import { diagnose } from '../language/diagnostics.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { tokensOf } from './tokens.ts';

const FENCE = /^[ \t]*(?:```+|~~~+)[^\n`]*$/gm;

export interface Unfenced {
  readonly text: string;
  readonly diagnostic: Diagnostic;
}

/** `null`: there are no fences. */
export function withoutFences(text: string): Unfenced | null {
  if (!/^[ \t]*(?:```|~~~)/m.test(text)) return null;
  const fences = [...text.matchAll(FENCE)].map(({ 0: line, index }) => {
    const start = index + line.length - line.trimStart().length;
    return { start, end: index + line.trimEnd().length };
  });
  const [first, ...others] = fences;
  if (!first || isInside(text, first)) return null;
  const related = others.slice(0, 3).map((span) => ({ span, message: 'Delete this line too.' }));
  const diagnostic = diagnose(
    { ...first, related },
    'syntax',
    'This line marks a code block in Markdown and is not code: delete it.',
  );
  return { text: blanked(text, fences), diagnostic };
}

/** Whether a fence is part of a comment or a string that begins before it. */
function isInside(text: string, { start }: Span): boolean {
  return !tokensOf(text).some((token) => token.start === start);
}

/** A single fence only loses its line; with more, everything outside of the pairs is blanked out. */
function blanked(text: string, fences: readonly Span[]): string {
  const out = [...fences];
  if (fences.length > 1) {
    out.push({ start: 0, end: fences[0]!.start });
    for (let at = 1; at < fences.length; at += 2) {
      out.push({ start: fences[at]!.end, end: fences[at + 1]?.start ?? text.length });
    }
  }
  const parts: string[] = [];
  let end = 0;
  for (const span of out.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(end, span.start), text.slice(span.start, span.end).replace(/[^\n]/g, ' '));
    end = span.end;
  }
  return parts.join('') + text.slice(end);
}

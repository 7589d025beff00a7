/** Diagnostics as printed lines and as objects for programs. */

import type { Diagnostic } from '../src/protocol/diagnostic.ts';
import type { PatchFile } from './patchFiles.ts';
import { printableInLine } from './printable.ts';

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** Where a place in a text is. Lines end with LF, CR LF or CR. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

/** `FILE:LINE:COL: error CODE: message`, and the same with `note` for each place that belongs to it. */
export function formatDiagnostic({ name, text }: PatchFile, diagnostic: Diagnostic): string {
  const { severity, code, message, span, related = [] } = diagnostic;
  const at = (offset: number) => {
    const { line, column } = placeOf(text, offset);
    return `${printableInLine(name)}:${line}:${column}`;
  };
  const notes = related.map((note) => `${at(note.span.start)}: note: ${printableInLine(note.message)}\n`);
  return `${at(span.start)}: ${severity} ${code}: ${printableInLine(message)}\n${notes.join('')}`;
}

/** For `--json`: the diagnostic with the file it is in and its line and column. */
export function describeDiagnostic({ name, text }: PatchFile, diagnostic: Diagnostic) {
  return { file: name, ...placeOf(text, diagnostic.span.start), ...diagnostic };
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

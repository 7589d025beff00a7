/**
 * Text → the parser's tree, with error recovery. Never throws.
 *
 * The parser recovers from many mistakes by itself. Where it cannot, the text is cut at lines that begin a top-level
 * declaration and each piece is parsed alone, so that one broken declaration hides no mistake in the others and costs
 * one message.
 */

import { type ParserOptions, parse as parseModule } from '@babel/parser';
import type { Statement } from '@babel/types';
import { diagnose } from '../language/diagnostics.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { ParseCache } from './parseCache.ts';

export interface ParsedText {
  readonly statements: readonly Statement[];
  /** Names that broken declarations would have introduced: their uses are not mistakes of their own. */
  readonly brokenNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Longer texts are refused: no patch is that long, and every pass is at least linear. */
export const MAX_TEXT_LENGTH = 1_000_000;

const OPTIONS: ParserOptions = {
  sourceType: 'module',
  plugins: ['typescript'],
  errorRecovery: true,
  allowReturnOutsideFunction: true,
  allowUndeclaredExports: true,
};

const DECLARATION_LINE = /^(?:export|const|let|var|function|async|class|type|interface|import|enum)\b/;
const DECLARED_NAME =
  /^(?:export\s+)?(?:async\s+)?(?:const|let|var|function|class|enum)\s*\*?\s*([\p{L}_$][\p{L}\p{N}_$]*)/u;

/** `cache` may be given for texts that follow one another: it saves parsing again what did not change. */
export function parse(text: string, cache: ParseCache | null = null): ParsedText {
  if (text.length > MAX_TEXT_LENGTH) {
    const span = { start: MAX_TEXT_LENGTH, end: text.length };
    return {
      statements: [],
      brokenNames: new Set(),
      diagnostics: [diagnose(span, 'too-large', 'The text', `${MAX_TEXT_LENGTH} characters`)],
    };
  }
  if (cache) {
    const statements = parseByPieces(text, cache);
    if (statements) return { statements, brokenNames: new Set(), diagnostics: [] };
  }
  const whole = parsePiece(text, 0);
  if (whole.statements !== null) {
    return { statements: whole.statements, brokenNames: new Set(), diagnostics: whole.diagnostics };
  }
  const pieces = cut(text);
  if (pieces.length === 1) return { statements: [], brokenNames: declaredNames(text), diagnostics: whole.diagnostics };
  const statements: Statement[] = [];
  const brokenNames = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const { start, end } of pieces) {
    const piece = parsePiece(text.slice(start, end), start);
    diagnostics.push(...piece.diagnostics);
    if (piece.statements !== null) statements.push(...piece.statements);
    else for (const name of declaredNames(text.slice(start, end))) brokenNames.add(name);
  }
  // The pieces can each be well-formed although the whole is not, as after a stray bracket between two of them.
  return { statements, brokenNames, diagnostics: diagnostics.length > 0 ? diagnostics : whole.diagnostics };
}

/** The declarations one by one; `null` where one of them is not well-formed by itself. */
function parseByPieces(text: string, cache: ParseCache): Statement[] | null {
  const statements: Statement[] = [];
  cache.begin();
  for (const { start, end } of cut(text)) {
    const piece = text.slice(start, end);
    let found = cache.find(piece, start);
    if (!found) {
      const parsed = parsePiece(piece, start);
      if (parsed.statements === null || parsed.diagnostics.length > 0) return null;
      found = parsed.statements;
      cache.add(piece, start, found);
    }
    statements.push(...found);
  }
  cache.end();
  return statements;
}

interface Piece {
  /** `null`: the parser gave up. */
  readonly statements: readonly Statement[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

interface ParserError {
  readonly message: string;
  readonly pos: number;
}

function parsePiece(text: string, offset: number): Piece {
  // Blanks in front keep every position that of the whole text.
  const padded = offset === 0 ? text : ' '.repeat(offset) + text;
  try {
    const file = parseModule(padded, OPTIONS);
    const errors = (file.errors ?? []) as unknown as readonly ParserError[];
    // The parser's own check of exports and duplicates is made by `resolve`, with better messages.
    const own = errors.filter((error) => !/has already been declared|Only one default export/.test(error.message));
    return { statements: file.program.body, diagnostics: own.map((error) => syntaxDiagnostic(error, padded)) };
  } catch (thrown) {
    if (isParserError(thrown)) return { statements: null, diagnostics: [syntaxDiagnostic(thrown, padded)] };
    // Nesting so deep that the parser's own recursion ends.
    const span = { start: offset, end: offset + text.length };
    return {
      statements: null,
      diagnostics: [diagnose(span, 'too-large', 'The nesting of this text', 'about a thousand levels')],
    };
  }
}

const isParserError = (thrown: unknown): thrown is ParserError =>
  typeof thrown === 'object' && thrown !== null && 'pos' in thrown && typeof thrown.pos === 'number';

function syntaxDiagnostic(error: ParserError, text: string): Diagnostic {
  const detail = error.message.replace(/\s*\(\d+:\d+\)\s*$/, '').replace(/^Unexpected token, expected/, 'Expected');
  const start = Math.min(error.pos, text.length);
  const word = /^[\p{L}\p{N}_$]+|^\S/u.exec(text.slice(start, start + 80));
  const end = word ? start + word[0].length : start;
  // At the end of the text there is no character to underline but the one before.
  const span =
    end > start ? { start, end } : { start: Math.max(0, start - 1), end: Math.max(start, Math.min(1, text.length)) };
  return diagnose(span, 'syntax', detail.endsWith('.') ? detail : `${detail}.`);
}

function cut(text: string): { start: number; end: number }[] {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n') + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    if (DECLARATION_LINE.test(text.slice(at, at + 12))) starts.push(at);
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

function declaredNames(text: string): Set<string> {
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    const match = DECLARED_NAME.exec(line);
    if (match?.[1]) names.add(match[1]);
  }
  return names;
}

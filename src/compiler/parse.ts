/**
 * Text → the parser's tree, with error recovery. Never throws.
 *
 * The parser recovers from many mistakes by itself. Where it cannot, the text is cut at lines that begin a declaration,
 * and the pieces around the mistake are parsed without it, so that one broken declaration hides no mistake in the others
 * and costs one message. Every piece is parsed a few times at most, whatever the number of mistakes.
 */

import { type ParserOptions, parse as parseModule } from '@babel/parser';
import type { Statement } from '@babel/types';
import { diagnose } from '../language/diagnostics.ts';
import { withoutInvisible } from '../language/invisible.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { withoutFences } from './fences.ts';
import type { ParseCache } from './parseCache.ts';
import { type Explanation, explain, type ParserError } from './syntax.ts';

export interface ParsedText {
  readonly statements: readonly Statement[];
  /** Names that may belong to broken declarations: their uses are not reported. */
  readonly brokenNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Longer texts are refused: no patch is that long, and every pass is at least linear. */
export const MAX_TEXT_LENGTH = 1_000_000;

const OPTIONS: ParserOptions = {
  sourceType: 'module',
  plugins: ['typescript'],
  errorRecovery: true,
  allowUndeclaredExports: true,
};

const DECLARATION_LINE = /^(?:export|const|let|var|function|async|class|type|interface|import|enum)\b/;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** The most pieces that a declaration may be cut into and still be recognised. */
const MAX_PIECES = 32;

/** `cache` may be given for consecutive texts: it avoids parsing unchanged parts again. */
export function parse(text: string, cache: ParseCache | null = null): ParsedText {
  if (text.length > MAX_TEXT_LENGTH) {
    const span = { start: MAX_TEXT_LENGTH, end: text.length };
    return {
      statements: [],
      brokenNames: new Set(),
      diagnostics: [diagnose(span, 'too-large', 'The text', `${MAX_TEXT_LENGTH} characters`)],
    };
  }
  const unfenced = withoutFences(text);
  if (unfenced) {
    const parsed = parse(unfenced.text, cache);
    return { ...parsed, diagnostics: [unfenced.diagnostic, ...parsed.diagnostics] };
  }
  if (cache) {
    const statements = parseByPieces(text, cache);
    if (statements) return { statements, brokenNames: new Set(), diagnostics: [] };
  }
  const statements: Statement[] = [];
  const brokenNames = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const starts = cut(text);
  const startOf = (index: number): number => starts[index] ?? text.length;
  const parseRange = (from: number, to: number): Piece =>
    parsePiece(text.slice(startOf(from), startOf(to)), startOf(from));
  let namesEnd = 0;
  /** `from`: names between there and a mistake are unreliable; by default those of its line. */
  const take = (piece: Piece, from: number | null = null): void => {
    for (const statement of piece.statements ?? []) statements.push(statement);
    for (const diagnostic of piece.diagnostics) {
      diagnostics.push(diagnostic);
      const at = diagnostic.span.start;
      if (at < namesEnd) continue;
      const start = Math.max(from ?? text.lastIndexOf('\n', at - 1) + 1, namesEnd);
      const lineEnd = text.indexOf('\n', at);
      namesEnd = lineEnd < 0 ? text.length : lineEnd;
      const line = text.slice(start, namesEnd);
      // To the parser, a name with an invisible character in it is two names.
      for (const [name] of `${line}\n${withoutInvisible(line)}`.matchAll(NAME)) brokenNames.add(name);
    }
  };
  /** Takes declarations from `from` on, as long as they parse; gives the index of the first that does not. */
  const takeWhole = (from: number, limit: number): number => {
    for (let at = from; at < limit; ) {
      // A declaration whose inner lines are not indented is cut into several pieces.
      let end = at;
      let piece: Piece;
      do piece = parseRange(at, ++end);
      while (piece.statements === null && end < Math.min(limit, at + MAX_PIECES));
      if (piece.statements === null) return at;
      take(piece);
      at = end;
    }
    return limit;
  };
  let atOnce = starts.length;
  for (let first = 0; first < starts.length; ) {
    const end = Math.min(first + atOnce, starts.length);
    const rest = parseRange(first, end);
    if (rest.statements !== null) {
      take(rest);
      first = end;
      continue;
    }
    if (rest.errorAt === null && end > first + 1) {
      // Something is nested too deep: from here on each piece is parsed alone.
      atOnce = 1;
      continue;
    }
    const errorAt = rest.errorAt ?? startOf(first);
    const holder = Math.min(
      starts.findLastIndex((start) => start <= errorAt),
      end - 1,
    );
    const broken = takeWhole(first, holder);
    // If the parser fails at what follows, or at the end, the mistake is in the unfinished declaration before.
    const isUnfinished = errorAt <= startOf(holder) || text.slice(errorAt).trim() === '';
    const last = isUnfinished ? broken : holder;
    take(last === holder ? rest : parseRange(broken, last + 1), startOf(broken));
    first = last + 1;
  }
  return { statements, brokenNames, diagnostics };
}

/** The declarations one by one; `null` if one of them is not well-formed by itself. */
function parseByPieces(text: string, cache: ParseCache): Statement[] | null {
  const statements: Statement[] = [];
  cache.begin();
  const starts = cut(text);
  for (const [index, start] of starts.entries()) {
    const piece = text.slice(start, starts[index + 1]);
    let found = cache.find(piece, start);
    if (!found) {
      const parsed = parsePiece(piece, start);
      if (parsed.statements === null || parsed.diagnostics.length > 0) return null;
      found = parsed.statements;
      cache.add(piece, start, found);
    }
    for (const statement of found) statements.push(statement);
  }
  cache.end();
  return statements;
}

interface Piece {
  /** `null`: the parser gave up. */
  readonly statements: readonly Statement[] | null;
  /** Where it gave up; also `null` if its recursion ran too deep. */
  readonly errorAt: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

function parsePiece(text: string, offset: number): Piece {
  const { statements, errors } = attempt(text, offset);
  // The parser misplaces some errors in a text with an offset.
  const placed = offset > 0 && errors !== null && errors.length > 0 ? attempt(text, 0).errors : errors;
  if (placed === null) {
    const span = { start: offset, end: offset + text.length };
    const diagnostic = diagnose(span, 'too-large', 'The nesting of this text', 'about a thousand levels');
    return { statements: null, errorAt: null, diagnostics: [diagnostic] };
  }
  const explained = explain(withoutFollowUps(placed, text), text);
  const diagnostics = explained.map((explanation) => syntaxDiagnostic(explanation, offset));
  return { statements, errorAt: statements === null ? offset + placed[0]!.pos : null, diagnostics };
}

/** What the parser makes of a text whose first character is at `offset`. */
function attempt(
  text: string,
  offset: number,
): {
  readonly statements: readonly Statement[] | null;
  /** `null`: nested too deeply for the parser's recursion. */
  readonly errors: readonly ParserError[] | null;
} {
  try {
    const file = parseModule(text, { ...OPTIONS, startIndex: offset, startColumn: offset });
    const errors = (file.errors ?? []) as unknown as readonly ParserError[];
    return { statements: file.program.body, errors };
  } catch (thrown) {
    return { statements: null, errors: isParserError(thrown) ? [thrown] : null };
  }
}

const isParserError = (thrown: unknown): thrown is ParserError =>
  typeof thrown === 'object' && thrown !== null && 'pos' in thrown && typeof thrown.pos === 'number';

function syntaxDiagnostic({ place, detail }: Explanation, offset: number): Diagnostic {
  const shift = ({ start, end }: Span): Span => ({ start: offset + start, end: offset + end });
  const related = (place.related ?? []).map(({ span, message }) => ({ span: shift(span), message }));
  return diagnose({ ...shift(place), related }, 'syntax', detail);
}

/** Mistakes that `resolve` also finds, and describes better. */
const FOUND_LATER =
  /already been declared|Only one default export|Argument name clash|^Invalid left-hand side in (?:assign|pre|post|for)/;

/** More than anyone reads in one piece. */
const MAX_MISTAKES = 50;

/** One mistake per line is enough; what follows a statement that ended too early is not a mistake. */
function withoutFollowUps(errors: readonly ParserError[], text: string): ParserError[] {
  const kept: ParserError[] = [];
  let freshFrom = 0;
  for (const error of errors) {
    if (kept.length === MAX_MISTAKES) break;
    if (FOUND_LATER.test(error.message) || error.pos < freshFrom) continue;
    kept.push(error);
    const lineEnd = text.indexOf('\n', error.pos);
    freshFrom = lineEnd < 0 ? text.length : lineEnd;
    if (error.reasonCode === 'MissingSemicolon') {
      freshFrom = cut(text).find((start) => start > error.pos) ?? text.length;
    }
  }
  return kept;
}

/** Where pieces begin: at lines that begin a declaration. */
function cut(text: string): number[] {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n') + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    if (DECLARATION_LINE.test(text.slice(at, at + 12))) starts.push(at);
  }
  return starts;
}

/**
 * Text → the parser's tree, with error recovery. Never throws.
 *
 * The parser recovers from many mistakes by itself. Where it cannot, the text is cut at lines that begin a declaration,
 * and the pieces around the mistake are parsed without it, so that one broken declaration hides no mistake in the others
 * and costs one message. All of it shares one budget: what would take too long is refused with a message where it was
 * given up.
 */

import type { Statement } from '@babel/types';
import { diagnose } from '../language/diagnostics.ts';
import { withoutInvisible } from '../language/invisible.ts';
import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { ParseBudget, type Parsed, parseBounded } from './boundedParser.ts';
import { withoutFences } from './fences.ts';
import type { ParseCache } from './parseCache.ts';
import { type Explanation, explain, type ParserError } from './syntax.ts';

export interface ParsedText {
  readonly statements: readonly Statement[];
  /** Names that may belong to broken declarations: their uses are not reported. */
  readonly brokenNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A text that is known to have no mistakes that parsing finds. */
export class LazilyParsed implements ParsedText {
  readonly diagnostics = [];
  readonly brokenNames: ReadonlySet<string> = new Set();
  private readonly text: string;
  private known: ParsedText | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** By itself: trees that are kept from text to text are those of the last one that was read. */
  get statements(): readonly Statement[] {
    this.known ??= parse(this.text);
    return this.known.statements;
  }
}

/** Longer texts are refused: no patch is that long, and every pass is at least linear. */
export const MAX_TEXT_LENGTH = 1_000_000;

const DECLARATION_LINE = /^(?:export|const|let|var|function|async|class|type|interface|import|enum)\b/;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** The most pieces that a declaration may be cut into and still be recognised. */
const MAX_PIECES = 32;
/** Mistakes beyond this number end the reading: nobody looks at so many. */
const MAX_SYNTAX_MISTAKES = 200;

const refused = (diagnostics: readonly Diagnostic[]): ParsedText => ({
  statements: [],
  brokenNames: new Set(),
  diagnostics,
});

/**
 * `cache` may be given for consecutive texts: it avoids parsing unchanged parts again. `reads`: how often characters may be
 * looked at, where that is to be less than for a text that is compiled.
 */
export function parse(text: string, cache: ParseCache | null = null, reads: number | null = null): ParsedText {
  if (text.length > MAX_TEXT_LENGTH) {
    const span = { start: MAX_TEXT_LENGTH, end: text.length };
    return refused([diagnose(span, 'too-large', 'The text', `${MAX_TEXT_LENGTH} characters`)]);
  }
  const unfenced = withoutFences(text);
  if (unfenced) {
    const parsed = parse(unfenced.text, cache, reads);
    return { ...parsed, diagnostics: [unfenced.diagnostic, ...parsed.diagnostics] };
  }
  if (cache) {
    const statements = parseByPieces(text, cache, budgetFor(text, reads));
    if (statements) return { statements, brokenNames: new Set(), diagnostics: [] };
  }
  return new Reader(text, budgetFor(text, reads)).read();
}

function budgetFor(text: string, reads: number | null): ParseBudget {
  const budget = new ParseBudget(text.length);
  if (reads !== null) budget.reads = Math.min(budget.reads, reads);
  return budget;
}

/** Reads a text with mistakes in it. */
class Reader {
  private readonly text: string;
  private readonly budget: ParseBudget;
  /** Where pieces begin. */
  private readonly starts: readonly number[];
  private readonly statements: Statement[] = [];
  private readonly brokenNames = new Set<string>();
  private readonly diagnostics: Diagnostic[] = [];
  private namesEnd = 0;
  /** Where the budget ended. */
  private gaveUpAt: number | null = null;

  constructor(text: string, budget: ParseBudget) {
    this.text = text;
    this.budget = budget;
    this.starts = cut(text);
  }

  read(): ParsedText {
    const { starts, text, statements, brokenNames, diagnostics } = this;
    let atOnce = starts.length;
    for (let first = 0; first < starts.length; ) {
      const end = Math.min(first + atOnce, starts.length);
      const rest = this.parseRange(first, end);
      if (rest.statements !== null) {
        this.take(rest);
        first = end;
      } else if (rest.limit === 'nesting' && end > first + 1) {
        // From here on each piece is parsed alone.
        atOnce = 1;
      } else {
        const errorAt = rest.errorAt ?? this.startOf(first);
        const holder = Math.min(
          starts.findLastIndex((start) => start <= errorAt),
          end - 1,
        );
        const broken = this.takeWhole(first, holder);
        // Where the parser stumbles over what follows, or over the end, the mistake is in what was not finished before.
        const isUnfinished = errorAt <= this.startOf(holder) || isBlankFrom(text, errorAt);
        const last = isUnfinished ? broken : holder;
        this.take(last === holder ? rest : this.parseRange(broken, last + 1), this.startOf(broken));
        first = last + 1;
      }
      if (this.gaveUpAt !== null) return refused([...diagnostics, this.givenUp(this.gaveUpAt)]);
      if (diagnostics.length >= MAX_SYNTAX_MISTAKES && first < starts.length) {
        const start = this.startOf(first);
        return refused([...diagnostics, diagnose({ start, end: start + 1 }, 'more-mistakes', null)]);
      }
    }
    return { statements, brokenNames, diagnostics };
  }

  private startOf(index: number): number {
    return this.starts[index] ?? this.text.length;
  }

  private parseRange(from: number, to: number): Piece {
    const piece = parsePiece(this.text.slice(this.startOf(from), this.startOf(to)), this.startOf(from), this.budget);
    if (piece.limit !== null && piece.limit !== 'nesting') this.gaveUpAt ??= piece.limit.at;
    return piece;
  }

  /** `from`: the names between there and a mistake are not to be relied on; otherwise those of its line. */
  private take(piece: Piece, from: number | null = null): void {
    if (piece.limit !== null && piece.limit !== 'nesting') return;
    const { text } = this;
    for (const statement of piece.statements ?? []) this.statements.push(statement);
    for (const diagnostic of explainPiece(piece)) {
      this.diagnostics.push(diagnostic);
      const at = diagnostic.span.start;
      if (at < this.namesEnd) continue;
      const start = Math.max(from ?? text.lastIndexOf('\n', at - 1) + 1, this.namesEnd);
      const lineEnd = text.indexOf('\n', at);
      this.namesEnd = lineEnd < 0 ? text.length : lineEnd;
      const line = text.slice(start, this.namesEnd);
      // To the parser, a name with an invisible character in it is two names.
      for (const [name] of `${line}\n${withoutInvisible(line)}`.matchAll(NAME)) this.brokenNames.add(name);
    }
    this.budget.charge(piece.errors === null || piece.errors.length > 0 ? piece.text.length : 0);
  }

  /** Takes declarations from `from` on, as long as they parse; gives the index of the first that does not. */
  private takeWhole(from: number, limit: number): number {
    for (let at = from; at < limit; ) {
      // A declaration whose inner lines are not indented is cut into several pieces.
      let end = at;
      let piece: Piece;
      do piece = this.parseRange(at, ++end);
      while (piece.statements === null && this.gaveUpAt === null && end < Math.min(limit, at + MAX_PIECES));
      if (piece.statements === null) return at;
      this.take(piece);
      at = end;
    }
    return limit;
  }

  private givenUp(at: number): Diagnostic {
    const place = { start: Math.min(at, this.text.length - 1), end: at + 1 };
    // Behind mistakes it is those that took so long: each has the rest read once more.
    return this.diagnostics.length > 0 ? diagnose(place, 'more-mistakes', null) : diagnose(place, 'too-ambiguous');
  }
}

const NOT_BLANK = /\S/g;

function isBlankFrom(text: string, at: number): boolean {
  NOT_BLANK.lastIndex = at;
  return !NOT_BLANK.test(text);
}

/** The declarations one by one; `null` if one of them is not well-formed by itself. */
function parseByPieces(text: string, cache: ParseCache, budget: ParseBudget): Statement[] | null {
  const statements: Statement[] = [];
  cache.begin();
  const starts = cut(text);
  for (const [index, start] of starts.entries()) {
    const piece = text.slice(start, starts[index + 1]);
    let found = cache.find(piece, start);
    if (!found) {
      const parsed = parseBounded(piece, start, budget);
      if (parsed.statements === null || (parsed.errors ?? []).length > 0) return null;
      found = parsed.statements;
      cache.add(piece, start, found);
    }
    for (const statement of found) statements.push(statement);
  }
  cache.end();
  return statements;
}

interface Piece extends Parsed {
  readonly text: string;
  readonly offset: number;
  /** Where the parser gave up; `null` where it did not, or that was its own recursion. */
  readonly errorAt: number | null;
}

function parsePiece(text: string, offset: number, budget: ParseBudget): Piece {
  const parsed = parseBounded(text, offset, budget);
  // The parser misplaces some errors in a text that does not begin at 0.
  const isMisplaced = offset > 0 && parsed.errors !== null && parsed.errors.length > 0;
  const placed = isMisplaced ? parseBounded(text, 0, budget) : parsed;
  const { statements } = parsed;
  const errorAt = statements === null && placed.errors ? offset + placed.errors[0]!.pos : null;
  const limit = placed.limit === null || placed.limit === 'nesting' ? placed.limit : { at: offset + placed.limit.at };
  return { text, offset, statements, errors: placed.errors, limit, errorAt };
}

function explainPiece(piece: Piece): Diagnostic[] {
  const { text, offset } = piece;
  if (piece.errors === null) {
    const span = { start: offset, end: offset + text.length };
    return [diagnose(span, 'too-large', 'The nesting of this text', 'about a thousand levels')];
  }
  const explained = explain(withoutFollowUps(piece), text);
  return explained.map((explanation) => syntaxDiagnostic(explanation, offset));
}

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

/** One mistake of a line is enough; what follows a statement that ended too early is none. */
function withoutFollowUps({ errors, statements, text }: Piece): ParserError[] {
  const kept: ParserError[] = [];
  let freshFrom = 0;
  // Without statements there is nothing to find later.
  const isFoundLater = ({ message }: ParserError): boolean => statements !== null && FOUND_LATER.test(message);
  for (const error of errors ?? []) {
    if (kept.length === MAX_MISTAKES) break;
    if (isFoundLater(error) || error.pos < freshFrom) continue;
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

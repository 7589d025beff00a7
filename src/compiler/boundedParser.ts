/**
 * The parser with a limit to its work. In: a text and what may be spent on it. Out: the tree, or why there is none.
 *
 * Where TypeScript is ambiguous (`a<b>(c`, `(a): b => c`), @babel/parser tries one reading and goes back for the other.
 * Nested, that doubles with each level: 120 characters can take minutes. It asks for every character that it looks at, so
 * it gets a text that counts how often it is asked, and ends the parse when that is out of proportion.
 */

import { parse as parseModule } from '@babel/parser';
import type { Statement } from '@babel/types';
import { parseLongChains } from './longChains.ts';
import type { ParserError } from './syntax.ts';

/** What may still be done for one text, in characters looked at. Shared by all attempts to parse parts of it. */
export class ParseBudget {
  reads: number;

  /** Well-formed texts are read one to two and a half times. */
  constructor(textLength: number) {
    this.reads = MIN_READS + READS_PER_CHARACTER * textLength;
  }

  get isSpent(): boolean {
    return this.reads <= 0;
  }

  /** Charges other work that is linear in so many characters. */
  charge(characters: number): void {
    this.reads -= characters;
  }
}

const MIN_READS = 300_000;
const READS_PER_CHARACTER = 16;
/**
 * Mistakes that the parser may recover from. Labels of one name can make as many as their number squared, some browsers
 * take a tenth of a millisecond for each, and each time the parser tries something it copies the list of them.
 */
const MAX_RECOVERED = 500;
/** The most names that are declared twice, which are found later and described better: for those the tree is needed. */
const MAX_REDECLARED = 10_000;
/** What making an error is charged. */
const READS_PER_ERROR = 20;

/** Looking for long chains among the tokens of a text, for each of its characters. */
const LONG_CHAIN_READS = 3;

/** Not an Error: the parser takes some of those for answers. */
class GaveUp {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }
}

class CountedText extends String {
  readonly #text: string;
  readonly #budget: ParseBudget;

  constructor(text: string, budget: ParseBudget) {
    super(text);
    this.#text = text;
    this.#budget = budget;
  }

  override charCodeAt(index: number): number {
    if (--this.#budget.reads < 0) throw new GaveUp(index);
    return this.#text.charCodeAt(index);
  }
}

export interface Parsed {
  /** `null`: the parser gave up. */
  readonly statements: readonly Statement[] | null;
  /** `null`: there is no telling where; see `limit`. */
  readonly errors: readonly ParserError[] | null;
  /** What ended the parse before the parser did: its own recursion, or the budget, at a character of the text. */
  readonly limit: 'nesting' | { readonly at: number } | null;
}

/** What the parser makes of a text whose first character is at `offset`. Never throws. */
export function parseBounded(text: string, offset: number, budget: ParseBudget): Parsed {
  const { stackTraceLimit } = Error;
  // Nobody looks at where in the parser a mistake was found, and finding that out takes longer than the rest.
  Error.stackTraceLimit = 0;
  try {
    const strict = withLongChains(attempt(text, offset, budget, false), text, offset, budget);
    if (strict.errors === null || strict.statements !== null) return strict;
    return recovering(strict.errors[0]!, budget, () => attempt(text, offset, budget, true));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Where the parser's own stack was not enough: the tree, if that was for nothing but long chains of operators. */
function withLongChains(parsed: Parsed, text: string, offset: number, budget: ParseBudget): Parsed {
  if (parsed.limit !== 'nesting') return parsed;
  const statements = parseLongChains(text, offset, (part, start) => {
    budget.charge(LONG_CHAIN_READS * part.length);
    const made = budget.isSpent ? null : attempt(part, start, budget, false);
    return made?.errors?.length === 0 ? made.statements : null;
  });
  return statements ? { statements, errors: [], limit: null } : parsed;
}

function attempt(text: string, offset: number, budget: ParseBudget, errorRecovery: boolean): Parsed {
  try {
    const counted = new CountedText(text, budget);
    // The parser calls methods of the text and makes no difference between a string and an object with the same ones.
    const file = parseModule(counted as unknown as string, {
      sourceType: 'module',
      plugins: ['typescript'],
      errorRecovery,
      allowUndeclaredExports: true,
      startIndex: offset,
      startColumn: offset,
    });
    const errors = (file.errors ?? []) as unknown as readonly ParserError[];
    return { statements: file.program.body, errors, limit: null };
  } catch (thrown) {
    if (thrown instanceof GaveUp) return { statements: null, errors: null, limit: { at: thrown.at } };
    if (thrown instanceof TooManyErrors) throw thrown;
    if (isParserError(thrown)) return { statements: null, errors: [thrown], limit: null };
    return { statements: null, errors: null, limit: 'nesting' };
  }
}

const isParserError = (thrown: unknown): thrown is ParserError =>
  typeof thrown === 'object' && thrown !== null && 'pos' in thrown && typeof thrown.pos === 'number';

class TooManyErrors {}

/**
 * Runs `parse`, which is synchronous. Where it makes too many errors it gives those that are like the first, without a
 * tree. The parser has no hook for that but the constructor that it makes them with.
 */
function recovering(first: ParserError, budget: ParseBudget, parse: () => Parsed): Parsed {
  const Original = globalThis.SyntaxError;
  const made: ParserError[] = [];
  let redeclared = 0;
  const counted = (make: () => ParserError): ParserError => {
    budget.charge(READS_PER_ERROR);
    // What an error is about is written into it when it has been made.
    if (made.at(-1)?.reasonCode === 'VarRedeclaration') redeclared++;
    const isTooMany = made.length - redeclared >= MAX_RECOVERED || redeclared >= MAX_REDECLARED;
    if (isTooMany) throw new TooManyErrors();
    const error = make();
    made.push(error);
    return error;
  };
  globalThis.SyntaxError = new Proxy(Original, {
    construct: (target, parameters, newTarget) => counted(() => Reflect.construct(target, parameters, newTarget)),
    // The same without `new`, which minifiers leave out.
    apply: (target, self, parameters) => counted(() => Reflect.apply(target, self, parameters)),
  });
  try {
    return parse();
  } catch (thrown) {
    if (!(thrown instanceof TooManyErrors)) throw thrown;
    const errors = made.filter(({ reasonCode }) => reasonCode === first.reasonCode).sort((a, b) => a.pos - b.pos);
    return { statements: null, errors, limit: null };
  } finally {
    globalThis.SyntaxError = Original;
  }
}

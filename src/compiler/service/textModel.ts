/**
 * A text as the language service sees it: the tree that could be read of it, its names, and on demand what the compiler
 * infers for it. In: a text, where the cursor is, and for what. Positions in here are those of the repaired text; answers go
 * through `toOriginal`. Worker and Node.
 */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import { infer } from '../infer/infer.ts';
import type { Library } from '../library.ts';
import { type ParsedText, parse } from '../parse.ts';
import type { ParseCache } from '../parseCache.ts';
import { resolve } from '../resolve/resolve.ts';
import { type Token, tokensOf } from '../tokens.ts';
import { TooMuchWork } from '../workLimit.ts';
import { typesOf } from './annotations.ts';
import { Inferred } from './inferred.ts';
import type { LibraryDocs } from './libraryDocs.ts';
import { childrenOf, type Node, spanOf, touches } from './nodes.ts';
import { chained, type Repaired, unchanged, withBrackets, withName, withoutLine } from './repair.ts';
import { type Scopes, scopesOf } from './scopes.ts';

/** What the service knows of the library. */
export interface Knowledge {
  readonly library: Library;
  readonly docs: LibraryDocs;
}

/** Expressions that inference may look at for one answer: some ten milliseconds. What is larger has been compiled before. */
const INFERENCE_WORK = 40_000;

export class TextModel {
  /** As it stands in the editor. */
  readonly original: string;
  readonly repaired: Repaired;
  readonly parsed: ParsedText;
  private readonly knowledge: Knowledge;
  private knownScopes: Scopes | null = null;
  private knownParents: ReadonlyMap<Node, Node> | null = null;
  private knownTokens: readonly Token[] | null = null;
  private knownTypes: ReadonlyMap<string, Babel.TSType> | null = null;
  private knownInferred: Inferred | null | undefined;

  constructor(original: string, repaired: Repaired, parsed: ParsedText, knowledge: Knowledge) {
    this.original = original;
    this.repaired = repaired;
    this.parsed = parsed;
    this.knowledge = knowledge;
  }

  get text(): string {
    return this.repaired.text;
  }

  get statements(): readonly Babel.Statement[] {
    return this.parsed.statements;
  }

  get scopes(): Scopes {
    this.knownScopes ??= scopesOf(this.statements, this.text.length);
    return this.knownScopes;
  }

  /** Tokens of the text as it stands in the editor. */
  get tokens(): readonly Token[] {
    this.knownTokens ??= tokensOf(this.original);
    return this.knownTokens;
  }

  /** Types that the text gives names to. */
  get types(): ReadonlyMap<string, Babel.TSType> {
    this.knownTypes ??= typesOf(this.statements);
    return this.knownTypes;
  }

  parentOf(node: Node): Node | null {
    this.knownParents ??= parentsIn(this.statements);
    return this.knownParents.get(node) ?? null;
  }

  /** What the compiler infers; `null` where it finds too much to do. */
  get inferred(): Inferred | null {
    if (this.knownInferred === undefined) this.knownInferred = this.infer();
    return this.knownInferred;
  }

  set inferred(known: Inferred | null) {
    this.knownInferred = known;
  }

  private infer(): Inferred | null {
    const { library, docs } = this.knowledge;
    try {
      const resolved = resolve(this.text, this.parsed, library.names);
      return new Inferred(infer(resolved, library, 'nothing', INFERENCE_WORK), docs);
    } catch (thrown) {
      if (thrown instanceof TooMuchWork || thrown instanceof RangeError) return null;
      throw thrown;
    }
  }

  toOriginal({ start, end }: Span): Span {
    return { start: this.repaired.toOriginal(start), end: this.repaired.toOriginal(end) };
  }
}

function parentsIn(statements: readonly Node[]): Map<Node, Node> {
  const parents = new Map<Node, Node>();
  const pending: Node[] = [...statements];
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const [, child] of childrenOf(node)) {
      parents.set(child, node);
      pending.push(child);
    }
  }
  return parents;
}

/**
 * Reads a text around a position. `isTyping`: a name may be about to be written there. What cannot be read otherwise is read
 * without the line of the cursor, then without its declaration.
 */
export function readAround(
  original: string,
  offset: number,
  isTyping: boolean,
  cache: ParseCache,
  knowledge: Knowledge,
): TextModel {
  const named = isTyping ? withName(original, offset) : unchanged(original);
  const closed = chained(named, withBrackets(named.text, named.toRepaired(offset)));
  let best: TextModel | null = null;
  for (const make of [() => closed, () => named, () => withoutLine(original, offset)]) {
    const repaired = make();
    if (repaired === named && closed.text === named.text) continue;
    const parsed = parse(repaired.text, cache, MIN_READS + READS_PER_CHARACTER * original.length);
    const model = new TextModel(original, repaired, parsed, knowledge);
    if (isRead(model, repaired.toRepaired(offset))) return model;
    if (!best || parsed.diagnostics.length < best.parsed.diagnostics.length) best = model;
  }
  return best!;
}

/** What the parser may look at for one reading: a text with one mistake takes some five for each character. */
const MIN_READS = 40_000;
const READS_PER_CHARACTER = 8;

/** Whether the tree has what stands at a position. */
function isRead({ parsed, text }: TextModel, offset: number): boolean {
  if (parsed.diagnostics.length === 0) return true;
  const around = parsed.statements.some((node) => touches(spanOf(node), offset));
  const lineEnd = text.indexOf('\n', offset);
  const isNear = parsed.diagnostics.some(
    ({ span }) =>
      span.start >= text.lastIndexOf('\n', offset - 1) - 1 && span.start <= (lineEnd < 0 ? text.length : lineEnd),
  );
  return around && !isNear;
}

/**
 * Chains of operators that are too long for the parser, which calls itself for each of their links: a sum of thousands of
 * terms. In: a text for which its stack was not enough, and a way to parse. Out: the tree of the whole text, as the parser
 * would make it with stack enough, or `null`.
 *
 * The longest chain is found among the tokens and read in parts, from the left. In what is read next a name stands for the
 * part before it, and is replaced in the tree. That this is the same tree follows from where the name is found: it has to be
 * the left operand of an operator of the chain, and what it stands for a chain of such operators by itself; they group to the
 * left. Names take the place of the last characters that they stand for, so that positions are those of the text.
 */

import type * as Babel from '@babel/types';
import { CLOSERS, type Token, tokensOf } from './tokens.ts';

/** Parses a text whose first character is at `offset`; `null`: it has mistakes, or is still too deep. */
export type ParseText = (text: string, offset: number) => readonly Babel.Statement[] | null;

/** How tightly operators bind that group to the left. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map(
  [
    ['??', '||'],
    ['&&'],
    ['|'],
    ['^'],
    ['&'],
    ['==', '!=', '===', '!=='],
    ['<', '>', '<=', '>='],
    ['<<', '>>', '>>>'],
    ['+', '-'],
    ['*', '/', '%'],
  ].flatMap((operators, precedence) => operators.map((operator): [string, number] => [operator, precedence + 1])),
);
/** Operators that are part of an operand, whatever stands around it. */
const TIGHT: ReadonlySet<string> = new Set(['.', '?.', '!', '~', '**']);
/** Names in front of an operand that are part of it. */
const PREFIXES: ReadonlySet<string> = new Set(['typeof', 'new', 'void', 'delete']);
/** Names that end a chain, and cannot be part of an operand. */
const WORDS: ReadonlySet<string> = new Set(
  'as satisfies in of instanceof return throw case default yield await const let var if else for while do switch export import function class extends'.split(
    ' ',
  ),
);
/** Links that are read at a time. */
const LINKS_AT_ONCE = 500;
const MAX_CHAINS = 16;

/** Reads chains of more than `linksAtOnce` links in parts. */
export function parseLongChains(
  text: string,
  offset: number,
  parse: ParseText,
  linksAtOnce = LINKS_AT_ONCE,
): readonly Babel.Statement[] | null {
  const prefix = freeName(text);
  const parts: Link[] = [];
  let rest = text;
  while (parts.length < MAX_CHAINS) {
    const cuts = longestChain(tokensOf(rest), linksAtOnce);
    if (!cuts) return null;
    const name = `${prefix}${parts.length}`;
    const part = readParts(rest, cuts, name, offset, parse);
    if (!part) return null;
    parts.push(part);
    const end = cuts.ends.at(-1)!;
    rest = rest.slice(0, cuts.start) + name.padEnd(end - cuts.start) + rest.slice(end);
    const statements = parse(rest, offset);
    if (statements) return parts.every((one, n) => replace(statements, `${prefix}${n}`, one)) ? statements : null;
  }
  return null;
}

/** A name that is nowhere in the text. */
function freeName(text: string): string {
  let name = '$';
  while (text.includes(name)) name += '$';
  return name;
}

interface Chain {
  readonly precedence: number;
  readonly start: number;
  /** Where parts of it end, each in front of an operator of the chain. */
  readonly ends: readonly number[];
}

/** The chain with the most links in a text, if any has more than are read at a time. */
function longestChain(tokens: readonly Token[], linksAtOnce: number): Chain | null {
  let best: Chain | null = null;
  let most = linksAtOnce;
  const offer = (precedence: number, start: number, operators: readonly number[]): void => {
    if (operators.length <= most) return;
    most = operators.length;
    best = { precedence, start, ends: operators.filter((_, n) => n > 0 && n % linksAtOnce === 0) };
  };
  const levels = [new Level(offer)];
  for (const token of tokens) {
    const level = levels.at(-1)!;
    if (token.kind !== 'bracket') level.take(token);
    else if (CLOSERS[token.text]) {
      level.open(token);
      levels.push(new Level(offer));
    } else {
      level.end();
      if (levels.length > 1) levels.pop();
      levels.at(-1)!.closed();
    }
  }
  for (const level of levels) level.end();
  return best;
}

/** What is between two brackets: operands and what is between them. */
class Level {
  private readonly offer: (precedence: number, start: number, operators: readonly number[]) => void;
  /** By precedence: where they begin, and their operators. */
  private readonly running = new Map<number, { readonly start: number; readonly operators: number[] }>();
  private operandStart: number | null = null;
  /** Whether what comes next begins an operand, or continues one that is not whole. */
  private isExpecting = true;
  private isInTemplate = false;

  constructor(offer: Level['offer']) {
    this.offer = offer;
  }

  take({ kind, text, start }: Token): void {
    if (kind !== 'operator') {
      if (WORDS.has(text)) this.end();
      else if (PREFIXES.has(text)) this.operand(start, true);
      else this.operand(start, false);
      return;
    }
    const precedence = PRECEDENCE.get(text);
    if (TIGHT.has(text) || (precedence !== undefined && this.isExpecting)) {
      this.operandStart ??= start;
      this.isExpecting = true;
    } else if (precedence === undefined || this.operandStart === null) this.end();
    else this.link(precedence, start, this.operandStart);
  }

  /** A bracket in an operand, or one that begins a block. */
  open({ text, start }: Token): void {
    if (text === '${') this.isInTemplate = true;
    else if (text === '{' && !this.isExpecting) this.operand(start, false);
    else this.operandStart ??= start;
  }

  closed(): void {
    this.isExpecting = this.isInTemplate;
    this.isInTemplate = false;
  }

  /** Whatever there is ends here. */
  end(): void {
    for (const [precedence, { start, operators }] of this.running) this.offer(precedence, start, operators);
    this.running.clear();
    this.operandStart = null;
    this.isExpecting = true;
  }

  private operand(start: number, isPrefix: boolean): void {
    // Two next to each other are two statements.
    if (!this.isExpecting) this.end();
    this.operandStart ??= start;
    this.isExpecting = isPrefix;
  }

  private link(precedence: number, at: number, operandStart: number): void {
    let start = operandStart;
    for (const [tighter, chain] of this.running) {
      if (tighter <= precedence) continue;
      this.offer(tighter, chain.start, chain.operators);
      this.running.delete(tighter);
      start = Math.min(start, chain.start);
    }
    const chain = this.running.get(precedence);
    if (chain) chain.operators.push(at);
    else this.running.set(precedence, { start, operators: [at] });
    this.operandStart = null;
    this.isExpecting = true;
  }
}

type Link = Babel.BinaryExpression | Babel.LogicalExpression;

const isLinkOf = (node: Babel.Node, precedence: number): node is Link =>
  (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') &&
  PRECEDENCE.get(node.operator) === precedence;

/** The tree of a chain up to where its last part ends. */
function readParts(
  text: string,
  { precedence, start, ends }: Chain,
  name: string,
  offset: number,
  parse: ParseText,
): Link | null {
  let before: Link | null = null;
  let from = start;
  for (const end of ends) {
    const piece: string = before ? name + text.slice(from, end) : text.slice(from, end);
    const [statement, ...more]: readonly Babel.Statement[] =
      parse(piece, offset + from - (before ? name.length : 0)) ?? [];
    if (statement?.type !== 'ExpressionStatement' || more.length > 0) return null;
    const expression: Babel.Expression = statement.expression;
    if (!isLinkOf(expression, precedence)) return null;
    if (before && !continues(expression, precedence, name, before)) return null;
    before = expression;
    from = end;
  }
  return before;
}

/** Puts the part before into a chain, in the place of its first operand. */
function continues(chain: Link, precedence: number, name: string, before: Link): boolean {
  let first: Link = chain;
  for (;;) {
    first.start = before.start!;
    if (!isLinkOf(first.left, precedence)) break;
    first = first.left;
  }
  if (first.left.type !== 'Identifier' || first.left.name !== name) return false;
  first.left = before;
  return true;
}

/** Puts a chain into a tree where its name is. */
function replace(statements: readonly Babel.Statement[], name: string, chain: Link): boolean {
  const waiting: unknown[] = [statements];
  while (waiting.length > 0) {
    const node = waiting.pop() as Readonly<Record<string, unknown>>;
    for (const value of Object.values(node)) {
      if (typeof value !== 'object' || value === null) continue;
      if ('type' in value && value.type === 'Identifier' && 'name' in value && value.name === name) {
        const parent = node as unknown as Babel.Node;
        const precedence = PRECEDENCE.get(chain.operator);
        if (precedence === undefined || !isLinkOf(parent, precedence) || parent.left !== value) return false;
        parent.left = chain;
        return true;
      }
      waiting.push(value);
    }
  }
  return false;
}

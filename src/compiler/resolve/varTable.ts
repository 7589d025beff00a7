/**
 * Where `var`s are declared, and which of them may as well be declared by `let`. In: the parser's tree. Out: the names that
 * each function declares by `var`, and the places of those that a block may declare instead: all uses come after the
 * declaration and within its block or loop, and no closure could tell that its turns share one variable.
 *
 * A variable of its own for each block or loop has a type of its own, and a loop's is a plain counter.
 */

import type * as Babel from '@babel/types';
import { namesIn } from './patterns.ts';

interface FunctionSyntax {
  readonly parent: FunctionSyntax | null;
  /** It can be called before it is reached. */
  readonly isHoisted: boolean;
  readonly start: number;
  readonly end: number;
}

/** Where a name stands, whatever it means there. */
interface Mention {
  readonly at: number;
  readonly user: FunctionSyntax | null;
  readonly isHoistedFunction: boolean;
}

/** A name in a declaration by `var`. */
interface VarName {
  readonly id: Babel.Identifier;
  /** A statement of the function's body itself, which runs at most once. */
  readonly isDirect: boolean;
  /** Where all uses must be for a block to declare it; `null`: no block could. */
  readonly region: { readonly start: number; readonly end: number } | null;
  readonly isInLoop: boolean;
}

type FunctionNode =
  | Babel.FunctionDeclaration
  | Babel.FunctionExpression
  | Babel.ArrowFunctionExpression
  | Babel.ObjectMethod;

export class VarTable {
  /** Offsets of names in declarations by `var` that count as `let`. */
  private readonly ofBlocks = new Set<number>();
  private readonly direct = new Set<number>();
  private readonly byBody = new Map<readonly Babel.Statement[], readonly Babel.Identifier[]>();

  constructor(statements: readonly Babel.Statement[]) {
    const mentions = new Map<string, Mention[]>();
    for (const { node, info } of collect(statements, mentions)) {
      if (node.body.type !== 'BlockStatement') continue;
      const names = this.namesOf(node.body.body, { start: node.body.start!, end: node.body.end! });
      this.findOfBlocks(names, info, mentions);
      this.byBody.set(
        node.body.body,
        names.filter(({ id }) => !this.ofBlocks.has(id.start!)).map(({ id }) => id),
      );
    }
  }

  /** The variables of a function, or of the top level's statements, by their declarations in the order of the text. */
  namesIn(body: readonly Babel.Statement[]): readonly Babel.Identifier[] {
    return this.byBody.get(body) ?? this.namesOf(body, null).map(({ id }) => id);
  }

  /** Whether its block or loop declares a name, as `let` would. */
  isOfBlock(id: Babel.Identifier): boolean {
    return this.ofBlocks.has(id.start!);
  }

  /** Whether the declaration is a statement of the function's body, which runs at most once. */
  isDirect(id: Babel.Identifier): boolean {
    return this.direct.has(id.start!);
  }

  private namesOf(body: readonly Babel.Statement[], block: Block | null): VarName[] {
    const names: VarName[] = [];
    for (const statement of body) collectVars(statement, { block, isDirect: true, isInLoop: false }, names);
    for (const { id, isDirect } of names) if (isDirect) this.direct.add(id.start!);
    return names;
  }

  private findOfBlocks(
    names: readonly VarName[],
    owner: FunctionSyntax,
    mentions: ReadonlyMap<string, readonly Mention[]>,
  ): void {
    const byName = new Map<string, VarName[]>();
    for (const name of names) {
      const list = byName.get(name.id.name);
      if (list) list.push(name);
      else byName.set(name.id.name, [name]);
    }
    for (const [name, declared] of byName) {
      if (areOfBlocks(declared, owner, mentions.get(name) ?? []))
        for (const { id } of declared) this.ofBlocks.add(id.start!);
    }
  }
}

/** Both lists are in the order of the text. */
function areOfBlocks(declared: readonly VarName[], owner: FunctionSyntax, mentions: readonly Mention[]): boolean {
  let end = 0;
  for (const { id, region } of declared) {
    if (!region || id.start! < end) return false;
    end = region.end;
  }
  let next = 0;
  let current: VarName | null = null;
  for (let n = firstFrom(mentions, owner.start); n < mentions.length && mentions[n]!.at < owner.end; n++) {
    const { at, user, isHoistedFunction } = mentions[n]!;
    // Both the key and the name in `var { x } = …`.
    if (at === current?.id.start) continue;
    if (at === declared[next]?.id.start) {
      current = declared[next++]!;
      continue;
    }
    const region: Block | null | undefined = current?.region;
    if (!current || !region || at < region.start || at >= region.end || isHoistedFunction) return false;
    for (let by = user; by && by !== owner; by = by.parent) if (current.isInLoop || by.isHoisted) return false;
  }
  return true;
}

/** The index of the first mention from an offset on. */
function firstFrom(mentions: readonly Mention[], offset: number): number {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mentions[middle]!.at < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Block {
  readonly start: number;
  readonly end: number;
}

interface Surroundings {
  /** What a declaration's statement stands in; `null`: nothing that could declare names. */
  readonly block: Block | null;
  readonly isDirect: boolean;
  readonly isInLoop: boolean;
}

const blockOf = ({ start, end }: Babel.Node): Block => ({ start: start!, end: end! });

/** The names that a statement declares by `var` for the function around it. */
function collectVars(node: Babel.Statement, around: Surroundings, out: VarName[]): void {
  const inside = { ...around, isDirect: false };
  switch (node.type) {
    case 'VariableDeclaration':
      declaredBy(node, around, out);
      return;
    case 'ExportNamedDeclaration':
      if (node.declaration) collectVars(node.declaration, around, out);
      return;
    case 'BlockStatement':
      for (const part of node.body) collectVars(part, { ...inside, block: blockOf(node) }, out);
      return;
    case 'IfStatement':
      collectVars(node.consequent, { ...inside, block: null }, out);
      if (node.alternate) collectVars(node.alternate, { ...inside, block: null }, out);
      return;
    case 'ForStatement': {
      const loop = { block: null, isDirect: false, isInLoop: true };
      if (node.init?.type === 'VariableDeclaration') declaredBy(node.init, { ...loop, block: blockOf(node) }, out);
      collectVars(node.body, loop, out);
      return;
    }
    case 'ForOfStatement':
    case 'ForInStatement': {
      const loop = { block: null, isDirect: false, isInLoop: true };
      // The list is evaluated before the loop's variable is set.
      const block = { start: node.right.end!, end: node.end! };
      if (node.left.type === 'VariableDeclaration') headNames(node.left, block, out);
      collectVars(node.body, loop, out);
      return;
    }
    case 'WhileStatement':
    case 'DoWhileStatement':
      collectVars(node.body, { block: null, isDirect: false, isInLoop: true }, out);
      return;
    case 'LabeledStatement':
      collectVars(node.body, { ...inside, block: null }, out);
      return;
    case 'SwitchStatement':
      for (const { consequent } of node.cases) {
        for (const part of consequent) collectVars(part, { ...inside, block: null }, out);
      }
      return;
    case 'TryStatement':
      for (const part of [node.block, node.handler?.body, node.finalizer]) if (part) collectVars(part, inside, out);
      return;
    default:
      return;
  }
}

function declaredBy(node: Babel.VariableDeclaration, around: Surroundings, out: VarName[]): void {
  if (node.kind !== 'var') return;
  for (const { id: pattern, init, end } of node.declarations) {
    // Without a value it keeps the one that it has.
    const region = around.block && init ? { start: end!, end: around.block.end } : null;
    for (const id of namesIn(pattern)) out.push({ id, isDirect: around.isDirect, region, isInLoop: around.isInLoop });
  }
}

function headNames(node: Babel.VariableDeclaration, region: Block, out: VarName[]): void {
  if (node.kind !== 'var') return;
  for (const { id: pattern } of node.declarations) {
    for (const id of namesIn(pattern)) out.push({ id, isDirect: false, region, isInLoop: true });
  }
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);

/** All functions, and every name in the order of the text. */
function collect(
  statements: readonly Babel.Statement[],
  mentions: Map<string, Mention[]>,
): { readonly node: FunctionNode; readonly info: FunctionSyntax }[] {
  const functions: { node: FunctionNode; info: FunctionSyntax }[] = [];
  const pending: { value: unknown; user: FunctionSyntax | null }[] = [{ value: statements, user: null }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, user } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const part of value) pending.push({ value: part, user });
      continue;
    }
    const node = value as Babel.Node;
    let inner = user;
    if (FUNCTIONS.has(node.type)) {
      const isHoisted = node.type === 'FunctionDeclaration';
      inner = { parent: user, isHoisted, start: node.start!, end: node.end! };
      functions.push({ node: node as FunctionNode, info: inner });
      if (node.type === 'FunctionDeclaration' && node.id) note(mentions, node.id, user, true);
    } else if (node.type === 'Identifier') note(mentions, node, user, false);
    for (const part of Object.values(node)) if (typeof part === 'object') pending.push({ value: part, user: inner });
  }
  for (const list of mentions.values()) list.sort((a, b) => a.at - b.at);
  return functions;
}

function note(
  mentions: Map<string, Mention[]>,
  { name, start }: Babel.Identifier,
  user: FunctionSyntax | null,
  isHoistedFunction: boolean,
): void {
  const mention = { at: start!, user, isHoistedFunction };
  const list = mentions.get(name);
  if (list) list.push(mention);
  else mentions.set(name, [mention]);
}

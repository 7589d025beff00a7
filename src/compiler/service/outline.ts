/** What a text consists of: its declarations, and what can be folded in it. Pure. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { FoldingRange, OutlineSymbol, SymbolKind } from '../../protocol/language.ts';
import { tokensOf } from '../tokens.ts';
import { isFunction, type Node, spanOf } from './nodes.ts';
import type { TextModel } from './textModel.ts';

/** Functions in functions are told, too; variables in them are not. */
const MAX_DEPTH = 3;

export const outlineOf = (model: TextModel): OutlineSymbol[] =>
  model.statements.flatMap((statement) => symbolsIn(statement, model, 0));

function symbolsIn(outer: Node, model: TextModel, depth: number): OutlineSymbol[] {
  if (depth > MAX_DEPTH) return [];
  const span = model.toOriginal(spanOf(outer));
  if (outer.type === 'ExportDefaultDeclaration') {
    const { declaration } = outer;
    const nameSpan = { start: span.start, end: Math.min(span.end, span.start + 'export default'.length) };
    const children = isFunction(declaration) ? inBody(declaration, model, depth) : [];
    return [{ name: 'export default', detail: 'what is heard', kind: 'export', span, nameSpan, children }];
  }
  const statement = outer.type === 'ExportNamedDeclaration' ? outer.declaration : outer;
  if (!statement) return [];
  const symbol = (
    id: Node & { readonly name: string },
    kind: SymbolKind,
    children: OutlineSymbol[],
    of = span,
  ): OutlineSymbol => {
    const start = model.repaired.toOriginal(id.start ?? 0);
    return { name: id.name, detail: '', kind, span: of, nameSpan: { start, end: start + id.name.length }, children };
  };
  if (statement.type === 'FunctionDeclaration' && statement.id) {
    return [symbol(statement.id, 'function', inBody(statement, model, depth))];
  }
  if (statement.type === 'ClassDeclaration' && statement.id) return [symbol(statement.id, 'class', [])];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init, start, end }) => {
    if (id.type !== 'Identifier') return [];
    const isOnly = statement.declarations.length === 1;
    const own: Span = isOnly ? span : model.toOriginal({ start: start ?? 0, end: end ?? 0 });
    if (init && isFunction(init)) return [symbol(id, 'function', inBody(init, model, depth), own)];
    if (depth > 0) return [];
    return [symbol(id, statement.kind === 'const' ? 'constant' : 'variable', [], own)];
  });
}

function inBody(fn: Node, model: TextModel, depth: number): OutlineSymbol[] {
  if (!isFunction(fn) || fn.body.type !== 'BlockStatement') return [];
  return fn.body.body.flatMap((statement) => symbolsIn(statement, model, depth + 1));
}

/** Brackets over several lines, long comments, and lines of comments in a row. */
export function foldingOf(text: string): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: number[] = [];
  let before = 0;
  const add = (start: number, end: number, isComment: boolean): void => {
    if (text.slice(start, end).includes('\n')) ranges.push({ span: { start, end }, isComment });
  };
  const comments = (from: number, to: number): void => {
    const gap = text.slice(from, to);
    for (const { 0: found, index } of gap.matchAll(COMMENTS))
      add(from + index, from + index + found.trimEnd().length, true);
  };
  for (const { kind, text: token, start, end } of tokensOf(text)) {
    comments(before, start);
    before = end;
    if (kind !== 'bracket') continue;
    if (/[([{]$/.test(token)) open.push(start);
    else {
      const opened = open.pop();
      if (opened !== undefined) add(opened, start, false);
    }
  }
  comments(before, text.length);
  return ranges;
}

const COMMENTS = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*/g;

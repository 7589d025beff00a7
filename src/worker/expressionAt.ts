/**
 * Which expression somebody means who asks for the value of a selection or a line, and a patch that does nothing but give it.
 * In: a text and a place in it. Out: texts. Pure.
 */

import type { Statement } from '@babel/types';
import type { ParsedText } from '../compiler/parse.ts';
import type { Span } from '../protocol/diagnostic.ts';

/** What holds the value in the patch that is made; nobody calls a variable so. */
export const VALUE_NAME = '__value';

const DECLARED = /^(?:export\s+)?(?:const|let|var)\s+[^=]*?=(?![=>])\s*/;
const RETURNED = /^(?:return|throw|export\s+default)\b\s*/;
const END = /[;,\s]+$/;

/**
 * Expressions to try, the likeliest first. A selection is meant as it is; a line as what it declares, gives or says; and
 * where that is only a part, the whole of the declaration that it belongs to.
 */
export function expressionsAt(text: string, { start, end }: Span, { statements }: ParsedText): readonly string[] {
  const selected = text.slice(start, end).trim();
  if (selected !== '') return [bare(selected)];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).replace(/\s\/\/.*$/, '');
  const statement = statements.find(
    ({ start: from, end: to }) => (from ?? 0) <= lineStart + indent(line) && (to ?? 0) > lineStart,
  );
  const whole = statement ? wholeOf(text, statement) : null;
  const isFirstLine = statement !== undefined && (statement.start ?? 0) >= lineStart;
  const tries = isFirstLine ? [whole] : [bare(line.trim()), whole];
  return tries.filter((expression) => expression !== null && expression !== '') as string[];
}

const indent = (line: string): number => line.length - line.trimStart().length;

const bare = (text: string): string => text.replace(DECLARED, '').replace(RETURNED, '').replace(END, '');

/** What a declaration declares, or the expression that a statement is. */
function wholeOf(text: string, statement: Statement): string | null {
  const cut = (node: { readonly start?: number | null; readonly end?: number | null } | null | undefined) =>
    node ? text.slice(node.start ?? 0, node.end ?? 0) : null;
  switch (statement.type) {
    case 'VariableDeclaration':
      return cut(statement.declarations[0]?.init);
    case 'ExportNamedDeclaration':
      return statement.declaration ? wholeOf(text, statement.declaration) : null;
    case 'FunctionDeclaration':
      return cut(statement.id);
    case 'ExportDefaultDeclaration':
      return statement.declaration.type === 'FunctionDeclaration'
        ? `(${cut(statement.declaration)})`
        : cut(statement.declaration);
    case 'ExpressionStatement':
      return cut(statement.expression);
    default:
      return null;
  }
}

/** The text without its default export, which would be one too many. What is left stays at its place. */
export function withoutDefaultExport(text: string, { statements }: ParsedText): string {
  let rest = text;
  for (const { type, start, end } of statements) {
    if (type !== 'ExportDefaultDeclaration') continue;
    const [from, to] = [start ?? 0, end ?? 0];
    rest = rest.slice(0, from) + rest.slice(from, to).replace(/[^\n]/g, ' ') + rest.slice(to);
  }
  return rest;
}

/** Patches that give the value in the ways in which it may be looked at. Each ends the text that it gets. */
export const GIVES = {
  number: `export default () => ${VALUE_NAME}`,
  signal: `export default ${VALUE_NAME}`,
  /** First how many there are, then one in each frame. */
  elements: `let __at = -2
export default () => {
  __at++
  return __at < 0 ? ${VALUE_NAME}.length : __at < ${VALUE_NAME}.length ? ${VALUE_NAME}[__at] : 0
}`,
  characters: `let __at = -2
export default () => {
  __at++
  return __at < 0 ? ${VALUE_NAME}.length : __at < ${VALUE_NAME}.length ? ${VALUE_NAME}.charCodeAt(__at) : 0
}`,
} as const;

/** Left says which kind of value it is, by its place in `PRIMITIVES`, and right the value. */
export const PRIMITIVES = ['number', 'true or false', 'null', 'undefined'] as const;

export function givesPrimitive(kinds: readonly (typeof PRIMITIVES)[number][]): string {
  const has = (kind: (typeof PRIMITIVES)[number]) => kinds.includes(kind);
  const tests = [
    ...(has('undefined') ? [`${VALUE_NAME} === undefined ? [3, 0]`] : []),
    ...(has('null') ? [`${VALUE_NAME} === null ? [2, 0]`] : []),
    ...(has('true or false') ? [`${VALUE_NAME} === true ? [1, 1] : ${VALUE_NAME} === false ? [1, 0]`] : []),
  ];
  return `export default () => ${[...tests, has('number') ? `[0, Number(${VALUE_NAME})]` : '[0, 0]'].join(' : ')}`;
}

export const declared = (declarations: string, expression: string): string =>
  `${declarations}\nconst ${VALUE_NAME} = (${expression}\n)\n`;

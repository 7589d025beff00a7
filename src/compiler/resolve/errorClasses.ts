/**
 * `Error` and its kin as classes like those of the patch. In: the statements of a text. Out: the same behind the classes that it names,
 * if it does more with them than throw what `new Error('…')` makes. Pure.
 */

import type * as Babel from '@babel/types';
import { parse } from '../parse.ts';
import { childrenOf } from './children.ts';
import { isErrorName, isErrorThrown } from './throwing.ts';

/** Members of errors that JavaScript does not list. */
export const ERROR_MEMBERS: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause']);

/** A class that is made here. */
export type ErrorClassSyntax = Babel.ClassDeclaration & { readonly isErrorClass: true };

export const isErrorClass = (node: Babel.Node): boolean => 'isErrorClass' in node;

const TEXT = "{ return this.message === '' ? this.name : this.name + ': ' + this.message }";

/** With those members that the text names. */
const base = (text: string): string => `class Error {
  constructor(message, options) {
    this.name = 'Error'
    this.message = typeof message === 'string' ? message : message === undefined ? '' : String(message)
    ${/\bcause\b/.test(text) ? 'this.cause = options?.cause' : ''}
  }
  ${/\btoString\b/.test(text) ? `toString() ${TEXT}` : ''}
  ${/\bstack\b/.test(text) ? `get stack() ${TEXT}` : ''}
}`;

const derived = (name: string): string => `class ${name} extends Error {
  constructor(message, options) { super(message, options); this.name = '${name}' }
}`;

export function withErrorClasses(text: string, statements: readonly Babel.Statement[]): readonly Babel.Statement[] {
  if (!/Error\b/.test(text)) return statements;
  const { names, areValues } = namesIn(statements);
  for (const name of declaredIn(statements)) names.delete(name);
  if (!areValues || names.size === 0) return statements;
  names.delete('Error');
  const made = [base(text), ...[...names].sort().map(derived)];
  return [...made.map(classOf), ...statements];
}

/** The error classes that a text names, and whether it does so otherwise than in `throw new Error('…')`. */
function namesIn(statements: readonly Babel.Node[]): { names: Set<string>; areValues: boolean } {
  const names = new Set<string>();
  let areValues = false;
  const pending: Babel.Node[] = [...statements];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (TYPES.test(node.type)) continue;
    if (node.type === 'Identifier' && isErrorName(node.name)) {
      names.add(node.name);
      areValues = true;
    }
    if (isErrorThrown(node)) {
      if (node.argument.callee.type === 'Identifier') names.add(node.argument.callee.name);
      pending.push(...node.argument.arguments);
      continue;
    }
    if ((node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') && !node.computed)
      pending.push(node.object);
    else if (node.type === 'ObjectProperty' && !node.computed) pending.push(node.value);
    else pending.push(...childrenOf(node));
  }
  return { names, areValues };
}

const TYPES = /^TS(?:Type|Interface|Expression)/;

function declaredIn(statements: readonly Babel.Statement[]): string[] {
  return statements.flatMap((outer) => {
    const statement = outer.type === 'ExportNamedDeclaration' && outer.declaration ? outer.declaration : outer;
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration')
      return statement.id ? [statement.id.name] : [];
    if (statement.type !== 'VariableDeclaration') return [];
    return statement.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  });
}

const classes = new Map<string, ErrorClassSyntax>();

/** Everything in it stands at the beginning of the text. */
function classOf(text: string): ErrorClassSyntax {
  const known = classes.get(text);
  if (known) return known;
  const [statement] = parse(text).statements;
  if (statement?.type !== 'ClassDeclaration') throw new Error(`not a class: ${text}`);
  const pending: Babel.Node[] = [statement];
  for (let node = pending.pop(); node; node = pending.pop()) {
    node.start = 0;
    node.end = 0;
    pending.push(...childrenOf(node));
  }
  const made: ErrorClassSyntax = { ...statement, isErrorClass: true };
  classes.set(text, made);
  return made;
}

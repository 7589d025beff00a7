/** How many parameters functions have, by the names that they are called by. In: statements. Out: the most of each name. Pure. */

import type * as Babel from '@babel/types';
import { childrenOf } from '../children.ts';
import { mentionsArguments } from './nodes.ts';

/** The name that a function is called by; '' for one without. */
export function calledName(fn: Babel.Node): string {
  if (fn.type === 'Identifier') return fn.name;
  if (fn.type === 'MemberExpression' && !fn.computed && fn.property.type === 'Identifier') return fn.property.name;
  return '';
}

/** `null`: some function of that name takes any number. */
export function aritiesIn(statements: readonly Babel.Statement[]): ReadonlyMap<string, number | null> {
  const found = new Map<string, number | null>();
  const pending: Babel.Node[] = [...statements];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const [name, fn] = namedFunction(node);
    if (name !== '' && fn) {
      const known = found.get(name);
      const count = countOf(fn);
      found.set(name, known === null || count === null ? null : Math.max(known ?? 0, count));
    }
    pending.push(...childrenOf(node));
  }
  return found;
}

function namedFunction(node: Babel.Node): readonly [name: string, fn: Babel.Node | null] {
  switch (node.type) {
    case 'FunctionDeclaration':
      return [node.id?.name ?? '', node];
    case 'VariableDeclarator':
      return [calledName(node.id), node.init ?? null];
    case 'AssignmentExpression':
      return [calledName(node.left), node.right];
    case 'ClassMethod':
    case 'ObjectMethod':
      return [calledName(node.key), node];
    case 'ObjectProperty':
    case 'ClassProperty':
      return [calledName(node.key), node.value ?? null];
    default:
      return ['', null];
  }
}

function countOf(fn: Babel.Node): number | null {
  if (!('params' in fn) || !Array.isArray(fn.params) || !('body' in fn)) return null;
  const params = fn.params as Babel.Node[];
  const isOpen = params.some(({ type }) => type === 'RestElement') || mentionsArguments(fn.body as Babel.Node);
  return isOpen ? null : params.length;
}

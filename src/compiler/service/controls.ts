/** The controls that a text declares: `slider('cutoff', …)` and its like. Pure. */

import type * as Babel from '@babel/types';
import { childrenOf, type Node } from './nodes.ts';

const CONTROLS = /^(?:slider|knob|toggle|button|select|xy)$/;

/** Whether a node is a call that declares a control, by the name of what is called. */
export const isControl = (node: Node): node is Babel.CallExpression =>
  node.type === 'CallExpression' && node.callee.type === 'Identifier' && CONTROLS.test(node.callee.name);

/** Their names, in the order of the text, each once. */
export function controlNames(statements: readonly Node[]): string[] {
  const names = new Set<string>();
  const pending: Node[] = statements.toReversed();
  for (let node = pending.pop(); node; node = pending.pop()) {
    const first = isControl(node) ? node.arguments[0] : null;
    if (first?.type === 'StringLiteral') names.add(first.value);
    for (const [, child] of childrenOf(node).reverse()) pending.push(child);
  }
  return [...names];
}

/**
 * Whether a patch throws out of functions into a `try` of their callers, and the two variables by which that works: what is thrown, and
 * the number of the `throw`, 0 while nothing is. After each call of a function that may throw, its caller looks at the number and leaves
 * too, up to the `try` (lower/unwinding.ts). In: the statements of a patch. Out: the variables, in a unit of their own. Pure.
 */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Unit, Variable } from '../ast.ts';
import { childrenOf } from './children.ts';
import type { Context } from './context.ts';
import { FUNCTIONS, newThrowing, noteTry, type Throwing, throwsAcross } from './throwing.ts';

/** A `throw` that leaves its function. Their numbers begin at 1. */
export interface ThrowSite {
  readonly span: Span;
  readonly message: string;
}

export interface Unwinding {
  readonly unit: Unit;
  readonly number: Variable;
  readonly thrown: Variable;
  readonly sites: ThrowSite[];
}

const HIDDEN_CALLS = /\b(?:get|set|toString|valueOf)\b/;

/** What the text throws, and what stands within its `try` blocks. */
export function throwingIn(statements: readonly Babel.Node[], text: string): Throwing {
  const throwing = { ...newThrowing(), hasHiddenCalls: HIDDEN_CALLS.test(text) };
  interface Pending {
    readonly node: Babel.Node;
    readonly isInFunction: boolean;
    readonly isInTry: boolean;
  }
  const pending: Pending[] = statements.map((node) => ({ node, isInFunction: false, isInTry: false }));
  for (let one = pending.pop(); one; one = pending.pop()) {
    const { node } = one;
    if (node.type === 'ThrowStatement' && one.isInFunction && !one.isInTry)
      throwing.escaping.push({ start: node.start!, end: node.end! });
    if (node.type === 'TryStatement') noteTry(throwing, node.block);
    const isFunction = FUNCTIONS.test(node.type);
    for (const child of childrenOf(node)) {
      // A `finally` alone lets it go on.
      const isTried = node.type === 'TryStatement' && child === node.block && node.handler !== null;
      pending.push({
        node: child,
        isInFunction: one.isInFunction || isFunction,
        isInTry: isTried || (one.isInTry && !isFunction),
      });
    }
  }
  return throwing;
}

const NAME = 'what is thrown';

/** `null`: nothing is thrown from function to function. */
export function unwindingOf(
  context: Context,
  statements: readonly Babel.Node[],
  makeUnit: (name: string) => Unit,
): Unwinding | null {
  // Most texts throw nothing, and need not be walked for it.
  if (!/\bthrow\b/.test(context.text)) return null;
  if (throwsAcross(throwingIn(statements, context.text)).length === 0) return null;
  const unit = makeUnit(NAME);
  const variable = (name: string): Variable => {
    const made = { ...context.newVariable(name, 'let', { start: 0, end: 0 }), initialisedAt: 0, reassigned: true };
    unit.variables.push(made);
    return made;
  };
  return { unit, number: variable('number of what is thrown'), thrown: variable(NAME), sites: [] };
}

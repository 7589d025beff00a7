/**
 * `f.call(object, …)` and `f.apply(object, list)`. In: the method call, and that it is one of a function. Out: the same as a call with
 * that `this`, as if the patch had written a method's. Pure.
 */

import type { Argument, Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { objectOf, type Type } from './types.ts';

type Method = Expression & { readonly kind: 'method' };

const made = new WeakMap<Method, Expression>();
/** As in split.ts, and apart from that. */
let nextId = 2 ** 31 + 2 ** 29;

/** The call that it is; `null`: it is of something else, or given what cannot be told apart. */
export function plainCall(analysis: Analysis, expression: Method, holder: Type): Expression | null {
  const { name, args, object: callee, span } = expression;
  if (objectOf(holder)?.kind !== 'function' || (name !== 'call' && name !== 'apply')) return null;
  const given = name === 'call' ? args.slice(1) : listed(args.slice(1));
  if (!given || args[0]?.spread) return null;
  let call = made.get(expression);
  if (!call) {
    const receiver = args[0]?.value ?? { id: nextId++, span, kind: 'undefined' };
    call = { id: nextId++, span, kind: 'call', callee, receiver, args: given, optional: expression.optional };
    made.set(expression, call);
  }
  const { rewrites } = analysis.current;
  if (rewrites.get(expression.id) !== call) {
    rewrites.set(expression.id, call);
    analysis.unifier.changed = true;
  }
  return call;
}

/** The arguments in the list that `apply` is given. */
function listed([list, ...others]: readonly Argument[]): readonly Argument[] | null {
  if (!list) return [];
  if (others.length > 0 || list.spread) return null;
  const { value } = list;
  return value.kind === 'null' || value.kind === 'undefined' ? [] : [{ value, spread: true }];
}

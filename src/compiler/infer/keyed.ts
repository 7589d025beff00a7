/** Type inference for `Map` and `Set`: each `new` has one of its own, and what walks over one walks over a list of its entries. */

import type { Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { present } from './arrays.ts';
import { callLibrary } from './calls.ts';
import { evaluate } from './expressions.ts';
import { NOTHING, objectOf, partId, type Type } from './types.ts';

type Builtin = Expression & { readonly kind: 'builtin' };

/** `new Map(list)`, `new Set(list)` and `Object.fromEntries(list)`. */
export function evaluateKeyed(analysis: Analysis, { id, name, span }: Builtin, args: readonly Type[]): Type {
  const kind = name === 'Object.fromEntries' ? 'Dictionary' : name;
  const made = callLibrary(analysis, `new${kind}`, [], id, span, ` of ${analysis.current.id}.${id}`);
  const [list] = args;
  if (list && made !== NOTHING) callLibrary(analysis, `fill${kind}`, [made, present(list)], partId(id, 1), span);
  return made;
}

/** What a loop walks over: of a `Map` its pairs, of a `Set` its keys, of anything else that. */
export function evaluateIterable(analysis: Analysis, expression: Builtin, type: Type): Type {
  const object = objectOf(type);
  const fields = object?.kind === 'record' ? object.fields : null;
  const method = fields?.has('is map') ? 'entries' : fields?.has('is set') ? 'values' : null;
  const { rewrites } = analysis.current;
  if (method === null) {
    rewrites.delete(expression.id);
    return type;
  }
  let walked = lists.get(expression);
  if (!walked) {
    const { value } = expression.args[0]!;
    const { span } = expression;
    walked = { id: nextId++, span, kind: 'method', object: value, name: method, args: [], optional: false };
    lists.set(expression, walked);
  }
  rewrites.set(expression.id, walked);
  return evaluate(analysis, walked);
}

const lists = new WeakMap<Expression, Expression>();

/** As in split.ts, and apart from those. */
let nextId = 2 ** 31;

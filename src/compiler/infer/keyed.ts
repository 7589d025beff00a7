/** Type inference for `Map` and `Set`: each `new` has one of its own, and what walks over one walks over a list of its entries. */

import type { Expression, Walk, WalkMethod } from '../ast.ts';
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

/** What `...` and `Array.from` walk over: of a `Map` its pairs, of a `Set` its keys, of anything else that. */
export function evaluateIterable(analysis: Analysis, expression: Builtin, type: Type): Type {
  const method = methodOf(type);
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

/** By which of its methods something is walked over; `null`: it is no `Map` and no `Set`. */
function methodOf(type: Type): WalkMethod | null {
  const object = objectOf(type);
  const fields = object?.kind === 'record' ? object.fields : null;
  return fields?.has('is map') ? 'entries' : fields?.has('is set') ? 'values' : null;
}

const isWalkMethod = (name: string): name is WalkMethod => name === 'keys' || name === 'values' || name === 'entries';

/** What a loop goes through: a `Map`, a `Set` or an array itself, also where it is asked for its keys, values or entries there. */
export function evaluateWalked(analysis: Analysis, expression: Builtin, type: Type): Type {
  const { rewrites, types } = analysis.current;
  const { value } = expression.args[0]!;
  if (value.kind === 'method' && isWalkMethod(value.name) && value.args.length === 0 && !value.optional) {
    const holder = types.get(value.object.id) ?? NOTHING;
    if (methodOf(holder) !== null || isArray(holder)) {
      rewrites.set(expression.id, value.object);
      return holder;
    }
  }
  rewrites.delete(expression.id);
  return type;
}

/** What the test and the element of such a loop are; `null`: it goes through something else. */
export function evaluateWalk(
  analysis: Analysis,
  expression: Expression & { readonly kind: 'binary' | 'index' },
): Type | null {
  const { walk } = expression;
  if (!walk) return null;
  const { rewrites } = analysis.current;
  const method = methodOf(evaluate(analysis, walk.list));
  const given = walk.iterable.kind === 'builtin' ? walk.iterable.args[0]?.value : undefined;
  const isAsked = rewrites.has(walk.iterable.id) && given?.kind === 'method' && isWalkMethod(given.name);
  const asked = isAsked ? (given.name as WalkMethod) : null;
  const walked = method === null ? ofArray(walk, asked) : walk.by(asked ?? method);
  if (!walked) {
    rewrites.delete(expression.id);
    return null;
  }
  rewrites.set(expression.id, walked);
  return evaluate(analysis, walked);
}

/** Undefined where the elements are what the loop goes through. */
const ofArray = ({ ofArray }: Walk, asked: WalkMethod | null): Expression | undefined =>
  asked === null || asked === 'values' ? undefined : ofArray?.[asked];

function isArray(type: Type): boolean {
  const kind = objectOf(type)?.kind;
  return kind === 'array' || kind === 'typedArray';
}

const lists = new WeakMap<Expression, Expression>();

/** As in split.ts, and apart from those. */
let nextId = 2 ** 31;

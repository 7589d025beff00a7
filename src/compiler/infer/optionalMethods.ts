/** `xs.map?.(f)`: where what it is called on is an array or a text, the function is there, and it is a method like any other. Pure. */

import { ARRAY_METHODS } from '../../language/intrinsics.ts';
import type { Expression } from '../ast.ts';
import { TEXT_METHODS } from './strings.ts';
import { NULL, objectOf, STRING, type Type, UNDEFINED } from './types.ts';

/** The method that a call of a member is; `null`: it is another call. */
export function asMethod(
  { id, span, callee, args, optional }: Expression & { readonly kind: 'call' },
  typeOf: (object: Expression) => Type,
): (Expression & { readonly kind: 'method' }) | null {
  if (!optional || callee.kind !== 'member') return null;
  const { object, name } = callee;
  if (!Object.hasOwn(ARRAY_METHODS, name) && !TEXT_METHODS.includes(name)) return null;
  const type = typeOf(object);
  const held = objectOf(type);
  const isText = !held && (type.mask & ~(UNDEFINED | NULL)) === STRING && TEXT_METHODS.includes(name);
  const isArray = (held?.kind === 'array' || held?.kind === 'typedArray') && Object.hasOwn(ARRAY_METHODS, name);
  return isText || isArray ? { id, span, kind: 'method', object, name, args, optional: callee.optional } : null;
}

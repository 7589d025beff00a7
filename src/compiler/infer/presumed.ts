/**
 * Values of several kinds where only one of these will do: what JavaScript would throw for is a trap, and behind that the value
 * is of that kind. In: an expression and its type. Out: the type that it has where it is used, which is noted as its own, so
 * that lower looks at the box there.
 */

import { ARRAY_METHODS } from '../../language/intrinsics.ts';
import type { Expression } from '../ast.ts';
import { FOLDED_METHODS } from '../resolve/texts.ts';
import type { Analysis } from './analysis.ts';
import {
  FUNCTION,
  isMixed,
  LIST,
  NULL,
  OBJECTS,
  PRIMITIVES,
  partOf,
  RECORD,
  STRING,
  TYPED,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

const ABSENT = UNDEFINED | NULL;

/** The type of a value of which only one of its kinds will do; as it is where that is not one kind. */
function presumed(analysis: Analysis, at: Expression, type: Type, bit: number): Type {
  if (bit === 0 || !isMixed(type)) return type;
  const alone = withMask(type, (type.mask & ABSENT) | bit);
  if (alone !== type) analysis.current.types.set(at.id, alone);
  return alone;
}

/** Something is called: only functions can be. */
export const presumeFunction = (analysis: Analysis, at: Expression, type: Type): Type =>
  presumed(analysis, at, type, type.mask & FUNCTION);

/** A method is called: only values that have it can be meant. */
export function presumeMethod(analysis: Analysis, at: Expression, type: Type, name: string): Type {
  if (!isMixed(type)) return type;
  const record = partOf(type, RECORD);
  const method = Object.hasOwn(ARRAY_METHODS, name) ? ARRAY_METHODS[name]! : null;
  const having =
    (record?.kind === 'record' && record.fields.has(name) ? RECORD : 0) |
    (method && method.of !== 'typed' ? LIST : 0) |
    (method && method.of !== 'plain' ? TYPED : 0) |
    (FOLDED_METHODS.has(name) ? STRING : 0);
  const bits = type.mask & having;
  if (bits === STRING) return type;
  return (bits & (bits - 1)) === 0 ? presumed(analysis, at, type, bits) : type;
}

/** The elements of something are walked over, or assigned to: numbers and the like have none. */
export function presumeElements(analysis: Analysis, at: Expression, type: Type): Type {
  const bits = type.mask & (LIST | TYPED | STRING);
  const isOne = bits === LIST || bits === TYPED;
  return isOne && (type.mask & RECORD) === 0 ? presumed(analysis, at, type, bits) : type;
}

/** A member is assigned to: only objects keep it. */
export const presumeRecord = (analysis: Analysis, at: Expression, type: Type): Type =>
  (type.mask & OBJECTS) === RECORD ? presumed(analysis, at, type, RECORD) : type;

/** Whether a value is of several kinds, and has to be told apart before it is used. */
export const isSeveral = (type: Type): boolean => isMixed(type) && (type.mask & (PRIMITIVES | OBJECTS)) !== 0;

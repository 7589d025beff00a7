/**
 * How values of a type are held.
 *
 * A number is an f64, a boolean an i32, an object a pointer. Where primitive kinds mix, the value is *boxed*: an f64 that
 * is either a number or one of a few NaNs with a payload no arithmetic of ours makes visible: they stand for `undefined`,
 * `null`, `false`, `true` and strings. Arithmetic may pass such a payload on, so a plain number is made canonical when it is
 * boxed. `undefined` is a NaN already, which is what it becomes in arithmetic. Where objects mix with other kinds, pointers are
 * boxed too, each with the kind of its object; what is read back is taken for a pointer only after a look at that.
 */

import type { TypedArrayName } from '../ast.ts';
import { BOOLEAN, NULL, NUMBER, objectOf, STRING, type Type, UNDEFINED } from '../infer/types.ts';
import type { Access, ValueType } from '../ir.ts';

/**
 * A string is a handle, an i32: below zero it is -1 minus the code of the only character; above, the offset of a text that
 * stands in the patch, or of a part that was cut from one. Unless a patch cuts, equal strings have equal handles.
 */
export type Representation = 'number' | 'boolean' | 'boxed' | 'pointer' | 'string';

export function representationOf(type: Type): Representation {
  const object = objectOf(type);
  if (object) return object.kind === 'mixed' ? 'boxed' : 'pointer';
  if (type.mask === NUMBER) return 'number';
  if (type.mask === BOOLEAN) return 'boolean';
  return (type.mask & STRING) !== 0 && (type.mask & ~(STRING | UNDEFINED | NULL)) === 0 ? 'string' : 'boxed';
}

export const valueTypeOf = (representation: Representation): ValueType =>
  representation === 'number' || representation === 'boxed' ? 'f64' : 'i32';

export interface ElementLayout {
  readonly access: Access;
  readonly shift: 0 | 1 | 2 | 3;
}

export const elementLayout = (representation: Representation): ElementLayout =>
  valueTypeOf(representation) === 'f64' ? { access: 'f64', shift: 3 } : { access: 'i32', shift: 2 };

const TYPED_LAYOUTS: Readonly<Record<TypedArrayName, ElementLayout>> = {
  Float64Array: { access: 'f64', shift: 3 },
  Float32Array: { access: 'f32', shift: 2 },
  Int32Array: { access: 'i32', shift: 2 },
  Uint32Array: { access: 'i32', shift: 2 },
  Int16Array: { access: 'i16', shift: 1 },
  Uint16Array: { access: 'u16', shift: 1 },
  Int8Array: { access: 'i8', shift: 0 },
  Uint8Array: { access: 'u8', shift: 0 },
  Uint8ClampedArray: { access: 'u8', shift: 0 },
};

export const typedLayout = (name: TypedArrayName): ElementLayout => TYPED_LAYOUTS[name];

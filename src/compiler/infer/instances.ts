/** What is known of `instanceof` from types alone. */

import type { Variable } from '../ast.ts';
import { isMixed, objectOf, partOf, RECORD, type Type } from './types.ts';

/** The field of an instance that holds its class. */
export const CLASS_FIELD = 'constructor';

/** Whether a value is an instance of one of the classes; `null`: that shows only when the program runs. */
export function instanceTruth(type: Type, classes: readonly Variable[]): boolean | null {
  const object = isMixed(type) ? partOf(type, RECORD) : objectOf(type);
  const field = object?.kind === 'record' ? object.fields.get(CLASS_FIELD) : undefined;
  const family = field?.isMethod ? objectOf(field.type) : null;
  if (family?.kind !== 'function') return false;
  const isOne = family.members.map(({ node }) => classes.some(({ holds }) => holds === node));
  if (!isOne.includes(true)) return false;
  return isOne.includes(false) || type.mask !== 0 || field!.type.mask !== 0 ? null : true;
}

/** Type inference for `eachMember(object, callback, depth)` of the library: the callback is called with each member's own type. */

import type { Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { callMember } from './calls.ts';
import {
  type Field,
  isListed,
  isUnknown,
  NOTHING,
  NUMBER,
  objectOf,
  partId,
  primitive,
  type RecordType,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';

/** Members beyond these are not looked at. */
const MAX_MEMBERS = 16;

/** Values that an object holds by itself. */
export const membersToVisit = (object: RecordType): (readonly [name: string, field: Field])[] =>
  [...object.fields]
    .filter(([, field]) => isListed(field) && !field.isGetter && objectOf(field.type)?.kind !== 'function')
    .slice(0, MAX_MEMBERS);

export function evaluateEachMember(
  analysis: Analysis,
  expression: Expression & { kind: 'builtin' },
  [holder = NOTHING, callback = NOTHING]: readonly Type[],
): Type {
  const object = objectOf(holder);
  if (object?.kind !== 'record') return primitive(UNDEFINED);
  membersToVisit(object).forEach(([, { type }], index) => {
    if (isUnknown(type)) return;
    const site = { kind: 'getter', id: partId(expression.id, index), span: expression.span, args: [] } as const;
    callMember(analysis, holder, callback, [primitive(STRING), type, primitive(NUMBER)], site);
  });
  return primitive(UNDEFINED);
}

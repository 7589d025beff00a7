/** `eachMember(object, callback, depth)` of the library → IR: one call of the callback for each member, in their order. */

import type { Expression } from '../ast.ts';
import { membersToVisit } from '../infer/eachMember.ts';
import { objectOf, partId } from '../infer/types.ts';
import { type IrStatement, i32, load, local, set } from '../ir.ts';
import { callOn } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { withSetup } from './elements.ts';
import { lowerExpression } from './expressions.ts';
import { fieldOffset } from './layout.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { fromRepresentation, stringValue, undefinedValue, type Value } from './values.ts';

export function lowerEachMember(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value {
  const [holder, , depth] = expression.args.map((arg) => arg.value);
  const object = holder ? objectOf(context.typeOf(holder)) : null;
  if (!holder || !depth || object?.kind !== 'record') return undefinedValue();
  const pointer = context.newLocal('i32');
  const effects: IrStatement[] = [set(pointer, lowerExpression(context, holder).ir)];
  membersToVisit(object).forEach(([name, { type }], index) => {
    const call = context.instance.calls.get(partId(expression.id, index));
    if (!call) return;
    const representation = representationOf(type);
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    const read = load(access, local('i32', pointer), fieldOffset(object, name));
    const value = fromRepresentation(read, representation, type);
    const operands = [{ value: stringValue(context.program.string(name)) }, { value }, { expression: depth }];
    effects.push({ op: 'effect', value: callOn(context, call, i32(0), null, operands).ir });
  });
  return withSetup(effects, undefinedValue());
}

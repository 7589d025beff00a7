/** Texts that are made while the program runs → IR: `String(…)` and its functions, and methods of numbers. */

import type { Expression } from '../ast.ts';
import { codesId } from '../infer/textMaking.ts';
import { type Instance, NULL, objectOf, UNDEFINED } from '../infer/types.ts';
import { i32 } from '../ir.ts';
import { lowerParts, partFrom, partOf } from './arrays.ts';
import { callInstance, undefinedWhere } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { keep } from './control.ts';
import { withSetup } from './elements.ts';
import { lowerExpression } from './expressions.ts';
import { stringValue, testAbsent, undefinedValue, type Value } from './values.ts';

const ABSENT = UNDEFINED | NULL;

/** `value.toFixed(2)`: a trap where there is no value, as in JavaScript, or nothing with `?.`. */
export function lowerNumberMethod(
  context: FunctionContext,
  expression: Expression & { kind: 'method' },
  instance: Instance,
): Value {
  const holder = context.typeOf(expression.object);
  const given = lowerExpression(context, expression.object);
  const rest = expression.args.map((arg) => ({ expression: arg.value }));
  if ((holder.mask & ABSENT) === 0) return callInstance(context, instance, i32(0), [{ value: given }, ...rest]);
  const kept = keep(context, given);
  const absent = testAbsent(kept.value, ABSENT);
  const result = callInstance(context, instance, i32(0), [{ value: kept.value }, ...rest]);
  if (!expression.optional) {
    const site = context.site('undefined-value', expression.object.span);
    return withSetup([...kept.setup, { op: 'if', test: absent, yes: [{ op: 'trap', site }], no: [] }], result);
  }
  return withSetup(kept.setup, undefinedWhere(context, absent, result, context.typeOf(expression)));
}

/** `String(value)`, and texts of codes. */
export function lowerTextBuiltin(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value {
  const { id, name, args } = expression;
  if (name === 'String') {
    const [first] = args;
    if (!first) return stringValue(context.program.string(''));
    const call = partOf(context, id);
    return call
      ? callInstance(context, call, i32(0), [{ expression: first.value }])
      : lowerExpression(context, first.value);
  }
  const call = partOf(context, codesId(id));
  const made = call ? objectOf(call.parameters[0]!) : null;
  if (!call || made?.kind !== 'array') return undefinedValue();
  const parts = args.map((arg) => partFrom(context, arg.value, arg.spread));
  return callInstance(context, call, i32(0), [{ value: lowerParts(context, expression, made, parts) }]);
}

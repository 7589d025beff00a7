/** Reading and writing variables, and the globals of a patch. */

import { HEADER } from '../../protocol/arena.ts';
import type { PatchGlobal, Variable } from '../ast.ts';
import { binary, type IrExpression, type IrStatement, i32, load, local, set, store, unary } from '../ir.ts';
import type { FunctionContext } from './context.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { asNumber, asRepresentation, fromRepresentation, intValue, type Value } from './values.ts';

export function readVariable(context: FunctionContext, variable: Variable): Value {
  const place = context.location(variable);
  const type = context.variableType(variable);
  if (place.kind === 'local') {
    if (context.isCounter(variable)) return counterValue(variable, place.index);
    const representation = representationOf(type);
    return fromRepresentation(local(valueTypeOf(representation), place.index), representation, type.mask);
  }
  const representation = representationOf(type);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  return fromRepresentation(load(access, place.pointer, place.offset), representation, type.mask);
}

/** Fuel ends a loop after this many turns at the latest. */
const MAX_TURNS = 2 ** 27;

export function counterValue(variable: Variable, index: number): Value {
  const { start, step } = variable.counter!;
  const end = start + step * MAX_TURNS;
  return intValue(local('i32', index), Math.min(start, end), Math.max(start, end));
}

export function writeVariable(context: FunctionContext, variable: Variable, value: Value): IrStatement {
  const place = context.location(variable);
  if (place.kind === 'local' && context.isCounter(variable)) {
    return set(place.index, value.kind === 'int' ? value.ir : unary('i32.trunc_s_sat.f64', asNumber(context, value)));
  }
  const representation = representationOf(context.variableType(variable));
  const ir = asRepresentation(context, value, representation);
  if (place.kind === 'local') return set(place.index, ir);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  return store(access, place.pointer, place.offset, ir);
}

/** Header fields are reached as offsets from the base. */
export const header = (access: 'f64' | 'i32', field: number): IrExpression => load(access, i32(0), field);

export function readGlobal(name: PatchGlobal): IrExpression {
  switch (name) {
    case 'sampleRate':
      return header('f64', HEADER.SAMPLE_RATE);
    case 'currentFrame':
      return header('f64', HEADER.CURRENT_FRAME);
    case 'currentTime':
      return binary('f64.div', header('f64', HEADER.CURRENT_FRAME), header('f64', HEADER.SAMPLE_RATE));
  }
}

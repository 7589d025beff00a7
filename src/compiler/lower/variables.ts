/** Reading and writing variables, and the globals of a patch. */

import { HEADER } from '../../protocol/arena.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { PatchGlobal, Variable } from '../ast.ts';
import { AT_TOP } from '../infer/types.ts';
import { binary, f64, type IrExpression, type IrStatement, i32, i64, load, local, set, store, unary } from '../ir.ts';
import { UNSET } from '../memoryLayout.ts';
import type { FunctionContext } from './context.ts';
import { type Representation, representationOf, valueTypeOf } from './representation.ts';
import { asNumber, asRepresentation, fromRepresentation, highWord, intValue, type Value } from './values.ts';

/** The value of a variable; a trap at `span` where its declaration has not run yet. */
export function readVariable(context: FunctionContext, variable: Variable, span: Span): Value {
  const value = readPlain(context, variable);
  return isChecked(context, variable) ? requireSet(context, variable, value, span) : value;
}

/**
 * Whether a use has to be looked at. When frames run, the whole top level has: its variables are looked at only in functions
 * that may run before.
 */
const isChecked = (context: FunctionContext, variable: Variable): boolean =>
  variable.mayBeUnset && (variable.storage !== 'global' || (context.instance.runs & AT_TOP) !== 0);

/** What a variable holds until its declaration has run. */
export function unsetValue(representation: Representation): IrExpression {
  switch (representation) {
    case 'number':
    case 'boxed':
      return unary('f64.reinterpret', i64(BigInt(UNSET.number) << 32n));
    case 'boolean':
      return i32(UNSET.boolean);
    case 'pointer':
    case 'string':
      return i32(UNSET.pointer);
  }
}

function requireSet(context: FunctionContext, variable: Variable, value: Value, span: Span): Value {
  const representation = representationOf(context.variableType(variable));
  const type = valueTypeOf(representation);
  const index = context.newLocal(type);
  const kept = local(type, index);
  const isUnset =
    type === 'f64'
      ? binary('i32.eq', highWord(kept), i32(UNSET.number))
      : binary('i32.eq', kept, i32(representation === 'boolean' ? UNSET.boolean : UNSET.pointer));
  const trap: IrStatement = { op: 'trap', site: context.unsetSite(variable, span) };
  const effects: IrStatement[] = [set(index, value.ir), { op: 'if', test: isUnset, yes: [trap], no: [] }];
  return { ...value, ir: { op: 'block', effects, value: kept } };
}

/** What happens before a use of a variable whose value does not matter: assigning to it, or calling what it is known to hold. */
export function requireDeclared(context: FunctionContext, variable: Variable, span: Span): IrStatement[] {
  if (!isChecked(context, variable)) return [];
  return [{ op: 'effect', value: readVariable(context, variable, span).ir }];
}

/** The same without a look at whether the declaration has run: for closures, which carry what there is. */
export function readPlain(context: FunctionContext, variable: Variable): Value {
  const place = context.location(variable);
  const type = context.variableType(variable);
  if (place.kind === 'local') {
    if (context.isCounter(variable)) return counterValue(variable, place.index);
    const representation = representationOf(type);
    return fromRepresentation(local(valueTypeOf(representation), place.index), representation, type);
  }
  const representation = representationOf(type);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  return fromRepresentation(load(access, place.pointer, place.offset), representation, type);
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
    case 'currentBeat':
      return currentBeat();
  }
}

/** In this order of operations, so that a patch and whoever works it out by hand get the same bits (worklets/beatClock.ts). */
function currentBeat(): IrExpression {
  const frames = binary('f64.sub', header('f64', HEADER.CURRENT_FRAME), header('f64', HEADER.BEAT_FRAME));
  const minutes = binary('f64.mul', f64(60), header('f64', HEADER.SAMPLE_RATE));
  const beats = binary('f64.div', binary('f64.mul', frames, header('f64', HEADER.BPM)), minutes);
  return binary('f64.add', header('f64', HEADER.BEAT_POSITION), beats);
}

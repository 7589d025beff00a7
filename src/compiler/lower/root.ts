/** The call of the default export in a frame → IR: a number for both channels, an array for one each, or now this, now that. */

import { HEADER } from '../../protocol/arena.ts';
import type { Variable } from '../ast.ts';
import { bitOf, type Instance, objectOf, objectsOf, PRIMITIVES, type Type } from '../infer/types.ts';
import { f64, type IrExpression, type IrStatement, i32, load, local, set } from '../ir.ts';
import { isBoxOf } from './boxes.ts';
import type { FunctionContext } from './context.ts';
import { elementPlace, type Indexable, isIndexable, readElement } from './elements.ts';
import { capturesOf } from './layout.ts';
import type { Program } from './program.ts';
import { representationOf } from './representation.ts';
import { asNumber, asRepresentation, fromRepresentation, intValue, lowWord, undefinedValue } from './values.ts';

/** Calls the default export for a frame and puts what it returns into two locals. */
export function callRoot(
  context: FunctionContext,
  program: Program,
  variable: Variable,
  root: Instance,
  pairSymbol: string | null,
  time: IrExpression,
  left: number,
  right: number,
): IrStatement[] {
  const hasEnvironment = capturesOf(root.closure.node).length > 0;
  const symbol: IrExpression = { op: 'symbol', kind: 'variable', name: program.variableSymbol(variable) };
  const environment = hasEnvironment ? load('i32', symbol) : i32(0);
  // Only the first parameter is given a value.
  const given = root.parameters.map((type, index) =>
    index === 0 ? time : asRepresentation(context, undefinedValue(), representationOf(type)),
  );
  const target = pairSymbol ?? program.symbolOf(root);
  const declared = program.signatureOf(root);
  const signature = pairSymbol !== null ? { ...declared, result: 'void' as const } : declared;
  const ir: IrExpression = { op: 'call', target, signature, args: [environment, ...given] };
  if (pairSymbol !== null) {
    return [
      { op: 'effect', value: ir },
      set(left, load('f64', i32(0), HEADER.FRAME_LEFT)),
      set(right, load('f64', i32(0), HEADER.FRAME_RIGHT)),
    ];
  }
  if (signature.result === 'void') {
    return [{ op: 'effect', value: ir }, set(left, f64(Number.NaN)), set(right, f64(Number.NaN))];
  }
  const object = objectOf(root.result);
  if (object?.kind === 'mixed') return callMixedRoot(context, root.result, ir, left, right);
  if (!isIndexable(object)) {
    const value = fromRepresentation(ir, representationOf(root.result), root.result);
    return [set(left, asNumber(context, value)), set(right, local('f64', left))];
  }
  const pointer = context.newLocal('i32');
  return [set(pointer, ir), ...channelsOf(context, object, pointer, left, right)];
}

/** The first two elements of an array. */
function channelsOf(
  context: FunctionContext,
  object: Indexable,
  pointer: number,
  left: number,
  right: number,
): IrStatement[] {
  const channel = (position: number): IrExpression =>
    asNumber(
      context,
      readElement(
        context,
        elementPlace(context, object, local('i32', pointer), intValue(i32(position), position, position)),
        true,
      ),
    );
  return [set(left, channel(0)), set(right, channel(1))];
}

/** A frame that is a number at one time and an array at another. */
function callMixedRoot(
  context: FunctionContext,
  type: Type,
  ir: IrExpression,
  left: number,
  right: number,
): IrStatement[] {
  const box = context.newLocal('f64');
  const pointer = context.newLocal('i32');
  const read = local('f64', box);
  const number = asNumber(context, { kind: 'boxed', ir: read, mask: type.mask & PRIMITIVES });
  const single: IrStatement[] = [set(left, number), set(right, local('f64', left))];
  const parts = objectsOf(type).filter(isIndexable);
  const chosen = parts.reduce<IrStatement[]>((no, object) => {
    const yes = [set(pointer, lowWord(read)), ...channelsOf(context, object, pointer, left, right)];
    return [{ op: 'if', test: isBoxOf(read, bitOf(object)), yes, no }];
  }, single);
  return [set(box, ir), ...chosen];
}

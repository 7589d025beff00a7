/**
 * What follows a call of a function that may throw: where something is thrown, the caller leaves too, to the end of the `try` around
 * the call or out of the function. In an initialiser nothing is left that could catch it: the patch stops where it was thrown.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import { type Call, find } from '../infer/types.ts';
import { binary, f64, type IrExpression, type IrStatement, i32, load, local, type ResultType, set } from '../ir.ts';
import type { FunctionContext } from './context.ts';
import { isLive, resultTypeOf } from './program.ts';

/** The number of what is thrown, or 0. */
function numberThrown(context: FunctionContext): IrExpression | null {
  const { unwinding } = context.program;
  if (!unwinding) return null;
  const pointer: IrExpression = {
    ...{ op: 'symbol', kind: 'variable' },
    name: context.program.variableSymbol(unwinding.number),
  };
  return load('f64', pointer);
}

/** While it sounds nothing catches it. */
export function stopsLive(context: FunctionContext, span: Span, message: string): IrStatement[] {
  if (!isLive(context.instance)) return [];
  return [{ op: 'ifLive', yes: [{ op: 'trap', site: context.thrownSite(span, message) }] }];
}

/** Leaves for where what has been thrown is caught. */
export function leave(context: FunctionContext): IrStatement {
  const around = context.catchLabels.at(-1);
  if (around !== undefined) return { op: 'break', label: around };
  if (context.isInitialiser) {
    context.leavesUncaught = true;
    return { op: 'break', label: UNCAUGHT };
  }
  const type = resultTypeOf(context.instance.result);
  return { op: 'return', value: type === 'void' ? null : zero(type) };
}

const zero = (type: Exclude<ResultType, 'void'>): IrExpression => ({
  op: 'const',
  type,
  value: type === 'i64' ? 0n : 0,
});

export function mayThrow(context: FunctionContext, call: Call): boolean {
  const { instances, closures } = context.program.mayThrow;
  if (instances.size === 0) return false;
  if (call.kind === 'direct') return instances.has(call.instance);
  const family = find(call.closureSet);
  return family.kind === 'function' && family.members.some((member) => closures.has(member));
}

/** A call, and what follows it. */
export function checked(context: FunctionContext, call: IrExpression, result: ResultType): IrExpression {
  const number = numberThrown(context);
  if (!number) return call;
  const isThrown: IrStatement = { op: 'if', test: binary('f64.ne', number, f64(0)), yes: [leave(context)], no: [] };
  if (result === 'void') return { op: 'block', effects: [{ op: 'effect', value: call }, isThrown], value: i32(0) };
  const kept = context.newLocal(result);
  return { op: 'block', effects: [set(kept, call), isThrown], value: local(result, kept) };
}

const UNCAUGHT = 'uncaught';

/** The body of an initialiser, with where the patch stops if something is thrown that nothing in it catches. */
export function stopping(context: FunctionContext, body: readonly IrStatement[]): readonly IrStatement[] {
  const { unwinding } = context.program;
  const number = numberThrown(context);
  if (!unwinding || !number || !context.leavesUncaught) return body;
  const stops = unwinding.sites.map(({ span, message }, index): IrStatement => {
    const site = context.thrownSite(span, message);
    return { op: 'if', test: binary('f64.eq', number, f64(index + 1)), yes: [{ op: 'trap', site }], no: [] };
  });
  return [{ op: 'block', label: UNCAUGHT, body }, ...stops];
}

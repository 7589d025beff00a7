/**
 * A function as it was before guardPointers.ts, with what its loops and branches are charged written down, since the charge is
 * for what the patch does and stays the same however well it is done. In: IR with guards. Out: IR without, and their sites.
 */

import { Charges } from '../cost.ts';
import type { GuardTarget, IrExpression, IrFunction, IrStatement } from '../ir.ts';

export interface Unguarded {
  readonly fn: IrFunction;
  readonly sites: ReadonlyMap<GuardTarget, number>;
}

export function unguarded(fn: IrFunction): Unguarded {
  const sites = new Map<GuardTarget, number>();
  const charges = new Charges();
  const list = (statements: readonly IrStatement[]): IrStatement[] => statements.map(statement);

  function statement(one: IrStatement): IrStatement {
    switch (one.op) {
      case 'set':
      case 'effect':
        return { ...one, value: expression(one.value) };
      case 'store':
        return { ...one, pointer: expression(one.pointer), value: expression(one.value) };
      case 'if':
        return {
          ...{ ...one, extra: charges.ofSides(one), test: expression(one.test) },
          ...{ yes: list(one.yes), no: list(one.no) },
        };
      case 'block':
        return { ...one, body: list(one.body) };
      case 'loop':
        return { ...one, charge: charges.of(one.body), body: list(one.body) };
      case 'return':
        return { ...one, value: one.value && expression(one.value) };
      case 'clear':
        return { ...one, pointer: expression(one.pointer), sizeBytes: expression(one.sizeBytes) };
      case 'copy':
        return {
          ...{ ...one, to: expression(one.to), from: expression(one.from) },
          sizeBytes: expression(one.sizeBytes),
        };
      case 'release':
        return { ...one, from: expression(one.from) };
      case 'ifLive':
        return { ...one, yes: list(one.yes) };
      case 'fuel':
        return { ...one, charge: charges.of(fn.body) };
      case 'break':
      case 'continue':
      case 'trap':
      case 'view':
        return one;
    }
  }

  function expression(one: IrExpression): IrExpression {
    switch (one.op) {
      case 'const':
      case 'local':
      case 'symbol':
      case 'element':
        return one;
      case 'guard':
        sites.set(one.target, one.site);
        return { op: 'local', type: 'i32', index: one.index };
      case 'tee':
      case 'unary':
        return { ...one, value: expression(one.value) };
      case 'binary':
        return { ...one, left: expression(one.left), right: expression(one.right) };
      case 'load':
        return { ...one, pointer: expression(one.pointer) };
      case 'select':
        return { ...one, test: expression(one.test), yes: expression(one.yes), no: expression(one.no) };
      case 'conditional':
        return {
          ...{ ...one, extra: charges.ofSides(one), test: expression(one.test) },
          ...{ yes: expression(one.yes), no: expression(one.no) },
        };
      case 'block': {
        const { effects, value } = one;
        const [first] = effects;
        const isGuard =
          effects.length === 1 && first?.op === 'set' && value.op === 'guard' && value.index === first.index;
        if (!isGuard) return { ...one, effects: list(effects), value: expression(value) };
        sites.set(value.target, value.site);
        const pointer = expression(first.value);
        // The local was that of the guard, or a tee's.
        return value.target === 'elements' ? pointer : { op: 'tee', type: 'i32', index: first.index, value: pointer };
      }
      case 'call':
        return { ...one, args: one.args.map(expression) };
      case 'callIndirect':
        return { ...one, args: one.args.map(expression), code: expression(one.code) };
      case 'allocate':
        return { ...one, sizeBytes: expression(one.sizeBytes) };
    }
  }

  return { fn: { ...fn, body: list(fn.body) }, sites };
}

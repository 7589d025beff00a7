/**
 * What an instruction of the IR takes, in units of about one simple instruction of the machine: for the profile, which weighs by
 * it what it counts. What stands inside of it is not included. Values in locals and constants are in registers or in the code.
 *
 * Fuel has costs of its own (cost.ts): they are an upper bound of work that is not looked at, these an estimate of what is.
 */

import type { IrExpression, IrStatement } from './ir.ts';
import { CELL_BYTES } from './memoryLayout.ts';

const ACCESS = 2;
const DIVISION = 10;
const CONVERSION = 3;
/** Address of the slot, the table, the frame of the function. */
const CALL = 10;
const INDIRECT_CALL = 12;
const ALLOCATION = 8;
const GUARD = 2;
/** Fuel is loaded, charged, stored and tested. */
const CHARGE = 5;
/** So many bytes are filled or copied in the time of an instruction. */
export const BYTES_PER_UNIT = 16;

export function ownCost(expression: IrExpression): number {
  switch (expression.op) {
    case 'const':
    case 'local':
    case 'tee':
    case 'block':
      return 0;
    case 'symbol':
    case 'select':
    case 'conditional':
      return 1;
    case 'unary':
      if (expression.name === 'f64.sqrt') return DIVISION;
      return expression.name.includes('trunc_') ? CONVERSION : 1;
    case 'binary':
      return expression.name === 'f64.div' || expression.name === 'i32.rem_s' ? DIVISION : 1;
    case 'load':
      return ACCESS;
    case 'call':
      return CALL;
    case 'callIndirect':
      return INDIRECT_CALL;
    case 'allocate':
      return ALLOCATION;
    case 'guard':
    case 'element':
      return GUARD;
  }
}

/** Without what it does by the size of what it moves. */
export function ownStatementCost(statement: IrStatement): number {
  switch (statement.op) {
    case 'set':
    case 'effect':
    case 'block':
      return 0;
    case 'store':
      return ACCESS;
    case 'if':
    case 'break':
    case 'continue':
    case 'return':
    case 'release':
      return 1;
    case 'ifLive':
      return 1 + ACCESS;
    case 'loop':
    case 'fuel':
      return CHARGE;
    case 'clear':
      return statement.sizeBytes.op === 'const' ? Number(statement.sizeBytes.value) / CELL_BYTES : CHARGE;
    case 'copy':
      return CHARGE;
    case 'trap':
    case 'view':
      return 0;
  }
}

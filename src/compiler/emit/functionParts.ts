/**
 * What the code of a function is put together from: locals that the IR does not know, fields of the header, fuel, traps, and the
 * checks of pointers. In: what to write. Out: instructions.
 */

import { ACCESS_REACH_BYTES, GOT_ENTRY_BYTES, HEADER, SYMBOLS_START } from '../../protocol/arena.ts';
import type { IrExpression, IrFunction, IrStatement } from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import type { ModuleNames } from './emit.ts';
import { InstructionWriter } from './instructionWriter.ts';
import { BINARY_CODES, BLOCK_TYPES, LOAD_CODES, OP, STORE_CODES, UNARY_CODES, VALUE_TYPES } from './opcodes.ts';

export const BASE = 0;
/** A fill or copy takes a unit of fuel for every 4 bytes: so much it moves in the time of an instruction, from memory far away. */
export const FUEL_BYTES_SHIFT = 2;
const MAKES_WHOLE = 1.5 * 2 ** 52;
/** No array is longer (lower/elements.ts). */
const MAX_VIEW_LENGTH = 2 ** 28;

interface MeteredLoop {
  /** How much was open where it began: a jump to what was open then leaves it. */
  readonly depth: number;
}

export class FunctionParts extends InstructionWriter<string> {
  protected readonly fn: IrFunction;
  protected readonly names: ModuleNames;
  /** Locals that the IR does not know, all i32, by what they are for. */
  protected readonly extra = new Map<string, number>();
  protected readonly firstExtra: number;
  /** The loop whose turns, and those of all loops in it, are charged from a local; outside of one, from memory. */
  protected metered: MeteredLoop | null = null;

  constructor(fn: IrFunction, names: ModuleNames) {
    super();
    this.fn = fn;
    this.names = names;
    this.firstExtra = 2 + fn.signature.parameters.length + fn.locals.length;
  }

  protected local(name: string): number {
    let index = this.extra.get(name);
    if (index === undefined) {
      index = this.firstExtra + this.extra.size;
      this.extra.set(name, index);
    }
    return index;
  }

  protected header(field: number): void {
    this.get(BASE);
    this.access(LOAD_CODES.i32, field);
  }

  /** The value is a global or a constant. */
  protected setHeader(field: number, value: () => void): void {
    this.get(BASE);
    value();
    this.access(STORE_CODES.i32, field);
  }

  protected trap(site: number): void {
    // The budget is shared by all that plays: what was burnt counts even where the sound stops.
    if (this.metered) this.writeFuel();
    this.setHeader(HEADER.TRAP_SYMBOL, () => {
      this.out.op(OP.GLOBAL_GET);
      this.out.u32(this.names.symbol('function', this.fn.symbol));
    });
    this.setHeader(HEADER.TRAP_SITE, () => this.constant(site));
    this.out.op(OP.UNREACHABLE);
  }

  /** Traps if what is on the stack is not 0. */
  protected trapIf(site: number): void {
    this.open(OP.IF, BLOCK_TYPES.void);
    this.trap(site);
    this.close();
  }

  /** Takes what `cost` leaves on the stack from the fuel, or traps. */
  protected burn(site: number, cost: () => void): void {
    const left = this.local('fuel');
    if (this.metered) this.get(left);
    else {
      this.get(BASE);
      this.header(HEADER.FUEL);
    }
    cost();
    this.out.op(OP.I32_SUB);
    this.tee(left);
    if (!this.metered) {
      this.access(STORE_CODES.i32, HEADER.FUEL);
      this.get(left);
    }
    this.constant(0);
    this.out.op(OP.I32_LT_S);
    this.trapIf(site);
  }

  protected writeFuel(): void {
    this.setHeader(HEADER.FUEL, () => this.get(this.local('fuel')));
  }

  protected absolute(pointer: number): void {
    this.get(BASE);
    this.get(pointer);
    this.out.op(OP.I32_ADD);
  }

  /** Traps unless code may reach so many bytes from there; both are in locals. No bytes may be anywhere. */
  protected requireReach(pointer: number, size: number, site: number): void {
    this.get(size);
    this.open(OP.IF, BLOCK_TYPES.void);
    this.isOutOfReach(pointer, () => this.get(size));
    this.trapIf(site);
    this.close();
  }

  protected isOutOfReach(pointer: number, bytes: () => void): void {
    this.get(BASE);
    this.get(pointer);
    bytes();
    this.out.op(OP.CALL);
    this.out.u32(this.names.reach());
    this.out.op(OP.I32_EQZ);
  }

  protected burnBytes(size: number, site: number): void {
    this.burn(site, () => {
      this.get(size);
      this.constant(FUEL_BYTES_SHIFT);
      this.out.op(OP.I32_SHR_U);
    });
  }

  /** Added to so large a number, a whole one that fits in 32 bits is the lower half of the sum: two instructions, and no branch. */
  protected whole(): void {
    this.literal('f64', MAKES_WHOLE);
    this.out.op(BINARY_CODES['f64.add']);
    this.out.op(UNARY_CODES['i64.reinterpret']);
    this.out.op(UNARY_CODES['i32.wrap']);
  }

  /**
   * Data and length of an array, the first as an address. The length is 0 where the pointer leads nowhere, or where not all
   * of the elements may be reached.
   */
  protected view(view: IrStatement & { op: 'view' }): void {
    const [pointer, data, length] = [view.pointer + 1, view.data + 1, view.length + 1];
    const first = this.local('first');
    const field = (offset: number, index: number): void => {
      this.absolute(pointer);
      this.access(LOAD_CODES.i32, offset);
      this.set(index);
    };
    const size = (): void => {
      this.get(length);
      this.constant(view.shift);
      this.out.op(OP.I32_SHL);
    };
    this.constant(0);
    this.set(length);
    this.get(pointer);
    this.constant(SYMBOLS_START);
    this.out.op(OP.I32_SUB);
    this.get(this.local('limit'));
    this.out.op(OP.I32_GT_U);
    this.open(OP.IF, VALUE_TYPES.i32);
    this.isOutOfReach(pointer, () => this.constant(ACCESS_REACH_BYTES));
    this.out.op(OP.ELSE);
    this.constant(0);
    this.close();
    this.out.op(OP.I32_EQZ);
    this.open(OP.IF, BLOCK_TYPES.void);
    field(ARRAY.DATA, data);
    field(ARRAY.LENGTH, length);
    // So many have no size that wraps around.
    this.get(length);
    this.constant(MAX_VIEW_LENGTH);
    this.out.op(OP.I32_GT_U);
    this.get(data);
    this.constant(SYMBOLS_START);
    this.out.op(OP.I32_SUB);
    this.tee(first);
    this.get(this.local('limit'));
    this.out.op(OP.I32_GT_U);
    this.out.op(OP.I32_OR);
    size();
    this.get(this.local('limit'));
    this.get(first);
    this.out.op(OP.I32_SUB);
    this.out.op(OP.I32_GT_U);
    this.out.op(OP.I32_OR);
    this.open(OP.IF, BLOCK_TYPES.void);
    this.get(length);
    this.constant(MAX_VIEW_LENGTH);
    this.out.op(OP.I32_GT_U);
    this.isOutOfReach(data, size);
    this.out.op(OP.I32_OR);
    this.open(OP.IF, BLOCK_TYPES.void);
    this.constant(0);
    this.set(length);
    this.close();
    this.close();
    this.absolute(data);
    this.set(data);
    this.close();
  }

  /** One comparison lets through what is in an arena of one piece. */
  protected guard({ target, index, bytes, site }: IrExpression & { op: 'guard' }): void {
    const pointer = index + 1;
    if (target === 'entry') {
      // The number of the entry; what lies between two entries, or is none, becomes a number too large.
      this.constant(-GOT_ENTRY_BYTES);
      this.get(pointer);
      this.out.op(OP.I32_SUB);
      this.constant(Math.log2(GOT_ENTRY_BYTES));
      this.out.op(OP.I32_ROTR);
      this.header(HEADER.GOT_ENTRIES);
      this.out.op(OP.I32_GE_U);
      this.trapIf(site);
      this.get(pointer);
      return;
    }
    this.get(pointer);
    this.constant(SYMBOLS_START);
    this.out.op(OP.I32_SUB);
    this.get(this.local('limit'));
    this.out.op(OP.I32_GT_U);
    this.open(OP.IF, BLOCK_TYPES.void);
    this.isOutOfReach(pointer, () => this.constant(target === 'object' ? ACCESS_REACH_BYTES : bytes));
    this.trapIf(site);
    this.close();
    this.get(pointer);
  }
}

/**
 * The code of one function, in the binary format. In: IR, guarded. Out: the declarations of its locals and its
 * instructions. Every function has the base of the arena in front of the locals that the IR knows.
 */

import { ACCESS_REACH_BYTES, GOT_ENTRY_BYTES, HEADER, SYMBOLS_START } from '../../protocol/arena.ts';
import { Charges } from '../cost.ts';
import { type IrExpression, type IrFunction, type IrStatement, type Signature, typeOf, type ValueType } from '../ir.ts';
import { ARRAY, CELL_BYTES } from '../memoryLayout.ts';
import { isInlineClear } from '../pointerWalk.ts';
import { ByteWriter } from './byteWriter.ts';
import type { ModuleNames } from './emit.ts';
import { InstructionWriter } from './instructionWriter.ts';
import { keepsFuel } from './keepsFuel.ts';
import { writeLocals } from './locals.ts';
import { BINARY_CODES, BLOCK_TYPES, LOAD_CODES, OP, STORE_CODES, UNARY_CODES, VALUE_TYPES } from './opcodes.ts';

const BASE = 0;
/** A fill or copy takes a unit of fuel for every 4 bytes: so much it moves in the time of an instruction, from memory far away. */
export const FUEL_BYTES_SHIFT = 2;
const MAKES_WHOLE = 1.5 * 2 ** 52;
/** No array is longer (lower/elements.ts). */
const MAX_VIEW_LENGTH = 2 ** 28;
const ROUND_UP = CELL_BYTES - 1;

export function emitBody(fn: IrFunction, names: ModuleNames): Uint8Array {
  return new FunctionEmitter(fn, names).emit();
}

interface MeteredLoop {
  /** How much was open where it began: a jump to what was open then leaves it. */
  readonly depth: number;
}

class FunctionEmitter extends InstructionWriter<string> {
  private readonly fn: IrFunction;
  private readonly names: ModuleNames;
  /** Locals that the IR does not know, all i32, by what they are for. */
  private readonly extra = new Map<string, number>();
  private readonly firstExtra: number;
  private readonly charges = new Charges();
  /** Where it is said to be when fuel runs out; `null`: what is emitted is not charged. */
  private chargeSite: number | null = null;
  /** The loop whose turns, and those of all loops in it, are charged from a local; outside of one, from memory. */
  private metered: MeteredLoop | null = null;

  constructor(fn: IrFunction, names: ModuleNames) {
    super();
    this.fn = fn;
    this.names = names;
    this.firstExtra = 2 + fn.signature.parameters.length + fn.locals.length;
  }

  emit(): Uint8Array {
    this.body(this.fn.body);
    // Code that always returns leaves no value for the end of the function.
    if (this.fn.signature.result !== 'void') this.out.op(OP.UNREACHABLE);
    this.out.op(OP.END);
    const whole = new ByteWriter();
    const types = [...this.fn.locals, ...Array.from(this.extra, (): ValueType => 'i32')];
    writeLocals(
      whole,
      types.map((type) => VALUE_TYPES[type]),
    );
    const limit = this.extra.get('limit');
    if (limit !== undefined) {
      // No code changes it, so it is read once.
      whole.op(OP.LOCAL_GET);
      whole.u32(BASE);
      const [code, alignment] = LOAD_CODES.i32;
      whole.op(code);
      whole.u32(alignment);
      whole.u32(HEADER.POINTER_LIMIT);
      whole.op(OP.LOCAL_SET);
      whole.u32(limit);
    }
    whole.append(this.out.written());
    return whole.finish();
  }

  private local(name: string): number {
    let index = this.extra.get(name);
    if (index === undefined) {
      index = this.firstExtra + this.extra.size;
      this.extra.set(name, index);
    }
    return index;
  }

  // Instructions

  private header(field: number): void {
    this.get(BASE);
    this.access(LOAD_CODES.i32, field);
  }

  /** The value is a global or a constant. */
  private setHeader(field: number, value: () => void): void {
    this.get(BASE);
    value();
    this.access(STORE_CODES.i32, field);
  }

  private address(pointer: IrExpression): void {
    if (pointer.op === 'element') {
      this.expression(pointer);
      return;
    }
    this.get(BASE);
    // Header fields are reached from the base alone.
    if (pointer.op === 'const' && Number(pointer.value) === 0) return;
    this.expression(pointer);
    this.out.op(OP.I32_ADD);
  }

  private trap(site: number): void {
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
  private trapIf(site: number): void {
    this.open(OP.IF, BLOCK_TYPES.void);
    this.trap(site);
    this.close();
  }

  /** Takes what `cost` leaves on the stack from the fuel, or traps. */
  private burn(site: number, cost: () => void): void {
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

  // Statements

  private body(statements: readonly IrStatement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: IrStatement): void {
    switch (statement.op) {
      case 'set':
        this.expression(statement.value);
        this.set(statement.index + 1);
        return;
      case 'store':
        this.address(statement.pointer);
        this.expression(statement.value);
        this.access(STORE_CODES[statement.access], statement.offset);
        return;
      case 'effect':
        this.expression(statement.value);
        if (typeOf(statement.value) !== 'void') this.out.op(OP.DROP);
        return;
      case 'if':
        this.expression(statement.test);
        this.open(OP.IF, BLOCK_TYPES.void);
        this.side(statement, 'yes', () => this.body(statement.yes));
        if (statement.no.length > 0) this.out.op(OP.ELSE);
        this.side(statement, 'no', () => this.body(statement.no));
        this.close();
        return;
      case 'block':
        this.open(OP.BLOCK, BLOCK_TYPES.void, statement.label);
        this.body(statement.body);
        this.close();
        return;
      case 'loop':
        this.loop(statement);
        return;
      case 'break':
      case 'continue':
        if (this.metered && this.depthOf(statement.label) < this.metered.depth) this.writeFuel();
        this.jump(statement.label);
        return;
      case 'return':
        if (statement.value) this.expression(statement.value);
        if (this.metered) this.writeFuel();
        this.out.op(OP.RETURN);
        return;
      case 'clear':
        this.clear(statement);
        return;
      case 'copy':
        this.copy(statement);
        return;
      case 'release':
        this.release(statement.from);
        return;
      case 'ifLive':
        // The scratch area is there once the top level has run.
        this.header(HEADER.SCRATCH_START);
        this.open(OP.IF, BLOCK_TYPES.void);
        this.body(statement.yes);
        this.close();
        return;
      case 'fuel':
        this.burn(statement.site, () => this.constant(statement.charge ?? this.charges.of(this.fn.body)));
        this.chargeSite = statement.site;
        return;
      case 'trap':
        this.trap(statement.site);
        return;
      case 'view':
        this.view(statement);
        return;
    }
  }

  private loop(loop: IrStatement & { op: 'loop' }): void {
    const { label, body, site } = loop;
    const outer = this.chargeSite;
    const isMetered = !this.metered && keepsFuel(loop);
    if (isMetered) {
      this.header(HEADER.FUEL);
      this.set(this.local('fuel'));
      this.metered = { depth: this.depth };
    }
    this.open(OP.LOOP, BLOCK_TYPES.void, label);
    this.burn(site, () => this.constant(loop.charge ?? this.charges.of(body)));
    this.chargeSite = site;
    this.body(body);
    this.chargeSite = outer;
    this.close();
    if (isMetered) {
      this.writeFuel();
      this.metered = null;
    }
  }

  private writeFuel(): void {
    this.setHeader(HEADER.FUEL, () => this.get(this.local('fuel')));
  }

  /** A side of a branch, charged for what it takes more than the other one does. */
  private side(branch: Parameters<Charges['ofSides']>[0], side: 'yes' | 'no', emit: () => void): void {
    const site = this.chargeSite;
    const extra = site === null ? 0 : (branch.extra ?? this.charges.ofSides(branch))[side];
    if (site !== null && extra > 0) this.burn(site, () => this.constant(extra));
    emit();
  }

  private clear({ pointer, sizeBytes, site, ...rest }: IrStatement & { op: 'clear' }): void {
    const to = this.local('to');
    if (isInlineClear({ pointer, sizeBytes, site, ...rest })) {
      this.expression(pointer);
      this.set(to);
      const end = sizeBytes.op === 'const' ? Number(sizeBytes.value) : 0;
      for (let at = 0; at < end; at += CELL_BYTES) {
        this.get(BASE);
        this.get(to);
        this.out.op(OP.I32_ADD);
        this.out.op(OP.I64_CONST);
        this.out.i64(0n);
        this.access(STORE_CODES.i64, at);
      }
      return;
    }
    const size = this.local('size');
    this.expression(pointer);
    this.expression(sizeBytes);
    this.set(size);
    this.set(to);
    this.requireReach(to, size, site);
    this.burnBytes(size, site);
    this.absolute(to);
    this.constant(0);
    this.get(size);
    this.out.op(OP.MEMORY_FILL);
    this.out.byte(0);
  }

  private copy({ to: target, from: source, sizeBytes, site }: IrStatement & { op: 'copy' }): void {
    const [to, from, size] = [this.local('to'), this.local('from'), this.local('size')];
    this.expression(target);
    this.expression(source);
    this.expression(sizeBytes);
    this.set(size);
    this.set(from);
    this.set(to);
    this.requireReach(to, size, site);
    this.requireReach(from, size, site);
    this.burnBytes(size, site);
    this.absolute(to);
    this.absolute(from);
    this.get(size);
    this.out.op(OP.MEMORY_COPY);
    this.out.byte(0);
    this.out.byte(0);
  }

  private absolute(pointer: number): void {
    this.get(BASE);
    this.get(pointer);
    this.out.op(OP.I32_ADD);
  }

  /** Traps unless code may reach so many bytes from there; both are in locals. No bytes may be anywhere. */
  private requireReach(pointer: number, size: number, site: number): void {
    this.get(size);
    this.open(OP.IF, BLOCK_TYPES.void);
    this.isOutOfReach(pointer, () => this.get(size));
    this.trapIf(site);
    this.close();
  }

  private isOutOfReach(pointer: number, bytes: () => void): void {
    this.get(BASE);
    this.get(pointer);
    bytes();
    this.out.op(OP.CALL);
    this.out.u32(this.names.reach());
    this.out.op(OP.I32_EQZ);
  }

  private burnBytes(size: number, site: number): void {
    this.burn(site, () => {
      this.get(size);
      this.constant(FUEL_BYTES_SHIFT);
      this.out.op(OP.I32_SHR_U);
    });
  }

  /** The heap ends at an offset again, if that lies between its first byte and where it ends now. */
  private release(from: IrExpression): void {
    const to = this.local('to');
    this.expression(from);
    this.tee(to);
    this.constant(SYMBOLS_START);
    this.out.op(OP.I32_SUB);
    this.header(HEADER.HEAP_POINTER);
    this.constant(SYMBOLS_START);
    this.out.op(OP.I32_SUB);
    this.out.op(OP.I32_LE_U);
    this.open(OP.IF, BLOCK_TYPES.void);
    this.setHeader(HEADER.HEAP_POINTER, () => this.get(to));
    this.close();
  }

  // Expressions

  private expression(expression: IrExpression): void {
    switch (expression.op) {
      case 'const':
        this.literal(expression.type, expression.value);
        return;
      case 'local':
        this.get(expression.index + 1);
        return;
      case 'tee':
        this.expression(expression.value);
        this.tee(expression.index + 1);
        return;
      case 'unary':
        this.expression(expression.value);
        if (expression.name === 'i32.whole.f64') this.whole();
        else this.out.op(UNARY_CODES[expression.name]);
        return;
      case 'binary':
        this.expression(expression.left);
        this.expression(expression.right);
        this.out.op(BINARY_CODES[expression.name]);
        return;
      case 'load':
        this.address(expression.pointer);
        this.access(LOAD_CODES[expression.access], expression.offset);
        return;
      case 'select':
        this.expression(expression.yes);
        this.expression(expression.no);
        this.expression(expression.test);
        this.out.op(OP.SELECT);
        return;
      case 'conditional':
        this.expression(expression.test);
        this.open(OP.IF, BLOCK_TYPES[expression.type]);
        this.side(expression, 'yes', () => this.expression(expression.yes));
        this.out.op(OP.ELSE);
        this.side(expression, 'no', () => this.expression(expression.no));
        this.close();
        return;
      case 'block':
        this.body(expression.effects);
        this.expression(expression.value);
        return;
      case 'symbol':
        this.out.op(OP.GLOBAL_GET);
        this.out.u32(this.names.symbol(expression.kind, expression.name));
        return;
      case 'call':
        this.call(expression);
        return;
      case 'callIndirect':
        this.args(expression.args);
        this.address(expression.code);
        this.indirect(expression.signature);
        return;
      case 'allocate':
        this.allocate(expression);
        return;
      case 'guard':
        this.guard(expression);
        return;
      case 'element':
        this.get(expression.data + 1);
        this.get(expression.index + 1);
        if (expression.shift > 0) {
          this.constant(expression.shift);
          this.out.op(OP.I32_SHL);
        }
        this.out.op(OP.I32_ADD);
        return;
    }
  }

  /** Added to so large a number, a whole one that fits in 32 bits is the lower half of the sum: two instructions, and no branch. */
  private whole(): void {
    this.literal('f64', MAKES_WHOLE);
    this.out.op(BINARY_CODES['f64.add']);
    this.out.op(UNARY_CODES['i64.reinterpret']);
    this.out.op(UNARY_CODES['i32.wrap']);
  }

  private literal(type: ValueType, value: number | bigint): void {
    switch (type) {
      case 'i32':
        this.constant(Number(value));
        return;
      case 'i64':
        this.out.op(OP.I64_CONST);
        this.out.i64(BigInt(value));
        return;
      case 'f32':
        this.out.op(OP.F32_CONST);
        this.out.f32(Number(value));
        return;
      case 'f64':
        this.out.op(OP.F64_CONST);
        this.out.f64(Number(value));
        return;
    }
  }

  private args(args: readonly IrExpression[]): void {
    this.get(BASE);
    for (const arg of args) this.expression(arg);
  }

  private call({ target, signature, args }: IrExpression & { op: 'call' }): void {
    this.args(args);
    const own = this.names.function(target);
    if (own !== null) {
      this.out.op(OP.CALL);
      this.out.u32(own);
      return;
    }
    this.get(BASE);
    this.out.op(OP.GLOBAL_GET);
    this.out.u32(this.names.symbol('function', target));
    this.out.op(OP.I32_ADD);
    this.indirect(signature);
  }

  /** Calls the slot that stands at the address on the stack. */
  private indirect(signature: Signature): void {
    this.access(LOAD_CODES.i32, 0);
    this.out.op(OP.CALL_INDIRECT);
    this.out.u32(this.names.type(signature));
    this.out.byte(0);
  }

  /** Takes bytes from the heap: a pointer that rises by the size, rounded up to eight. */
  private allocate({ sizeBytes, site }: IrExpression & { op: 'allocate' }): void {
    const [pointer, end] = [this.local('allocated'), this.local('end')];
    if (sizeBytes.op === 'const') this.constant((Number(sizeBytes.value) + ROUND_UP) & ~ROUND_UP);
    else {
      this.expression(sizeBytes);
      this.constant(ROUND_UP);
      this.out.op(OP.I32_ADD);
      this.constant(~ROUND_UP);
      this.out.op(OP.I32_AND);
    }
    this.header(HEADER.HEAP_POINTER);
    this.tee(pointer);
    this.out.op(OP.I32_ADD);
    this.tee(end);
    this.header(HEADER.HEAP_LIMIT);
    this.out.op(OP.I32_GT_U);
    // A size near 2^32 would wrap around.
    this.get(end);
    this.get(pointer);
    this.out.op(OP.I32_LT_U);
    this.out.op(OP.I32_OR);
    this.trapIf(site);
    this.setHeader(HEADER.HEAP_POINTER, () => this.get(end));
    this.get(pointer);
  }

  /**
   * Data and length of an array, the first as an address. The length is 0 where the pointer leads nowhere, or where not all
   * of the elements may be reached.
   */
  private view(view: IrStatement & { op: 'view' }): void {
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
  private guard({ target, index, bytes, site }: IrExpression & { op: 'guard' }): void {
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

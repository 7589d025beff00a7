/**
 * The code of one function, in the binary format. In: IR, guarded. Out: the declarations of its locals and its
 * instructions. Every function has the base of the arena in front of the locals that the IR knows.
 */

import { HEADER, SYMBOLS_START } from '../../protocol/arena.ts';
import { Charges } from '../cost.ts';
import { type IrExpression, type IrFunction, type IrStatement, type Signature, typeOf, type ValueType } from '../ir.ts';
import { CELL_BYTES } from '../memoryLayout.ts';
import { isInlineClear } from '../pointerWalk.ts';
import { ByteWriter } from './byteWriter.ts';
import type { ModuleNames } from './emit.ts';
import { BASE, FunctionParts } from './functionParts.ts';
import { keepsFuel } from './keepsFuel.ts';
import { writeLocals } from './locals.ts';
import { BINARY_CODES, BLOCK_TYPES, LOAD_CODES, OP, STORE_CODES, UNARY_CODES, VALUE_TYPES } from './opcodes.ts';

const ROUND_UP = CELL_BYTES - 1;

export function emitBody(fn: IrFunction, names: ModuleNames): Uint8Array {
  return new FunctionEmitter(fn, names).emit();
}

class FunctionEmitter extends FunctionParts {
  private readonly charges = new Charges();
  /** Where it is said to be when fuel runs out; `null`: what is emitted is not charged. */
  private chargeSite: number | null = null;

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

  // Instructions

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
}

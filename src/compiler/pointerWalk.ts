/**
 * Goes through a function in the order in which it runs, with what is known of its locals, and shows every access to memory
 * to a subclass, which may put another pointer in its place. In: IR. Out: IR, the same object where nothing was replaced.
 */

import { ACCESS_REACH_BYTES, HEADER, MAX_BLOCK_FRAMES } from '../protocol/arena.ts';
import type { Junction } from './flowFacts.ts';
import type { Access, IrExpression, IrFunction, IrStatement } from './ir.ts';
import { ASSIGNED, GUARDED, LocalFacts } from './localFacts.ts';
import { ARRAY, CELL_BYTES } from './memoryLayout.ts';
import { insideTests, viewsOf } from './views.ts';

export const ACCESS_BYTES: Readonly<Record<Access, number>> = {
  f64: 8,
  i64: 8,
  f32: 4,
  i32: 4,
  i16: 2,
  u16: 2,
  i8: 1,
  u8: 1,
};

/** Fills of at most so many bytes are written out as stores to a pointer like any other. */
export const MAX_INLINE_CLEAR_BYTES = 64;

/** Bytes and place of one access. */
export interface AccessAt {
  readonly pointer: IrExpression;
  readonly offset: number;
}

/** A field of the header that code may access, as a whole or in parts. */
interface HeaderField {
  readonly bytes: number;
  /** Fields that say where code may write and how long it runs take what another field holds, and nothing else. */
  readonly write: 'no' | 'any' | { readonly from: number };
}

const HEADER_FIELDS: ReadonlyMap<number, HeaderField> = new Map<number, HeaderField>([
  [HEADER.HEAP_POINTER, { bytes: 4, write: { from: HEADER.SCRATCH_START } }],
  [HEADER.SCRATCH_START, { bytes: 4, write: 'no' }],
  [HEADER.FUEL, { bytes: 4, write: { from: HEADER.FUEL_PER_BLOCK } }],
  [HEADER.FUEL_PER_BLOCK, { bytes: 4, write: 'no' }],
  [HEADER.SAMPLE_RATE, { bytes: 8, write: 'no' }],
  [HEADER.CURRENT_FRAME, { bytes: 8, write: 'any' }],
  [HEADER.BEAT_POSITION, { bytes: 8, write: 'no' }],
  [HEADER.BEAT_FRAME, { bytes: 8, write: 'no' }],
  [HEADER.BPM, { bytes: 8, write: 'no' }],
  [HEADER.GENERATION, { bytes: 4, write: 'no' }],
  [HEADER.RANDOM_STATE, { bytes: 4, write: 'any' }],
  [HEADER.FRAME_LEFT, { bytes: 8, write: 'any' }],
  [HEADER.FRAME_RIGHT, { bytes: 8, write: 'any' }],
]);

/** What an access does with memory: reads it, clears it, or stores a value there. */
export type Use = 'read' | 'clear' | IrExpression;

interface Inside {
  readonly index: number;
  readonly length: number;
  /** Until either is set, or a loop begins that may set it. */
  holds: boolean;
}

export abstract class PointerWalk {
  protected readonly facts: LocalFacts;
  protected readonly fn: IrFunction;
  private readonly junctions = new Map<string, Junction>();
  /** Views by the local of their length: what nothing but `view` has set. */
  private readonly views: ReturnType<typeof viewsOf>;
  /** What is known of indices where the code is now: that one is below a length. */
  private inside: readonly Inside[] = [];

  constructor(fn: IrFunction) {
    this.views = viewsOf(fn);
    this.fn = fn;
    this.facts = new LocalFacts(fn);
  }

  /** An access through a pointer; what it gives takes its place. */
  protected abstract access(at: AccessAt, bytes: number, use: Use): AccessAt;

  /** The offset of a GOT entry that a call goes through; what it gives takes its place. */
  protected abstract entry(code: IrExpression): IrExpression;

  /** A read of a local. */
  protected abstract read(index: number): void;

  protected walk(): IrFunction {
    const body = this.body(this.fn.body);
    return body === this.fn.body ? this.fn : { ...this.fn, body };
  }

  /** Whether an access needs no check: nothing that the patch computes can lead it out of what code may reach. */
  protected isProven({ pointer, offset }: AccessAt, bytes: number, use: Use): boolean {
    if (!Number.isInteger(offset) || offset < 0) return false;
    if (pointer.op === 'block') return this.isProven({ pointer: pointer.value, offset }, bytes, use);
    if (pointer.op === 'const') return Number(pointer.value) === 0 && isHeaderField(offset, bytes, use);
    if (isOutputPlace(pointer)) return offset === HEADER.OUTPUT_LEFT || offset === HEADER.OUTPUT_RIGHT;
    if (pointer.op === 'symbol') return pointer.kind !== 'function' && offset + bytes <= symbolBytes(pointer.kind);
    if (pointer.op === 'element') return offset === 0 && bytes <= 1 << pointer.shift && this.isInside(pointer);
    if (pointer.op === 'guard' && pointer.target === 'elements') return offset === 0 && bytes <= pointer.bytes;
    return offset + bytes <= ACCESS_REACH_BYTES && this.isPointer(pointer);
  }

  /** Whether an expression that has just been evaluated is a pointer with ACCESS_REACH_BYTES behind it. */
  protected isPointer(expression: IrExpression): boolean {
    switch (expression.op) {
      case 'allocate':
        return true;
      case 'guard':
        return expression.target === 'object';
      case 'local':
        return this.facts.has(expression.index, GUARDED);
      case 'tee':
        return this.facts.has(expression.index, GUARDED);
      case 'block':
        return this.isPointer(expression.value);
      default:
        return false;
    }
  }

  /** Whether an expression is the offset of a GOT entry of this arena. */
  protected isEntry(expression: IrExpression): boolean {
    if (expression.op === 'block') return this.isEntry(expression.value);
    return expression.op === 'guard' && expression.target === 'entry';
  }

  /** A check of a local that nothing has set yet says nothing of the one value that a loop may give it later. */
  protected learn(index: number): void {
    if (this.facts.has(index, ASSIGNED)) this.facts.set(index, ASSIGNED | GUARDED);
  }

  private body(statements: readonly IrStatement[]): readonly IrStatement[] {
    return mapped(statements, (statement) => this.statement(statement));
  }

  private isInside({ data, length, index, shift }: IrExpression & { op: 'element' }): boolean {
    const view = this.views.get(length);
    if (!view || view.data !== data || view.shift !== shift) return false;
    return this.inside.some((one) => one.holds && one.index === index && one.length === length);
  }

  /** Runs the side of a branch that is taken where `test` holds. */
  private whereHolds(test: IrExpression, run: () => void): void {
    const around = this.inside;
    this.inside = [...around, ...insideTests(test, this.views).map((one) => ({ ...one, holds: true }))];
    run();
    this.inside = around;
  }

  private forgetInside(index: number | null): void {
    for (const one of this.inside) if (index === null || one.index === index || one.length === index) one.holds = false;
  }

  private assign(index: number, value: IrExpression): void {
    this.forgetInside(index);
    this.facts.set(index, this.isPointer(value) ? ASSIGNED | GUARDED : ASSIGNED);
  }

  private statement(statement: IrStatement): IrStatement {
    switch (statement.op) {
      case 'set': {
        const value = this.expression(statement.value);
        this.assign(statement.index, value);
        return value === statement.value ? statement : { ...statement, value };
      }
      case 'store': {
        const at = this.place(statement, ACCESS_BYTES[statement.access], statement.value);
        const value = this.expression(statement.value);
        const isSame = at.pointer === statement.pointer && value === statement.value;
        return isSame ? statement : { ...statement, ...at, value };
      }
      case 'effect': {
        const value = this.expression(statement.value);
        return value === statement.value ? statement : { ...statement, value };
      }
      case 'if': {
        const test = this.expression(statement.test);
        let [yes, no] = [statement.yes, statement.no];
        const afterYes = this.facts.branch(() => {
          this.whereHolds(test, () => {
            yes = this.body(statement.yes);
          });
        });
        const afterNo = this.facts.branch(() => {
          no = this.body(statement.no);
        });
        this.facts.join(afterYes, afterNo);
        const isSame = test === statement.test && yes === statement.yes && no === statement.no;
        return isSame ? statement : { ...statement, test, yes, no };
      }
      case 'block': {
        const junction = this.facts.open();
        this.junctions.set(statement.label, junction);
        const body = this.body(statement.body);
        this.junctions.delete(statement.label);
        this.facts.close(junction);
        return body === statement.body ? statement : { ...statement, body };
      }
      case 'loop': {
        this.facts.enterLoop();
        this.forgetInside(null);
        const body = this.body(statement.body);
        return body === statement.body ? statement : { ...statement, body };
      }
      case 'ifLive': {
        let { yes } = statement;
        this.facts.maybe(() => {
          yes = this.body(statement.yes);
        });
        return yes === statement.yes ? statement : { ...statement, yes };
      }
      case 'break': {
        const junction = this.junctions.get(statement.label);
        if (junction) this.facts.arrive(junction);
        this.facts.leave();
        return statement;
      }
      case 'return': {
        const value = statement.value ? this.expression(statement.value) : null;
        this.facts.leave();
        return value === statement.value ? statement : { ...statement, value };
      }
      case 'continue':
      case 'trap':
        this.facts.leave();
        return statement;
      case 'clear':
        return this.clear(statement);
      case 'copy': {
        const to = this.expression(statement.to);
        const from = this.expression(statement.from);
        const sizeBytes = this.expression(statement.sizeBytes);
        const isSame = to === statement.to && from === statement.from && sizeBytes === statement.sizeBytes;
        return isSame ? statement : { ...statement, to, from, sizeBytes };
      }
      case 'release': {
        const from = this.expression(statement.from);
        return from === statement.from ? statement : { ...statement, from };
      }
      case 'fuel':
        return statement;
      case 'view':
        this.read(statement.pointer);
        for (const index of [statement.data, statement.length]) {
          this.forgetInside(index);
          this.facts.set(index, ASSIGNED);
        }
        return statement;
    }
  }

  /** Small ones of a known size are stores; all others are checked as a whole where they are made (emit.ts). */
  private clear(statement: IrStatement & { op: 'clear' }): IrStatement {
    const size = statement.sizeBytes;
    if (isInlineClear(statement)) {
      const { pointer } = this.place({ pointer: statement.pointer, offset: 0 }, Number(inlineBytes(size)), 'clear');
      return pointer === statement.pointer ? statement : { ...statement, pointer };
    }
    const pointer = this.expression(statement.pointer);
    const sizeBytes = this.expression(size);
    const isSame = pointer === statement.pointer && sizeBytes === size;
    return isSame ? statement : { ...statement, pointer, sizeBytes };
  }

  /** The pointer of an access, evaluated and shown. */
  private place(at: AccessAt, bytes: number, use: Use): AccessAt {
    const pointer = this.expression(at.pointer);
    return this.access({ pointer, offset: at.offset }, bytes, use);
  }

  private expression(expression: IrExpression): IrExpression {
    switch (expression.op) {
      case 'const':
      case 'symbol':
        return expression;
      case 'guard':
        this.read(expression.index);
        if (expression.target === 'object') this.learn(expression.index);
        return expression;
      case 'element':
        for (const index of [expression.data, expression.length, expression.index]) this.read(index);
        return expression;
      case 'local':
        this.read(expression.index);
        return expression;
      case 'tee': {
        const value = this.expression(expression.value);
        this.assign(expression.index, value);
        return value === expression.value ? expression : { ...expression, value };
      }
      case 'unary': {
        const value = this.expression(expression.value);
        return value === expression.value ? expression : { ...expression, value };
      }
      case 'binary': {
        const left = this.expression(expression.left);
        const right = this.expression(expression.right);
        return left === expression.left && right === expression.right ? expression : { ...expression, left, right };
      }
      case 'load': {
        const at = this.place(expression, ACCESS_BYTES[expression.access], 'read');
        return at.pointer === expression.pointer ? expression : { ...expression, ...at };
      }
      case 'select': {
        const yes = this.expression(expression.yes);
        const no = this.expression(expression.no);
        const test = this.expression(expression.test);
        const isSame = yes === expression.yes && no === expression.no && test === expression.test;
        return isSame ? expression : { ...expression, test, yes, no };
      }
      case 'conditional': {
        const test = this.expression(expression.test);
        let [yes, no] = [expression.yes, expression.no];
        const afterYes = this.facts.branch(() => {
          this.whereHolds(test, () => {
            yes = this.expression(expression.yes);
          });
        });
        const afterNo = this.facts.branch(() => {
          no = this.expression(expression.no);
        });
        this.facts.join(afterYes, afterNo);
        const isSame = test === expression.test && yes === expression.yes && no === expression.no;
        return isSame ? expression : { ...expression, test, yes, no };
      }
      case 'block': {
        const effects = this.body(expression.effects);
        const value = this.expression(expression.value);
        const isSame = effects === expression.effects && value === expression.value;
        return isSame ? expression : { ...expression, effects, value };
      }
      case 'call': {
        const args = this.expressions(expression.args);
        return args === expression.args ? expression : { ...expression, args };
      }
      case 'callIndirect': {
        const args = this.expressions(expression.args);
        const code = this.entry(this.expression(expression.code));
        return args === expression.args && code === expression.code ? expression : { ...expression, args, code };
      }
      case 'allocate': {
        const sizeBytes = this.expression(expression.sizeBytes);
        return sizeBytes === expression.sizeBytes ? expression : { ...expression, sizeBytes };
      }
    }
  }

  private expressions(list: readonly IrExpression[]): readonly IrExpression[] {
    return mapped(list, (one) => this.expression(one));
  }
}

/** The same list if nothing in it changed. */
function mapped<Part>(parts: readonly Part[], change: (part: Part) => Part): readonly Part[] {
  let made: Part[] | null = null;
  for (const [n, part] of parts.entries()) {
    const next = change(part);
    if (next !== part) made ??= parts.slice(0, n);
    made?.push(next);
  }
  return made ?? parts;
}

function isHeaderField(offset: number, bytes: number, use: Use): boolean {
  const field = HEADER_FIELDS.get(offset);
  if (field === undefined || bytes > field.bytes) return false;
  if (use === 'read' || field.write === 'any') return true;
  if (use === 'clear' || field.write === 'no') return false;
  const isWhole = bytes === field.bytes && use.op === 'load' && use.access === 'i32';
  return isWhole && isConstant(use.pointer, 0) && use.offset === field.write.from;
}

/** A frame of an output buffer, `(index & 127) << 3`, as `render` has it: no index leads out of the buffer. */
const isOutputPlace = (pointer: IrExpression): boolean =>
  pointer.op === 'binary' &&
  pointer.name === 'i32.shl' &&
  isConstant(pointer.right, 3) &&
  pointer.left.op === 'binary' &&
  pointer.left.name === 'i32.and' &&
  isConstant(pointer.left.right, MAX_BLOCK_FRAMES - 1);

const isConstant = (expression: IrExpression, value: number): boolean =>
  expression.op === 'const' && Number(expression.value) === value;

/** What the linker reserves at a symbol at least. */
const symbolBytes = (kind: 'variable' | 'closure' | 'string'): number =>
  kind === 'string' ? ARRAY.SIZE_BYTES : CELL_BYTES;

const inlineBytes = (size: IrExpression): number => (size.op === 'const' ? Number(size.value) : 0);

export const isInlineClear = ({ sizeBytes }: IrStatement & { op: 'clear' }): boolean =>
  sizeBytes.op === 'const' &&
  Number(sizeBytes.value) <= MAX_INLINE_CLEAR_BYTES &&
  Number(sizeBytes.value) % CELL_BYTES === 0;

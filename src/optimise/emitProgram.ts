/**
 * A program in SSA form → the body of its function in WebAssembly. Values that are used more than once, or elsewhere, take a
 * local for as long as they are needed. The work of each loop is counted, and taken from the fuel once a turn.
 */

import { ByteWriter } from '../compiler/emit/byteWriter.ts';
import { InstructionWriter } from '../compiler/emit/instructionWriter.ts';
import { writeLocals } from '../compiler/emit/locals.ts';
import { BINARY_CODES, LOAD_CODES, OP, STORE_CODES, UNARY_CODES } from '../compiler/emit/opcodes.ts';
import { importName, RENDER_SYMBOL } from '../compiler/symbols.ts';
import { HEADER } from '../protocol/arena.ts';
import type { ConstantPair } from './constantPairs.ts';
import { writeExtract, writeLanes, writeReplaceSecond, writeSplat } from './laneCodes.ts';
import type { LaneKind } from './lanes.ts';
import { Placement } from './placement.ts';
import {
  type BlockNode,
  type Computed,
  isComputed,
  type LoopNode,
  type Node,
  type OptimisedProgram,
  type PairValue,
  type Region,
  type SsaType,
  type Value,
} from './ssa.ts';
import { turnCost } from './turnCost.ts';

const TYPES: Readonly<Record<SsaType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const VOID = 0x40;
const I64_SUB = 0x7d;
const BASE = 0;
const FRAMES = 1;
/** Base, frames, and the number that makes the signature `render`'s own. */
const PARAMETERS = 3;
/** The budget is four times that of the first tier. */
const FUEL_SHIFT = 2;
const MAX_FUEL = 2 ** 30;

export interface ProgramNames {
  offsetOf(name: string): number;
  /** The number of a function of the library in the module. */
  function(symbol: string): number;
  /** The number of a global that holds two constants side by side. */
  constantPair(values: ConstantPair): number;
  /** Index of the signature that `render` has. */
  readonly renderType: number;
}

export function emitProgram(program: OptimisedProgram, names: ProgramNames): Uint8Array {
  return new ProgramEmitter(program, names).emit();
}

class ProgramEmitter extends InstructionWriter<BlockNode | LoopNode> {
  private readonly program: OptimisedProgram;
  private readonly names: ProgramNames;
  private readonly placement: Placement;
  private readonly locals = new Map<Value, number>();
  private readonly types: SsaType[] = [];
  private readonly free = new Map<SsaType, number[]>();
  private readonly fuel: number;

  constructor(program: OptimisedProgram, names: ProgramNames) {
    super();
    this.program = program;
    this.names = names;
    this.placement = new Placement(program);
    this.locals.set(program.frames, FRAMES);
    this.fuel = this.take('i32');
  }

  emit(): Uint8Array {
    this.requireWholes();
    this.budget();
    this.set(this.fuel);
    // Functions of the library take theirs from memory.
    this.get(BASE);
    this.get(this.fuel);
    this.access(STORE_CODES.i32, HEADER.FUEL);
    this.region(this.program.body);
    this.tellFuel();
    this.out.op(OP.END);
    const whole = new ByteWriter();
    writeLocals(
      whole,
      this.types.map((type) => TYPES[type]),
    );
    whole.append(this.out.written());
    return whole.finish();
  }

  /** Numbers that are to be whole ones are asked, bit for bit: where one is another, the first tier plays this block. */
  private requireWholes(): void {
    const { wholes } = this.program;
    if (wholes.length === 0) return;
    const [number, whole] = [this.take('f64'), this.take('i32')];
    wholes.forEach(({ offset, low, high }, n) => {
      this.get(BASE);
      this.access(LOAD_CODES.f64, offset);
      this.tee(number);
      this.out.op(UNARY_CODES['i32.trunc_s_sat.f64']);
      this.tee(whole);
      this.out.op(UNARY_CODES['f64.convert_s.i32']);
      this.out.op(UNARY_CODES['i64.reinterpret']);
      this.get(number);
      this.out.op(UNARY_CODES['i64.reinterpret']);
      this.out.op(BINARY_CODES['i64.eq']);
      for (const [limit, comparison] of [
        [low, 'i32.ge_s'],
        [high, 'i32.le_s'],
      ] as const) {
        this.get(whole);
        this.constant(limit);
        this.out.op(BINARY_CODES[comparison]);
        this.out.op(OP.I32_AND);
      }
      if (n > 0) this.out.op(OP.I32_AND);
    });
    this.out.op(OP.I32_EQZ);
    this.open(OP.IF, VOID, null);
    for (let parameter = 0; parameter < PARAMETERS; parameter++) this.get(parameter);
    this.get(BASE);
    this.constant(this.names.offsetOf(importName({ kind: 'function', name: RENDER_SYMBOL })));
    this.out.op(OP.I32_ADD);
    this.access(LOAD_CODES.i32, 0);
    this.out.op(OP.CALL_INDIRECT);
    this.out.u32(this.names.renderType);
    this.out.byte(0);
    this.out.op(OP.RETURN);
    this.close();
  }

  /**
   * Charges are for what is there, while those that the budget was measured by may be less than what they stand for: the same
   * work must not run out of fuel only because it is done faster.
   */
  private budget(): void {
    this.constant(MAX_FUEL);
    this.perBlock();
    this.constant(FUEL_SHIFT);
    this.out.op(OP.I32_SHL);
    this.perBlock();
    this.constant(MAX_FUEL >> FUEL_SHIFT);
    this.out.op(OP.I32_GT_U);
    this.out.op(OP.SELECT);
  }

  private perBlock(): void {
    this.get(BASE);
    this.access(LOAD_CODES.i32, HEADER.FUEL_PER_BLOCK);
  }

  /** Leaves in memory what a block of tier 1 would have left that did so much: whether a patch is too slow goes by that. */
  private tellFuel(): void {
    this.get(BASE);
    this.get(BASE);
    this.access(LOAD_CODES.i32, HEADER.FUEL);
    this.get(this.fuel);
    this.out.op(OP.I32_ADD);
    for (let budgets = 0; budgets < 2; budgets++) {
      this.budget();
      this.out.op(OP.I32_SUB);
    }
    this.perBlock();
    this.out.op(OP.I32_ADD);
    this.access(STORE_CODES.i32, HEADER.FUEL);
  }

  private take(type: SsaType): number {
    const known = this.free.get(type)?.pop();
    if (known !== undefined) return known;
    this.types.push(type);
    return PARAMETERS + this.types.length - 1;
  }

  private assign(value: Value): number {
    const local = this.take(value.type);
    this.locals.set(value, local);
    return local;
  }

  private letGo(value: Value): void {
    const local = this.locals.get(value);
    if (local === undefined || local < PARAMETERS) return;
    this.locals.delete(value);
    const list = this.free.get(value.type);
    if (list) list.push(local);
    else this.free.set(value.type, [local]);
  }

  private region(region: Region): void {
    region.nodes.forEach((node, position) => {
      this.node(node);
      for (const value of this.placement.endingAt(region, position)) this.letGo(value);
    });
  }

  /** All values first, then all locals: some may be among the values. */
  private hand(values: readonly Value[], targets: readonly Value[]): void {
    for (const value of values) this.value(value);
    for (let at = targets.length - 1; at >= 0; at--) this.set(this.locals.get(targets[at]!)!);
  }

  private endOf(region: Region, values: readonly Value[] | null, targets: readonly Value[]): void {
    if (values) this.hand(values, targets);
    for (const value of this.placement.endingAt(region, region.nodes.length)) this.letGo(value);
  }

  private node(node: Node): void {
    if (isComputed(node)) {
      if (this.placement.isNested(node)) return;
      this.compute(node);
      this.set(this.assign(node));
      return;
    }
    switch (node.op) {
      case 'store': {
        const offset = this.address(node.pointer, node.offset);
        this.value(node.value);
        this.access(STORE_CODES[node.access], offset);
        return;
      }
      case 'if':
        for (const result of node.results) this.assign(result);
        this.value(node.test);
        this.open(OP.IF, VOID, null);
        this.region(node.yes);
        this.endOf(node.yes, node.yesValues, node.results);
        if (node.no.nodes.length > 0 || node.noValues?.length) {
          this.out.op(OP.ELSE);
          this.region(node.no);
          this.endOf(node.no, node.noValues, node.results);
        }
        this.close();
        return;
      case 'block':
        for (const result of node.results) this.assign(result);
        this.open(OP.BLOCK, VOID, node);
        this.region(node.body);
        this.endOf(node.body, node.values, node.results);
        this.close();
        return;
      case 'loop':
        for (const parameter of node.parameters) this.assign(parameter);
        this.hand(node.initial, node.parameters);
        this.open(OP.LOOP, VOID, node);
        this.burn(node);
        this.region(node.body);
        this.close();
        this.out.op(OP.UNREACHABLE);
        for (const parameter of node.parameters) this.letGo(parameter);
        return;
      case 'break':
        this.hand(node.values, node.target.results);
        this.jump(node.target);
        return;
      case 'continue':
        this.hand(node.values, node.target.parameters);
        this.jump(node.target);
        return;
      case 'trap':
        this.trap(node.symbol, node.site);
        return;
    }
  }

  private trap(symbol: string, site: number): void {
    this.get(BASE);
    this.constant(this.names.offsetOf(importName({ kind: 'function', name: symbol })));
    this.access(STORE_CODES.i32, HEADER.TRAP_SYMBOL);
    this.get(BASE);
    this.constant(site);
    this.access(STORE_CODES.i32, HEADER.TRAP_SITE);
    this.out.op(OP.UNREACHABLE);
  }

  private burn(loop: LoopNode): void {
    const { symbol, site } = loop;
    this.get(this.fuel);
    this.constant(turnCost(loop));
    this.out.op(OP.I32_SUB);
    this.out.op(OP.LOCAL_TEE);
    this.out.u32(this.fuel);
    this.constant(0);
    this.out.op(OP.I32_LT_S);
    this.open(OP.IF, VOID, null);
    this.trap(symbol, site);
    this.close();
  }

  /** Where an access is, and what is left for the instruction to add, which has no sign. */
  private address(pointer: Value, offset: number): number {
    this.get(BASE);
    const at = pointer.op === 'const' ? Number(pointer.value) + offset : null;
    if (at !== null && at >= 0) return at;
    // In front of the base of the arena.
    if (at !== null) this.constant(at);
    else this.value(pointer);
    this.out.op(OP.I32_ADD);
    return at === null ? offset : 0;
  }

  private value(value: Value): void {
    if (value.op === 'const') {
      if (value.type === 'v128') throw new Error('optimise: a constant pair');
      this.literal(value.type, value.value);
      return;
    }
    const local = this.locals.get(value);
    if (local !== undefined) this.get(local);
    else if (value.op !== 'parameter' && this.placement.isNested(value)) this.compute(value);
    else throw new Error(`optimise: ${value.op} ${value.id} has no place`);
  }

  private compute(value: Computed): void {
    switch (value.op) {
      case 'unary':
        this.value(value.args[0]);
        this.out.op(UNARY_CODES[value.name]);
        return;
      case 'binary':
        this.value(value.args[0]);
        this.value(value.args[1]);
        this.out.op(BINARY_CODES[value.name]);
        return;
      case 'select':
        this.value(value.args[1]);
        this.value(value.args[2]);
        this.value(value.args[0]);
        this.out.op(OP.SELECT);
        return;
      case 'load':
        this.access(LOAD_CODES[value.access], this.address(value.args[0], value.offset));
        return;
      case 'call':
        this.get(BASE);
        for (const arg of value.args) this.value(arg);
        this.out.op(OP.CALL);
        this.out.u32(this.names.function(value.target));
        return;
      case 'lanes':
        for (const arg of value.args) this.value(arg);
        writeLanes(this.out, value.name);
        return;
      case 'extract':
        this.value(value.args[0]);
        writeExtract(this.out, value.of, value.lane);
        if (value.of === 'mask') {
          this.out.op(UNARY_CODES['i32.wrap']);
          this.constant(1);
          this.out.op(OP.I32_AND);
        }
        return;
      case 'pair':
        this.pair(value);
        return;
    }
  }

  private pair({ of, args }: PairValue): void {
    const [first, second] = args;
    if (first.op === 'const' && second.op === 'const' && of !== 'mask') {
      this.out.op(OP.GLOBAL_GET);
      this.out.u32(this.names.constantPair([first.value, second.value]));
      return;
    }
    this.lane(first, of);
    writeSplat(this.out, of);
    if (first === second) return;
    this.lane(second, of);
    writeReplaceSecond(this.out, of);
  }

  /** A truth becomes all ones or zeros: the negative of 1 or 0. */
  private lane(value: Value, of: LaneKind): void {
    if (of !== 'mask') {
      this.value(value);
      return;
    }
    this.out.op(OP.I64_CONST);
    this.out.i64(0n);
    this.value(value);
    this.out.op(UNARY_CODES['i64.extend_u']);
    this.out.op(I64_SUB);
  }
}

export { TYPES as SSA_TYPE_CODES };

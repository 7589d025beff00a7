/**
 * IR → a WebAssembly module, by way of binaryen. The only file that knows binaryen.
 *
 * Functions of one unit call each other directly; all other calls go through the GOT of the arena: the entry's offset is
 * an imported constant, its content a slot of the one function table. A module imports memory, table and the offsets of
 * the symbols it names, and exports its functions under their symbols.
 */

import binaryen from 'binaryen';
import { HEADER, IMPORTS } from '../protocol/arena.ts';
import { costOf } from './cost.ts';
import type {
  BinaryName,
  IrExpression,
  IrFunction,
  IrStatement,
  ResultType,
  Signature,
  SymbolKind,
  UnaryName,
  ValueType,
} from './ir.ts';
import { typeOf } from './ir.ts';
import { type ImportedSymbol, importName } from './symbols.ts';

/** What browsers have; binaryen's "all" makes modules that they refuse. */
const FEATURES =
  binaryen.Features.MutableGlobals |
  binaryen.Features.SignExt |
  binaryen.Features.NontrappingFPToInt |
  binaryen.Features.BulkMemory |
  binaryen.Features.BulkMemoryOpt |
  binaryen.Features.ReferenceTypes |
  binaryen.Features.CallIndirectOverlong |
  binaryen.Features.Multivalue |
  binaryen.Features.SIMD128;

export interface EmittedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Imported offsets, by the names that `importName` gives symbols. */
  readonly imports: readonly ImportedSymbol[];
  /** The module as text, if asked for. */
  readonly text: string | null;
}

/** A unit's functions; they may call each other directly. */
export interface EmittedUnit {
  readonly functions: readonly IrFunction[];
}

export function emit(units: readonly EmittedUnit[], wantsText = false): EmittedModule {
  const module = new binaryen.Module();
  try {
    module.setFeatures(FEATURES);
    module.addMemoryImport('0', IMPORTS.MODULE, IMPORTS.MEMORY);
    module.addTableImport('0', IMPORTS.MODULE, IMPORTS.TABLE);
    const imports = new Map<string, ImportedSymbol>();
    for (const unit of units) {
      const own = new Set(unit.functions.map((fn) => fn.symbol));
      for (const fn of unit.functions) new FunctionEmitter(module, fn, own, imports).emit();
    }
    for (const [name] of imports) module.addGlobalImport(name, IMPORTS.SYMBOLS, name, binaryen.i32, false);
    const text = wantsText ? module.emitText() : null;
    binaryen.setDebugInfo(true);
    const bytes = module.emitBinary() as Uint8Array<ArrayBuffer>;
    return { bytes, imports: [...imports.values()], text };
  } finally {
    module.dispose();
  }
}

type Ref = number;

const TYPES: Readonly<Record<ResultType, number>> = {
  i32: binaryen.i32,
  i64: binaryen.i64,
  f32: binaryen.f32,
  f64: binaryen.f64,
  void: binaryen.none,
};

/** Every wasm function has the base of the arena in front of the locals that the IR knows. */
const BASE = 0;

class FunctionEmitter {
  private readonly module: binaryen.Module;
  private readonly fn: IrFunction;
  private readonly own: ReadonlySet<string>;
  private readonly imports: Map<string, ImportedSymbol>;
  private readonly extraLocals: number[] = [];
  private readonly localCount: number;
  /** Locals for an allocation under way; one pair serves all, as allocations do not nest in each other's middle. */
  private allocation: { readonly pointer: number; readonly end: number } | null = null;

  constructor(module: binaryen.Module, fn: IrFunction, own: ReadonlySet<string>, imports: Map<string, ImportedSymbol>) {
    this.module = module;
    this.fn = fn;
    this.own = own;
    this.imports = imports;
    this.localCount = 2 + fn.signature.parameters.length + fn.locals.length;
  }

  emit(): void {
    const { symbol, signature, locals } = this.fn;
    const body = this.block(this.fn.body);
    const parameters = binaryen.createType(parameterTypes(signature));
    const variables = [...locals.map((type) => TYPES[type]), ...this.extraLocals];
    const whole =
      signature.result === 'void'
        ? body
        : this.module.block(null, [body, this.module.unreachable()], TYPES[signature.result]);
    this.module.addFunction(symbol, parameters, TYPES[signature.result], variables, whole);
    this.module.addFunctionExport(symbol, symbol);
  }

  private block(body: readonly IrStatement[]): Ref {
    const parts = body.map((statement) => this.statement(statement));
    return parts.length === 1 ? parts[0]! : this.module.block(null, parts, binaryen.none);
  }

  private extraLocal(): number {
    this.extraLocals.push(binaryen.i32);
    return this.localCount + this.extraLocals.length - 1;
  }

  private base(): Ref {
    return this.module.local.get(BASE, binaryen.i32);
  }

  /** Offset of a symbol, imported on first use. */
  private symbol(kind: SymbolKind, name: string): Ref {
    const symbol: ImportedSymbol = { kind, name };
    const imported = importName(symbol);
    this.imports.set(imported, symbol);
    return this.module.global.get(imported, binaryen.i32);
  }

  private address(pointer: IrExpression): Ref {
    // Header fields are reached from the base alone.
    if (pointer.op === 'const' && pointer.value === 0) return this.base();
    return this.module.i32.add(this.base(), this.expression(pointer));
  }

  private header(field: number): Ref {
    return this.module.i32.load(field, 4, this.base());
  }

  private setHeader(field: number, value: Ref): Ref {
    return this.module.i32.store(field, 4, this.base(), value);
  }

  private statement(statement: IrStatement): Ref {
    const m = this.module;
    switch (statement.op) {
      case 'set':
        return m.local.set(statement.index + 1, this.expression(statement.value));
      case 'store':
        return this.store(statement);
      case 'effect': {
        const value = this.expression(statement.value);
        return typeOf(statement.value) === 'void' ? value : m.drop(value);
      }
      case 'if': {
        const no = statement.no.length > 0 ? this.block(statement.no) : undefined;
        return m.if(this.expression(statement.test), this.block(statement.yes), no);
      }
      case 'block':
        return m.block(
          statement.label,
          statement.body.map((inner) => this.statement(inner)),
          binaryen.none,
        );
      case 'loop':
        return m.loop(
          statement.label,
          m.block(
            null,
            [
              this.burnFuel(statement.site, costOf(statement.body)),
              ...statement.body.map((inner) => this.statement(inner)),
            ],
            binaryen.none,
          ),
        );
      case 'break':
      case 'continue':
        return m.br(statement.label);
      case 'return':
        return m.return(statement.value ? this.expression(statement.value) : undefined);
      case 'clear': {
        const size = this.expression(statement.sizeBytes);
        return m.memory.fill(this.address(statement.pointer), m.i32.const(0), size, '0');
      }
      case 'copy': {
        const from = this.address(statement.from);
        return m.memory.copy(this.address(statement.to), from, this.expression(statement.sizeBytes), '0', '0');
      }
      case 'ifLive':
        // The scratch area is there once the top level has run.
        return m.if(this.header(HEADER.SCRATCH_START), this.block(statement.yes));
      case 'fuel':
        return this.burnFuel(statement.site, costOf(this.fn.body));
      case 'trap':
        return this.trap(statement.site);
    }
  }

  private trap(site: number): Ref {
    const m = this.module;
    return m.block(
      null,
      [
        this.setHeader(HEADER.TRAP_SYMBOL, this.symbol('function', this.fn.symbol)),
        this.setHeader(HEADER.TRAP_SITE, m.i32.const(site)),
        m.unreachable(),
      ],
      binaryen.none,
    );
  }

  private burnFuel(site: number, cost: number): Ref {
    const m = this.module;
    const left = m.i32.sub(this.header(HEADER.FUEL), m.i32.const(cost));
    return m.block(
      null,
      [this.setHeader(HEADER.FUEL, left), m.if(m.i32.lt_s(this.header(HEADER.FUEL), m.i32.const(0)), this.trap(site))],
      binaryen.none,
    );
  }

  private store(statement: IrStatement & { op: 'store' }): Ref {
    const m = this.module;
    const { offset } = statement;
    const address = this.address(statement.pointer);
    const value = this.expression(statement.value);
    switch (statement.access) {
      case 'f64':
        return m.f64.store(offset, 8, address, value);
      case 'f32':
        return m.f32.store(offset, 4, address, value);
      case 'i64':
        return m.i64.store(offset, 8, address, value);
      case 'i32':
        return m.i32.store(offset, 4, address, value);
      case 'i16':
      case 'u16':
        return m.i32.store16(offset, 2, address, value);
      case 'i8':
      case 'u8':
        return m.i32.store8(offset, 1, address, value);
    }
  }

  private expression(expression: IrExpression): Ref {
    const m = this.module;
    switch (expression.op) {
      case 'const':
        return this.constant(expression.type, expression.value);
      case 'local':
        return m.local.get(expression.index + 1, TYPES[expression.type]);
      case 'tee':
        return m.local.tee(expression.index + 1, this.expression(expression.value), TYPES[expression.type]);
      case 'unary':
        return UNARY[expression.name](m, this.expression(expression.value));
      case 'binary': {
        const left = this.expression(expression.left);
        return BINARY[expression.name](m, left, this.expression(expression.right));
      }
      case 'load':
        return this.load(expression);
      case 'select': {
        const yes = this.expression(expression.yes);
        const no = this.expression(expression.no);
        return m.select(this.expression(expression.test), yes, no);
      }
      case 'choose': {
        const test = this.expression(expression.test);
        return m.if(test, this.expression(expression.yes), this.expression(expression.no));
      }
      case 'sequence': {
        const parts = expression.effects.map((effect) => this.statement(effect));
        return m.block(null, [...parts, this.expression(expression.value)], TYPES[typeOf(expression.value)]);
      }
      case 'symbol':
        return this.symbol(expression.kind, expression.name);
      case 'call':
        return this.call(expression);
      case 'callIndirect': {
        const args = expression.args.map((arg) => this.expression(arg));
        const slot = m.i32.load(0, 4, m.i32.add(this.base(), this.expression(expression.code)));
        return this.indirect(slot, args, expression.signature);
      }
      case 'allocate':
        return this.allocate(expression);
    }
  }

  private constant(type: ValueType, value: number | bigint): Ref {
    const m = this.module;
    switch (type) {
      case 'i32':
        return m.i32.const(Number(value));
      case 'i64':
        return m.i64.const(BigInt.asIntN(64, BigInt(value)) as unknown as number);
      case 'f32':
        return m.f32.const(Number(value));
      case 'f64':
        return m.f64.const(Number(value));
    }
  }

  private load(expression: IrExpression & { op: 'load' }): Ref {
    const m = this.module;
    const { offset } = expression;
    const address = this.address(expression.pointer);
    switch (expression.access) {
      case 'f64':
        return m.f64.load(offset, 8, address);
      case 'f32':
        return m.f32.load(offset, 4, address);
      case 'i64':
        return m.i64.load(offset, 8, address);
      case 'i32':
        return m.i32.load(offset, 4, address);
      case 'i16':
        return m.i32.load16_s(offset, 2, address);
      case 'u16':
        return m.i32.load16_u(offset, 2, address);
      case 'i8':
        return m.i32.load8_s(offset, 1, address);
      case 'u8':
        return m.i32.load8_u(offset, 1, address);
    }
  }

  private call(expression: IrExpression & { op: 'call' }): Ref {
    const m = this.module;
    const { target, signature } = expression;
    const args = expression.args.map((arg) => this.expression(arg));
    if (this.own.has(target)) return m.call(target, [this.base(), ...args], TYPES[signature.result]);
    const slot = m.i32.load(0, 4, m.i32.add(this.base(), this.symbol('function', target)));
    return this.indirect(slot, args, signature);
  }

  private indirect(slot: Ref, args: readonly Ref[], signature: Signature): Ref {
    const parameters = binaryen.createType(parameterTypes(signature));
    return this.module.call_indirect('0', slot, [this.base(), ...args], parameters, TYPES[signature.result]);
  }

  /** Takes bytes from the heap: a pointer that rises by the size, rounded up to eight. */
  private allocate(expression: IrExpression & { op: 'allocate' }): Ref {
    const m = this.module;
    this.allocation ??= { pointer: this.extraLocal(), end: this.extraLocal() };
    const { pointer, end } = this.allocation;
    const get = (index: number): Ref => m.local.get(index, binaryen.i32);
    const size = expression.sizeBytes;
    const rounded =
      size.op === 'const'
        ? m.i32.const((Number(size.value) + 7) & ~7)
        : m.i32.and(m.i32.add(this.expression(size), m.i32.const(7)), m.i32.const(-8));
    const isOver = m.i32.or(
      m.i32.gt_u(get(end), this.header(HEADER.HEAP_LIMIT)),
      // A size near 2^32 would wrap around.
      m.i32.lt_u(get(end), get(pointer)),
    );
    return m.block(
      null,
      [
        m.local.set(end, rounded),
        m.local.set(pointer, this.header(HEADER.HEAP_POINTER)),
        m.local.set(end, m.i32.add(get(pointer), get(end))),
        m.if(isOver, this.trap(expression.site)),
        this.setHeader(HEADER.HEAP_POINTER, get(end)),
        get(pointer),
      ],
      binaryen.i32,
    );
  }
}

const parameterTypes = (signature: Signature): number[] => [
  binaryen.i32,
  binaryen.i32,
  ...signature.parameters.map((type) => TYPES[type]),
];

type UnaryEmitter = (m: binaryen.Module, value: Ref) => Ref;
type BinaryEmitter = (m: binaryen.Module, left: Ref, right: Ref) => Ref;

const UNARY: Readonly<Record<UnaryName, UnaryEmitter>> = {
  'f64.neg': (m, value) => m.f64.neg(value),
  'f64.abs': (m, value) => m.f64.abs(value),
  'f64.sqrt': (m, value) => m.f64.sqrt(value),
  'f64.floor': (m, value) => m.f64.floor(value),
  'f64.ceil': (m, value) => m.f64.ceil(value),
  'f64.trunc': (m, value) => m.f64.trunc(value),
  'f64.nearest': (m, value) => m.f64.nearest(value),
  'f64.convert_s.i32': (m, value) => m.f64.convert_s.i32(value),
  'f64.convert_u.i32': (m, value) => m.f64.convert_u.i32(value),
  'f64.promote': (m, value) => m.f64.promote(value),
  'f64.reinterpret': (m, value) => m.f64.reinterpret(value),
  'f32.demote': (m, value) => m.f32.demote(value),
  'i32.eqz': (m, value) => m.i32.eqz(value),
  'i32.clz': (m, value) => m.i32.clz(value),
  'i32.wrap': (m, value) => m.i32.wrap(value),
  'i32.trunc_s_sat.f64': (m, value) => m.i32.trunc_s_sat.f64(value),
  'i32.trunc_u_sat.f64': (m, value) => m.i32.trunc_u_sat.f64(value),
  'i64.trunc_s_sat.f64': (m, value) => m.i64.trunc_s_sat.f64(value),
  'i64.reinterpret': (m, value) => m.i64.reinterpret(value),
  'i64.extend_u': (m, value) => m.i64.extend_u(value),
};

const BINARY: Readonly<Record<BinaryName, BinaryEmitter>> = {
  'f64.add': (m, a, b) => m.f64.add(a, b),
  'f64.sub': (m, a, b) => m.f64.sub(a, b),
  'f64.mul': (m, a, b) => m.f64.mul(a, b),
  'f64.div': (m, a, b) => m.f64.div(a, b),
  'f64.min': (m, a, b) => m.f64.min(a, b),
  'f64.max': (m, a, b) => m.f64.max(a, b),
  'f64.copysign': (m, a, b) => m.f64.copysign(a, b),
  'f64.eq': (m, a, b) => m.f64.eq(a, b),
  'f64.ne': (m, a, b) => m.f64.ne(a, b),
  'f64.lt': (m, a, b) => m.f64.lt(a, b),
  'f64.le': (m, a, b) => m.f64.le(a, b),
  'f64.gt': (m, a, b) => m.f64.gt(a, b),
  'f64.ge': (m, a, b) => m.f64.ge(a, b),
  'i32.add': (m, a, b) => m.i32.add(a, b),
  'i32.sub': (m, a, b) => m.i32.sub(a, b),
  'i32.mul': (m, a, b) => m.i32.mul(a, b),
  'i32.rem_s': (m, a, b) => m.i32.rem_s(a, b),
  'i32.and': (m, a, b) => m.i32.and(a, b),
  'i32.or': (m, a, b) => m.i32.or(a, b),
  'i32.xor': (m, a, b) => m.i32.xor(a, b),
  'i32.shl': (m, a, b) => m.i32.shl(a, b),
  'i32.shr_s': (m, a, b) => m.i32.shr_s(a, b),
  'i32.shr_u': (m, a, b) => m.i32.shr_u(a, b),
  'i32.eq': (m, a, b) => m.i32.eq(a, b),
  'i32.ne': (m, a, b) => m.i32.ne(a, b),
  'i32.lt_s': (m, a, b) => m.i32.lt_s(a, b),
  'i32.le_s': (m, a, b) => m.i32.le_s(a, b),
  'i32.gt_s': (m, a, b) => m.i32.gt_s(a, b),
  'i32.ge_s': (m, a, b) => m.i32.ge_s(a, b),
  'i32.lt_u': (m, a, b) => m.i32.lt_u(a, b),
  'i32.gt_u': (m, a, b) => m.i32.gt_u(a, b),
  'i64.or': (m, a, b) => m.i64.or(a, b),
  'i64.xor': (m, a, b) => m.i64.xor(a, b),
  'i64.mul': (m, a, b) => m.i64.mul(a, b),
  'i64.add': (m, a, b) => m.i64.add(a, b),
  'i64.shl': (m, a, b) => m.i64.shl(a, b),
  'i64.shr_u': (m, a, b) => m.i64.shr_u(a, b),
  'i64.eq': (m, a, b) => m.i64.eq(a, b),
};

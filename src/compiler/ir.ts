/**
 * The intermediate representation: typed, structured, close to WebAssembly, and free of addresses.
 *
 * - Values are i32, i64, f32 or f64. A pointer is an i32 offset from the base of the arena; loads and stores add the base,
 *   which every function has as its first parameter and the IR does not mention.
 * - What is outside the function is named by symbol: functions, top-level variables, records of closures without captures.
 *   The linker decides where each symbol lies; a function's IR is the same wherever that is.
 * - Local 0 is the environment (the closure's record); the parameters follow, then the function's own locals.
 * - Control is structured; `break` leaves a block or loop, `continue` goes to a loop's start.
 */

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64';
/** What a function returns: a value or nothing. */
export type ResultType = ValueType | 'void';

export interface Signature {
  readonly parameters: readonly ValueType[];
  readonly result: ResultType;
}

/** What its function takes in WebAssembly: the arena's base and the environment come first. */
export const wasmParameters = ({ parameters }: Signature): readonly ValueType[] => ['i32', 'i32', ...parameters];

export type Access = 'f64' | 'f32' | 'i64' | 'i32' | 'i16' | 'u16' | 'i8' | 'u8';

const UNARY_TYPES = {
  'f64.neg': 'f64',
  'f64.abs': 'f64',
  'f64.sqrt': 'f64',
  'f64.floor': 'f64',
  'f64.ceil': 'f64',
  'f64.trunc': 'f64',
  'f64.nearest': 'f64',
  'f64.convert_s.i32': 'f64',
  'f64.convert_u.i32': 'f64',
  'f64.promote': 'f64',
  'f64.reinterpret': 'f64',
  'f32.demote': 'f32',
  'i32.eqz': 'i32',
  'i32.clz': 'i32',
  'i32.wrap': 'i32',
  'i32.trunc_s_sat.f64': 'i32',
  'i32.trunc_u_sat.f64': 'i32',
  /** A number that is whole and fits; of any other one, any i32: whoever wants to know converts back and compares. */
  'i32.whole.f64': 'i32',
  'i64.trunc_s_sat.f64': 'i64',
  'i64.reinterpret': 'i64',
  'i64.extend_u': 'i64',
} as const satisfies Record<string, ValueType>;

const BINARY_TYPES = {
  'f64.add': 'f64',
  'f64.sub': 'f64',
  'f64.mul': 'f64',
  'f64.div': 'f64',
  'f64.min': 'f64',
  'f64.max': 'f64',
  'f64.copysign': 'f64',
  'f64.eq': 'i32',
  'f64.ne': 'i32',
  'f64.lt': 'i32',
  'f64.le': 'i32',
  'f64.gt': 'i32',
  'f64.ge': 'i32',
  'i32.add': 'i32',
  'i32.sub': 'i32',
  'i32.mul': 'i32',
  'i32.rem_s': 'i32',
  'i32.and': 'i32',
  'i32.or': 'i32',
  'i32.xor': 'i32',
  'i32.shl': 'i32',
  'i32.shr_s': 'i32',
  'i32.shr_u': 'i32',
  'i32.eq': 'i32',
  'i32.ne': 'i32',
  'i32.lt_s': 'i32',
  'i32.le_s': 'i32',
  'i32.gt_s': 'i32',
  'i32.ge_s': 'i32',
  'i32.lt_u': 'i32',
  'i32.gt_u': 'i32',
  'i64.and': 'i64',
  'i64.or': 'i64',
  'i64.xor': 'i64',
  'i64.mul': 'i64',
  'i64.add': 'i64',
  'i64.shl': 'i64',
  'i64.shr_u': 'i64',
  'i64.eq': 'i32',
} as const satisfies Record<string, ValueType>;

export type UnaryName = keyof typeof UNARY_TYPES;
export type BinaryName = keyof typeof BINARY_TYPES;

/** The type of what an operation gives. */
export const unaryType = (name: UnaryName): ValueType => UNARY_TYPES[name];
export const binaryType = (name: BinaryName): ValueType => BINARY_TYPES[name];

export type SymbolKind =
  /** The GOT entry of a function. */
  | 'function'
  /** A top-level variable: eight bytes. */
  | 'variable'
  /** The record of a closure without captures: eight bytes, the first four the offset of its function's GOT entry. */
  | 'closure'
  /** A text of the patch: the descriptor of an array of its UTF-16 code units, and those. */
  | 'string';

export type IrExpression =
  | { readonly op: 'const'; readonly type: ValueType; readonly value: number | bigint }
  | { readonly op: 'local'; readonly type: ValueType; readonly index: number }
  /** Sets a local and is its value. */
  | { readonly op: 'tee'; readonly type: ValueType; readonly index: number; readonly value: IrExpression }
  | { readonly op: 'unary'; readonly name: UnaryName; readonly value: IrExpression }
  | { readonly op: 'binary'; readonly name: BinaryName; readonly left: IrExpression; readonly right: IrExpression }
  | { readonly op: 'load'; readonly access: Access; readonly pointer: IrExpression; readonly offset: number }
  /** Both sides are evaluated. */
  | {
      readonly op: 'select';
      readonly type: ValueType;
      readonly test: IrExpression;
      readonly yes: IrExpression;
      readonly no: IrExpression;
    }
  /** Only one side is evaluated. */
  | {
      readonly op: 'conditional';
      readonly type: ValueType;
      readonly test: IrExpression;
      readonly yes: IrExpression;
      readonly no: IrExpression;
      readonly extra?: SideCharges;
    }
  | { readonly op: 'block'; readonly effects: readonly IrStatement[]; readonly value: IrExpression }
  /** The offset of a symbol from the base of the arena. */
  | { readonly op: 'symbol'; readonly kind: SymbolKind; readonly name: string }
  /** `args` begins with the environment. */
  | {
      readonly op: 'call';
      readonly target: string;
      readonly signature: Signature;
      readonly args: readonly IrExpression[];
    }
  /** Calls what a closure's record names; `code` is the offset of a GOT entry, guarded. */
  | {
      readonly op: 'callIndirect';
      readonly code: IrExpression;
      readonly signature: Signature;
      readonly args: readonly IrExpression[];
    }
  /** Bytes from the heap, or from scratch per frame; traps when there are none. Not cleared. */
  | { readonly op: 'allocate'; readonly sizeBytes: IrExpression; readonly site: number }
  /**
   * The pointer in a local, or a trap where it points at nothing that code may reach: at an `object` of this arena, with
   * ACCESS_REACH_BYTES behind it, or at `bytes` of an array's elements, wherever these lie, or at an `entry` of the GOT. Put
   * in by guardPointers.ts.
   */
  | {
      readonly op: 'guard';
      readonly target: GuardTarget;
      readonly index: number;
      readonly bytes: number;
      readonly site: number;
    }
  /** The address of an element of a view, where `index` is known to be below `length`. In the code of the first tier alone. */
  | ({ readonly op: 'element'; readonly index: number } & View);

/** Locals that hold where the elements of an array begin, and how many there are; none, where not all may be reached. */
export interface View {
  readonly data: number;
  readonly length: number;
  /** The size of an element is 2 to the power of this. */
  readonly shift: number;
}

/** What either side of a branch is charged where it is taken; worked out from the code before it was improved. */
export interface SideCharges {
  readonly yes: number;
  readonly no: number;
}

export type GuardTarget = 'object' | 'elements' | 'entry';

export type IrStatement =
  | { readonly op: 'set'; readonly index: number; readonly value: IrExpression }
  | {
      readonly op: 'store';
      readonly access: Access;
      readonly pointer: IrExpression;
      readonly offset: number;
      readonly value: IrExpression;
    }
  | { readonly op: 'effect'; readonly value: IrExpression }
  | {
      readonly op: 'if';
      readonly test: IrExpression;
      readonly yes: readonly IrStatement[];
      readonly no: readonly IrStatement[];
      readonly extra?: SideCharges;
    }
  | { readonly op: 'block'; readonly label: string; readonly body: readonly IrStatement[] }
  /** Goes round until left; takes fuel for each turn, by what is in it (cost.ts). */
  | {
      readonly op: 'loop';
      readonly label: string;
      readonly body: readonly IrStatement[];
      readonly site: number;
      readonly charge?: number;
    }
  /** To the end of a block. */
  | { readonly op: 'break'; readonly label: string }
  /** To the start of a loop. */
  | { readonly op: 'continue'; readonly label: string }
  | { readonly op: 'return'; readonly value: IrExpression | null }
  /** Fills bytes with zero. Takes fuel by their number, as `copy` does; both trap outside of what code may reach. */
  | { readonly op: 'clear'; readonly pointer: IrExpression; readonly sizeBytes: IrExpression; readonly site: number }
  | {
      readonly op: 'copy';
      readonly to: IrExpression;
      readonly from: IrExpression;
      readonly sizeBytes: IrExpression;
      readonly site: number;
    }
  /** Gives back the heap from this offset on, if it lies in what is in use. */
  | { readonly op: 'release'; readonly from: IrExpression }
  /** While the patch sounds, as against while its top level runs. */
  | { readonly op: 'ifLive'; readonly yes: readonly IrStatement[] }
  /** Takes fuel for a call, or traps: at the start of functions whose work is not in what their callers are charged. */
  | { readonly op: 'fuel'; readonly site: number; readonly charge?: number }
  | { readonly op: 'trap'; readonly site: number }
  /** Makes a view of the array at a local, whatever that holds: it never traps. In the code of the first tier alone. */
  | ({ readonly op: 'view'; readonly pointer: number } & View);

export interface IrFunction {
  readonly symbol: string;
  readonly signature: Signature;
  /** Types of the locals behind the environment and the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: readonly IrStatement[];
}

export function typeOf(expression: IrExpression): ResultType {
  switch (expression.op) {
    case 'const':
    case 'local':
    case 'tee':
    case 'select':
    case 'conditional':
      return expression.type;
    case 'unary':
      return UNARY_TYPES[expression.name];
    case 'binary':
      return BINARY_TYPES[expression.name];
    case 'load':
      return accessType(expression.access);
    case 'block':
      return typeOf(expression.value);
    case 'symbol':
    case 'allocate':
    case 'guard':
    case 'element':
      return 'i32';
    case 'call':
    case 'callIndirect':
      return expression.signature.result;
  }
}

export function accessType(access: Access): ValueType {
  return access === 'f64' || access === 'f32' || access === 'i64' ? access : 'i32';
}

export const i32 = (value: number): IrExpression => ({ op: 'const', type: 'i32', value });
export const f64 = (value: number): IrExpression => ({ op: 'const', type: 'f64', value });
export const i64 = (value: bigint): IrExpression => ({ op: 'const', type: 'i64', value });
export const unary = (name: UnaryName, value: IrExpression): IrExpression => ({ op: 'unary', name, value });
export const binary = (name: BinaryName, left: IrExpression, right: IrExpression): IrExpression => ({
  op: 'binary',
  name,
  left,
  right,
});
export const local = (type: ValueType, index: number): IrExpression => ({ op: 'local', type, index });
export const tee = (type: ValueType, index: number, value: IrExpression): IrExpression => ({
  op: 'tee',
  type,
  index,
  value,
});
export const load = (access: Access, pointer: IrExpression, offset = 0): IrExpression => ({
  op: 'load',
  access,
  pointer,
  offset,
});
export const store = (access: Access, pointer: IrExpression, offset: number, value: IrExpression): IrStatement => ({
  op: 'store',
  access,
  pointer,
  offset,
  value,
});
export const set = (index: number, value: IrExpression): IrStatement => ({ op: 'set', index, value });

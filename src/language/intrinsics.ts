/**
 * What is built into the language. A builtin is *inline* (a few instructions of
 * WebAssembly) or *library* (a function of src/library/math, linked on first use).
 */

export interface MathFunction {
  /** How many arguments are used. */
  readonly arity: number;
  /** Takes any number of arguments. */
  readonly isVariadic: boolean;
}

const takes = (arity: number): MathFunction => ({ arity, isVariadic: false });
const VARIADIC: MathFunction = { arity: 2, isVariadic: true };

export const MATH_FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  abs: takes(1),
  ceil: takes(1),
  clz32: takes(1),
  floor: takes(1),
  fround: takes(1),
  imul: takes(2),
  round: takes(1),
  sign: takes(1),
  sqrt: takes(1),
  trunc: takes(1),
  random: takes(0),
  max: VARIADIC,
  min: VARIADIC,
  hypot: VARIADIC,
  acos: takes(1),
  acosh: takes(1),
  asin: takes(1),
  asinh: takes(1),
  atan: takes(1),
  atan2: takes(2),
  atanh: takes(1),
  cbrt: takes(1),
  cos: takes(1),
  cosh: takes(1),
  exp: takes(1),
  expm1: takes(1),
  log: takes(1),
  log10: takes(1),
  log1p: takes(1),
  log2: takes(1),
  pow: takes(2),
  sin: takes(1),
  sinh: takes(1),
  tan: takes(1),
  tanh: takes(1),
};

export const MATH_CONSTANTS: Readonly<Record<string, number>> = {
  E: Math.E,
  LN2: Math.LN2,
  LN10: Math.LN10,
  LOG2E: Math.LOG2E,
  LOG10E: Math.LOG10E,
  PI: Math.PI,
  SQRT1_2: Math.SQRT1_2,
  SQRT2: Math.SQRT2,
};

export const NUMBER_CONSTANTS: Readonly<Record<string, number>> = {
  EPSILON: Number.EPSILON,
  MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
  MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
  MAX_VALUE: Number.MAX_VALUE,
  MIN_VALUE: Number.MIN_VALUE,
  NaN: Number.NaN,
  POSITIVE_INFINITY: Number.POSITIVE_INFINITY,
  NEGATIVE_INFINITY: Number.NEGATIVE_INFINITY,
};

/** Functions outside `Math`, by the name the tree gives them. */
export const OTHER_BUILTINS = [
  'Array',
  'Array.from',
  'Array.of',
  'Array.isArray',
  'Number',
  'Number.isInteger',
  'Number.isFinite',
  'Number.isNaN',
  'Number.isSafeInteger',
  'Object.keys',
  'Object.values',
  'Object.entries',
  'Object.assign',
  'Object.hasOwn',
  'Object.fromEntries',
  'Boolean',
  'String',
  'String.fromCharCode',
  'String.fromCodePoint',
  'isNaN',
  'isFinite',
  'parseInt',
  'parseFloat',
] as const;

/**
 * Functions that only the library in src/library may call: access to the bits of a number, and elements known to be
 * within their array.
 */
export const LIBRARY_INTRINSICS = [
  'highWord',
  'lowWord',
  'fromWords',
  'withHighWord',
  'withLowWord',
  'addBits',
  'andBits',
  'orBits',
  'xorBits',
  'shiftBitsLeft',
  'shiftBitsRight',
  'allocate',
  'allocateLike',
  'elementAt',
  'setElementAt',
  'append',
  'setLength',
  'trim',
  'discard',
  'moveElements',
  'view',
  'requireElements',
  'requireInside',
  'requireKey',
  'cut',
  'textOfUnits',
  'requirePrintable',
  'hashOf',
  'stringLength',
  'stringUnit',
] as const;

/** Those of them that the standard library may call. */
export const STANDARD_INTRINSICS = [
  'isPlaying',
  'generation',
  'requireTopLevel',
  'elementAt',
  'setElementAt',
  'eachMember',
  'isList',
  'hasText',
  'isMap',
  'isSet',
  'isDictionary',
  'isError',
] as const;

/** The kind of one argument of an array method. */
export type ArgumentKind = 'function' | 'number' | 'value' | 'array';

export interface ArrayMethod {
  /** The functions of src/library/array*.ts that implement it, by number of arguments; the last one serves for more. */
  readonly library: readonly string[];
  readonly takes: readonly ArgumentKind[];
  /** How many arguments are required. */
  readonly required: number;
  /** Which arrays have it. */
  readonly of: 'every' | 'plain' | 'typed';
  /** Changes the length of the array, which is not possible while the patch plays. */
  readonly resizes: boolean;
}

const method = (library: string | readonly string[], ...takes: readonly ArgumentKind[]): ArrayMethod => ({
  library: typeof library === 'string' ? [library] : library,
  takes,
  required: takes.filter((kind) => kind === 'function').length,
  of: 'every',
  resizes: false,
});

/** Methods of arrays. For those without a function the types decide which it is; `push` and `unshift` take any number of values. */
export const ARRAY_METHODS: Readonly<Record<string, ArrayMethod>> = {
  at: { ...method('arrayAt', 'number'), required: 1 },
  concat: { ...method([]), of: 'plain' },
  copyWithin: { ...method('arrayCopyWithin', 'number', 'number', 'number'), required: 1 },
  entries: method('arrayEntries'),
  every: method('arrayEvery', 'function'),
  fill: method('arrayFill', 'value', 'number', 'number'),
  filter: method('arrayFilter', 'function'),
  find: method('arrayFind', 'function'),
  findIndex: method('arrayFindIndex', 'function'),
  findLast: method('arrayFindLast', 'function'),
  findLastIndex: method('arrayFindLastIndex', 'function'),
  flat: { ...method([], 'number'), of: 'plain' },
  flatMap: { ...method('arrayMap', 'function'), of: 'plain' },
  forEach: method('arrayForEach', 'function'),
  includes: { ...method('arrayIncludes', 'value', 'number'), required: 1 },
  indexOf: { ...method('arrayIndexOf', 'value', 'number'), required: 1 },
  join: method('arrayJoin', 'value'),
  keys: method('arrayKeys'),
  lastIndexOf: {
    ...method(['', 'arrayLastIndexOf', 'arrayLastIndexOfFrom'], 'value', 'number'),
    required: 1,
  },
  map: method('arrayMap', 'function'),
  pop: { ...method('arrayPop'), of: 'plain', resizes: true },
  push: { ...method('arrayPush'), of: 'plain', resizes: true },
  reduce: method(['', 'arrayReduceFirst', 'arrayReduce'], 'function', 'value'),
  reduceRight: method(['', 'arrayReduceRightLast', 'arrayReduceRight'], 'function', 'value'),
  reverse: method('arrayReverse'),
  set: { ...method(['', 'typedSet'], 'array', 'number'), required: 1, of: 'typed' },
  shift: { ...method('arrayShift'), of: 'plain', resizes: true },
  slice: method('arraySlice', 'number', 'number'),
  some: method('arraySome', 'function'),
  sort: { ...method([], 'function'), required: 0 },
  splice: {
    ...method(['', 'arraySpliceRest', 'arraySplice', 'arraySpliceWith'], 'number', 'number'),
    required: 1,
    of: 'plain',
    resizes: true,
  },
  subarray: { ...method('typedSubarray', 'number', 'number'), of: 'typed' },
  toReversed: method('arrayToReversed'),
  toString: method('arrayToString'),
  toSorted: { ...method([], 'function'), required: 0 },
  unshift: { ...method('arrayUnshift'), of: 'plain', resizes: true },
  values: method('arrayValues'),
  with: { ...method('arrayWith', 'number', 'value'), required: 2 },
};

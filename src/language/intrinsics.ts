/**
 * What the language has built in, as editor and compiler both know it. A builtin is *inline* (a few instructions of
 * WebAssembly) or *library* (a function of src/library/math, linked on first use).
 */

export interface MathFunction {
  readonly arity: number;
  /** `variadic`: takes any number of arguments. */
  readonly form: 'inline' | 'library' | 'variadic';
}

const inline = (arity: number): MathFunction => ({ arity, form: 'inline' });
const library = (arity: number): MathFunction => ({ arity, form: 'library' });
const variadic: MathFunction = { arity: 2, form: 'variadic' };

export const MATH_FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  abs: inline(1),
  ceil: inline(1),
  clz32: inline(1),
  floor: inline(1),
  fround: inline(1),
  imul: inline(2),
  round: inline(1),
  sign: inline(1),
  sqrt: inline(1),
  trunc: inline(1),
  random: inline(0),
  max: variadic,
  min: variadic,
  hypot: variadic,
  acos: library(1),
  acosh: library(1),
  asin: library(1),
  asinh: library(1),
  atan: library(1),
  atan2: library(2),
  atanh: library(1),
  cbrt: library(1),
  cos: library(1),
  cosh: library(1),
  exp: library(1),
  expm1: library(1),
  log: library(1),
  log10: library(1),
  log1p: library(1),
  log2: library(1),
  pow: library(2),
  sin: library(1),
  sinh: library(1),
  tan: library(1),
  tanh: library(1),
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
  'Boolean',
  'String.fromCharCode',
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
  'stringLength',
  'stringUnit',
] as const;

/** What a method of arrays takes in one place. */
export type ArgumentKind = 'function' | 'number' | 'value' | 'array';

export interface ArrayMethod {
  /** The functions of src/library/array*.ts that do it, by the number of arguments given; the last one serves for more. */
  readonly library: readonly string[];
  readonly takes: readonly ArgumentKind[];
  /** How many arguments there have to be. */
  readonly required: number;
  /** Which arrays have it. */
  readonly of: 'every' | 'plain' | 'typed';
  /** Changes the length of the array, which is not done while it sounds. */
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
  toSorted: { ...method([], 'function'), required: 0 },
  unshift: { ...method('arrayUnshift'), of: 'plain', resizes: true },
  values: method('arrayValues'),
  with: { ...method('arrayWith', 'number', 'value'), required: 2 },
};

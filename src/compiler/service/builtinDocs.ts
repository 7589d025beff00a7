/**
 * What is built into the language, as the editor tells it: signatures in TypeScript and a line of text each. What a patch does
 * not have is left out by those who ask (src/language). Pure.
 */

import { parse } from '@babel/parser';
import { functionView } from './annotations.ts';
import { NUMBER, UNKNOWN, type View } from './views.ts';

export interface BuiltinDoc {
  readonly name: string;
  /** `(x: number): number`, or `: number` for what is no function. */
  readonly signature: string;
  readonly text: string;
}

type Table = Readonly<Record<string, readonly [signature: string, text: string]>>;

const X = '(x: number): number';

const MATH: Table = {
  abs: [X, 'The value without its sign.'],
  ceil: [X, 'The next whole number that is not below `x`.'],
  clz32: [X, 'How many leading zeros `x` has as a 32-bit number.'],
  floor: [X, 'The next whole number that is not above `x`.'],
  fround: [X, 'The nearest 32-bit float.'],
  imul: ['(a: number, b: number): number', 'The product as a 32-bit integer.'],
  round: [X, 'The nearest whole number; halves go up.'],
  sign: [X, '-1, 0 or 1.'],
  sqrt: [X, 'The square root; NaN below 0.'],
  trunc: [X, 'The whole part, towards 0.'],
  random: ['(): number', 'A random number from 0 to below 1. The same in every render: the seed is fixed.'],
  max: ['(...values: number[]): number', 'The largest of the values.'],
  min: ['(...values: number[]): number', 'The smallest of the values.'],
  hypot: ['(...values: number[]): number', 'The root of the sum of the squares.'],
  acos: [X, 'The angle from 0 to π whose cosine is `x`.'],
  acosh: [X, 'The inverse of `cosh`.'],
  asin: [X, 'The angle from -π/2 to π/2 whose sine is `x`.'],
  asinh: [X, 'The inverse of `sinh`.'],
  atan: [X, 'The angle from -π/2 to π/2 whose tangent is `x`.'],
  atan2: ['(y: number, x: number): number', 'The angle of the point (x, y), from -π to π.'],
  atanh: [X, 'The inverse of `tanh`.'],
  cbrt: [X, 'The cube root.'],
  cos: ['(radians: number): number', 'The cosine of an angle in radians.'],
  cosh: [X, 'The hyperbolic cosine.'],
  exp: [X, 'e to the power of `x`.'],
  expm1: [X, 'e to the power of `x`, minus 1; exact near 0.'],
  log: [X, 'The natural logarithm; NaN below 0.'],
  log10: [X, 'The logarithm to base 10.'],
  log1p: [X, 'The natural logarithm of 1 + `x`; exact near 0.'],
  log2: [X, 'The logarithm to base 2: octaves.'],
  pow: ['(x: number, y: number): number', '`x` to the power of `y`, as `x ** y`.'],
  sin: ['(radians: number): number', 'The sine of an angle in radians: `Math.sin(2 * Math.PI * hz * t)` is a tone.'],
  sinh: [X, 'The hyperbolic sine.'],
  tan: ['(radians: number): number', 'The tangent of an angle in radians.'],
  tanh: [X, 'The hyperbolic tangent: clips softly between -1 and 1.'],
  E: [': number', '2.718…'],
  LN2: [': number', 'The natural logarithm of 2.'],
  LN10: [': number', 'The natural logarithm of 10.'],
  LOG2E: [': number', 'The logarithm of e to base 2.'],
  LOG10E: [': number', 'The logarithm of e to base 10.'],
  PI: [': number', '3.14159…, half a turn in radians.'],
  SQRT1_2: [': number', 'The square root of ½: -3 dB.'],
  SQRT2: [': number', 'The square root of 2: 3 dB.'],
};

const NUMBERS: Table = {
  EPSILON: [': number', 'The step from 1 to the next number.'],
  MAX_SAFE_INTEGER: [': number', '2^53 - 1.'],
  MIN_SAFE_INTEGER: [': number', '-(2^53 - 1).'],
  MAX_VALUE: [': number', 'The largest finite number.'],
  MIN_VALUE: [': number', 'The smallest number above 0.'],
  NaN: [': number', 'Not a number.'],
  POSITIVE_INFINITY: [': number', 'Infinity.'],
  NEGATIVE_INFINITY: [': number', '-Infinity.'],
  isInteger: ['(x: number): boolean', 'Whether it is a whole number.'],
  isFinite: ['(x: number): boolean', 'Whether it is a number that is neither NaN nor infinite.'],
  isNaN: ['(x: number): boolean', 'Whether it is NaN.'],
  isSafeInteger: ['(x: number): boolean', 'Whether it is a whole number up to 2^53 - 1.'],
  parseInt: ['(text: string, radix?: number): number', 'The whole number at the beginning of a text.'],
  parseFloat: ['(text: string): number', 'The number at the beginning of a text.'],
};

const ARRAY_STATICS: Table = {
  from: [
    '(source: { length: number }, f?: (value: number, index: number) => number): number[]',
    'An array of that length, each element made by `f`.',
  ],
  of: ['(...values: number[]): number[]', 'An array of the values.'],
  isArray: ['(x: number): boolean', 'Whether it is an array.'],
};

const STRING_STATICS: Table = {
  fromCharCode: ['(...codes: number[]): string', 'The text with these UTF-16 codes.'],
};

const OBJECT_STATICS: Table = {
  keys: ['(object: object): string[]', 'The names of its members.'],
  values: ['(object: object): T[]', 'The values of its members.'],
  entries: ['(object: object): [string, T][]', 'Its members as pairs of name and value.'],
  fromEntries: ['(entries: [string, T][]): object', 'An object of pairs of name and value.'],
  assign: ['(target: object, source: object): object', 'Copies the members of one object into another.'],
  freeze: ['(object: object): object', 'The same object, which can no longer be changed.'],
};

const ARRAY: Table = {
  length: [': number', 'How many elements it has.'],
  at: ['(index: number): T', 'The element at a position; below 0 from the end.'],
  concat: ['(...others: T[][]): T[]', 'A new array with the others behind it.'],
  copyWithin: ['(target: number, start: number, end?: number): T[]', 'Copies a part of it to another place in it.'],
  entries: ['(): [number, T][]', 'Pairs of position and element, for `for … of`.'],
  every: ['(test: (value: T, index: number) => boolean): boolean', 'Whether the test holds for all elements.'],
  fill: ['(value: T, start?: number, end?: number): T[]', 'Sets elements to one value.'],
  filter: [
    '(test: (value: T, index: number) => boolean): T[]',
    'A new array of the elements for which the test holds.',
  ],
  find: [
    '(test: (value: T, index: number) => boolean): T',
    'The first element for which the test holds, or `undefined`.',
  ],
  findIndex: [
    '(test: (value: T, index: number) => boolean): number',
    'The position of the first for which the test holds, or -1.',
  ],
  findLast: [
    '(test: (value: T, index: number) => boolean): T',
    'The last element for which the test holds, or `undefined`.',
  ],
  findLastIndex: [
    '(test: (value: T, index: number) => boolean): number',
    'The position of the last for which the test holds, or -1.',
  ],
  flat: ['(depth?: number): T[]', 'A new array with the elements of the arrays in it.'],
  flatMap: ['(f: (value: T, index: number) => T[]): T[]', '`map`, and then `flat`.'],
  forEach: ['(f: (value: T, index: number) => void): void', 'Calls `f` for each element.'],
  includes: ['(value: T, from?: number): boolean', 'Whether one of the elements is the value.'],
  indexOf: ['(value: T, from?: number): number', 'The position of the first that is the value, or -1.'],
  join: ['(separator?: string): string', 'The elements as one text.'],
  keys: ['(): number[]', 'The positions, for `for … of`.'],
  lastIndexOf: ['(value: T, from?: number): number', 'The position of the last that is the value, or -1.'],
  map: ['(f: (value: T, index: number) => T): T[]', 'A new array of what `f` makes of each element.'],
  pop: ['(): T', 'Takes the last element off. At the top level only.'],
  push: ['(...values: T[]): number', 'Puts values at the end. At the top level only.'],
  reduce: ['(f: (sum: T, value: T, index: number) => T, start?: T): T', 'Puts all elements together, first to last.'],
  reduceRight: [
    '(f: (sum: T, value: T, index: number) => T, start?: T): T',
    'Puts all elements together, last to first.',
  ],
  reverse: ['(): T[]', 'Turns the order round, in place.'],
  set: ['(source: number[], offset?: number): void', 'Copies numbers into it.'],
  shift: ['(): T', 'Takes the first element off. At the top level only.'],
  slice: ['(start?: number, end?: number): T[]', 'A copy of a part.'],
  some: ['(test: (value: T, index: number) => boolean): boolean', 'Whether the test holds for one of the elements.'],
  sort: ['(order: (a: T, b: T) => number): T[]', 'Sorts in place; `(a, b) => a - b` puts the smallest first.'],
  splice: [
    '(start: number, count?: number, ...values: T[]): T[]',
    'Takes elements out and puts others in. At the top level only.',
  ],
  subarray: ['(start?: number, end?: number): T[]', 'A part of it that shares its elements.'],
  toReversed: ['(): T[]', 'A copy in reverse order.'],
  toSorted: ['(order: (a: T, b: T) => number): T[]', 'A sorted copy.'],
  unshift: ['(...values: T[]): number', 'Puts values at the beginning. At the top level only.'],
  values: ['(): T[]', 'The elements, for `for … of`.'],
  with: ['(index: number, value: T): T[]', 'A copy with one element replaced.'],
};

const TEXT: Table = {
  length: [': number', 'How many characters it has, in UTF-16 units.'],
  at: ['(index: number): string', 'The character at a position; below 0 from the end.'],
  charAt: ['(index: number): string', 'The character at a position.'],
  charCodeAt: ['(index: number): number', 'The UTF-16 code at a position.'],
  codePointAt: ['(index: number): number', 'The code point at a position.'],
  concat: ['(...others: string[]): string', 'The texts in a row.'],
  endsWith: ['(text: string): boolean', 'Whether it ends with this.'],
  includes: ['(text: string): boolean', 'Whether this is part of it.'],
  indexOf: ['(text: string, from?: number): number', 'Where this is in it first, or -1.'],
  lastIndexOf: ['(text: string, from?: number): number', 'Where this is in it last, or -1.'],
  padEnd: ['(length: number, fill?: string): string', 'Filled up at the end to a length.'],
  padStart: ['(length: number, fill?: string): string', 'Filled up at the beginning to a length.'],
  repeat: ['(count: number): string', 'So many times in a row.'],
  replace: ['(text: string, by: string): string', 'With the first of these replaced.'],
  replaceAll: ['(text: string, by: string): string', 'With all of these replaced.'],
  slice: ['(start?: number, end?: number): string', 'A part of it.'],
  split: ['(separator: string): string[]', 'The parts between separators.'],
  startsWith: ['(text: string): boolean', 'Whether it begins with this.'],
  substring: ['(start: number, end?: number): string', 'A part of it.'],
  toLowerCase: ['(): string', 'In small letters.'],
  toUpperCase: ['(): string', 'In capitals.'],
  trim: ['(): string', 'Without the spaces around it.'],
};

const GLOBALS: Table = {
  sampleRate: [': number', 'Frames per second, such as 48000.'],
  currentFrame: [': number', 'The number of the frame that is computed. It runs on through edits.'],
  currentTime: [': number', 'Its time in seconds: `currentFrame / sampleRate`.'],
  currentBeat: [': number', 'Beats since the start, by the tempo of the patch.'],
  Math: [': Math', 'Functions and constants of mathematics, the same to the last bit everywhere.'],
  Number: ['(x: number): number', 'A value as a number.'],
  Array: ['(length: number): T[]', 'An array of that length; `Array(n).fill(0)` has elements.'],
  Object: [': Object', 'Functions on objects.'],
  String: [': String', 'Functions on texts.'],
  Boolean: ['(x: number): boolean', 'Whether it counts as true.'],
  isNaN: ['(x: number): boolean', 'Whether it is NaN.'],
  isFinite: ['(x: number): boolean', 'Whether it is neither NaN nor infinite.'],
  parseInt: ['(text: string, radix?: number): number', 'The whole number at the beginning of a text.'],
  parseFloat: ['(text: string): number', 'The number at the beginning of a text.'],
  Infinity: [': number', 'Larger than every number.'],
  NaN: [': number', 'Not a number.'],
  undefined: [': undefined', 'No value.'],
};

const TABLES = {
  Math: MATH,
  Number: NUMBERS,
  Array: ARRAY_STATICS,
  String: STRING_STATICS,
  Object: OBJECT_STATICS,
  array: ARRAY,
  string: TEXT,
  global: GLOBALS,
} as const;

/** A namespace, or the kind of value that has members; `global` for names that are there without being declared. */
export type Holder = keyof typeof TABLES;

export const isHolder = (name: string): name is Holder => Object.hasOwn(TABLES, name);

export function builtinDoc(holder: Holder, name: string): BuiltinDoc | null {
  const table: Table = TABLES[holder];
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  return found ? { name, signature: found[0], text: found[1] } : null;
}

export const builtinNames = (holder: Holder): string[] => Object.keys(TABLES[holder]);

const views = new Map<string, View>();

/** The type of a built-in name. `element`: what `T` is. */
export function builtinView({ name, signature }: BuiltinDoc, element: string | null = null): View {
  if (signature.startsWith(':')) return signature === ': number' ? NUMBER : { kind: 'namespace', name };
  const text = `declare function f${element === null ? signature : signature.replace(/\bT\b/g, element)};`;
  const known = views.get(text);
  if (known) return known;
  const view = readSignature(text);
  // As many as there are kinds of elements in one text.
  if (views.size > MAX_KEPT) views.clear();
  views.set(text, view);
  return view;
}

const MAX_KEPT = 500;

function readSignature(text: string): View {
  try {
    const [statement] = parse(text, { sourceType: 'module', plugins: ['typescript'] }).program.body;
    if (statement?.type !== 'TSDeclareFunction') return UNKNOWN;
    return functionView(statement.params, statement.returnType, { text, types: new Map() }, null);
  } catch {
    // The type of the elements is too unusual to be written here.
    return UNKNOWN;
  }
}

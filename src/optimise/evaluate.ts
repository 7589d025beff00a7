/** Expressions while a patch is worked through, calls among them. In: expressions of the IR. Out: values. */

import type { IrExpression, IrFunction, Signature } from '../compiler/ir.ts';
import { typeOf } from '../compiler/ir.ts';
import { importName } from '../compiler/symbols.ts';
import { ACCESS_REACH_BYTES, HEADER } from '../protocol/arena.ts';
import { NotOptimised } from './assumptions.ts';
import { isPure, isSelfContained, readsMemory, sizeOf } from './functions.ts';
import { loadThrough, storeThrough } from './memory.ts';
import { simpleRemainder } from './remainder.ts';
import type { Specialiser } from './specialiser.ts';
import type { Value } from './ssa.ts';

/** Functions of the library beyond this size are called, not written out at each call. */
const MAX_INLINED = 520;
const MAX_INLINED_IN_INSTANCES = 120;
const MAX_INLINED_RARELY = 12;
/** What the short way before them leaves over is rare. */
const CALLED: ReadonlySet<string> = new Set(['std/toInt32(number): number', 'std/fmod(number, number): number']);
const MAX_DEPTH = 64;
const MAX_TARGETS = 8;
const ROUND_UP = 7;
const LIBRARY_PREFIX = 'std/';

/** What is given where a place is not reached. */
function nothing(work: Specialiser, expression: IrExpression): Value {
  const type = typeOf(expression);
  return work.builder.constant(type === 'void' ? 'i32' : type, type === 'i64' ? 0n : 0);
}

export function evaluate(work: Specialiser, expression: IrExpression): Value {
  if (!work.state) return nothing(work, expression);
  const { builder } = work;
  switch (expression.op) {
    case 'const':
      return builder.constant(expression.type, expression.value);
    case 'local':
      return work.state.locals[expression.index]!;
    case 'tee': {
      const value = evaluate(work, expression.value);
      if (work.state) work.state.locals[expression.index] = value;
      return value;
    }
    case 'unary':
      return builder.unary(expression.name, evaluate(work, expression.value));
    case 'binary': {
      const left = evaluate(work, expression.left);
      return builder.binary(expression.name, left, evaluate(work, expression.right));
    }
    case 'load': {
      const pointer = evaluate(work, expression.pointer);
      return work.state ? loadThrough(work, expression.access, pointer, expression.offset) : nothing(work, expression);
    }
    case 'select': {
      const yes = evaluate(work, expression.yes);
      const no = evaluate(work, expression.no);
      return builder.select(evaluate(work, expression.test), yes, no);
    }
    case 'conditional': {
      const test = evaluate(work, expression.test);
      if (!work.state) return nothing(work, expression);
      const value = work.choose(
        test,
        () => evaluate(work, expression.yes),
        () => evaluate(work, expression.no),
      );
      return value ?? nothing(work, expression);
    }
    case 'block':
      work.statements(expression.effects);
      return evaluate(work, expression.value);
    case 'symbol':
      return builder.i32(work.input.offsetOf(importName(expression)));
    case 'call':
      return call(work, expression);
    case 'callIndirect':
      return callIndirect(work, expression);
    case 'allocate':
      return allocate(work, expression);
    case 'element':
      throw new Error('optimise: an element of a view');
    case 'guard':
      return guard(work, expression);
  }
}

/** A pointer that is known to be one of the image's, or to lie where something may be, needs no check. */
function guard(work: Specialiser, { target, index, bytes, site }: IrExpression & { op: 'guard' }): Value {
  const pointer = work.reached().locals[index]!;
  // The call goes to the functions that the word may name, and is not made where it may name others.
  if (target === 'entry') return pointer;
  const { low, high } = work.builder.reach(pointer);
  const { image } = work.input;
  const size = target === 'object' ? Math.min(bytes, ACCESS_REACH_BYTES) : bytes;
  if (image.isReachable(low, high - low + size)) return pointer;
  const isChecked = target === 'elements' && checkElements(work, pointer, bytes, site);
  if (!isChecked && !checkObject(work, pointer, size, site))
    throw new NotOptimised('where a pointer may point is not known');
  return pointer;
}

/** Goes on where a condition holds, and stops where tier 1 would stop. */
function insist(work: Specialiser, condition: Value, site: number): void {
  work.choose(
    condition,
    () => null,
    () => {
      work.trap(site);
      return null;
    },
  );
}

/** One of some objects, or none, of which all that stand for it are lower. Returns false where it may be something else. */
function checkObject(work: Specialiser, pointer: Value, bytes: number, site: number): boolean {
  const { builder, input } = work;
  const list = builder.possibleHere(pointer);
  const first = list?.findIndex((at) => input.image.isReachable(at, bytes)) ?? -1;
  if (!list || first < 0 || !list.slice(first).every((at) => input.image.isReachable(at, bytes))) return false;
  insist(work, builder.binary('i32.ge_s', pointer, builder.i32(list[first]!)), site);
  return true;
}

/** Asks, as tier 1 does, whether an index is within its array. Returns false where it is not known which one that is. */
function checkElements(work: Specialiser, pointer: Value, bytes: number, site: number): boolean {
  if (pointer.op !== 'binary' || pointer.name !== 'i32.add') return false;
  const [index, start] = pointer.args;
  const extent = start.op === 'const' ? work.extents.from(Number(start.value)) : null;
  if (extent === null || extent < bytes) return false;
  const isInside = work.builder.binary('i32.lt_u', index, work.builder.i32(extent - bytes + 1));
  insist(work, isInside, site);
  return true;
}

function allocate(work: Specialiser, { sizeBytes, site }: IrExpression & { op: 'allocate' }): Value {
  const { builder } = work;
  const size = evaluate(work, sizeBytes);
  const header = builder.i32(0);
  const pointer = loadThrough(work, 'i32', header, HEADER.HEAP_POINTER);
  const rounded = builder.binary(
    'i32.and',
    builder.binary('i32.add', size, builder.i32(ROUND_UP)),
    builder.i32(~ROUND_UP),
  );
  const end = builder.binary('i32.add', pointer, rounded);
  if (end.op !== 'const' || pointer.op !== 'const') throw new NotOptimised('it makes objects in loops while it sounds');
  work.extents.allocate(Number(pointer.value), Number(end.value) - Number(pointer.value));
  work.hasMade = true;
  if (Number(end.value) > work.input.image.heapLimit) {
    work.trap(site);
    return pointer;
  }
  storeThrough(work, 'i32', header, HEADER.HEAP_POINTER, end);
  return pointer;
}

function call(work: Specialiser, expression: IrExpression & { op: 'call' }): Value {
  const args = expression.args.map((arg) => evaluate(work, arg));
  if (!work.state) return nothing(work, expression);
  const fn = work.input.functions.get(expression.target);
  if (!fn) throw new NotOptimised(`${expression.target} is not known`);
  return enter(work, fn, args, expression);
}

/** Calls by number, so that what is known of a loop in what they call is found again. */
const numbers = new WeakMap<object, number>();
let lastNumber = 0;

function numberOf(expression: object): number {
  let number = numbers.get(expression);
  if (number === undefined) {
    number = ++lastNumber;
    numbers.set(expression, number);
  }
  return number;
}

function enter(
  work: Specialiser,
  fn: IrFunction,
  args: readonly Value[],
  expression: IrExpression & { signature: Signature },
): Value {
  const { signature } = expression;
  const { path } = work.activation;
  if (fn.symbol.startsWith(LIBRARY_PREFIX) && signature.result !== 'void') {
    const exact = simpleRemainder(work.builder, fn.symbol, args);
    if (exact) return exact;
    const limit = inliningLimit(work);
    const isFixed = args.every((arg) => arg.op === 'const');
    const isCalled = sizeOf(fn) > limit || CALLED.has(fn.symbol) || work.isWithin(fn);
    if (isCalled && !isFixed && isPure(fn, work.input) && !mayReadMade(work, fn, args)) {
      work.calls.add(fn.symbol);
      return work.builder.call(fn.symbol, signature.result, args);
    }
  }
  if (signature.result !== 'void' && work.isWithin(fn) && isSelfContained(fn, work.input)) {
    work.calls.add(fn.symbol);
    return work.builder.call(fn.symbol, signature.result, args);
  }
  const depth = path.split('>').length;
  if (depth > MAX_DEPTH) throw new NotOptimised('functions call themselves');
  const at = `${path}${work.turnPath}>${numberOf(expression)}`;
  const value = work.inline(fn, args, at);
  return value ?? nothing(work, expression);
}

/** Whether a function that is called as it is would look for something in memory that a frame made, which is kept as values. */
function mayReadMade(work: Specialiser, fn: IrFunction, args: readonly Value[]): boolean {
  if (!work.hasMade || !readsMemory(fn, work.input)) return false;
  const { scratchStart, heapLimit } = work.input.image;
  const isMade = (at: number): boolean => at >= scratchStart && at < Math.max(heapLimit, scratchStart);
  return args.some((arg) => {
    if (arg.op === 'const') return isMade(Number(arg.value));
    // Texts are passed as numbers.
    const pointer = arg.op === 'unary' && arg.name === 'f64.convert_s.i32' ? arg.args[0] : arg;
    if (pointer.type !== 'i32') return false;
    const list = work.builder.possibleHere(pointer);
    return list ? list.some(isMade) : work.builder.interval(pointer).high >= scratchStart;
  });
}

/**
 * How large a function of the library may be that is written out where it is called. What elementary functions call is for
 * rare arguments; what instances call, which have state, is what they do in each frame, such as the sine of an oscillator.
 */
function inliningLimit(work: Specialiser): number {
  const { fn } = work.activation;
  if (!fn.symbol.startsWith(LIBRARY_PREFIX)) return MAX_INLINED;
  return isPure(fn, work.input) ? MAX_INLINED_RARELY : MAX_INLINED_IN_INSTANCES;
}

function callIndirect(work: Specialiser, expression: IrExpression & { op: 'callIndirect' }): Value {
  const args = expression.args.map((arg) => evaluate(work, arg));
  const code = evaluate(work, expression.code);
  if (!work.state) return nothing(work, expression);
  work.callsThroughPointers++;
  const targets = work.builder.possibleHere(code);
  if (!targets || targets.length > MAX_TARGETS) throw new NotOptimised('which function is called is not known');
  const run = (n: number): Value => {
    const fn = work.input.functionAt(targets[n]!);
    // A word that no closure has: such a path is never taken, or the call traps.
    if (!fn) throw new NotOptimised('which function is called is not known');
    if (n === targets.length - 1) return enter(work, fn, args, expression);
    const test = work.builder.binary('i32.eq', code, work.builder.i32(targets[n]!));
    const value = work.choose(
      test,
      () => enter(work, fn, args, expression),
      () => run(n + 1),
    );
    return value ?? nothing(work, expression);
  };
  return run(0);
}

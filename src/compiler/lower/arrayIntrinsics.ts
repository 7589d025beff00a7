/** What src/library asks of the compiler about arrays, as a few instructions each. */

import { HEADER } from '../../protocol/arena.ts';
import type { Expression } from '../ast.ts';
import { objectOf } from '../infer/types.ts';
import { binary, type IrExpression, type IrStatement, i32, load, local, set, store } from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import type { FunctionContext } from './context.ts';
import { lowerEachMember } from './eachMember.ts';
import {
  allocateArray,
  appendElement,
  checkedLength,
  clearElements,
  elementAddress,
  elementPlace,
  type Indexable,
  isIndexable,
  keepElement,
  layoutOf,
  readInside,
  shifted,
  withSetup,
} from './elements.ts';
import { lowerExpression, lowerNumeric, lowerTest } from './expressions.ts';
import { lowerHash } from './hashes.ts';
import { lowerCharacter, lowerCut, lowerTextOfUnits } from './strings.ts';
import { traceElement } from './tracing.ts';
import { asInt32, booleanValue, pointerValue, undefinedValue, type Value } from './values.ts';
import { header } from './variables.ts';

type BuiltinCall = Expression & { readonly kind: 'builtin' };

/** `null`: not one of them. */
export function lowerArrayIntrinsic(context: FunctionContext, expression: BuiltinCall): Value | null {
  const args = expression.args.map((arg) => arg.value);
  const word = (index: number): IrExpression => asInt32(context, lowerNumeric(context, args[index]!));
  const pointer = (index: number): IrExpression => lowerExpression(context, args[index]!).ir;
  const object = args[0] ? objectOf(context.typeOf(args[0])) : null;
  switch (expression.name) {
    case 'intrinsic.allocate':
      return lowerAllocation(context, expression, lowerNumeric(context, args[0]!));
    case 'intrinsic.allocateLike':
      return lowerAllocation(context, expression, lowerNumeric(context, args[1]!));
    case 'intrinsic.elementAt':
      if (!isIndexable(object)) {
        const { id, span } = expression;
        const [text, index] = [args[0]!, args[1]!];
        return lowerCharacter(context, { id, span, kind: 'index', object: text, index, exact: true, optional: false });
      }
      return readInside(elementPlace(context, object, pointer(0), lowerNumeric(context, args[1]!)));
    case 'intrinsic.cut':
      return lowerCut(context, expression);
    case 'intrinsic.textOfUnits':
      return lowerTextOfUnits(context, expression);
    case 'intrinsic.hashOf':
      return lowerHash(context, lowerExpression(context, args[0]!));
    case 'intrinsic.hasText':
    case 'intrinsic.isMap':
    case 'intrinsic.isSet':
    case 'intrinsic.isDictionary':
    case 'intrinsic.isError':
    case 'intrinsic.isList':
      return booleanValue(i32(isIndexable(object) ? 1 : 0));
    case 'intrinsic.eachMember':
      return lowerEachMember(context, expression);
    case 'intrinsic.requirePrintable':
      return undefinedValue();
    case 'intrinsic.setElementAt':
      return isIndexable(object) ? lowerSetElement(context, expression, object) : undefinedValue();
    case 'intrinsic.append': {
      if (!isIndexable(object)) return undefinedValue();
      const array = context.newLocal('i32');
      const given = traceElement(context, object, lowerExpression(context, args[1]!), expression.span);
      const value = keepElement(context, object, given);
      const site = context.site('grows-per-frame', expression.span);
      return effects([
        set(array, pointer(0)),
        value.setup,
        ...appendElement(context, object, local('i32', array), value.read, site, expression.span),
      ]);
    }
    case 'intrinsic.setLength':
      return effects([store('i32', pointer(0), ARRAY.LENGTH, word(1))]);
    case 'intrinsic.trim':
      return isIndexable(object) ? lowerTrim(context, object, pointer(0)) : undefinedValue();
    case 'intrinsic.discard':
      return isIndexable(object) ? lowerDiscard(context, object, pointer(0)) : undefinedValue();
    case 'intrinsic.moveElements': {
      if (!isIndexable(object)) return undefinedValue();
      const { shift } = layoutOf(object);
      const address = (array: number, index: number): IrExpression =>
        binary('i32.add', load('i32', pointer(array), ARRAY.DATA), shifted(word(index), shift));
      const site = context.site('endless-loop', expression.span);
      return effects([
        { op: 'copy', to: address(0, 1), from: address(2, 3), sizeBytes: shifted(word(4), shift), site },
      ]);
    }
    case 'intrinsic.view':
      return isIndexable(object) ? lowerView(context, expression, object) : undefinedValue();
    case 'intrinsic.requireTopLevel':
      return undefinedValue();
    case 'intrinsic.requireElements':
    case 'intrinsic.requireInside':
    case 'intrinsic.requireKey': {
      const code = REQUIREMENTS[expression.name];
      const trap: IrStatement = { op: 'trap', site: context.site(code, expression.span) };
      return effects([{ op: 'if', test: lowerTest(context, args[0]!), yes: [], no: [trap] }]);
    }
    case 'intrinsic.iterable':
    case 'intrinsic.walked':
      return lowerExpression(context, args[0]!);
    default:
      return null;
  }
}

const REQUIREMENTS = {
  'intrinsic.requireElements': 'empty-reduce',
  'intrinsic.requireInside': 'outside-array',
  'intrinsic.requireKey': 'key-per-frame',
} as const;

const effects = (statements: readonly IrStatement[]): Value => withSetup(statements, undefinedValue());

/** Room for elements that are all written before anybody reads them. */
function lowerAllocation(context: FunctionContext, expression: BuiltinCall, given: Value): Value {
  const object = objectOf(context.typeOf(expression));
  if (!isIndexable(object)) return undefinedValue();
  const setup: IrStatement[] = [];
  const length = checkedLength(context, given, expression.span, setup, false);
  const pointer = allocateArray(context, layoutOf(object), length, expression.span, setup);
  setup.push(clearElements(context, pointer, length, layoutOf(object), expression.span));
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** The value is there before the address is computed: what gives it may make the array grow. */
function lowerSetElement(context: FunctionContext, expression: BuiltinCall, object: Indexable): Value {
  const [array, index, given] = expression.args.map((arg) => arg.value);
  const pointer = lowerExpression(context, array!).ir;
  const place = elementPlace(context, object, pointer, lowerNumeric(context, index!));
  const traced = traceElement(context, object, lowerExpression(context, given!), expression.span);
  const value = keepElement(context, object, traced);
  const write = store(layoutOf(object).access, elementAddress(place), 0, value.read);
  return effects([...place.setup, value.setup, write]);
}

const rounded = (bytes: IrExpression): IrExpression => binary('i32.and', binary('i32.add', bytes, i32(7)), i32(-8));

/** Sets the heap back to `end` if the array's room ends where the heap does. */
function giveBack(
  object: Indexable,
  array: IrExpression,
  end: IrExpression,
  also: readonly IrStatement[],
): IrStatement {
  const room = rounded(shifted(load('i32', array, ARRAY.CAPACITY), layoutOf(object).shift));
  const last = binary('i32.add', load('i32', array, ARRAY.DATA), room);
  const isLast = binary('i32.eq', last, header('i32', HEADER.HEAP_POINTER));
  return { op: 'if', test: isLast, yes: [{ op: 'release', from: end }, ...also], no: [] };
}

function lowerTrim(context: FunctionContext, object: Indexable, pointer: IrExpression): Value {
  const index = context.newLocal('i32');
  const array = local('i32', index);
  const used = rounded(shifted(load('i32', array, ARRAY.LENGTH), layoutOf(object).shift));
  const end = binary('i32.add', load('i32', array, ARRAY.DATA), used);
  const capacity = store('i32', array, ARRAY.CAPACITY, load('i32', array, ARRAY.LENGTH));
  return effects([set(index, pointer), giveBack(object, array, end, [capacity])]);
}

function lowerDiscard(context: FunctionContext, object: Indexable, pointer: IrExpression): Value {
  const index = context.newLocal('i32');
  const array = local('i32', index);
  return effects([set(index, pointer), giveBack(object, array, array, [])]);
}

/** A descriptor of its own on the elements of another typed array. */
function lowerView(context: FunctionContext, expression: BuiltinCall, object: Indexable): Value {
  const [array, from, count] = expression.args.map((arg) => arg.value);
  const source = context.newLocal('i32');
  const start = context.newLocal('i32');
  const length = context.newLocal('i32');
  const made = context.newLocal('i32');
  const view = local('i32', made);
  const offset = shifted(local('i32', start), layoutOf(object).shift);
  return withSetup(
    [
      set(source, lowerExpression(context, array!).ir),
      set(start, asInt32(context, lowerNumeric(context, from!))),
      set(length, asInt32(context, lowerNumeric(context, count!))),
      set(made, context.allocate(i32(ARRAY.SIZE_BYTES), expression.span)),
      store('i32', view, ARRAY.DATA, binary('i32.add', load('i32', local('i32', source), ARRAY.DATA), offset)),
      store('i32', view, ARRAY.LENGTH, local('i32', length)),
      store('i32', view, ARRAY.CAPACITY, local('i32', length)),
    ],
    pointerValue(view),
  );
}

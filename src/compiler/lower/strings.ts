/** Strings as data: their characters, their codes, and what is asked of them. */

import { NULL_GUARD_BYTES } from '../../protocol/arena.ts';
import type { Expression } from '../ast.ts';
import { NULL, partId, STRING, UNDEFINED } from '../infer/types.ts';
import { binary, f64, type IrExpression, type IrStatement, i32, load, local, set, store, unary } from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import { textLength } from './builtins.ts';
import { callInstance } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { checkPresent, withSetup } from './elements.ts';
import { lowerExpression, lowerNumber, lowerNumeric, lowerSubscript } from './expressions.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import {
  asInt32,
  asNumber,
  asRepresentation,
  asString,
  booleanValue,
  fromRepresentation,
  numberValue,
  stringValue,
  undefinedValue,
  type Value,
  withTemp,
} from './values.ts';

const ABSENT = UNDEFINED | NULL;

/** A string as the library takes it: its handle as a number. */
const asHandle = (text: IrExpression): IrExpression => unary('f64.convert_s.i32', text);

/** Something of a string that may be absent: `undefined` then in an optional chain, and otherwise a trap. */
export function ofText(
  context: FunctionContext,
  expression: Expression & { kind: 'member' | 'index' | 'method' },
  use: (text: IrExpression) => Value,
): Value {
  const { object, optional } = expression;
  const holder = context.typeOf(object);
  const handle = asString(context, lowerExpression(context, object));
  if (!optional || (holder.mask & ABSENT) === 0) return use(checkPresent(context, handle, holder, object.span));
  const text = context.newLocal('i32');
  const type = context.typeOf(expression);
  const representation = representationOf(type);
  const ir: IrExpression = {
    op: 'conditional',
    type: valueTypeOf(representation),
    test: binary('i32.lt_u', local('i32', text), i32(NULL_GUARD_BYTES)),
    yes: asRepresentation(context, undefinedValue(), representation),
    no: asRepresentation(context, use(local('i32', text)), representation),
  };
  return withSetup([set(text, handle)], fromRepresentation(ir, representation, type));
}

export function lowerTextLength(context: FunctionContext, expression: Expression & { kind: 'member' }): Value {
  return ofText(context, expression, (text) => textLength(context, text));
}

/** `text[index]`: a character, or `undefined` past the end. */
export function lowerCharacter(context: FunctionContext, expression: Expression & { kind: 'index' }): Value {
  return ofText(context, expression, (text) => {
    const position = asNumber(context, lowerSubscript(context, expression.index));
    const ir = context.program.callLibrary('stringAt', [asHandle(text), position]);
    return stringValue(unary('i32.trunc_s_sat.f64', ir), expression.exact ? STRING : STRING | UNDEFINED);
  });
}

/** `intrinsic.cut`: a view of some characters. One alone is its own handle, and none is the empty text. */
export function lowerCut(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value {
  const [given, from, to] = expression.args.map((arg) => arg.value);
  const [text, start, count, part] = [0, 1, 2, 3].map(() => context.newLocal('i32')) as [
    number,
    number,
    number,
    number,
  ];
  const read = (index: number): IrExpression => local('i32', index);
  const address = binary('i32.add', load('i32', read(text), ARRAY.DATA), binary('i32.shl', read(start), i32(1)));
  const isCharacter = binary('i32.lt_s', read(text), i32(0));
  const unit: IrExpression = {
    op: 'conditional',
    type: 'i32',
    test: isCharacter,
    yes: read(text),
    no: binary('i32.sub', i32(-1), load('u16', address)),
  };
  const length: IrExpression = textLength(context, read(text)).ir;
  const view: IrStatement[] = [
    set(part, context.allocate(i32(ARRAY.SIZE_BYTES), expression.span)),
    store('i32', read(part), ARRAY.DATA, address),
    store('i32', read(part), ARRAY.LENGTH, read(count)),
    store('i32', read(part), ARRAY.CAPACITY, read(count)),
    store('i32', read(part), ARRAY.HASH, i32(0)),
  ];
  const longer: IrStatement = {
    op: 'if',
    test: binary('i32.eq', read(count), length),
    yes: [set(part, read(text))],
    no: view,
  };
  const some: IrStatement = {
    op: 'if',
    test: binary('i32.eq', read(count), i32(1)),
    yes: [set(part, unit)],
    no: [longer],
  };
  return withSetup(
    [
      set(text, asString(context, lowerExpression(context, given!))),
      set(start, asInt32(context, lowerNumeric(context, from!))),
      set(count, binary('i32.sub', asInt32(context, lowerNumeric(context, to!)), read(start))),
      {
        op: 'if',
        test: binary('i32.le_s', read(count), i32(0)),
        yes: [set(part, context.program.string(''))],
        no: [some],
      },
    ],
    stringValue(read(part)),
  );
}

/** `intrinsic.textOfUnits`: an array of units is a text, but for those of one unit or none. */
export function lowerTextOfUnits(context: FunctionContext, expression: Expression & { kind: 'builtin' }): Value {
  const [given, length] = expression.args.map((arg) => arg.value);
  const [units, count, text] = [0, 1, 2].map(() => context.newLocal('i32')) as [number, number, number];
  const read = (index: number): IrExpression => local('i32', index);
  const unit = binary('i32.sub', i32(-1), load('u16', load('i32', read(units), ARRAY.DATA)));
  const some: IrStatement = {
    op: 'if',
    test: binary('i32.eq', read(count), i32(1)),
    yes: [set(text, unit)],
    no: [
      store('i32', read(units), ARRAY.LENGTH, read(count)),
      store('i32', read(units), ARRAY.HASH, i32(0)),
      set(text, read(units)),
    ],
  };
  return withSetup(
    [
      set(units, lowerExpression(context, given!).ir),
      set(count, asInt32(context, lowerNumeric(context, length!))),
      {
        op: 'if',
        test: binary('i32.le_s', read(count), i32(0)),
        yes: [set(text, context.program.string(''))],
        no: [some],
      },
    ],
    stringValue(read(text)),
  );
}

/** Whether two handles stand for the same characters. */
export function sameText(context: FunctionContext, left: IrExpression, right: IrExpression): IrExpression {
  const isCharacter = (ir: IrExpression): boolean => ir.op === 'const' && Number(ir.value) < 0;
  if (!context.program.cutsTexts || isCharacter(left) || isCharacter(right)) return binary('i32.eq', left, right);
  const [a, b] = [context.newLocal('i32'), context.newLocal('i32')];
  const order = context.program.callLibrary('stringOrder', [asHandle(local('i32', a)), asHandle(local('i32', b))]);
  return {
    op: 'block',
    effects: [set(a, left), set(b, right)],
    value: {
      op: 'conditional',
      type: 'i32',
      test: binary('i32.eq', local('i32', a), local('i32', b)),
      yes: i32(1),
      no: binary('f64.eq', order, f64(0)),
    },
  };
}

/** A method of a string; `null`: none that this lowering knows. */
export function lowerTextMethod(context: FunctionContext, expression: Expression & { kind: 'method' }): Value | null {
  const [first] = expression.args;
  // With other arguments than the usual ones a function of the library does it.
  if (context.instance.calls.has(expression.id) && expression.name !== 'concat') return null;
  switch (expression.name) {
    case 'toString':
      return ofText(context, expression, (text) => stringValue(text));
    case 'concat':
      return ofText(context, expression, (text) => {
        let joined: Value = stringValue(text);
        expression.args.forEach(({ value }, position) => {
          const call = context.instance.calls.get(partId(expression.id, position));
          if (call?.kind !== 'direct') return;
          joined = callInstance(context, call.instance, i32(0), [{ value: joined }, { expression: value }]);
        });
        return joined;
      });
    case 'charCodeAt': {
      const index = first ? lowerNumber(context, first.value) : f64(0);
      return ofText(context, expression, (text) =>
        numberValue(context.program.callLibrary('stringCode', [asHandle(text), index])),
      );
    }
    case 'at':
    case 'charAt': {
      const index = first ? lowerNumber(context, first.value) : f64(0);
      const isAt = expression.name === 'at';
      return ofText(context, expression, (text) => {
        const found = context.program.callLibrary(isAt ? 'stringFrom' : 'stringCharacter', [asHandle(text), index]);
        const character = unary('i32.trunc_s_sat.f64', found);
        if (isAt) return stringValue(character, STRING | UNDEFINED);
        const no = context.program.string('');
        return stringValue(
          withTemp(context, character, 'i32', (test, yes) => ({ op: 'conditional', type: 'i32', test, yes, no })),
        );
      });
    }
    case 'indexOf':
    case 'includes': {
      if (!first) return null;
      return ofText(context, expression, (text) => {
        const part = asHandle(asString(context, lowerExpression(context, first.value)));
        const found = context.program.callLibrary('stringIndexOf', [asHandle(text), part]);
        return expression.name === 'indexOf' ? numberValue(found) : booleanValue(binary('f64.ge', found, f64(0)));
      });
    }
    default:
      return null;
  }
}

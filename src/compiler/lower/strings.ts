/** Strings as data: their characters, their codes, and what is asked of them. */

import type { Expression } from '../ast.ts';
import { STRING, UNDEFINED } from '../infer/types.ts';
import { binary, f64, type IrExpression, unary } from '../ir.ts';
import { textLength } from './builtins.ts';
import type { FunctionContext } from './context.ts';
import { lowerExpression, lowerNumber, lowerSubscript } from './expressions.ts';
import { asNumber, asString, booleanValue, numberValue, stringValue, twice, type Value } from './values.ts';

/** A string as the library takes it: its handle as a number. */
function handleOf(context: FunctionContext, expression: Expression): IrExpression {
  return unary('f64.convert_s.i32', asString(context, lowerExpression(context, expression)));
}

export function lowerTextLength(context: FunctionContext, expression: Expression): Value {
  return textLength(context, asString(context, lowerExpression(context, expression)));
}

/** `text[index]`: a character, or `undefined` past the end. */
export function lowerCharacter(context: FunctionContext, text: Expression, index: Expression, exact: boolean): Value {
  const handle = handleOf(context, text);
  const position = asNumber(context, lowerSubscript(context, index));
  const ir = context.program.callLibrary('stringAt', [handle, position]);
  return stringValue(unary('i32.trunc_s_sat.f64', ir), exact ? STRING : STRING | UNDEFINED);
}

/** A method of a string; `null`: none that this lowering knows. */
export function lowerTextMethod(context: FunctionContext, expression: Expression & { kind: 'method' }): Value | null {
  const [first] = expression.args;
  switch (expression.name) {
    case 'charCodeAt':
    case 'codePointAt': {
      const handle = handleOf(context, expression.object);
      const index = first ? lowerNumber(context, first.value) : f64(0);
      return numberValue(context.program.callLibrary('stringCode', [handle, index]));
    }
    case 'at':
    case 'charAt': {
      const index = first ? lowerNumber(context, first.value) : f64(0);
      const handle = handleOf(context, expression.object);
      const isAt = expression.name === 'at';
      const found = context.program.callLibrary(isAt ? 'stringFrom' : 'stringCharacter', [handle, index]);
      const character = unary('i32.trunc_s_sat.f64', found);
      if (isAt) return stringValue(character, STRING | UNDEFINED);
      const empty = context.program.string('');
      return stringValue(
        twice(context, character, 'i32', (ir, again) => ({
          op: 'choose',
          type: 'i32',
          test: ir,
          yes: again,
          no: empty,
        })),
      );
    }
    case 'indexOf':
    case 'includes': {
      if (!first) return null;
      const handle = handleOf(context, expression.object);
      const found = context.program.callLibrary('stringIndexOf', [handle, handleOf(context, first.value)]);
      return expression.name === 'indexOf' ? numberValue(found) : booleanValue(binary('f64.ge', found, f64(0)));
    }
    default:
      return null;
  }
}

/** Typed expressions → IR: what each kind becomes, and the forms in which a use may want it. */

import type { Expression } from '../ast.ts';
import { skipsRight, subjectOf, typeofTest } from '../infer/kindTests.ts';
import {
  bitOf,
  isMixed,
  isUnknown,
  NULL,
  NUMBER,
  OBJECTS,
  objectOf,
  STRING,
  type Type,
  UNDEFINED,
} from '../infer/types.ts';
import { type IrExpression, type IrStatement, i32, unary } from '../ir.ts';
import { lowerNewTypedArray, lowerSpreadArray, partOf } from './arrays.ts';
import { lowerAssign, lowerUpdate } from './assignment.ts';
import { primitiveIn, unbox } from './boxes.ts';
import { callInstance, lowerBuiltin, lowerCall, lowerMethod } from './calls.ts';
import type { FunctionContext } from './context.ts';
import { lowerConditional, lowerDefault, lowerLogical, lowerUnary } from './control.ts';
import { withSetup } from './elements.ts';
import { lowerTypeofTest, neverReached } from './kindTests.ts';
import { lowerArray, lowerClosure, lowerIndex, lowerInstanceOf, lowerMember, lowerRecord } from './objects.ts';
import { arithmetic, comparison } from './operators.ts';
import { representationOf } from './representation.ts';
import { lowerStatements } from './statements.ts';
import { traceMade } from './tracing.ts';
import {
  asBoxed,
  asIndex,
  asNumber,
  asRepresentation,
  asTest,
  booleanValue,
  constantValue,
  fromRepresentation,
  nullValue,
  numberValue,
  stringValue,
  testAbsent,
  undefinedValue,
  type Value,
} from './values.ts';
import { readGlobal, readVariable, requireDeclared } from './variables.ts';

const ABSENT = UNDEFINED | NULL;

export function lowerExpression(context: FunctionContext, expression: Expression): Value {
  const typed = asTyped(context, expression, lowerKind(context, expression));
  const isCall = expression.kind === 'call' || expression.kind === 'method';
  const value = isCall ? withSetup(context.lineMark(expression.span), typed) : typed;
  return MAKERS.has(expression.kind) ? traceMade(context, expression, value) : value;
}

/** Gives a pointer its kind of object; a box that inference has taken for an object alone becomes that object. */
function asTyped(context: FunctionContext, expression: Expression, value: Value): Value {
  if (value.kind === 'pointer' && value.bit === undefined) {
    const object = objectOf(context.typeOf(expression));
    return object ? { ...value, bit: bitOf(object) } : value;
  }
  if (value.kind !== 'boxed' || (value.mask & OBJECTS) === 0) return value;
  const type = context.typeOf(expression);
  const object = objectOf(type);
  if (!object || object.kind === 'mixed') return value;
  return unbox(context, value.ir, bitOf(object), type, expression.span);
}

/** What may give a number that is not finite without having been given one: not what only passes one on. */
const MAKERS: ReadonlySet<Expression['kind']> = new Set(['number', 'binary', 'builtin', 'call', 'method', 'index']);

function lowerKind(context: FunctionContext, expression: Expression): Value {
  const split = context.instance.rewrites.get(expression.id);
  if (split) return lowerExpression(context, split);
  switch (expression.kind) {
    case 'number':
      return constantValue(expression.value);
    case 'boolean':
      return booleanValue(i32(expression.value ? 1 : 0));
    case 'undefined':
    case 'broken':
    case 'unset':
      return undefinedValue();
    case 'string':
      return stringValue(context.program.string(expression.value));
    case 'null':
      return nullValue();
    case 'variable':
      return asNarrowed(context, expression, readVariable(context, expression.variable, expression.span));
    case 'patchGlobal':
      return numberValue(readGlobal(expression.name));
    case 'unary':
      return lowerUnary(context, expression);
    case 'binary': {
      const { operator } = expression;
      const kindTest = typeofTest(expression);
      if (kindTest) return lowerTypeofTest(context, kindTest);
      switch (operator) {
        case '<':
        case '<=':
        case '>':
        case '>=': {
          // Two strings are compared as such; in all other cases numbers are.
          const kinds = context.typeOf(expression.left).mask & context.typeOf(expression.right).mask;
          const isText = (kinds & STRING) !== 0;
          const operand = isText ? lowerExpression : lowerNumeric;
          return comparison(context, operator, operand(context, expression.left), operand(context, expression.right));
        }
        case '==':
        case '!=':
        case '===':
        case '!==':
          return comparison(
            context,
            operator,
            lowerExpression(context, expression.left),
            lowerExpression(context, expression.right),
          );
        default: {
          const join = operator === '+' ? partOf(context, expression.id) : null;
          if (join) {
            return callInstance(context, join, i32(0), [
              { expression: expression.left },
              { expression: expression.right },
            ]);
          }
          return arithmetic(
            context,
            operator,
            lowerNumeric(context, expression.left),
            lowerNumeric(context, expression.right),
          );
        }
      }
    }
    case 'logical':
      return lowerLogical(context, expression.operator, expression.left, expression.right, context.typeOf(expression));
    case 'conditional':
      return lowerConditional(context, expression);
    case 'assign':
      return lowerAssign(context, expression, true)!;
    case 'update':
      return lowerUpdate(context, expression, true)!;
    case 'sequence': {
      const effects = expression.effects.flatMap((effect) => lowerEffect(context, effect));
      return withSetup(effects, lowerExpression(context, expression.value));
    }
    case 'let': {
      const statements = lowerStatements(context, expression.statements);
      return withSetup(statements, lowerExpression(context, expression.value));
    }
    case 'default':
      return lowerDefault(context, expression);
    case 'call':
      return lowerCall(context, expression);
    case 'method':
      return lowerMethod(context, expression);
    case 'builtin':
      return lowerBuiltin(context, expression);
    case 'newTypedArray':
      return lowerNewTypedArray(context, expression);
    case 'member':
      return lowerMember(context, expression);
    case 'index':
      return lowerIndex(context, expression, false);
    case 'array':
      if (expression.elements.some((element) => element.spread)) {
        return lowerSpreadArray(context, expression, expression.elements);
      }
      return lowerArray(
        context,
        expression,
        expression.elements.map((element) => element.value),
      );
    case 'record':
      return lowerRecord(context, expression);
    case 'instanceOf':
      return lowerInstanceOf(context, expression);
    case 'closure':
      return lowerClosure(context, expression.node, context.instance.made.get(expression.node.id), expression.span);
  }
}

/** The value of a variable as what is left of it behind tests of its kind. */
function asNarrowed(context: FunctionContext, expression: Expression & { kind: 'variable' }, value: Value): Value {
  const type = context.typeOf(expression);
  const whole = context.variableType(expression.variable);
  if (isUnknown(type) || (type.mask === whole.mask && !type.object === !whole.object)) return value;
  if (isMixed(whole)) return isMixed(type) || type.object ? value : ofPrimitives(context, expression, value, type);
  if (whole.object && !type.object) return { kind: 'boxed', ir: asBoxed(context, value), mask: type.mask };
  const representation = representationOf(type);
  if (value.kind === 'pointer') return value;
  const known = 'mask' in value ? { ...value, mask: type.mask } : value;
  return fromRepresentation(asRepresentation(context, known, representation), representation, type);
}

/** What a box holds that is no object here. */
function ofPrimitives(
  context: FunctionContext,
  { variable, span }: Expression & { kind: 'variable' },
  value: Value,
  type: Type,
): Value {
  const box = asBoxed(context, value);
  // A function that was called since the test may have put something else there.
  const mayChange = variable.reassigned && (variable.captured || variable.owner === null);
  const ir = mayChange ? primitiveIn(context, box, span) : box;
  const known: Value = { kind: 'boxed', ir, mask: type.mask };
  const representation = representationOf(type);
  return fromRepresentation(asRepresentation(context, known, representation), representation, type);
}

/** For a use in which only the value as a number matters. */
export function lowerNumeric(context: FunctionContext, expression: Expression): Value {
  const isSplit = context.instance.rewrites.has(expression.id);
  if (expression.kind === 'index' && !isSplit)
    return traceMade(context, expression, lowerIndex(context, expression, true));
  const value = lowerExpression(context, expression);
  return isPlain(value) ? value : traceMade(context, expression, numberValue(asNumber(context, value)));
}

/** For a use as an index. */
export function lowerSubscript(context: FunctionContext, expression: Expression): Value {
  const isNumeric = (context.typeOf(expression).mask & ~(NUMBER | UNDEFINED)) === 0;
  return isNumeric ? lowerNumeric(context, expression) : asIndex(context, lowerExpression(context, expression));
}

/** Whether arithmetic takes the value as it is. */
export const isPlain = (value: Value): boolean =>
  value.kind === 'number' || value.kind === 'int' || value.kind === 'boolean';

export const lowerNumber = (context: FunctionContext, expression: Expression): IrExpression =>
  asNumber(context, lowerNumeric(context, expression));

/** For a use in which only the truth matters: an i32, zero or not. */
export function lowerTest(context: FunctionContext, expression: Expression): IrExpression {
  if (expression.kind === 'logical' && expression.operator !== '??') {
    const truth = context.truthOf(expression.left);
    if (skipsRight(expression.operator, truth)) {
      const effects =
        truth === 'unknown' ? neverReached(context, expression.left) : lowerEffect(context, expression.left);
      return withSetup(effects, booleanValue(i32(truth === true ? 1 : 0))).ir;
    }
    const left = lowerTest(context, expression.left);
    const right = lowerTest(context, expression.right);
    return expression.operator === '&&'
      ? { op: 'conditional', type: 'i32', test: left, yes: right, no: i32(0) }
      : { op: 'conditional', type: 'i32', test: left, yes: i32(1), no: right };
  }
  if (expression.kind === 'unary' && expression.operator === '!') {
    return unary('i32.eqz', lowerTest(context, expression.operand));
  }
  return asTest(context, lowerExpression(context, expression));
}

/** For an expression whose value nobody uses. */
export function lowerEffect(context: FunctionContext, expression: Expression): IrStatement[] {
  const rewritten = context.instance.rewrites.get(expression.id);
  if (rewritten) return lowerEffect(context, rewritten);
  switch (expression.kind) {
    case 'assign': {
      const out: IrStatement[] = [];
      lowerAssign(context, expression, false, out);
      return out;
    }
    case 'update': {
      const out: IrStatement[] = [];
      lowerUpdate(context, expression, false, out);
      return out;
    }
    case 'logical': {
      const right = lowerEffectAfter(context, expression.right);
      if (expression.operator === '??') {
        const test = testAbsent(lowerExpression(context, expression.left), ABSENT);
        return [{ op: 'if', test, yes: right(), no: [] }];
      }
      const truth = context.truthOf(expression.left);
      if (skipsRight(expression.operator, truth)) {
        return truth === 'unknown' ? neverReached(context, expression.left) : lowerEffect(context, expression.left);
      }
      const test = lowerTest(context, expression.left);
      const isAnd = expression.operator === '&&';
      return [{ op: 'if', test, yes: isAnd ? right() : [], no: isAnd ? [] : right() }];
    }
    case 'conditional': {
      const truth = context.truthOf(expression.test);
      if (truth === 'unknown') return neverReached(context, expression.test);
      if (truth !== null) {
        const branch = lowerEffect(context, truth ? expression.yes : expression.no);
        return [...lowerEffect(context, expression.test), ...branch];
      }
      const test = lowerTest(context, expression.test);
      return [{ op: 'if', test, yes: lowerEffect(context, expression.yes), no: lowerEffect(context, expression.no) }];
    }
    case 'sequence':
      return [...expression.effects, expression.value].flatMap((part) => lowerEffect(context, part));
    case 'let':
      return [...lowerStatements(context, expression.statements), ...lowerEffect(context, expression.value)];
    case 'number':
    case 'boolean':
    case 'undefined':
    case 'null':
    case 'string':
    case 'closure':
      return [];
    case 'variable':
      return requireDeclared(context, expression.variable, expression.span);
    default: {
      const subject = subjectOf(expression);
      if (subject) return lowerEffect(context, subject);
      return [{ op: 'effect', value: lowerExpression(context, expression).ir }];
    }
  }
}

const lowerEffectAfter = (context: FunctionContext, expression: Expression) => () => lowerEffect(context, expression);

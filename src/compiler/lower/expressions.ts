/** Typed expressions → IR. */

import { HEADER } from '../../protocol/arena.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, LogicalOperator, PatchGlobal, Target, Variable } from '../ast.ts';
import {
  isAbsent,
  NULL,
  NUMBER,
  type ObjectType,
  objectOf,
  positionType,
  STRING,
  type Type,
  tuplePosition,
  typeofName,
  UNDEFINED,
} from '../infer/types.ts';
import { binary, type IrExpression, type IrStatement, i32, load, local, set, store, unary } from '../ir.ts';
import { ARRAY, CLOSURE } from '../memoryLayout.ts';
import { lowerNewTypedArray, lowerSpreadArray } from './arrays.ts';
import { lowerBuiltin, lowerCall, lowerGetter, lowerMethod } from './calls.ts';
import type { FunctionContext } from './context.ts';
import {
  allocateArray,
  asElement,
  type ElementPlace,
  elementPlace,
  isIndexable,
  layoutOf,
  lengthOf,
  present,
  readElement,
  readInside,
  withSetup,
  writeElement,
} from './elements.ts';
import { capturesOf, closureBytes, fieldOffset, isIndirect, recordBytes } from './layout.ts';
import { arithmetic, comparison, unaryOperation } from './operators.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { lowerStatements } from './statements.ts';
import { lowerCharacter, lowerTextLength } from './strings.ts';
import {
  asBoxed,
  asIndex,
  asNumber,
  asRepresentation,
  asTest,
  booleanValue,
  constantValue,
  fromRepresentation,
  intValue,
  nullValue,
  numberValue,
  pointerValue,
  stringValue,
  testAbsent,
  undefinedValue,
  type Value,
} from './values.ts';

const ABSENT = UNDEFINED | NULL;

export function lowerExpression(context: FunctionContext, expression: Expression): Value {
  switch (expression.kind) {
    case 'number':
      return constantValue(expression.value);
    case 'boolean':
      return booleanValue(i32(expression.value ? 1 : 0));
    case 'undefined':
    case 'broken':
      return undefinedValue();
    case 'string':
      return stringValue(context.program.string(expression.value));
    case 'null':
      return nullValue();
    case 'variable':
      return readVariable(context, expression.variable);
    case 'patchGlobal':
      return numberValue(readGlobal(expression.name));
    case 'unary':
      return lowerUnary(context, expression);
    case 'binary': {
      const { operator } = expression;
      switch (operator) {
        case '<':
        case '<=':
        case '>':
        case '>=': {
          // Two strings are compared as such; in all other cases numbers are.
          const isText = isString(context.typeOf(expression.left)) && isString(context.typeOf(expression.right));
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
        default:
          return arithmetic(
            context,
            operator,
            lowerNumeric(context, expression.left),
            lowerNumeric(context, expression.right),
          );
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
    case 'closure':
      return lowerClosure(context, expression.node, context.instance.made.get(expression.node.id), expression.span);
  }
}

/** For a use in which only the value as a number matters. */
export function lowerNumeric(context: FunctionContext, expression: Expression): Value {
  if (expression.kind === 'index') return lowerIndex(context, expression, true);
  const value = lowerExpression(context, expression);
  return isPlain(value) ? value : numberValue(asNumber(context, value));
}

/** For a use as an index. */
export function lowerSubscript(context: FunctionContext, expression: Expression): Value {
  const isNumeric = (context.typeOf(expression).mask & ~(NUMBER | UNDEFINED)) === 0;
  return isNumeric ? lowerNumeric(context, expression) : asIndex(context, lowerExpression(context, expression));
}

/** Whether arithmetic takes the value as it is. */
const isPlain = (value: Value): boolean => value.kind === 'number' || value.kind === 'int' || value.kind === 'boolean';

/** A string, or nothing. */
const isString = (type: Type): boolean => (type.mask & ~ABSENT) === STRING && !type.object;

export const lowerNumber = (context: FunctionContext, expression: Expression): IrExpression =>
  asNumber(context, lowerNumeric(context, expression));

/** For a use in which only the truth matters: an i32, zero or not. */
export function lowerTest(context: FunctionContext, expression: Expression): IrExpression {
  if (expression.kind === 'logical' && expression.operator !== '??') {
    const left = lowerTest(context, expression.left);
    const right = lowerTest(context, expression.right);
    return expression.operator === '&&'
      ? { op: 'choose', type: 'i32', test: left, yes: right, no: i32(0) }
      : { op: 'choose', type: 'i32', test: left, yes: i32(1), no: right };
  }
  if (expression.kind === 'unary' && expression.operator === '!') {
    return unary('i32.eqz', lowerTest(context, expression.operand));
  }
  return asTest(context, lowerExpression(context, expression));
}

/** For an expression whose value nobody uses. */
export function lowerEffect(context: FunctionContext, expression: Expression): IrStatement[] {
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
      const test = lowerTest(context, expression.left);
      const isAnd = expression.operator === '&&';
      return [{ op: 'if', test, yes: isAnd ? right() : [], no: isAnd ? [] : right() }];
    }
    case 'conditional': {
      const test = lowerTest(context, expression.test);
      return [{ op: 'if', test, yes: lowerEffect(context, expression.yes), no: lowerEffect(context, expression.no) }];
    }
    case 'sequence':
      return [...expression.effects, expression.value].flatMap((part) => lowerEffect(context, part));
    case 'let':
      return lowerStatements(context, expression.statements);
    case 'number':
    case 'boolean':
    case 'undefined':
    case 'null':
    case 'string':
    case 'variable':
    case 'closure':
      return [];
    default:
      return [{ op: 'effect', value: lowerExpression(context, expression).ir }];
  }
}

const lowerEffectAfter = (context: FunctionContext, expression: Expression) => () => lowerEffect(context, expression);

// Variables and globals

function readVariable(context: FunctionContext, variable: Variable): Value {
  const place = context.location(variable);
  const type = context.variableType(variable);
  if (place.kind === 'local') {
    if (context.isCounter(variable)) return counterValue(variable, place.index);
    const representation = representationOf(type);
    return fromRepresentation(local(valueTypeOf(representation), place.index), representation, type.mask);
  }
  const representation = representationOf(type);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  return fromRepresentation(load(access, place.pointer, place.offset), representation, type.mask);
}

/** Fuel ends a loop after this many turns at the latest. */
const MAX_TURNS = 2 ** 27;

function counterValue(variable: Variable, index: number): Value {
  const { start, step } = variable.counter!;
  const end = start + step * MAX_TURNS;
  return intValue(local('i32', index), Math.min(start, end), Math.max(start, end));
}

export function writeVariable(context: FunctionContext, variable: Variable, value: Value): IrStatement {
  const place = context.location(variable);
  if (place.kind === 'local' && context.isCounter(variable)) {
    return set(place.index, value.kind === 'int' ? value.ir : unary('i32.trunc_s_sat.f64', asNumber(context, value)));
  }
  const representation = representationOf(context.variableType(variable));
  const ir = asRepresentation(context, value, representation);
  if (place.kind === 'local') return set(place.index, ir);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  return store(access, place.pointer, place.offset, ir);
}

/** Header fields are reached as offsets from the base. */
export const header = (access: 'f64' | 'i32', field: number): IrExpression => load(access, i32(0), field);

export function readGlobal(name: PatchGlobal): IrExpression {
  switch (name) {
    case 'sampleRate':
      return header('f64', HEADER.SAMPLE_RATE);
    case 'currentFrame':
      return header('f64', HEADER.CURRENT_FRAME);
    case 'currentTime':
      return binary('f64.div', header('f64', HEADER.CURRENT_FRAME), header('f64', HEADER.SAMPLE_RATE));
  }
}

// Operators with control flow

function lowerUnary(context: FunctionContext, expression: Expression & { kind: 'unary' }): Value {
  const { operator, operand } = expression;
  if (operator === '!') return booleanValue(unary('i32.eqz', lowerTest(context, operand)));
  if (operator === 'void') return withSetup(lowerEffect(context, operand), undefinedValue());
  if (operator === 'typeof') {
    const name = typeofName(context.typeOf(operand));
    return withSetup(lowerEffect(context, operand), stringValue(context.program.string(name ?? '')));
  }
  return unaryOperation(context, operator, lowerNumeric(context, operand));
}

/** Puts a value into a new local of a type's form. */
function keepAs(context: FunctionContext, value: Value, type: Type): { setup: IrStatement; value: Value } {
  const representation = representationOf(type);
  const valueType = valueTypeOf(representation);
  const index = context.newLocal(valueType);
  return {
    setup: set(index, asRepresentation(context, value, representation)),
    value: fromRepresentation(local(valueType, index), representation, type.mask),
  };
}

/** Keeps a value as it is. */
export function keep(context: FunctionContext, value: Value): { setup: readonly IrStatement[]; value: Value } {
  if (value.ir.op === 'local' || value.ir.op === 'const') return { setup: [], value };
  const valueType = value.kind === 'number' || value.kind === 'boxed' ? 'f64' : 'i32';
  const index = context.newLocal(valueType);
  return { setup: [set(index, value.ir)], value: { ...value, ir: local(valueType, index) } };
}

function choose(context: FunctionContext, test: IrExpression, yes: Value, no: Value, type: Type): Value {
  if (yes.kind === 'int' && no.kind === 'int') {
    const ir: IrExpression = { op: 'choose', type: 'i32', test, yes: yes.ir, no: no.ir };
    return intValue(ir, Math.min(yes.low, no.low), Math.max(yes.high, no.high));
  }
  const representation = representationOf(type);
  const ir: IrExpression = {
    op: 'choose',
    type: valueTypeOf(representation),
    test,
    yes: asRepresentation(context, yes, representation),
    no: asRepresentation(context, no, representation),
  };
  return fromRepresentation(ir, representation, type.mask);
}

function lowerConditional(context: FunctionContext, expression: Expression & { kind: 'conditional' }): Value {
  const test = lowerTest(context, expression.test);
  if (test.op === 'const') return lowerExpression(context, test.value ? expression.yes : expression.no);
  const yes = lowerExpression(context, expression.yes);
  const no = lowerExpression(context, expression.no);
  return choose(context, test, yes, no, context.typeOf(expression));
}

function lowerLogical(
  context: FunctionContext,
  operator: LogicalOperator,
  leftExpression: Expression,
  rightExpression: Expression,
  type: Type,
): Value {
  const left = keep(context, lowerExpression(context, leftExpression));
  const right = lowerExpression(context, rightExpression);
  return withSetup(left.setup, decide(context, operator, left.value, right, type));
}

/** The value of a logical operator; `left` can be read again. */
function decide(context: FunctionContext, operator: LogicalOperator, left: Value, right: Value, type: Type): Value {
  switch (operator) {
    case '&&':
      return choose(context, asTest(context, left), right, left, type);
    case '||':
      return choose(context, asTest(context, left), left, right, type);
    case '??':
      return choose(context, testAbsent(left, ABSENT), right, left, type);
  }
}

function lowerDefault(context: FunctionContext, expression: Expression & { kind: 'default' }): Value {
  const type = context.typeOf(expression);
  const given = lowerExpression(context, expression.value);
  if ((context.typeOf(expression.value).mask & UNDEFINED) === 0) return given;
  const value = keep(context, given);
  const fallback = lowerExpression(context, expression.fallback);
  return withSetup(value.setup, choose(context, testAbsent(value.value, UNDEFINED), fallback, value.value, type));
}

// Assignment

/** A target whose object and index have been evaluated: it can be read and written. */
interface Place {
  readonly setup: readonly IrStatement[];
  readonly type: Type;
  read(): Value;
  write(value: Value): readonly IrStatement[];
}

function lowerPlace(context: FunctionContext, target: Target): Place {
  switch (target.kind) {
    case 'variable': {
      const { variable } = target;
      return {
        setup: [],
        type: context.variableType(variable),
        read: () => readVariable(context, variable),
        write: (value) => [writeVariable(context, variable, value)],
      };
    }
    case 'member': {
      const holder = context.typeOf(target.object);
      const object = objectOf(holder);
      const pointer = lowerPointer(context, target.object);
      const field = object?.kind === 'record' ? object.fields.get(target.name) : undefined;
      if (object?.kind !== 'record' || !field) return nowhere(context, pointer, target.object);
      const index = context.newLocal('i32');
      const offset = fieldOffset(object, target.name);
      const representation = representationOf(field.type);
      const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
      return {
        setup: [set(index, present(context, pointer, holder, target.object.span))],
        type: field.type,
        read: () => fromRepresentation(load(access, local('i32', index), offset), representation, field.type.mask),
        write: (value) => [
          store(access, local('i32', index), offset, asRepresentation(context, value, representation)),
        ],
      };
    }
    case 'index': {
      const position = tuplePosition(objectOf(context.typeOf(target.object)), target.index);
      if (position !== null) return lowerPlace(context, { ...target, kind: 'member', name: position });
      const place = lowerElementPlace(context, target.object, target.index);
      if (!place) return nowhere(context, lowerPointer(context, target.object), target.object);
      const { object } = place;
      const type = object.kind === 'array' ? object.element : { mask: 1, object: null };
      return {
        setup: place.setup,
        type,
        read: () => readElement(context, { ...place, setup: [] }, false),
        write: (value) => {
          const kept = keep(context, { ...value });
          const stored = asElement(context, object, kept.value);
          if (stored.op === 'local' || stored.op === 'const') {
            return [...kept.setup, ...writeElement(context, place, stored, target.span)];
          }
          const type =
            object.kind === 'typedArray' && object.name === 'Float32Array'
              ? 'f32'
              : layoutOf(object).access === 'f64'
                ? 'f64'
                : 'i32';
          const converted = context.newLocal(type);
          return [
            ...kept.setup,
            set(converted, stored),
            ...writeElement(context, place, local(type, converted), target.span),
          ];
        },
      };
    }
  }
}

/** A target in what is always absent, which is a trap, or one about which a mistake has been reported. */
const nowhere = (context: FunctionContext, pointer: IrExpression, holder: Expression): Place => ({
  setup: [
    { op: 'effect', value: pointer },
    ...(isAbsent(context.typeOf(holder))
      ? [{ op: 'trap' as const, site: context.site('undefined-value', holder.span) }]
      : []),
  ],
  type: { mask: UNDEFINED, object: null },
  read: undefinedValue,
  write: (value) => [{ op: 'effect', value: value.ir }],
});

function lowerPointer(context: FunctionContext, expression: Expression): IrExpression {
  const value = lowerExpression(context, expression);
  return value.kind === 'pointer' ? value.ir : asRepresentation(context, value, 'pointer');
}

export function lowerElementPlace(
  context: FunctionContext,
  objectExpression: Expression,
  indexExpression: Expression,
): ElementPlace | null {
  const holder = context.typeOf(objectExpression);
  const object = objectOf(holder);
  if (!isIndexable(object)) return null;
  const pointer = present(context, lowerPointer(context, objectExpression), holder, objectExpression.span);
  // The pointer is evaluated before the index, also where the index has effects.
  const kept = context.newLocal('i32');
  const index = lowerSubscript(context, indexExpression);
  const place = elementPlace(context, object, local('i32', kept), index);
  return { ...place, setup: [set(kept, pointer), ...place.setup] };
}

const isLogical = (operator: string): operator is LogicalOperator =>
  operator === '&&' || operator === '||' || operator === '??';

/** With `wantsValue` the result is the expression's value; without, the statements go to `out`. */
function lowerAssign(
  context: FunctionContext,
  expression: Expression & { kind: 'assign' },
  wantsValue: boolean,
  out: IrStatement[] = [],
): Value | null {
  const { target, operator } = expression;
  const place = lowerPlace(context, target);
  out.push(...place.setup);
  if (operator !== null && isLogical(operator)) {
    return lowerLogicalAssign(context, expression, operator, place, wantsValue, out);
  }
  let value: Value;
  if (operator === null) value = lowerExpression(context, expression.value);
  else {
    const old = place.read();
    const left = isPlain(old) ? old : numberValue(asNumber(context, old));
    value = arithmetic(context, operator, left, lowerNumeric(context, expression.value));
  }
  if (!wantsValue) {
    out.push(...place.write(value));
    return null;
  }
  const kept = keep(context, value);
  return withSetup([...out, ...kept.setup, ...place.write(kept.value)], kept.value);
}

function lowerLogicalAssign(
  context: FunctionContext,
  expression: Expression & { kind: 'assign' },
  operator: LogicalOperator,
  place: Place,
  wantsValue: boolean,
  out: IrStatement[],
): Value | null {
  const old = keep(context, place.read());
  out.push(...old.setup);
  const keepsOld =
    operator === '&&'
      ? unary('i32.eqz', asTest(context, old.value))
      : operator === '||'
        ? asTest(context, old.value)
        : unary('i32.eqz', testAbsent(old.value, ABSENT));
  const value = keepAs(context, lowerExpression(context, expression.value), context.typeOf(expression.value));
  const assign: IrStatement[] = [value.setup, ...place.write(value.value)];
  if (!wantsValue) {
    out.push({ op: 'if', test: keepsOld, yes: [], no: assign });
    return null;
  }
  const test = context.newLocal('i32');
  out.push(set(test, keepsOld), { op: 'if', test: local('i32', test), yes: [], no: assign });
  return withSetup(out, choose(context, local('i32', test), old.value, value.value, context.typeOf(expression)));
}

function lowerUpdate(
  context: FunctionContext,
  expression: Expression & { kind: 'update' },
  wantsValue: boolean,
  out: IrStatement[] = [],
): Value | null {
  const { target, step, prefix } = expression;
  const place = lowerPlace(context, target);
  out.push(...place.setup);
  const read = place.read();
  const old = read.kind === 'number' || read.kind === 'int' ? read : numberValue(asNumber(context, read));
  const operator = step > 0 ? '+' : '-';
  if (!wantsValue) {
    out.push(...place.write(arithmetic(context, operator, old, constantValue(1))));
    return null;
  }
  const before = keepCopy(context, old);
  const after = keepCopy(context, arithmetic(context, operator, before.value, constantValue(1)));
  const setup = [...out, before.setup, after.setup, ...place.write(after.value)];
  return withSetup(setup, prefix ? after.value : before.value);
}

/** Keeps a value in a local of its own, also where it is in a local that is about to change. */
function keepCopy(context: FunctionContext, value: Value): { setup: IrStatement; value: Value } {
  const valueType = value.kind === 'number' || value.kind === 'boxed' ? 'f64' : 'i32';
  const index = context.newLocal(valueType);
  return { setup: set(index, value.ir), value: { ...value, ir: local(valueType, index) } };
}

// Objects

function lowerMember(context: FunctionContext, expression: Expression & { kind: 'member' }): Value {
  const holder = context.typeOf(expression.object);
  const object = objectOf(holder);
  if (!object) {
    if ((holder.mask & STRING) !== 0) return lowerTextLength(context, expression);
    return lowerPartOfAbsent(context, expression);
  }
  if (expression.optional && (holder.mask & ABSENT) !== 0) {
    const pointer = keep(context, pointerValue(lowerPointer(context, expression.object)));
    const read = readMember(context, expression, pointer.value.ir);
    const absent = testAbsent(pointer.value, ABSENT);
    return withSetup(pointer.setup, choose(context, absent, undefinedValue(), read, context.typeOf(expression)));
  }
  const pointer = present(context, lowerPointer(context, expression.object), holder, expression.object.span);
  return readMember(context, expression, pointer);
}

/** What is always absent has no parts: reading one is `undefined` in an optional chain, and otherwise a trap. */
function lowerPartOfAbsent(
  context: FunctionContext,
  { object, optional }: Expression & { kind: 'member' | 'index' },
): Value {
  const effects = lowerEffect(context, object);
  if (isAbsent(context.typeOf(object)) && !optional) {
    effects.push({ op: 'trap', site: context.site('undefined-value', object.span) });
  }
  return withSetup(effects, undefinedValue());
}

function readMember(
  context: FunctionContext,
  expression: Expression & { kind: 'member' },
  pointer: IrExpression,
): Value {
  const object = objectOf(context.typeOf(expression.object));
  if (isIndexable(object)) return lengthOf(pointer);
  if (object?.kind === 'record' && object.isTuple && expression.name === 'length') {
    return withSetup([{ op: 'effect', value: pointer }], constantValue(object.fields.size));
  }
  const field = object?.kind === 'record' ? object.fields.get(expression.name) : undefined;
  if (object?.kind !== 'record' || !field) return withSetup([{ op: 'effect', value: pointer }], undefinedValue());
  const representation = representationOf(field.type);
  const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
  const ir = load(access, pointer, fieldOffset(object, expression.name));
  if (field.isGetter) return lowerGetter(context, expression.id, ir, field.type, expression.span);
  return fromRepresentation(ir, representation, field.type.mask);
}

function lowerIndex(context: FunctionContext, expression: Expression & { kind: 'index' }, asNaN: boolean): Value {
  const closer = positionType(objectOf(context.typeOf(expression.object)), expression.index);
  if (closer) {
    const place = lowerElementPlace(context, expression.object, expression.index);
    // The element is boxed like all of them, but what is in the box is known.
    if (place) return { kind: 'boxed', ir: asBoxed(context, readElement(context, place, false)), mask: closer.mask };
  }
  const holder = context.typeOf(expression.object);
  const position = tuplePosition(objectOf(holder), expression.index);
  if (position !== null)
    return lowerMember(context, { ...expression, kind: 'member', name: position, fromPattern: false });
  if (!objectOf(holder) && (holder.mask & STRING) !== 0) {
    return lowerCharacter(context, expression);
  }
  if (expression.optional && (holder.mask & ABSENT) !== 0 && objectOf(holder)) {
    const pointer = keep(context, pointerValue(lowerPointer(context, expression.object)));
    const object = objectOf(holder);
    if (!isIndexable(object)) return undefinedValue();
    const place = elementPlace(context, object, pointer.value.ir, lowerSubscript(context, expression.index));
    const read = readElement(context, place, false);
    const absent = testAbsent(pointer.value, ABSENT);
    return withSetup(pointer.setup, choose(context, absent, undefinedValue(), read, context.typeOf(expression)));
  }
  const place = lowerElementPlace(context, expression.object, expression.index);
  if (!place) return lowerPartOfAbsent(context, expression);
  return expression.exact ? readInside(place) : readElement(context, place, asNaN);
}

/** An array literal, and what `Array.of` makes. */
export function lowerArray(context: FunctionContext, expression: Expression, elements: readonly Expression[]): Value {
  const object = objectOf(context.typeOf(expression));
  if (object?.kind === 'record') {
    const entries = elements.map((value, position) => ({
      kind: 'field' as const,
      name: String(position),
      value,
      isGetter: false,
    }));
    return lowerRecord(context, { id: expression.id, span: expression.span, kind: 'record', entries });
  }
  if (object?.kind !== 'array') return undefinedValue();
  const layout = layoutOf(object);
  // Elements are evaluated before the array is made, so that what they make lies in front of it.
  const setup: IrStatement[] = [];
  const values = elements.map((element) => {
    const stored = asElement(context, object, lowerExpression(context, element));
    if (stored.op === 'const') return stored;
    const index = context.newLocal(layout.access === 'f64' ? 'f64' : 'i32');
    setup.push(set(index, stored));
    return local(layout.access === 'f64' ? 'f64' : 'i32', index);
  });
  const pointer = allocateArray(context, layout, i32(elements.length), expression.span, setup);
  values.forEach((value, position) => {
    setup.push(store(layout.access, local('i32', pointer), ARRAY.SIZE_BYTES + (position << layout.shift), value));
  });
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

function lowerRecord(context: FunctionContext, expression: Expression & { kind: 'record' }): Value {
  const object = objectOf(context.typeOf(expression));
  if (object?.kind !== 'record') return undefinedValue();
  const setup: IrStatement[] = [];
  const values = new Map<string, IrExpression>();
  const put = (name: string, value: Value): void => {
    const field = object.fields.get(name);
    if (!field) return;
    const representation = representationOf(field.type);
    const valueType = valueTypeOf(representation);
    const index = context.newLocal(valueType);
    setup.push(set(index, asRepresentation(context, value, representation)));
    values.set(name, local(valueType, index));
  };
  for (const entry of expression.entries) {
    if (entry.kind === 'field') {
      put(entry.name, lowerExpression(context, entry.value));
      continue;
    }
    const holder = context.typeOf(entry.value);
    const source = objectOf(holder);
    if (source?.kind !== 'record') continue;
    const pointer = context.newLocal('i32');
    setup.push(set(pointer, present(context, lowerPointer(context, entry.value), holder, entry.value.span)));
    for (const [name, field] of source.fields) {
      const representation = representationOf(field.type);
      const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
      const ir = load(access, local('i32', pointer), fieldOffset(source, name));
      put(name, fromRepresentation(ir, representation, field.type.mask));
    }
  }
  const pointer = context.newLocal('i32');
  setup.push(set(pointer, context.allocate(i32(recordBytes(object)), expression.span)));
  for (const [name, field] of object.fields) {
    const representation = representationOf(field.type);
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    const value = values.get(name) ?? asRepresentation(context, undefinedValue(), representation);
    setup.push(store(access, local('i32', pointer), fieldOffset(object, name), value));
  }
  return withSetup(setup, pointerValue(local('i32', pointer)));
}

/** Makes the record of a closure: the code that calls through a family reach, and the captures. */
export function lowerClosure(
  context: FunctionContext,
  node: FunctionNode,
  made: ObjectType | undefined,
  span: Span,
): Value {
  const family = made ? objectOf({ mask: 0, object: made }) : null;
  const closure = context.instance.closures.get(node);
  if (family?.kind !== 'function' || !closure) return undefinedValue();
  const entry = isIndirect({ mask: 0, object: family }) ? context.program.entryOf(closure, family) : null;
  const captures = capturesOf(node);
  if (captures.length === 0) return pointerValue(context.program.staticClosure(node, entry));
  const setup: IrStatement[] = [];
  const pointer = context.newLocal('i32');
  setup.push(set(pointer, context.allocate(i32(closureBytes(node)), span)));
  const record = local('i32', pointer);
  const code: IrExpression = entry ? { op: 'symbol', kind: 'function', name: entry } : i32(0);
  setup.push(store('i32', record, CLOSURE.CODE, code));
  for (const capture of captures) {
    if (capture.kind === 'frame') {
      setup.push(store('i32', record, capture.offset, context.framePointer(capture.scope)));
      continue;
    }
    const representation = representationOf(context.variableType(capture.variable));
    const access = valueTypeOf(representation) === 'f64' ? 'f64' : 'i32';
    const value = asRepresentation(context, readVariable(context, capture.variable), representation);
    setup.push(store(access, record, capture.offset, value));
  }
  return withSetup(setup, pointerValue(record));
}

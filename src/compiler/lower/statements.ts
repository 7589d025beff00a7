/** Typed statements → IR. */

import { HEADER } from '../../protocol/arena.ts';
import { append } from '../append.ts';
import type { Argument, JumpTarget, Scope, Statement, Variable } from '../ast.ts';
import { endsAt } from '../infer/kindTests.ts';
import { asksPhase } from '../infer/statements.ts';
import { AT_TOP, PER_FRAME } from '../infer/types.ts';
import { type IrExpression, type IrStatement, i32, local, set, store } from '../ir.ts';
import type { FunctionContext } from './context.ts';
import { lowerEffect, lowerExpression, lowerNumber, lowerTest } from './expressions.ts';
import { neverReached } from './kindTests.ts';
import { lowerClosure } from './objects.ts';
import { strictlyEqual } from './operators.ts';
import { resultTypeOf } from './program.ts';
import { representationOf } from './representation.ts';
import { traceChannel, traceResult } from './tracing.ts';
import { asRepresentation, fromRepresentation, undefinedValue, type Value } from './values.ts';
import { unsetValue, writeVariable } from './variables.ts';

export function lowerStatements(context: FunctionContext, statements: readonly Statement[]): IrStatement[] {
  const out: IrStatement[] = [];
  for (const statement of statements) {
    append(out, context.lineMark(statement.span));
    append(out, lowerStatement(context, statement));
    if (statement.kind === 'if' && endsAt(statement, context.truthOf(statement.test))) break;
  }
  return out;
}

/** Makes a scope's frame record and the closures of the functions declared in it. */
export function enter(
  context: FunctionContext,
  scope: Scope,
  span: Statement['span'],
  out: IrStatement[],
  storeParameters: () => void = () => {},
): void {
  // The names of the top level are not in any frame, and its functions are units of their own.
  if (scope.parent === null) return;
  context.enterScope(scope, span, out);
  for (const binding of scope.names.values()) {
    if (binding.kind === 'variable') out.push(...startValue(context, binding.variable));
  }
  // What a function captures is copied, so the parameters have to be there.
  storeParameters();
  for (const { variable, node, span: at } of scope.functions) {
    const closure = lowerClosure(context, node, context.instance.made.get(node.id), at);
    out.push(writeVariable(context, variable, closure));
  }
}

/** What a variable holds before anything has been assigned to it, where anybody could see that. */
export function startValue(context: FunctionContext, variable: Variable): IrStatement[] {
  if (variable.startsUndefined) return [writeVariable(context, variable, undefinedValue())];
  if (!variable.mayBeUnset) return [];
  const type = context.variableType(variable);
  const representation = representationOf(type);
  const unset = fromRepresentation(unsetValue(representation), representation, type);
  return [writeVariable(context, variable, unset)];
}

const breakLabel = (context: FunctionContext, target: JumpTarget): string => context.jumpLabel('end', target);
const continueLabel = (context: FunctionContext, target: JumpTarget): string => context.jumpLabel('next', target);

function lowerStatement(context: FunctionContext, statement: Statement): IrStatement[] {
  switch (statement.kind) {
    case 'declare': {
      const value = statement.value ? lowerExpression(context, statement.value) : undefinedValue();
      return [writeVariable(context, statement.variable, value)];
    }
    case 'expression':
      return lowerEffect(context, statement.expression);
    case 'block': {
      const out: IrStatement[] = [];
      enter(context, statement.scope, statement.span, out);
      if (statement.catchesCalls) return lowerCatching(context, statement, out);
      append(out, lowerStatements(context, statement.body));
      return statement.target ? [{ op: 'block', label: breakLabel(context, statement.target), body: out }] : out;
    }
    case 'if': {
      if (asksPhase(statement.test)) {
        // What only runs at one time has no code for the other.
        const { runs } = context.instance;
        if (runs === PER_FRAME) return lowerStatements(context, statement.yes);
        if (runs === AT_TOP) return lowerStatements(context, statement.no);
      }
      const truth = context.truthOf(statement.test);
      if (truth === 'unknown') return neverReached(context, statement.test);
      if (truth !== null) {
        const branch = lowerStatements(context, truth ? statement.yes : statement.no);
        return [...lowerEffect(context, statement.test), ...branch];
      }
      const test = lowerTest(context, statement.test);
      const yes = lowerStatements(context, statement.yes);
      const no = lowerStatements(context, statement.no);
      return [{ op: 'if', test, yes, no }];
    }
    case 'loop':
      return lowerLoop(context, statement);
    case 'switch':
      return lowerSwitch(context, statement);
    case 'break':
      return [{ op: 'break', label: breakLabel(context, statement.target) }];
    case 'continue':
      return [{ op: 'break', label: continueLabel(context, statement.target) }];
    case 'return':
      return lowerReturn(context, statement);
  }
}

/** What functions that are called here throw leads to the end of this. */
function lowerCatching(
  context: FunctionContext,
  { body }: Statement & { kind: 'block' },
  out: IrStatement[],
): IrStatement[] {
  const label = context.newLabel('caught');
  context.catchLabels.push(label);
  append(out, lowerStatements(context, body));
  context.catchLabels.pop();
  return [{ op: 'block', label, body: out }];
}

function lowerLoop(context: FunctionContext, statement: Statement & { kind: 'loop' }): IrStatement[] {
  const { target, scope, span } = statement;
  const out: IrStatement[] = [];
  enter(context, scope, span, out);
  append(out, lowerStatements(context, statement.start));
  const top = context.newLabel('loop');
  const end = breakLabel(context, target);
  const leaveUnless = (): IrStatement[] => {
    if (!statement.test) return [];
    const test = lowerTest(context, statement.test);
    if (test.op === 'const' && test.value !== 0) return [];
    return [{ op: 'if', test, yes: [], no: [{ op: 'break', label: end }] }];
  };
  const turn: IrStatement[] = [];
  if (!statement.testLast) append(turn, leaveUnless());
  turn.push({ op: 'block', label: continueLabel(context, target), body: lowerStatements(context, statement.body) });
  if (statement.testLast) append(turn, leaveUnless());
  context.renewScope(scope, span, turn);
  if (statement.step) append(turn, lowerEffect(context, statement.step));
  turn.push({ op: 'continue', label: top });
  out.push({
    op: 'block',
    label: end,
    body: [{ op: 'loop', label: top, body: turn, site: context.site('endless-loop', span) }],
  });
  return out;
}

/** Tests run in order until one matches, then bodies from there on, as in JavaScript. */
function lowerSwitch(context: FunctionContext, statement: Statement & { kind: 'switch' }): IrStatement[] {
  const { cases, target, span } = statement;
  const subject = lowerExpression(context, statement.subject);
  const out: IrStatement[] = [];
  const subjectType = subject.kind === 'number' || subject.kind === 'boxed' ? 'f64' : 'i32';
  const index = context.newLocal(subjectType);
  out.push(set(index, subject.ir));
  enter(context, statement.scope, span, out);
  const kept: Value = { ...subject, ir: local(subjectType, index) };
  const labels = cases.map(() => context.newLabel('case'));
  const end = breakLabel(context, target);
  const fallback = cases.findIndex((entry) => entry.test === null);
  const jumps: IrStatement[] = [];
  cases.forEach((entry, position) => {
    if (!entry.test) return;
    const test = strictlyEqual(context, kept, lowerExpression(context, entry.test));
    jumps.push({ op: 'if', test, yes: [{ op: 'break', label: labels[position]! }], no: [] });
  });
  jumps.push({ op: 'break', label: fallback >= 0 ? labels[fallback]! : end });
  // Leaving the block of a case leads to its body, which stands right behind it.
  let body: IrStatement[] = jumps;
  cases.forEach((entry, position) => {
    body = [{ op: 'block', label: labels[position]!, body }, ...lowerStatements(context, entry.body)];
  });
  out.push({ op: 'block', label: end, body });
  return out;
}

function lowerReturn(context: FunctionContext, statement: Statement & { kind: 'return' }): IrStatement[] {
  const { value } = statement;
  const type = context.instance.result;
  if (context.returnsPair && value?.kind === 'array') return lowerPair(context, value.elements);
  if (resultTypeOf(type) === 'void') {
    return [...(value ? lowerEffect(context, value) : []), { op: 'return', value: null }];
  }
  const representation = representationOf(type);
  const result = value ? lowerExpression(context, value) : undefinedValue();
  const heard = value ? traceResult(context, value, result) : result;
  return [{ op: 'return', value: asRepresentation(context, heard, representation) }];
}

/** The two channels, straight to where `render` looks for them. */
function lowerPair(context: FunctionContext, elements: readonly Argument[]): IrStatement[] {
  const [left, right] = elements.map((element) => lowerNumber(context, element.value)) as [IrExpression, IrExpression];
  const first = context.newLocal('f64');
  const second = context.newLocal('f64');
  return [
    set(first, traceChannel(context, 0, left, elements[0]!.value.span)),
    set(second, traceChannel(context, 1, right, elements[1]!.value.span)),
    store('f64', i32(0), HEADER.FRAME_LEFT, local('f64', first)),
    store('f64', i32(0), HEADER.FRAME_RIGHT, local('f64', second)),
    { op: 'return', value: null },
  ];
}

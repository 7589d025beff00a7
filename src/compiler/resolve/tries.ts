/**
 * `throw` and `try`. In: their syntax. Out: what is thrown goes into a variable, and a jump leads to the `catch` around it in the same
 * function; where there is none the patch stops there and says what was thrown. A `throw` in a function that is called within a `try`
 * leaves that function too, at the top level (unwinding.ts); while the patch plays that is refused. Pure.
 */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression, FunctionNode, JumpTarget, Statement, Variable } from '../ast.ts';
import { assigned, type Completion, completes, isHow, jumpsBehind, NORMAL, numberOf, THROWN } from './completions.ts';
import type { Context } from './context.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { newTarget } from './loops.ts';
import { declarePattern } from './patterns.ts';
import { resolveBlock } from './statements.ts';
import { knownText } from './texts.ts';
import { isErrorName, noteTry } from './throwing.ts';

/** A place that what is thrown goes to. */
export interface OpenTry {
  readonly owner: FunctionNode | null;
  readonly target: JumpTarget;
  readonly thrown: Variable;
  /** Holds the number of what a function has thrown to it, if functions do. */
  readonly number: Variable | null;
  /** Set where there is a `finally`. */
  readonly completion: Completion | null;
  /** Something is thrown to it. */
  isUsed: boolean;
}

const expression = <Kind extends object>(context: Context, span: Span, kind: Kind) => ({
  id: context.freshId(),
  span,
  ...kind,
});

export function resolveThrow(context: Context, { argument, start, end }: Babel.ThrowStatement): Statement[] {
  const span = { start: start!, end: end! };
  const isMade = argument.type === 'NewExpression' || argument.type === 'CallExpression';
  const called = isMade && argument.callee.type === 'Identifier' ? argument.callee.name : '';
  const isError = isMade && (isErrorName(called) || !context.tries.length);
  if (isMade && context.throwing.hasErrorClasses) return throwMade(context, argument, span);
  const [first] = isError ? argument.arguments : [argument];
  const isGiven = first && first.type !== 'SpreadElement' && first.type !== 'ArgumentPlaceholder';
  const given = isGiven ? resolveExpression(context, first as Babel.Expression) : null;
  const open = context.tries.at(-1);
  if (open?.owner === context.currentFunction) {
    const value = isError ? errorOf(context, called, given, span) : (given ?? context.broken(span));
    return throwTo(context, open, value, span);
  }
  const message = given && (knownText(given) ?? (first ? context.text.slice(first.start!, first.end!) : ''));
  const value = isError ? () => errorOf(context, called, given, span) : () => given ?? context.broken(span);
  return stop(context, message ?? '', span, value);
}

/** Throws what a class makes. */
function throwMade(context: Context, argument: Babel.Expression, span: Span): Statement[] {
  const made = resolveExpression(context, argument);
  const open = context.tries.at(-1);
  if (open?.owner === context.currentFunction) return throwTo(context, open, made, span);
  const message = made.kind === 'call' && made.args[0] ? knownText(made.args[0].value) : null;
  return stop(context, message ?? context.text.slice(argument.start!, argument.end!), span, () => made);
}

/** The object that `new Error('…')` makes. What goes through its members does not find that it is one. */
function errorOf(context: Context, name: string, given: Expression | null, span: Span): Expression {
  const text = (value: string): Expression => expression(context, span, { kind: 'string' as const, value });
  const field = (key: string, value: Expression) => ({ kind: 'field' as const, name: key, value, isGetter: false });
  const message = asText(context, given ?? text(''));
  const isError: Expression = expression(context, span, { kind: 'boolean' as const, value: true });
  return expression(context, span, {
    kind: 'record' as const,
    entries: [
      field('name', text(name)),
      field('message', message),
      { ...field('is error', isError), isMethod: true as const },
    ],
  });
}

const asText = (context: Context, value: Expression): Expression =>
  value.kind === 'string'
    ? value
    : expression(context, value.span, { kind: 'builtin' as const, name: 'String', args: [{ value, spread: false }] });

function throwTo(context: Context, open: OpenTry, value: Expression, span: Span): Statement[] {
  open.isUsed = true;
  const target = { kind: 'variable' as const, variable: open.thrown, span };
  const keep: Expression = expression(context, span, { kind: 'assign' as const, target, operator: null, value });
  return [
    { kind: 'expression', span, expression: keep },
    { kind: 'break', span, target: open.target },
  ];
}

const assign = (context: Context, variable: Variable, value: Expression, span: Span): Expression =>
  expression(context, span, {
    kind: 'assign' as const,
    target: { kind: 'variable' as const, variable, span },
    operator: null,
    value,
  });

/** Nothing catches it in this function. */
function stop(context: Context, message: string, span: Span, value: () => Expression): Statement[] {
  const isOfFunction = context.currentFunction !== context.unit?.initialiser;
  if (isOfFunction) context.throwing.escaping.push(span);
  const text: Expression = expression(context, span, { kind: 'string' as const, value: message });
  const args: Argument[] = [{ value: text, spread: false }];
  const { unwinding } = context;
  if (unwinding && isOfFunction) {
    unwinding.sites.push({ span, message });
    const number: Expression = expression(context, span, { kind: 'number' as const, value: unwinding.sites.length });
    args.push({ value: assign(context, unwinding.thrown, value(), span), spread: false });
    args.push({ value: assign(context, unwinding.number, number, span), spread: false });
  }
  return [
    thrown(context, args, span),
    { kind: 'return', span, value: expression(context, span, { kind: 'unset' as const }) },
  ];
}

const thrown = (context: Context, args: readonly Argument[], span: Span): Statement => ({
  ...{ kind: 'expression', span },
  expression: expression(context, span, { kind: 'builtin' as const, name: 'throw', args }),
});

/** After `finally`: what a function has thrown goes on as what it is, so that its own place is named if nothing catches it. */
function goOn(context: Context, { number, thrown: value }: OpenTry, span: Span): Statement[] {
  const { unwinding } = context;
  if (!unwinding || !number) return [];
  const read = (variable: Variable): Expression => expression(context, span, { kind: 'variable' as const, variable });
  const none: Expression = expression(context, span, { kind: 'number' as const, value: 0 });
  const test: Expression = expression(context, span, {
    ...{ kind: 'binary' as const, operator: '!==' as const },
    ...{ left: read(number), right: none },
  });
  const given = [
    expression(context, span, { kind: 'string' as const, value: '' }),
    assign(context, unwinding.thrown, read(value), span),
    assign(context, unwinding.number, read(number), span),
  ];
  const args = given.map((one) => ({ value: one, spread: false }));
  return [{ kind: 'if', span, test, yes: [thrown(context, args, span)], no: [] }];
}

export function resolveTry(context: Context, node: Babel.TryStatement): Statement[] {
  const span = spanOf(node);
  const { block, handler, finalizer } = node;
  noteTry(context.throwing, block);
  const last = finalizer ? opened(context, span, true) : null;
  const body = within(context, last, () =>
    handler ? withHandler(context, block, handler, span) : [resolveBlock(context, block, null)],
  );
  const completion = last?.entry.completion;
  if (!finalizer || !last || !completion) return body;
  const { entry, declared } = last;
  if (context.unwinding) entry.isUsed = true;
  const hasEnd = completes(body);
  // Only what was thrown jumps over this.
  const tried: Statement[] = [...body, assigned(context, completion.how, numberOf(context, NORMAL, span), span)];
  const guarded: Statement = {
    ...{ kind: 'block', span, scope: context.newScope(context.scope, span.start), target: entry.target },
    body: catching(context, entry, [...tried, { kind: 'break', span, target: entry.target }], span) ?? tried,
  };
  const after = resolveBlock(context, finalizer, null);
  const isThrown = entry.isUsed;
  if (!isThrown && completion.jumps.length === 0) return [{ ...guarded, body }, after];
  const read: Expression = expression(context, span, { kind: 'variable' as const, variable: entry.thrown });
  const outer = context.tries.at(-1);
  const again =
    outer?.owner === context.currentFunction
      ? throwTo(context, outer, read, span)
      : [...goOn(context, entry, span), ...stop(context, '', span, () => read)];
  const test = isHow(context, completion, THROWN, span);
  return [
    { kind: 'declare', span, variable: completion.how, value: numberOf(context, THROWN, span) },
    ...declared,
    guarded,
    after,
    ...(isThrown ? [{ kind: 'if' as const, span, test, yes: again, no: [] }] : []),
    ...jumpsBehind(context, completion, !hasEnd, span),
  ];
}

interface Opened {
  readonly entry: OpenTry;
  readonly declared: readonly Statement[];
}

function opened(context: Context, span: Span, isFinal = false): Opened {
  const thrown = context.temporary('thrown', span);
  thrown.reassigned = true;
  const number = context.unwinding && { ...context.temporary('number', span), reassigned: true };
  const target = newTarget(context, null);
  const completion = isFinal ? completionOf(context, target, span) : null;
  const entry: OpenTry = { owner: context.currentFunction, target, thrown, number, completion, isUsed: false };
  const value: Expression = expression(context, span, { kind: 'unset' as const });
  const none: Expression = expression(context, span, { kind: 'number' as const, value: 0 });
  const declared: Statement[] = [{ kind: 'declare', span, variable: thrown, value }];
  if (number) declared.push({ kind: 'declare', span, variable: number, value: none });
  if (completion) {
    const nothing: Expression = expression(context, span, { kind: 'unset' as const });
    declared.push({ kind: 'declare', span, variable: completion.returned, value: nothing });
  }
  return { entry, declared };
}

function completionOf(context: Context, end: JumpTarget, span: Span): Completion {
  const variable = (name: string): Variable => ({ ...context.temporary(name, span), reassigned: true });
  return { how: variable('how'), returned: variable('returned'), jumps: [], depth: context.targets.length, end };
}

function within<Result>(context: Context, opened: Opened | null, work: () => Result): Result {
  if (!opened) return work();
  context.tries.push(opened.entry);
  const result = work();
  context.tries.pop();
  return result;
}

function withHandler(
  context: Context,
  block: Babel.BlockStatement,
  handler: Babel.CatchClause,
  span: Span,
): Statement[] {
  const caught = opened(context, span);
  const { entry, declared } = caught;
  const body = within(context, caught, () => resolveBlock(context, block, null));
  const outer = newTarget(context, null);
  const scope = () => context.newScope(context.scope, span.start);
  const tried: Statement[] = [body, { kind: 'break', span, target: outer }];
  const guarded: Statement = {
    ...{ kind: 'block', span, scope: scope(), target: entry.target },
    body: catching(context, entry, tried, span) ?? tried,
  };
  const handled = resolveHandler(context, handler, entry.thrown);
  const whole: Statement = { kind: 'block', span, scope: scope(), target: outer, body: [guarded, handled] };
  return [...declared, whole];
}

/** What is tried, with what functions that it calls throw; `null`: nothing is thrown from function to function. */
function catching(context: Context, entry: OpenTry, tried: readonly Statement[], span: Span): Statement[] | null {
  const { unwinding } = context;
  if (!unwinding) return null;
  const read: Expression = expression(context, span, { kind: 'variable' as const, variable: unwinding.thrown });
  const none: Expression = expression(context, span, { kind: 'number' as const, value: 0 });
  const landed = [assign(context, entry.thrown, read, span)];
  if (entry.number) {
    const number: Expression = expression(context, span, { kind: 'variable' as const, variable: unwinding.number });
    landed.push(assign(context, entry.number, number, span));
  }
  landed.push(assign(context, unwinding.number, none, span));
  const scope = context.newScope(context.scope, span.start);
  return [
    { kind: 'block', span, scope, target: newTarget(context, null), body: tried, catchesCalls: true },
    ...landed.map((one) => ({ kind: 'expression' as const, span, expression: one })),
  ];
}

function resolveHandler(context: Context, { param, body }: Babel.CatchClause, thrown: Variable): Statement {
  const span = spanOf(body);
  const scope = context.newScope(context.scope, span.start);
  return context.inScope(scope, () => {
    const read: Expression = expression(context, span, { kind: 'variable' as const, variable: thrown });
    const made: Statement[] = [];
    if (param?.type === 'Identifier') {
      const variable = context.declare(param.name, 'let', spanOf(param), scope);
      variable.initialisedAt = span.start;
      made.push({ kind: 'declare', span: spanOf(param), variable, value: read });
    } else if (param?.type === 'ObjectPattern' || param?.type === 'ArrayPattern') {
      declarePattern(context, param, read, 'let', made);
    }
    return { kind: 'block', span, scope, body: [...made, resolveBlock(context, body, null)], target: null };
  });
}

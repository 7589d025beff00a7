/** Function literals and declarations. */

import type * as Babel from '@babel/types';
import { MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression, FunctionNode, Parameter, Scope, Statement, Variable } from '../ast.ts';
import { shortened } from '../shortNames.ts';
import { argumentAt, argumentsIn, declareArguments } from './argumentsObject.ts';
import { type Context, markHoisted } from './context.ts';
import { declareVar, hoistNames } from './declarations.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { bindGivenText } from './iife.ts';
import { declarePattern } from './patterns.ts';
import { resolveStatements } from './statements.ts';

type FunctionSyntax =
  | Babel.ArrowFunctionExpression
  | Babel.FunctionExpression
  | Babel.FunctionDeclaration
  | Babel.ObjectMethod;

/** Length of the names around a function, in its path. */
const MAX_PATH = 240;

/** Opens a function inside the one being resolved and gives it its lexical path. */
export function openFunction(context: Context, name: string | null, span: Span): FunctionNode {
  const parent = context.currentFunction;
  const localName = name ?? `λ${parent ? ++parent.lambdaCount : 1}`;
  const isTop = parent === null || parent === context.unit?.initialiser;
  const node: FunctionNode = {
    id: context.freshId(),
    path: isTop
      ? (name ?? `${context.unit?.name ?? 'patch'}.${localName}`)
      : `${shortened(parent.path, MAX_PATH)}.${localName}`,
    place: `${isTop ? (context.unit?.name ?? '') : parent.place}.${parent ? parent.functionCount++ : 0}`,
    parent,
    span,
    parameters: [],
    hasThis: false,
    isMaker: false,
    isArrow: false,
    writtenResult: null,
    scope: context.scope,
    body: [],
    captures: new Set(),
    unit: context.unit,
    lambdaCount: 0,
    functionCount: 0,
  };
  context.unit?.functions.push(node);
  return node;
}

/** Runs `work` as the body of `node`: in a scope of its own and with no jump target from outside. */
export function inFunction(context: Context, node: FunctionNode, work: (scope: Scope) => void): void {
  const outer = { function: context.currentFunction, targets: context.targets, hint: context.nameHint };
  context.currentFunction = node;
  context.targets = [];
  context.nameHint = null;
  node.scope = context.newScope(context.scope, node.span.start);
  context.inScope(node.scope, () => work(node.scope));
  context.currentFunction = outer.function;
  context.targets = outer.targets;
  context.nameHint = outer.hint;
}

export function resolveFunction(
  context: Context,
  syntax: Babel.ArrowFunctionExpression | Babel.FunctionExpression,
): Expression {
  const span = spanOf(syntax);
  const ownName = syntax.type === 'FunctionExpression' ? syntax.id : null;
  const node = openFunction(context, ownName?.name ?? context.nameHint, span);
  if (!ownName) {
    fillFunction(context, node, syntax);
    return { id: context.freshId(), span, kind: 'closure', node };
  }
  // A named function expression can refer to itself: its name is a constant around it.
  const scope = context.newScope(context.scope, span.start);
  return context.inScope(scope, () => {
    const self = context.declare(ownName.name, 'const', spanOf(ownName), scope);
    self.initialisedAt = span.end;
    fillFunction(context, node, syntax);
    const closure: Expression = { id: context.freshId(), span, kind: 'closure', node };
    const declare: Statement = { kind: 'declare', span, variable: self, value: closure };
    const value: Expression = { id: context.freshId(), span, kind: 'variable', variable: self };
    const block: Statement = { kind: 'block', span, scope, body: [declare], target: null };
    if (!self.captured) return closure;
    return { id: context.freshId(), span, kind: 'let', statements: [block], value };
  });
}

export function resolveMethodFunction(context: Context, syntax: Babel.ObjectMethod): Expression {
  const span = spanOf(syntax);
  const node = openFunction(context, context.nameHint, span);
  fillFunction(context, node, syntax);
  return { id: context.freshId(), span, kind: 'closure', node };
}

export function resolveDeclaredFunction(
  context: Context,
  syntax: Babel.FunctionDeclaration,
  name: string,
  scopeStart: number,
): FunctionNode {
  const node = openFunction(context, name, spanOf(syntax));
  markHoisted(node, scopeStart);
  fillFunction(context, node, syntax);
  return node;
}

export function fillFunction(context: Context, node: FunctionNode, syntax: FunctionSyntax): void {
  if (syntax.async || syntax.generator) {
    const star = context.text.indexOf('*', node.span.start);
    if (syntax.async) context.refuse({ start: node.span.start, end: node.span.start + 5 }, 'async');
    else context.refuse({ start: star, end: star + 1 }, 'generator');
    // `await` and `yield` inside are part of the same mistake.
    inFunction(context, node, () => {
      node.body = [{ kind: 'return', span: node.span, value: context.broken(node.span) }];
    });
    return;
  }
  node.writtenResult = context.written(syntax.returnType);
  inFunction(context, node, (scope) => {
    const prologue: Statement[] = [];
    const params = takeThis(context, node, syntax, scope);
    const mention = argumentsIn(context, syntax);
    const all = mention ? declareArguments(context, node, mention, scope) : null;
    for (const [position, parameter] of params.entries()) {
      if (all) {
        resolveTakenParameter(context, parameter, all, position, scope, prologue);
        continue;
      }
      // A default after a pattern may use the names in it, so it is evaluated after the pattern.
      if (parameter.type === 'AssignmentPattern' && prologue.length > 0) {
        node.parameters.push(resolveLateParameter(context, parameter, scope, prologue));
        continue;
      }
      const declared = resolveParameter(context, parameter, scope);
      if (!declared) continue;
      if (!node.hasThis) bindGivenText(context, syntax, node.parameters.length, declared.parameter);
      node.parameters.push(declared.parameter);
      const { variable } = declared.parameter;
      if (declared.pattern) declarePattern(context, declared.pattern, readOf(context, variable), 'let', prologue);
    }
    if (syntax.body.type === 'BlockStatement') {
      const vars = context.vars.namesIn(syntax.body.body);
      if (vars.length > 0 && syntax.params.some(holdsFunction)) separateVars(context, vars, scope, prologue);
      hoistNames(context, syntax.body.body, scope, vars);
      node.body = [...prologue, ...resolveStatements(context, syntax.body.body)];
    } else {
      const value = resolveExpression(context, syntax.body);
      node.body = [...prologue, { kind: 'return', span: value.span, value }];
    }
  });
}

/** Makes the first parameter of a function that uses `this`; gives the others. */
function takeThis(
  context: Context,
  node: FunctionNode,
  syntax: FunctionSyntax,
  scope: Scope,
): readonly FunctionSyntax['params'][number][] {
  const { params } = syntax;
  const [first] = params;
  node.isArrow = syntax.type === 'ArrowFunctionExpression' || syntax.type === 'ObjectMethod';
  node.isMaker = 'isMaker' in syntax && syntax.isMaker === true;
  if (syntax.type === 'ArrowFunctionExpression' || first?.type !== 'Identifier' || first.name !== 'this') return params;
  node.hasThis = true;
  const { start } = spanOf(first);
  const variable = context.declare('this', 'parameter', { start, end: start + 1 }, scope);
  variable.initialisedAt = 0;
  node.parameters.push({ variable, fallback: null, rest: false });
  return params.slice(1);
}

/**
 * Functions in the defaults of parameters see the parameters, not the variables of the body: those that bear the name of a
 * parameter begin with its value.
 */
function separateVars(context: Context, vars: readonly Babel.Identifier[], scope: Scope, out: Statement[]): void {
  for (const id of vars) {
    const known = scope.names.get(id.name);
    if (known?.kind !== 'variable' || known.variable.kind === 'var') continue;
    scope.names.delete(id.name);
    const span = spanOf(id);
    const variable = declareVar(context, id, scope);
    out.push({ kind: 'declare', span, variable, value: readOf(context, known.variable) });
  }
}

function holdsFunction(tree: unknown): boolean {
  const pending = [tree];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const { type } = value as { type?: unknown };
    if (type === 'ArrowFunctionExpression' || type === 'FunctionExpression' || type === 'ObjectMethod') return true;
    for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) pending.push(part);
  }
  return false;
}

/** A parameter whose default is evaluated in the body. */
function resolveLateParameter(
  context: Context,
  syntax: Babel.AssignmentPattern,
  scope: Scope,
  prologue: Statement[],
): Parameter {
  const span = spanOf(syntax);
  const given = context.temporary('argument', span);
  declareGiven(context, syntax, readOf(context, given), scope, prologue);
  return { variable: given, fallback: null, rest: false };
}

/** A parameter of a function that uses `arguments`. */
function resolveTakenParameter(
  context: Context,
  syntax: FunctionSyntax['params'][number],
  all: Variable,
  position: number,
  scope: Scope,
  prologue: Statement[],
): void {
  const isRest = syntax.type === 'RestElement';
  const given = argumentAt(context, all, position, isRest, syntax);
  declareGiven(context, isRest ? (syntax.argument as Babel.Identifier) : syntax, given, scope, prologue);
}

/** Declares a parameter in the body, with what is given or else its default. */
function declareGiven(
  context: Context,
  syntax: FunctionSyntax['params'][number],
  given: Expression,
  scope: Scope,
  prologue: Statement[],
): void {
  const span = spanOf(syntax);
  let value = given;
  let left = syntax;
  if (syntax.type === 'AssignmentPattern') {
    const fallback = resolveExpression(context, syntax.right);
    value = { id: context.freshId(), span, kind: 'default', value: given, fallback };
    left = syntax.left as FunctionSyntax['params'][number];
  }
  const inner = resolveParameter(context, left, scope);
  if (inner?.pattern) declarePattern(context, inner.pattern, value, 'let', prologue);
  else if (inner) prologue.push({ kind: 'declare', span, variable: inner.parameter.variable, value });
}

const readOf = (context: Context, variable: Variable): Expression => ({
  id: context.freshId(),
  span: variable.span,
  kind: 'variable',
  variable,
});

function resolveParameter(
  context: Context,
  syntax: FunctionSyntax['params'][number],
  scope: Scope,
): { parameter: Parameter; pattern: Babel.ArrayPattern | Babel.ObjectPattern | null } | null {
  const span = spanOf(syntax);
  switch (syntax.type) {
    case 'Identifier': {
      if (syntax.name === 'this') return null;
      const variable = context.declare(
        syntax.name,
        'parameter',
        { start: span.start, end: span.start + syntax.name.length },
        scope,
      );
      variable.initialisedAt = scope.start;
      variable.written = context.written(syntax.typeAnnotation);
      return { parameter: { variable, fallback: null, rest: false }, pattern: null };
    }
    case 'AssignmentPattern': {
      const inner = resolveParameter(context, syntax.left as FunctionSyntax['params'][number], scope);
      if (!inner) return null;
      // A default cannot use the parameter that it is for.
      inner.parameter.variable.initialisedAt = spanOf(syntax.right).end;
      const fallback = resolveExpression(context, syntax.right);
      return { parameter: { ...inner.parameter, fallback }, pattern: inner.pattern };
    }
    case 'RestElement': {
      const inner = resolveParameter(context, syntax.argument as FunctionSyntax['params'][number], scope);
      return inner ? { parameter: { ...inner.parameter, rest: true }, pattern: inner.pattern } : null;
    }
    case 'ArrayPattern':
    case 'ObjectPattern': {
      const variable = context.temporary('argument', span);
      return { parameter: { variable, fallback: null, rest: false }, pattern: syntax };
    }
    default:
      context.refuse(span, syntax.type);
      return null;
  }
}

/**
 * A built-in function used as a value, such as `[1, 2].map(Math.sin)`: a closure that calls it. Every use of the same
 * builtin is the same closure, so that `f === Math.sin` tells what it should.
 */
export function wrapBuiltin(context: Context, name: string, span: Span): Expression {
  if (name === 'String.fromCharCode' || name === 'String.fromCodePoint') {
    // As a callback it would use the index as a second code.
    context.report(span, 'builtin-as-value', name, `wrap it, as in \`(code) => ${name}(code)\``);
    return context.broken(span);
  }
  let node = context.wrappedBuiltins.get(name);
  if (!node) {
    node = newWrapper(context, name, span);
    context.wrappedBuiltins.set(name, node);
  }
  return { id: context.freshId(), span, kind: 'closure', node };
}

const MAX_HYPOT_PARAMETERS = 4;

function newWrapper(context: Context, name: string, span: Span): FunctionNode {
  const node: FunctionNode = {
    id: context.freshId(),
    path: name,
    place: name,
    parent: null,
    span,
    parameters: [],
    hasThis: false,
    isMaker: false,
    isArrow: false,
    writtenResult: null,
    scope: context.scope,
    body: [],
    captures: new Set(),
    unit: null,
    lambdaCount: 0,
    functionCount: 0,
  };
  inFunction(context, node, (scope) => {
    const math = name.startsWith('Math.') ? MATH_FUNCTIONS[name.slice(5)] : undefined;
    const args: Argument[] = [];
    // `hypot` does the same with zeros for what is missing; the largest of any number of numbers needs them all.
    const isExtreme = name === 'Math.max' || name === 'Math.min';
    const count = name === 'Math.hypot' ? MAX_HYPOT_PARAMETERS : isExtreme ? 1 : (math?.arity ?? 1);
    for (let index = 0; index < count; index++) {
      const variable = context.newVariable(`x${index}`, 'parameter', span, scope);
      const zero: Expression = { id: context.freshId(), span, kind: 'number', value: 0 };
      node.parameters.push({ variable, fallback: name === 'Math.hypot' ? zero : null, rest: isExtreme });
      args.push({ value: { id: context.freshId(), span, kind: 'variable', variable }, spread: isExtreme });
    }
    const value: Expression = { id: context.freshId(), span, kind: 'builtin', name, args };
    node.body = [{ kind: 'return', span, value }];
  });
  return node;
}

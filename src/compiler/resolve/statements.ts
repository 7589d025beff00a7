/** Statements: scopes open and close, declarations are hoisted, loops get one form. */

import type * as Babel from '@babel/types';
import { nearestName } from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, JumpTarget, Scope, Statement, Variable } from '../ast.ts';
import { memberBinding, memberNames } from './builtins.ts';
import type { Context } from './context.ts';
import { resolveExpression, resolveTarget, spanOf } from './expressions.ts';
import { resolveDeclaredFunction } from './functions.ts';
import { declarePattern, namesIn } from './patterns.ts';
import { knownText } from './texts.ts';

/** The names that a declaration which is outside the language would have introduced. */
export function* refusedNames(statement: Babel.Statement): Iterable<string> {
  switch (statement.type) {
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      if (statement.id?.type === 'Identifier') yield statement.id.name;
      break;
    case 'ImportDeclaration':
      for (const specifier of statement.specifiers) yield specifier.local.name;
      break;
    case 'ExportNamedDeclaration':
      if (statement.declaration) yield* refusedNames(statement.declaration);
      break;
    default:
      break;
  }
}

/** Makes the names of a block known before its statements are resolved, as JavaScript does. */
export function hoistNames(context: Context, body: readonly Babel.Statement[], scope: Scope): void {
  for (const statement of body) {
    for (const name of refusedNames(statement)) context.brokenNames.add(name);
    if (statement.type === 'VariableDeclaration') hoistDeclaration(context, statement, scope);
    if (statement.type === 'FunctionDeclaration' && statement.id) {
      const variable = context.declare(statement.id.name, 'function', spanOf(statement.id), scope);
      variable.initialisedAt = scope.start;
    }
  }
  for (const statement of body) {
    if (statement.type !== 'FunctionDeclaration' || !statement.id) continue;
    const binding = scope.names.get(statement.id.name);
    if (binding?.kind !== 'variable' || binding.variable.span.start !== statement.id.start) continue;
    const node = resolveDeclaredFunction(context, statement, statement.id.name, scope.start);
    binding.variable.holds = node;
    scope.functions.push({ variable: binding.variable, node, span: spanOf(statement) });
  }
}

/** Ends a function with a result that nobody complains about. */
const brokenReturn = (context: Context, span: Span): Statement => ({
  kind: 'return',
  span,
  value: context.broken(span),
});

/** `var`, and whatever else declares variables in a way that is not in the language. */
export function refuseVar(context: Context, { kind, start }: Babel.VariableDeclaration): void {
  if (kind !== 'const' && kind !== 'let') context.refuse({ start: start!, end: start! + kind.length }, kind);
}

export function hoistDeclaration(context: Context, statement: Babel.VariableDeclaration, scope: Scope): void {
  const kind = statement.kind === 'const' ? 'const' : 'let';
  for (const declarator of statement.declarations) {
    if (bindAlias(context, declarator, kind, scope)) continue;
    for (const name of namesIn(declarator.id)) {
      const span = { start: name.start!, end: name.start! + name.name.length };
      const variable = context.declare(name.name, kind, span, scope);
      variable.initialisedAt = declarator.end!;
    }
  }
}

/**
 * `const { sin, PI: pi } = Math` and `const f = Math.tanh` bind names to built-ins: no variable is made.
 * Returns whether the declarator was such an alias.
 */
function bindAlias(context: Context, declarator: Babel.VariableDeclarator, kind: string, scope: Scope): boolean {
  const init = declarator.init;
  if (kind !== 'const' || !init) return false;
  if (context.isLibrary && scope.parent === null && declarator.id.type === 'Identifier') {
    const value = constantOf(init, scope);
    if (value !== null) {
      scope.names.set(declarator.id.name, { kind: 'constant', value });
      return true;
    }
  }
  if (declarator.id.type === 'ObjectPattern' && init.type === 'Identifier') {
    const namespace = context.builtin(init.name);
    if (namespace?.kind !== 'namespace' || isShadowed(scope, init.name)) return false;
    const members: { name: string; local: Babel.Identifier; place: Span }[] = [];
    for (const property of declarator.id.properties) {
      if (property.type !== 'ObjectProperty' || property.key.type !== 'Identifier') return false;
      if (property.computed || property.value.type !== 'Identifier') return false;
      members.push({ name: property.key.name, local: property.value, place: spanOf(property.key) });
    }
    for (const { name, local, place } of members) bindMember(context, namespace.name, name, local, scope, place);
    return true;
  }
  if (declarator.id.type !== 'Identifier') return false;
  if (init.type === 'MemberExpression' && init.object.type === 'Identifier' && init.property.type === 'Identifier') {
    const namespace = context.builtin(init.object.name);
    if (init.computed || namespace?.kind !== 'namespace' || isShadowed(scope, init.object.name)) return false;
    bindMember(context, namespace.name, init.property.name, declarator.id, scope, spanOf(init));
    return true;
  }
  if (init.type === 'Identifier' && !isShadowed(scope, init.name)) {
    const builtin = context.builtin(init.name);
    if (builtin?.kind !== 'namespace' && builtin?.kind !== 'builtin' && builtin?.kind !== 'typedArray') return false;
    const first = scope.names.get(declarator.id.name);
    if (first) context.reportDeclaredTwice(declarator.id.name, spanOf(declarator.id), first);
    else scope.names.set(declarator.id.name, builtin);
    return true;
  }
  return false;
}

/** The library's named constants are part of its code. */
function constantOf(node: Babel.Node, scope: Scope): number | null {
  if (node.type === 'NumericLiteral') return node.value;
  if (node.type === 'Identifier') {
    const binding = scope.names.get(node.name);
    return binding?.kind === 'constant' ? binding.value : null;
  }
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.property.type === 'Identifier') {
    const binding = memberBinding(node.object.name, node.property.name);
    return binding?.kind === 'constant' ? binding.value : null;
  }
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = constantOf(node.argument, scope);
    return value === null ? null : -value;
  }
  if (node.type === 'BinaryExpression') {
    const left = constantOf(node.left, scope);
    const right = constantOf(node.right, scope);
    if (left === null || right === null) return null;
    if (node.operator === '+') return left + right;
    if (node.operator === '-') return left - right;
    if (node.operator === '*') return left * right;
    if (node.operator === '/') return left / right;
    if (node.operator === '**') return left ** right;
  }
  return null;
}

/** `place`: where the member is named. */
function bindMember(
  context: Context,
  namespace: string,
  member: string,
  local: Babel.Identifier,
  scope: Scope,
  place: Span,
): void {
  const first = scope.names.get(local.name);
  if (first) {
    context.reportDeclaredTwice(local.name, spanOf(local), first);
    return;
  }
  const found = context.namespaceBinding(namespace, member);
  if (found) scope.names.set(local.name, found);
  else {
    context.report(place, 'unknown-builtin', namespace, member, nearestName(member, memberNames(namespace)));
    scope.names.set(local.name, { kind: 'broken' });
  }
}

function isShadowed(scope: Scope | null, name: string): boolean {
  for (; scope; scope = scope.parent) if (scope.names.has(name)) return true;
  return false;
}

export function resolveStatements(context: Context, body: readonly Babel.Statement[]): Statement[] {
  return body.flatMap((statement) => resolveStatement(context, statement));
}

function resolveStatement(context: Context, node: Babel.Statement, label: string | null = null): Statement[] {
  const span = spanOf(node);
  switch (node.type) {
    case 'EmptyStatement':
    case 'FunctionDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSDeclareFunction':
      return [];
    case 'VariableDeclaration':
      return resolveDeclaration(context, node);
    case 'ExpressionStatement':
      return [{ kind: 'expression', span, expression: resolveExpression(context, node.expression) }];
    case 'ReturnStatement':
      return [{ kind: 'return', span, value: node.argument ? resolveExpression(context, node.argument) : null }];
    case 'IfStatement': {
      const test = resolveExpression(context, node.test);
      const yes = resolveBody(context, node.consequent);
      const no = node.alternate ? resolveBody(context, node.alternate) : [];
      return [{ kind: 'if', span, test, yes, no }];
    }
    case 'BlockStatement':
      return [resolveBlock(context, node, null)];
    case 'ForStatement':
      return [resolveFor(context, node, label)];
    case 'ForOfStatement':
      return [resolveForOf(context, node, label)];
    case 'WhileStatement':
    case 'DoWhileStatement': {
      const scope = context.newScope(context.scope, span.start);
      const target = newTarget(context, label);
      const isDo = node.type === 'DoWhileStatement';
      const test = resolveExpression(context, node.test);
      const body = withTarget(context, target, true, false, () => resolveBody(context, node.body));
      return [{ kind: 'loop', span, target, scope, start: [], test, testLast: isDo, step: null, body }];
    }
    case 'SwitchStatement':
      return [resolveSwitch(context, node, label)];
    case 'BreakStatement':
    case 'ContinueStatement':
      return resolveJump(context, node);
    case 'LabeledStatement': {
      const body = node.body;
      const isLoop = /^(For|While|DoWhile)/.test(body.type) || body.type === 'SwitchStatement';
      if (isLoop) return resolveStatement(context, body, node.label.name);
      const target = newTarget(context, node.label.name);
      const scope = context.newScope(context.scope, span.start);
      const inner = withTarget(context, target, false, true, () => resolveBody(context, body));
      return [{ kind: 'block', span, scope, body: inner, target }];
    }
    case 'TryStatement':
      return resolveTry(context, node);
    case 'ForInStatement':
      return resolveForIn(context, node, label);
    case 'ThrowStatement':
    case 'WithStatement':
      context.refuse(span, node.type);
      return [brokenReturn(context, span)];
    default:
      context.refuse(span, node.type);
      return [];
  }
}

/** Refused, but what is in it is checked. */
function resolveTry(context: Context, node: Babel.TryStatement): Statement[] {
  const span = spanOf(node);
  context.refuse(span, node.type);
  const yes = [resolveBlock(context, node.block, null)];
  const no = node.handler ? [resolveHandler(context, node.handler)] : [];
  const last = node.finalizer ? [resolveBlock(context, node.finalizer, null)] : [];
  return [{ kind: 'if', span, test: context.broken(span), yes, no }, ...last];
}

function resolveHandler(context: Context, { param, body }: Babel.CatchClause): Statement {
  const scope = context.newScope(context.scope, body.start!);
  return context.inScope(scope, () => {
    for (const name of param ? namesIn(param) : []) context.declare(name.name, 'let', spanOf(name), scope);
    return { kind: 'block', span: spanOf(body), scope, body: [resolveBlock(context, body, null)], target: null };
  });
}

/** Refused, but what is in it is checked. */
function resolveForIn(context: Context, node: Babel.ForInStatement, label: string | null): Statement[] {
  const span = { start: node.start!, end: node.body.start! };
  context.refuse({ start: span.start, end: context.text.slice(0, span.end).trimEnd().length }, node.type);
  resolveExpression(context, node.right);
  const scope = context.newScope(context.scope, span.start);
  const target = newTarget(context, label);
  return context.inScope(scope, () => {
    const body: Statement[] = [];
    bindElement(context, node.left, context.broken(spanOf(node.left)), scope, body);
    body.push(...withTarget(context, target, true, false, () => resolveBody(context, node.body)));
    const test = context.broken(span);
    return [{ kind: 'loop', span, target, scope, start: [], test, testLast: false, step: null, body }];
  });
}

export function resolveDeclaration(context: Context, node: Babel.VariableDeclaration): Statement[] {
  const out: Statement[] = [];
  refuseVar(context, node);
  for (const declarator of node.declarations) resolveDeclarator(context, declarator, node.kind, out);
  return out;
}

export function resolveDeclarator(
  context: Context,
  declarator: Babel.VariableDeclarator,
  kind: string,
  out: Statement[],
): void {
  const { id, init } = declarator;
  const span = spanOf(declarator);
  if (id.type === 'ArrayPattern' || id.type === 'ObjectPattern') {
    const first = namesIn(id)[Symbol.iterator]().next();
    const binding = first.done ? undefined : context.scope.names.get(first.value.name);
    if (binding && binding.kind !== 'variable') return;
    if (init) declarePattern(context, id, resolveExpression(context, init), kind === 'const' ? 'const' : 'let', out);
    return;
  }
  if (id.type !== 'Identifier') {
    context.refuse(span, id.type);
    return;
  }
  const binding = context.scope.names.get(id.name);
  if (binding?.kind !== 'variable') return;
  const { variable } = binding;
  variable.written = context.written(id.typeAnnotation);
  context.nameHint = id.name;
  const given = init ? resolveExpression(context, init) : null;
  const value = context.isUnread(span) ? context.broken(span) : given;
  context.nameHint = null;
  if (variable.span.start !== id.start) {
    // Declared a second time, which has been reported: not another value of the first.
    if (value) out.push({ kind: 'expression', span, expression: value });
    return;
  }
  if (value?.kind === 'closure' && variable.kind === 'const') variable.holds = value.node;
  if (value && variable.kind === 'const') variable.text = knownText(value);
  out.push({ kind: 'declare', span, variable, value });
}

function resolveBlock(context: Context, node: Babel.BlockStatement, target: JumpTarget | null): Statement {
  const scope = context.newScope(context.scope, node.start!);
  return context.inScope(scope, () => {
    hoistNames(context, node.body, scope);
    return { kind: 'block', span: spanOf(node), scope, body: resolveStatements(context, node.body), target };
  });
}

function resolveBody(context: Context, node: Babel.Statement): Statement[] {
  return resolveStatement(context, node);
}

function resolveFor(context: Context, node: Babel.ForStatement, label: string | null): Statement {
  const span = spanOf(node);
  const scope = context.newScope(context.scope, span.start);
  const target = newTarget(context, label);
  return context.inScope(scope, () => {
    const start: Statement[] = [];
    let counter: Variable | null = null;
    if (node.init?.type === 'VariableDeclaration') {
      hoistDeclaration(context, node.init, scope);
      start.push(...resolveDeclaration(context, node.init));
      counter = counterOf(start);
    } else if (node.init) {
      const expression = resolveExpression(context, node.init);
      start.push({ kind: 'expression', span: expression.span, expression });
    }
    const test = node.test ? resolveExpression(context, node.test) : null;
    if (counter?.reassigned) counter = null;
    const body = withTarget(context, target, true, false, () => resolveBody(context, node.body));
    const isLeftAlone = counter !== null && !counter.reassigned;
    const step = node.update ? resolveExpression(context, node.update) : null;
    if (counter && isLeftAlone) markCounter(counter, start, step);
    return { kind: 'loop', span, target, scope, start, test, testLast: false, step, body };
  });
}

/** The one variable that the head of a loop declares with a whole number. */
function counterOf(start: readonly Statement[]): Variable | null {
  const [only] = start;
  if (start.length !== 1 || only?.kind !== 'declare' || only.value?.kind !== 'number') return null;
  return Number.isInteger(only.value.value) && Math.abs(only.value.value) < 2 ** 20 ? only.variable : null;
}

const MAX_COUNTER_STEP = 4;

/** A counter stays a small integer: the fuel that every turn takes ends the loop long before it could overflow. */
function markCounter(counter: Variable, start: readonly Statement[], step: Expression | null): void {
  const [only] = start;
  if (only?.kind !== 'declare' || only.value?.kind !== 'number' || !step) return;
  let by: number | null = null;
  if (step.kind === 'update' && step.target.kind === 'variable' && step.target.variable === counter) by = step.step;
  if (step.kind === 'assign' && step.target.kind === 'variable' && step.target.variable === counter) {
    if (step.value.kind === 'number' && step.operator === '+') by = step.value.value;
    if (step.value.kind === 'number' && step.operator === '-') by = -step.value.value;
  }
  if (by !== null && Number.isInteger(by) && Math.abs(by) <= MAX_COUNTER_STEP && !Object.is(only.value.value, -0)) {
    counter.counter = { start: only.value.value, step: by };
  }
}

/** `for (const x of array)` counts through the array, whose length is read anew each turn as JavaScript does. */
function resolveForOf(context: Context, node: Babel.ForOfStatement, label: string | null): Statement {
  const span = spanOf(node);
  if (node.await) context.refuse(span, 'AwaitExpression');
  const outer = context.newScope(context.scope, span.start);
  const target = newTarget(context, label);
  return context.inScope(outer, () => {
    const walked = walkedBy(node);
    const iterable = resolveExpression(context, walked?.array ?? node.right);
    const list = context.temporary('list', iterable.span);
    const index = context.temporary('index', span);
    index.counter = { start: 0, step: 1 };
    index.reassigned = true;
    const read = (variable: Variable): Expression => ({
      id: context.freshId(),
      span: variable.span,
      kind: 'variable',
      variable,
    });
    const zero: Expression = { id: context.freshId(), span, kind: 'number', value: 0 };
    const start: Statement[] = [
      { kind: 'declare', span: iterable.span, variable: list, value: iterable },
      { kind: 'declare', span, variable: index, value: zero },
    ];
    const length: Expression = {
      id: context.freshId(),
      span: iterable.span,
      kind: 'member',
      object: read(list),
      name: 'length',
      optional: false,
      fromPattern: false,
    };
    const test: Expression = {
      id: context.freshId(),
      span,
      kind: 'binary',
      operator: '<',
      left: read(index),
      right: length,
    };
    const step: Expression = {
      id: context.freshId(),
      span,
      kind: 'update',
      target: { kind: 'variable', variable: index, span },
      step: 1,
      prefix: true,
    };
    const element: Expression = {
      id: context.freshId(),
      span: iterable.span,
      kind: 'index',
      object: read(list),
      index: read(index),
      exact: true,
      optional: false,
    };
    const turn = context.newScope(outer, span.start);
    const body = context.inScope(turn, () => {
      const statements: Statement[] = [];
      if (walked?.method === 'keys') bindElement(context, node.left, read(index), turn, statements);
      else if (walked) bindEntry(context, walked.parts, [read(index), element], turn, statements);
      else bindElement(context, node.left, element, turn, statements);
      statements.push(...withTarget(context, target, true, false, () => resolveBody(context, node.body)));
      return statements;
    });
    const block: Statement = { kind: 'block', span, scope: turn, body, target: null };
    return { kind: 'loop', span, target, scope: outer, start, test, testLast: false, step, body: [block] };
  });
}

type ForOfLeft = Babel.ForOfStatement['left'];

type Walked =
  | { readonly method: 'keys'; readonly array: Babel.Expression }
  /** `parts`: what the index and the element are bound to; `null`: nothing. */
  | { readonly method: 'entries'; readonly array: Babel.Expression; readonly parts: readonly (ForOfLeft | null)[] };

/** Walks along `array.keys()` and `array.entries()` need no array of their own: the loop has the index already. */
function walkedBy({ left, right }: Babel.ForOfStatement): Walked | null {
  if (right.type !== 'CallExpression' || right.arguments.length > 0) return null;
  const { callee } = right;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return null;
  const array = callee.object;
  if (array.type === 'Super' || (array.type === 'Identifier' && array.name === 'Object')) return null;
  if (callee.property.name === 'keys') return { method: 'keys', array };
  if (callee.property.name !== 'entries' || left.type !== 'VariableDeclaration') return null;
  const [declarator] = left.declarations;
  const pattern = declarator?.id;
  if (!declarator || pattern?.type !== 'ArrayPattern' || pattern.elements.length > 2) return null;
  const parts: (ForOfLeft | null)[] = [];
  for (const id of pattern.elements) {
    if (id === null) parts.push(null);
    else if (id.type === 'Identifier' || id.type === 'ArrayPattern' || id.type === 'ObjectPattern') {
      parts.push({ ...left, declarations: [{ ...declarator, id }] });
    } else return null;
  }
  return { method: 'entries', array, parts };
}

function bindEntry(
  context: Context,
  parts: readonly (ForOfLeft | null)[],
  values: readonly Expression[],
  scope: Scope,
  out: Statement[],
): void {
  parts.forEach((part, position) => {
    if (part) bindElement(context, part, values[position]!, scope, out);
  });
}

function bindElement(
  context: Context,
  left: Babel.ForOfStatement['left'],
  element: Expression,
  scope: Scope,
  out: Statement[],
): void {
  if (left.type === 'VariableDeclaration') {
    refuseVar(context, left);
    const kind = left.kind === 'const' ? 'const' : 'let';
    const id = left.declarations[0]?.id;
    if (!id) return;
    for (const name of namesIn(id)) context.declare(name.name, kind, spanOf(name), scope);
    if (id.type === 'ArrayPattern' || id.type === 'ObjectPattern') declarePattern(context, id, element, kind, out);
    else if (id.type === 'Identifier') {
      const binding = scope.names.get(id.name);
      if (binding?.kind === 'variable') {
        out.push({ kind: 'declare', span: spanOf(id), variable: binding.variable, value: element });
      }
    }
    return;
  }
  const assigned = resolveTarget(context, left);
  if (assigned) {
    const assign: Expression = {
      id: context.freshId(),
      span: spanOf(left),
      kind: 'assign',
      target: assigned,
      operator: null,
      value: element,
    };
    out.push({ kind: 'expression', span: spanOf(left), expression: assign });
  }
}

function resolveSwitch(context: Context, node: Babel.SwitchStatement, label: string | null): Statement {
  const span = spanOf(node);
  const subject = resolveExpression(context, node.discriminant);
  const scope = context.newScope(context.scope, span.start);
  const target = newTarget(context, label);
  return context.inScope(scope, () => {
    hoistNames(
      context,
      node.cases.flatMap((entry) => entry.consequent),
      scope,
    );
    const cases = withTarget(context, target, false, false, () =>
      node.cases.map((entry) => ({
        test: entry.test ? resolveExpression(context, entry.test) : null,
        body: resolveStatements(context, entry.consequent),
      })),
    );
    return { kind: 'switch', span, target, scope, subject, cases };
  });
}

function newTarget(context: Context, label: string | null): JumpTarget {
  return { id: context.freshId(), label };
}

function withTarget<Result>(
  context: Context,
  target: JumpTarget,
  takesContinue: boolean,
  needsLabel: boolean,
  work: () => Result,
): Result {
  context.targets.push({ target, takesContinue, needsLabel });
  const result = work();
  context.targets.pop();
  return result;
}

function resolveJump(context: Context, node: Babel.BreakStatement | Babel.ContinueStatement): Statement[] {
  const isContinue = node.type === 'ContinueStatement';
  const label = node.label?.name ?? null;
  const open = context.targets.findLast((candidate) => {
    if (isContinue && !candidate.takesContinue) return false;
    return label === null ? !candidate.needsLabel : candidate.target.label === label;
  });
  // The parser has reported a jump that leads nowhere.
  if (!open) return [];
  return [{ kind: isContinue ? 'continue' : 'break', span: spanOf(node), target: open.target }];
}

/** Declarations: names are hoisted, patterns taken apart, built-ins bound under new names. */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Scope, Statement } from '../ast.ts';
import { memberBinding, memberNames } from './builtins.ts';
import type { Context } from './context.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { resolveDeclaredFunction } from './functions.ts';
import { declarePattern, namesIn } from './patterns.ts';
import { knownText } from './texts.ts';

/** The names that an unsupported declaration would have introduced. */
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

/**
 * `var`, and whatever else declares variables in a way that is not in the language. Its names are visible outside the
 * block and may be declared again: neither is reported in addition.
 */
export function refuseVar(context: Context, { kind, start, declarations }: Babel.VariableDeclaration): void {
  if (isSupported(kind)) return;
  context.refuse({ start: start!, end: start! + kind.length }, kind);
  for (const { id } of declarations) for (const { name } of namesIn(id)) context.brokenNames.add(name);
}

const isSupported = (kind: string): boolean => kind === 'const' || kind === 'let';

export function hoistDeclaration(context: Context, statement: Babel.VariableDeclaration, scope: Scope): void {
  const kind = statement.kind === 'const' ? 'const' : 'let';
  for (const declarator of statement.declarations) {
    if (bindAlias(context, declarator, kind, scope)) continue;
    for (const name of namesIn(declarator.id)) {
      const span = { start: name.start!, end: name.start! + name.name.length };
      if (!isSupported(statement.kind)) {
        declareLeniently(context, name.name, span, scope);
        continue;
      }
      const variable = context.declare(name.name, kind, span, scope);
      variable.initialisedAt = declarator.end!;
    }
  }
}

/** A name that is declared by `var`, which was refused: it is there from the start, and may be there already. */
function declareLeniently(context: Context, name: string, span: Span, scope: Scope): void {
  if (!scope.names.has(name)) context.declare(name, 'let', span, scope).initialisedAt = 0;
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
    context.reportNoMember(place, namespace, member, memberNames(namespace));
    scope.names.set(local.name, { kind: 'broken' });
  }
}

function isShadowed(scope: Scope | null, name: string): boolean {
  for (; scope; scope = scope.parent) if (scope.names.has(name)) return true;
  return false;
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
  context.nameHint = context.scope.parent === null ? context.topName(id.name) : id.name;
  const given = init ? resolveExpression(context, init) : null;
  const value = context.isUnread(span) ? context.broken(span) : given;
  context.nameHint = null;
  if (variable.span.start !== id.start) {
    // A second declaration, which has been reported, does not assign to the first.
    if (value) out.push({ kind: 'expression', span, expression: value });
    return;
  }
  if (value?.kind === 'closure' && variable.kind === 'const') variable.holds = value.node;
  if (value && variable.kind === 'const') variable.text = knownText(value);
  if (value?.kind === 'number' && variable.kind === 'const') variable.number = value.value;
  out.push({ kind: 'declare', span, variable, value });
}

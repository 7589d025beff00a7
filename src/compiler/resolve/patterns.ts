/** Destructuring, in declarations, parameters and assignments: becomes plain reads of elements and members. */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, Statement, Target, Variable } from '../ast.ts';
import type { Context } from './context.ts';
import { resolveArgument, resolveExpression, resolveTarget, spanOf } from './expressions.ts';
import { partOf, peek, resolveKey } from './members.ts';
import { setVar, varNamed } from './vars.ts';

type Pattern = Babel.ArrayPattern | Babel.ObjectPattern;
/** What a leaf of the pattern does with its value. */
type Leaf = (node: Babel.Node, value: Expression) => Statement | null;

/** Appends to `out` what declares the pattern's names with the parts of `value`. */
export function declarePattern(
  context: Context,
  pattern: Pattern,
  value: Expression,
  kind: 'const' | 'let' | 'var',
  out: Statement[],
): void {
  const settled: { readonly variable: Variable; readonly initialisedAt: number }[] = [];
  takeApart(context, pattern, value, out, (node, part) => {
    if (node.type !== 'Identifier') {
      context.refuse(spanOf(node), node.type);
      return null;
    }
    if (kind === 'var' && !context.vars.isOfBlock(node)) {
      const variable = varNamed(context, node);
      return variable ? setVar(context, node, variable, part, spanOf(node)) : null;
    }
    const binding = context.scope.names.get(node.name);
    const variable =
      binding?.kind === 'variable'
        ? binding.variable
        : context.declare(node.name, kind === 'const' ? kind : 'let', spanOf(node));
    settled.push({ variable, initialisedAt: Math.max(variable.initialisedAt, value.span.end) });
    // The rest of the pattern may use the name.
    variable.initialisedAt = spanOf(node).end;
    return { kind: 'declare', span: spanOf(node), variable, value: part };
  });
  // Closures in the initial value, which comes after the pattern, cannot use it yet.
  for (const { variable, initialisedAt } of settled) variable.initialisedAt = initialisedAt;
}

/** `[a, b] = …` and `({ a } = …)` as an expression. */
export function assignPattern(context: Context, pattern: Pattern, right: Babel.Expression, span: Span): Expression {
  const isUndeclared = reportUndeclared(context, pattern);
  const statements: Statement[] = [];
  const assign: Leaf = (node, part) => {
    const target = isUndeclared && node.type === 'Identifier' ? null : resolveTarget(context, node);
    return target ? assignStatement(context, target, part) : null;
  };
  // `[a, b] = [b, a]` needs no array: every element is kept in a temporary variable.
  if (pattern.type === 'ArrayPattern' && right.type === 'ArrayExpression' && isPlainExchange(pattern, right)) {
    const parts = right.elements.map((element) => keep(context, resolveArgument(context, element!).value, statements));
    pattern.elements.forEach((element, index) => {
      if (element) leaf(context, element, readOf(context, parts[index]!), statements, assign);
    });
    return {
      id: context.freshId(),
      span,
      kind: 'let',
      statements,
      value: { id: context.freshId(), span, kind: 'undefined' },
    };
  }
  const whole = keep(context, resolveExpression(context, right), statements);
  takeApart(context, pattern, readOf(context, whole), statements, assign);
  return { id: context.freshId(), span, kind: 'let', statements, value: readOf(context, whole) };
}

/** Reports a pattern that assigns only to unknown names: most likely a declaration without `let`. */
function reportUndeclared(context: Context, pattern: Pattern): boolean {
  const targets = [...namesIn(pattern)];
  const isNew = ({ name }: Babel.Identifier): boolean => peek(context, name) === null && !context.brokenNames.has(name);
  if (targets.length < 2 || !targets.every(isNew)) return false;
  const names = targets.map(({ name }) => name);
  const { start, end } = spanOf(pattern);
  const written = context.text.slice(start, end).replace(/\s+/g, ' ');
  const example = written.length <= 40 ? `let ${written} = …` : 'let [a, b] = …';
  context.report({ start, end }, 'undeclared-pattern', names, example);
  for (const name of names) context.brokenNames.add(name);
  return true;
}

const isPlainExchange = (pattern: Babel.ArrayPattern, right: Babel.ArrayExpression): boolean =>
  pattern.elements.length <= right.elements.length &&
  pattern.elements.every((element) => element === null || element.type !== 'RestElement') &&
  right.elements.every((element) => element !== null && element.type !== 'SpreadElement');

function assignStatement(context: Context, target: Target, value: Expression): Statement {
  const expression: Expression = {
    id: context.freshId(),
    span: target.span,
    kind: 'assign',
    target,
    operator: null,
    value,
  };
  return { kind: 'expression', span: target.span, expression };
}

function keep(context: Context, value: Expression, out: Statement[]): Variable {
  const variable = context.temporary('part', value.span);
  out.push({ kind: 'declare', span: value.span, variable, value });
  return variable;
}

const readOf = (context: Context, variable: Variable): Expression => ({
  id: context.freshId(),
  span: variable.span,
  kind: 'variable',
  variable,
});

function takeApart(context: Context, pattern: Pattern, value: Expression, out: Statement[], onLeaf: Leaf): void {
  const whole = value.kind === 'variable' ? value.variable : keep(context, value, out);
  const read = (): Expression => ({ ...readOf(context, whole), span: value.span });
  if (pattern.type === 'ArrayPattern') {
    pattern.elements.forEach((element, position) => {
      if (element === null) return;
      const span = spanOf(element);
      const index: Expression = { id: context.freshId(), span, kind: 'number', value: position };
      if (element.type === 'RestElement') {
        const args = [{ value: index, spread: false }];
        const rest: Expression = {
          id: context.freshId(),
          span,
          kind: 'method',
          object: read(),
          name: 'slice',
          args,
          optional: false,
        };
        leaf(context, element.argument, rest, out, onLeaf);
        return;
      }
      const part: Expression = {
        id: context.freshId(),
        span,
        kind: 'index',
        object: read(),
        index,
        exact: false,
        optional: false,
      };
      leaf(context, element, part, out, onLeaf);
    });
    return;
  }
  const taken: string[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const entries = [{ kind: 'spread' as const, value: read(), without: taken }];
      const at = spanOf(property);
      const rest: Expression = { id: context.freshId(), span: at, kind: 'record', entries, isWritten: true };
      leaf(context, property.argument, rest, out, onLeaf);
      continue;
    }
    if (!isProperty(property)) continue;
    const key = resolveKey(context, property.key as Babel.Expression, property.computed);
    if (key.kind === 'index' && key.index.kind !== 'number') {
      context.refuse(spanOf(property.key), 'dynamicProperty');
      continue;
    }
    taken.push(key.kind === 'name' ? key.name : String(key.index.kind === 'number' && key.index.value));
    const part = partOf(context, read(), key, spanOf(property.key), false);
    leaf(context, property.value, part.kind === 'member' ? { ...part, fromPattern: true } : part, out, onLeaf);
  }
}

/** A method cannot be part of a pattern; the parser has reported it. */
const isProperty = (node: Babel.Node): boolean => node.type === 'ObjectProperty';

function leaf(context: Context, node: Babel.Node, value: Expression, out: Statement[], onLeaf: Leaf): void {
  if (node.type === 'AssignmentPattern') {
    const fallback = resolveExpression(context, node.right);
    const span = spanOf(node);
    leaf(context, node.left, { id: context.freshId(), span, kind: 'default', value, fallback }, out, onLeaf);
    return;
  }
  if (node.type === 'ArrayPattern' || node.type === 'ObjectPattern') {
    takeApart(context, node, value, out, onLeaf);
    return;
  }
  const statement = onLeaf(node, value);
  if (statement) out.push(statement);
}

/** The names a pattern declares, for hoisting. */
export function* namesIn(node: Babel.Node): Iterable<Babel.Identifier> {
  switch (node.type) {
    case 'Identifier':
      yield node;
      break;
    case 'AssignmentPattern':
      yield* namesIn(node.left);
      break;
    case 'RestElement':
      yield* namesIn(node.argument);
      break;
    case 'ArrayPattern':
      for (const element of node.elements) if (element) yield* namesIn(element);
      break;
    case 'ObjectPattern':
      for (const property of node.properties) {
        if (property.type === 'RestElement') yield* namesIn(property.argument);
        else if (isProperty(property)) yield* namesIn(property.value);
      }
      break;
    default:
      break;
  }
}

/** Walks over the resolved tree: what a statement or an expression consists of, in the order in which it runs. */

import type { Expression, Statement, Target } from './ast.ts';

/** The expressions that an expression is made of. The bodies of functions are not among them. */
export function partsOfExpression(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unary':
      return [expression.operand];
    case 'binary':
    case 'logical':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.test, expression.yes, expression.no];
    case 'assign':
      return [...partsOfTarget(expression.target), expression.value];
    case 'update':
      return partsOfTarget(expression.target);
    case 'sequence':
      return [...expression.effects, expression.value];
    case 'let':
      return [expression.value];
    case 'default':
      return [expression.value, expression.fallback];
    case 'call':
      return [
        expression.callee,
        ...(expression.receiver ? [expression.receiver] : []),
        ...expression.args.map(({ value }) => value),
      ];
    case 'method':
      return [expression.object, ...expression.args.map(({ value }) => value)];
    case 'builtin':
    case 'newTypedArray':
      return expression.args.map(({ value }) => value);
    case 'member':
    case 'instanceOf':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'array':
      return expression.elements.map(({ value }) => value);
    case 'record':
      return expression.entries.map(({ value }) => value);
    default:
      return [];
  }
}

function partsOfTarget(target: Target): readonly Expression[] {
  if (target.kind === 'variable') return [];
  return target.kind === 'index' ? [target.object, target.index] : [target.object];
}

/** The statements and expressions that a statement is made of. */
export function partsOfStatement(statement: Statement): {
  readonly statements: readonly Statement[];
  readonly expressions: readonly Expression[];
} {
  const given = (...expressions: readonly (Expression | null)[]) => expressions.filter((part) => part !== null);
  switch (statement.kind) {
    case 'declare':
    case 'return':
      return { statements: [], expressions: given(statement.value) };
    case 'expression':
      return { statements: [], expressions: [statement.expression] };
    case 'block':
      return { statements: statement.body, expressions: [] };
    case 'if':
      return { statements: [...statement.yes, ...statement.no], expressions: [statement.test] };
    case 'loop':
      return {
        statements: [...statement.start, ...statement.body],
        expressions: given(statement.test, statement.step),
      };
    case 'switch':
      return {
        statements: statement.cases.flatMap(({ body }) => body),
        expressions: given(statement.subject, ...statement.cases.map(({ test }) => test)),
      };
    case 'break':
    case 'continue':
      return { statements: [], expressions: [] };
  }
}

/** Calls `visit` for every statement, outer before inner, with the expressions that stand directly in each. */
export function forEachStatement(
  statements: readonly Statement[],
  visit: (statement: Statement, expressions: readonly Expression[]) => void,
): void {
  for (const statement of statements) {
    const parts = partsOfStatement(statement);
    visit(statement, parts.expressions);
    forEachStatement(parts.statements, visit);
  }
}

export interface Visitor {
  readonly statement?: (statement: Statement) => void;
  readonly expression?: (expression: Expression) => void;
}

/** Visits every statement and expression, those around before those inside; not what stands in functions inside. */
export function visitStatements(statements: readonly Statement[], visitor: Visitor): void {
  for (const statement of statements) {
    visitor.statement?.(statement);
    const parts = partsOfStatement(statement);
    for (const expression of parts.expressions) visitExpression(expression, visitor);
    visitStatements(parts.statements, visitor);
  }
}

export function visitExpression(expression: Expression, visitor: Visitor): void {
  visitor.expression?.(expression);
  if (expression.kind === 'let') visitStatements(expression.statements, visitor);
  for (const part of partsOfExpression(expression)) visitExpression(part, visitor);
}

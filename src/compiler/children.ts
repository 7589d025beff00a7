/** The expressions and statements directly inside others, in the order of the text. Functions inside are not entered. */

import type { Expression, Statement, Target } from './ast.ts';

const targetParts = (target: Target): readonly Expression[] => {
  if (target.kind === 'variable') return [];
  return target.kind === 'member' ? [target.object] : [target.object, target.index];
};

/** With the parts of the target, if it is an assignment, but not the target itself, which is not an expression. */
export function expressionsIn(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unary':
      return [expression.operand];
    case 'binary':
    case 'logical':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.test, expression.yes, expression.no];
    case 'assign':
      return [...targetParts(expression.target), expression.value];
    case 'update':
      return targetParts(expression.target);
    case 'sequence':
      return [...expression.effects, expression.value];
    case 'let':
      return [expression.value];
    case 'default':
      return [expression.value, expression.fallback];
    case 'call':
      return [expression.callee, ...expression.args.map(({ value }) => value)];
    case 'method':
      return [expression.object, ...expression.args.map(({ value }) => value)];
    case 'builtin':
    case 'newTypedArray':
      return expression.args.map(({ value }) => value);
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'array':
      return expression.elements.map(({ value }) => value);
    case 'record':
      return expression.entries.map(({ value }) => value);
    case 'number':
    case 'boolean':
    case 'undefined':
    case 'broken':
    case 'null':
    case 'string':
    case 'variable':
    case 'patchGlobal':
    case 'closure':
      return [];
  }
}

/** Calls `visit` for every statement, outer before inner, and the expressions that stand directly in each. */
export function forEachStatement(
  statements: readonly Statement[],
  visit: (statement: Statement, expressions: readonly Expression[]) => void,
): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'declare':
      case 'return':
        visit(statement, statement.value ? [statement.value] : []);
        break;
      case 'expression':
        visit(statement, [statement.expression]);
        break;
      case 'block':
        visit(statement, []);
        forEachStatement(statement.body, visit);
        break;
      case 'if':
        visit(statement, [statement.test]);
        forEachStatement(statement.yes, visit);
        forEachStatement(statement.no, visit);
        break;
      case 'loop':
        visit(
          statement,
          [statement.test, statement.step].filter((part) => part !== null),
        );
        forEachStatement(statement.start, visit);
        forEachStatement(statement.body, visit);
        break;
      case 'switch':
        visit(statement, [
          statement.subject,
          ...statement.cases.map(({ test }) => test).filter((test) => test !== null),
        ]);
        for (const { body } of statement.cases) forEachStatement(body, visit);
        break;
      case 'break':
      case 'continue':
        break;
    }
  }
}

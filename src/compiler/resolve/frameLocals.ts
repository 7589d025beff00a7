/**
 * Top-level variables that only serve within one frame become variables of the default export: those that nobody else
 * uses and that every call assigns before it reads them. So a formula may keep helpers, arrays and closures in variables
 * that are declared beside it, as bytebeats do, and nothing outlives the frame.
 */

import type { Expression, FunctionNode, Patch, Statement, Variable } from '../ast.ts';

/** Functions in which each top-level variable is used. */
export type GlobalUses = ReadonlyMap<Variable, ReadonlySet<FunctionNode>>;

export function moveFrameLocals(patch: Patch, uses: GlobalUses): void {
  const root = rootFunction(patch);
  if (!root) return;
  for (const unit of patch.units) {
    for (const variable of [...unit.variables]) {
      const users = uses.get(variable);
      if (variable.kind !== 'let' || !variable.reassigned || !users) continue;
      if (![...users].every((user) => isWithin(user, root))) continue;
      if (firstTouch(root.body, variable) !== 'assigned') continue;
      move(variable, root, users);
      unit.variables.splice(unit.variables.indexOf(variable), 1);
      unit.initialiser.body = unit.initialiser.body.flatMap((statement) => withoutDeclaration(statement, variable));
    }
  }
}

/** The function literal behind `export default`, if it is one. */
function rootFunction(patch: Patch): FunctionNode | null {
  for (const statement of patch.rootUnit?.initialiser.body ?? []) {
    if (statement.kind === 'declare' && statement.variable === patch.root && statement.value?.kind === 'closure') {
      return statement.value.node;
    }
  }
  return null;
}

function isWithin(node: FunctionNode, root: FunctionNode): boolean {
  for (let at: FunctionNode | null = node; at; at = at.parent) if (at === root) return true;
  return false;
}

function move(variable: Variable, root: FunctionNode, users: ReadonlySet<FunctionNode>): void {
  variable.owner = root;
  variable.scope = root.scope;
  variable.storage = 'local';
  for (const user of users) {
    for (let at: FunctionNode | null = user; at && at !== root; at = at.parent) {
      at.captures.add(variable);
      variable.storage = 'cell';
    }
  }
  variable.captured = variable.storage === 'cell';
  if (variable.captured) root.scope.cells.push(variable);
}

/** The initial value is never seen; only what else its expression does remains. */
function withoutDeclaration(statement: Statement, variable: Variable): Statement[] {
  if (statement.kind !== 'declare' || statement.variable !== variable) return [statement];
  return statement.value ? [{ kind: 'expression', span: statement.span, expression: statement.value }] : [];
}

/** What happens to a variable first: `unclear` stands for a read, and for anything that depends on a condition. */
type Touch = 'none' | 'assigned' | 'unclear';

function firstOf(parts: Iterable<() => Touch>): Touch {
  for (const part of parts) {
    const touch = part();
    if (touch !== 'none') return touch;
  }
  return 'none';
}

/** Of two ways, one of which is taken. */
const either = (a: Touch, b: Touch): Touch => (a === b ? a : 'unclear');

function firstTouch(statements: readonly Statement[], variable: Variable): Touch {
  return firstOf(statements.map((statement) => () => touchStatement(statement, variable)));
}

function touchStatement(statement: Statement, variable: Variable): Touch {
  const touch = (expression: Expression | null): Touch => (expression ? touchExpression(expression, variable) : 'none');
  switch (statement.kind) {
    case 'declare':
      return touch(statement.value);
    case 'expression':
      return touch(statement.expression);
    case 'return':
      return touch(statement.value);
    case 'block':
      if (statement.scope.functions.some(({ node }) => node.captures.has(variable) || mentions(node, variable))) {
        return 'unclear';
      }
      return firstTouch(statement.body, variable);
    case 'if':
      return firstOf([
        () => touch(statement.test),
        () => either(firstTouch(statement.yes, variable), firstTouch(statement.no, variable)),
      ]);
    case 'loop':
      return firstOf([
        () => firstTouch(statement.start, variable),
        () => (statement.testLast ? 'none' : touch(statement.test)),
        () => (firstTouch(statement.body, variable) === 'none' ? 'none' : 'unclear'),
        () => (touch(statement.test) === 'none' && touch(statement.step) === 'none' ? 'none' : 'unclear'),
      ]);
    case 'switch':
      return firstOf([
        () => touch(statement.subject),
        () => {
          const isUntouched = statement.cases.every(
            (entry) => touch(entry.test) === 'none' && firstTouch(entry.body, variable) === 'none',
          );
          return isUntouched ? 'none' : 'unclear';
        },
      ]);
    case 'break':
    case 'continue':
      return 'none';
  }
}

function touchExpression(expression: Expression, variable: Variable): Touch {
  const touch = (part: Expression): Touch => touchExpression(part, variable);
  const all = (parts: readonly Expression[]): Touch => firstOf(parts.map((part) => () => touch(part)));
  switch (expression.kind) {
    case 'variable':
      return expression.variable === variable ? 'unclear' : 'none';
    case 'closure':
      return mentions(expression.node, variable) ? 'unclear' : 'none';
    case 'assign': {
      const { target, operator, value } = expression;
      if (target.kind !== 'variable') {
        const parts = target.kind === 'index' ? [target.object, target.index, value] : [target.object, value];
        return all(parts);
      }
      const before = target.variable === variable ? touchLiteral(value, variable) : touch(value);
      if (target.variable !== variable) return before;
      if (operator !== null || before === 'unclear') return 'unclear';
      return 'assigned';
    }
    case 'update':
      if (expression.target.kind === 'variable') return expression.target.variable === variable ? 'unclear' : 'none';
      return all(
        expression.target.kind === 'index'
          ? [expression.target.object, expression.target.index]
          : [expression.target.object],
      );
    case 'unary':
      return touch(expression.operand);
    case 'binary':
      return all([expression.left, expression.right]);
    case 'logical':
      return firstOf([() => touch(expression.left), () => either(touch(expression.right), 'none')]);
    case 'conditional':
      return firstOf([() => touch(expression.test), () => either(touch(expression.yes), touch(expression.no))]);
    case 'sequence':
      return all([...expression.effects, expression.value]);
    case 'let':
      return firstOf([() => firstTouch(expression.statements, variable), () => touch(expression.value)]);
    case 'default':
      return firstOf([() => touch(expression.value), () => either(touch(expression.fallback), 'none')]);
    case 'call':
      return all([expression.callee, ...expression.args.map((arg) => arg.value)]);
    case 'method':
      return all([expression.object, ...expression.args.map((arg) => arg.value)]);
    case 'builtin':
    case 'newTypedArray':
      return all(expression.args.map((arg) => arg.value));
    case 'member':
      return touch(expression.object);
    case 'index':
      return all([expression.object, expression.index]);
    case 'array':
      return all(expression.elements.map((element) => element.value));
    case 'record':
      return all(expression.entries.map((entry) => entry.value));
    default:
      return 'none';
  }
}

/** What is assigned to the variable itself: functions in it may refer to the variable, since they run later. */
function touchLiteral(value: Expression, variable: Variable): Touch {
  switch (value.kind) {
    case 'closure':
      return 'none';
    case 'record':
      return firstOf(value.entries.map((entry) => () => touchLiteral(entry.value, variable)));
    case 'array':
      return firstOf(value.elements.map((element) => () => touchLiteral(element.value, variable)));
    default:
      return touchExpression(value, variable);
  }
}

/** Whether the code of a function, or of one inside it, names the variable. */
function mentions(node: FunctionNode, variable: Variable): boolean {
  return (
    firstTouch(node.body, variable) !== 'none' ||
    node.parameters.some(({ fallback }) => fallback !== null && touchExpression(fallback, variable) !== 'none')
  );
}

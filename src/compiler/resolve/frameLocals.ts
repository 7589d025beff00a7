/**
 * Top-level variables that only serve within one frame become variables of the default export: those that nobody else
 * uses and that every call assigns before it reads them. So a formula may keep helpers, arrays and closures in variables
 * that are declared beside it, as bytebeats do, and nothing outlives the frame.
 */

import type { FunctionNode, Patch, Statement, Variable } from '../ast.ts';
import { assignedFirst } from './assignedFirst.ts';

/** Functions in which each top-level variable is used. */
export type GlobalUses = ReadonlyMap<Variable, ReadonlySet<FunctionNode>>;

export function moveFrameLocals(patch: Patch, uses: GlobalUses): void {
  const root = rootFunction(patch);
  if (!root) return;
  const candidates = new Map<Variable, ReadonlySet<FunctionNode>>();
  for (const variable of patch.units.flatMap((unit) => unit.variables)) {
    const users = uses.get(variable);
    const isDeclaredSo = variable.kind === 'let' || variable.kind === 'var';
    if (!isDeclaredSo || !variable.reassigned || !users) continue;
    if ([...users].every((user) => isWithin(user, root))) candidates.set(variable, users);
  }
  if (candidates.size === 0) return;
  const moved = assignedFirst(root, candidates);
  for (const variable of moved) move(variable, root, candidates.get(variable)!);
  for (const unit of patch.units) {
    if (!unit.variables.some((variable) => moved.has(variable))) continue;
    unit.variables.splice(0, unit.variables.length, ...unit.variables.filter((variable) => !moved.has(variable)));
    unit.initialiser.body = unit.initialiser.body.flatMap((statement) => withoutDeclaration(statement, moved));
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
  // Every call sets it before it is used.
  variable.mayBeUnset = false;
  variable.startsUndefined = false;
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
function withoutDeclaration(statement: Statement, moved: ReadonlySet<Variable>): Statement[] {
  if (statement.kind !== 'declare' || !moved.has(statement.variable)) return [statement];
  return statement.value ? [{ kind: 'expression', span: statement.span, expression: statement.value }] : [];
}

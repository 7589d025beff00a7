/**
 * Which variables declared by `var` may be read before anything is assigned to them: they are `undefined` until then, and
 * `undefined` is one of the things they hold. In: the variables of each function and of the top level, with all their uses.
 * Out: marks on the variables.
 *
 * In the function itself, the ways that control may take tell. Functions inside it are taken to run from the first place on
 * at which anybody could have got hold of them (earlyUses.ts): by then the variable must have been set whatever way control
 * took.
 */

import type { FunctionNode, Unit, Variable } from '../ast.ts';
import { FirstReads } from './assignedFirst.ts';
import { carrierOf, type EarliestRuns, type Use } from './earlyUses.ts';

export function markUndefinedStarts(
  varsOf: ReadonlyMap<FunctionNode | null, readonly Variable[]>,
  uses: readonly Use[],
  runs: EarliestRuns,
  units: readonly Unit[],
): void {
  if (varsOf.size === 0) return;
  const facts = new Map<FunctionNode | null, FirstReads>();
  for (const [owner, variables] of varsOf) {
    const bodies = owner ? [owner] : units.map(({ initialiser }) => initialiser);
    const found = new FirstReads(bodies, variables);
    facts.set(owner, found);
    for (const variable of found.readFirst) mark(variable);
  }
  for (const { variable, user } of uses) {
    if (variable.kind !== 'var' || variable.startsUndefined) continue;
    const carrier = carrierOf(user, variable.owner);
    const found = facts.get(variable.owner);
    if (!carrier || !found) continue;
    const sureFrom = found.sureFrom.get(variable);
    // A function that is assigned to the variable runs once that is done.
    const runsAt = Math.max(runs.of(carrier), found.assignedTo(carrier, variable));
    if (sureFrom === undefined || runsAt < sureFrom) mark(variable);
  }
}

function mark(variable: Variable): void {
  variable.startsUndefined = true;
  // It changes when it is first set.
  variable.reassigned = true;
}

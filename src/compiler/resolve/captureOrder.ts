/**
 * Numbers the captured variables of each function in the order of the text: what is renamed stays between its neighbours. In: units
 * whose variables have their places. The numbers do not change when something is inserted above, as positions do.
 */

import type { FunctionNode, Unit, Variable } from '../ast.ts';

export function orderCaptures(units: readonly Unit[]): void {
  const byOwner = new Map<FunctionNode, Set<Variable>>();
  for (const { functions } of units) {
    for (const { captures } of functions) {
      for (const variable of captures) {
        const { owner } = variable;
        if (!owner) continue;
        const known = byOwner.get(owner);
        if (known) known.add(variable);
        else byOwner.set(owner, new Set([variable]));
      }
    }
  }
  for (const variables of byOwner.values()) {
    [...variables]
      .sort((a, b) => a.span.start - b.span.start)
      .forEach((variable, n) => {
        variable.order = n + 1;
      });
  }
}

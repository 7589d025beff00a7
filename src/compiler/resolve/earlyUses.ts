/**
 * Which variables may be used before their declaration has run, where JavaScript throws: in another case of a `switch`, or by
 * a function that may be called that early. What certainly is, by its place in the text, is a mistake (context.ts); all
 * others are looked at each time they are used (lower/variables.ts). In: every use, with its place and function. Out: marks
 * on the variables.
 *
 * The code of a function runs in the order of its text, but for what is in functions inside it. Those are taken to run from
 * the first place on at which anybody could have got hold of them.
 */

import type { FunctionNode, Variable } from '../ast.ts';

export interface Use {
  readonly variable: Variable;
  /** Offset in the text. */
  readonly at: number;
  readonly user: FunctionNode;
}

export function markEarlyUses(uses: readonly Use[], runs: EarliestRuns): void {
  for (const { variable, user } of uses) {
    if (variable.mayBeUnset || !canBeUnset(variable)) continue;
    const carrier = carrierOf(user, variable.owner);
    if (carrier && runs.of(carrier) < variable.initialisedAt) mark(variable);
  }
}

/** Where functions may first run, as offsets in the code around them. */
export class EarliestRuns {
  private readonly holders = new Map<FunctionNode, Variable>();
  private readonly earliest: ReadonlyMap<FunctionNode, number>;
  private readonly madeAt: (node: FunctionNode) => number;

  /** `madeAt`: the offset from which on the closure of a function is there. */
  constructor(uses: readonly Use[], madeAt: (node: FunctionNode) => number) {
    for (const { variable } of uses) {
      if (variable.holds && !variable.reassigned) this.holders.set(variable.holds, variable);
    }
    this.madeAt = madeAt;
    this.earliest = earliestRuns(uses, this.holders, madeAt);
  }

  of(carrier: FunctionNode): number {
    const known = this.earliest.get(carrier);
    return known ?? (this.holders.has(carrier) ? Number.POSITIVE_INFINITY : this.madeAt(carrier));
  }
}

export const canBeUnset = ({ kind }: Variable): boolean => kind === 'const' || kind === 'let';

export function mark(variable: Variable): void {
  variable.mayBeUnset = true;
  variable.counter = null;
}

/** The function directly inside `owner` that a use is in; `null` where the owner itself is the user. */
export function carrierOf(user: FunctionNode, owner: FunctionNode | null): FunctionNode | null {
  let carrier: FunctionNode | null = null;
  // The top level is one activation of many initialisers.
  for (
    let at: FunctionNode | null = user;
    at && at !== owner && (owner !== null || at.parent !== null);
    at = at.parent
  ) {
    carrier = at;
  }
  return carrier;
}

/**
 * The first place at which a function may run, for those whose name is used at all: a place in the code around it that names
 * it, or where another function that names it may run.
 */
function earliestRuns(
  uses: readonly Use[],
  holders: ReadonlyMap<FunctionNode, Variable>,
  madeAt: (node: FunctionNode) => number,
): ReadonlyMap<FunctionNode, number> {
  const earliest = new Map<FunctionNode, number>();
  /** Functions by those that name them. */
  const named = new Map<FunctionNode, FunctionNode[]>();
  const pending: FunctionNode[] = [];
  const lower = (node: FunctionNode, at: number): void => {
    if (at >= (earliest.get(node) ?? Number.POSITIVE_INFINITY)) return;
    earliest.set(node, at);
    pending.push(node);
  };
  for (const { variable, at, user } of uses) {
    const node = variable.holds;
    if (!node || holders.get(node) !== variable) continue;
    const by = carrierOf(user, variable.owner);
    if (!by) lower(node, at);
    else if (!holders.has(by)) lower(node, madeAt(by));
    else if (by !== node) {
      const list = named.get(by);
      if (list) list.push(node);
      else named.set(by, [node]);
    }
  }
  // The smallest first, so that each is settled about once.
  pending.sort((a, b) => earliest.get(b)! - earliest.get(a)!);
  for (let by = pending.pop(); by; by = pending.pop()) {
    for (const node of named.get(by) ?? []) lower(node, earliest.get(by)!);
  }
  return earliest;
}

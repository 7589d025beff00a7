/**
 * What goes over from one arena to another, kept for the next time: most edits change code alone, so that what top levels left,
 * and what leads to it, is as it was at the edit before. In: two arenas. Out: what `planCarryover` finds, found again only where
 * either of them is another one.
 */

import { sameBytes } from './bytes.ts';
import { type Carryover, planCarryover } from './copyPlan.ts';
import type { CarryLimits } from './limits.ts';
import type { Side } from './match.ts';
import type { ArenaState } from './state.ts';

interface Known {
  readonly old: Still;
  readonly next: Still;
  readonly carryover: Carryover;
}

/** What an arena is known by. Nothing in it leads to a program, which would be kept for as long as this is. */
export type Contents = Pick<ArenaState, 'image' | 'roots' | 'fixed' | 'texts'>;

/** A side as it was: what is carried into an arena may become more. */
interface Still {
  readonly contents: Contents;
  readonly carried: readonly number[] | null;
}

/** To the new generation, and back to the one before, for two kinds of edits that take turns. */
const MAX_KNOWN = 4;

export class KnownCarryovers {
  /** How often something was known: for tests. */
  knownCount = 0;
  private readonly limits: CarryLimits;
  /** Used last, last. */
  private known: Known[] = [];

  constructor(limits: CarryLimits) {
    this.limits = limits;
  }

  between(old: Side | null, next: Side, lost: ArenaState | null = null): Carryover {
    // Where the two differ it may count what else is known of their programs.
    if (!old || old.without || next.without || !areAlike(old.state, next.state))
      return planCarryover(old, next, this.limits, lost);
    const at = this.known.findIndex((one) => isStill(one.old, old) && isStill(one.next, next));
    const found = this.known[at];
    if (found) {
      this.knownCount++;
      this.known.splice(at, 1);
      // What it is known by from now on can be told at a glance the next time.
      this.known.push({ ...found, old: stillOf(old), next: stillOf(next) });
      return found.carryover;
    }
    const sides = { old: stillOf(old), next: stillOf(next) };
    const carryover = planCarryover(withoutRoles(old), withoutRoles(next), this.limits);
    if (!carryover.isByNames) return planCarryover(old, next, this.limits, lost);
    const known = { ...sides, carryover: { ...carryover, names: once(carryover.names) } };
    this.known = [...this.known.slice(1 - MAX_KNOWN), known];
    return known.carryover;
  }
}

export const contentsOf = ({ image, roots, fixed, texts }: ArenaState): Contents => ({ image, roots, fixed, texts });

const stillOf = ({ state, carried }: Side): Still => ({
  contents: contentsOf(state),
  carried: carried ? carried.pairs : null,
});

/** Nothing else of what a side may be, such as a whole generation. */
const withoutRoles = ({ state, carried }: Side): Side => ({ state: state.withoutRoles(), carried });

const isStill = (known: Still, { state, carried }: Side): boolean =>
  areAlike(known.contents, state) &&
  (known.carried === null || carried === null ? known.carried === carried : sameList(known.carried, carried.pairs));

/** The same bytes, to which the same shapes lead, in the same places. */
export function areAlike(a: Contents, b: Contents): boolean {
  return (
    a === b ||
    (a.roots.length === b.roots.length &&
      a.image.length === b.image.length &&
      a.roots.every(({ shape, offset }, n) => shape === b.roots[n]!.shape && offset === b.roots[n]!.offset) &&
      a.fixed.size === b.fixed.size &&
      [...a.fixed].every(([symbol, offset]) => b.fixed.get(symbol) === offset) &&
      a.texts.size === b.texts.size &&
      [...a.texts].every((text) => b.texts.has(text)) &&
      (a.image === b.image || sameBytes(a.image, 0, b.image, 0, a.image.length)))
  );
}

const sameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one, n) => one === b[n]);

function once<Result>(compute: () => Result): () => Result {
  let known: { readonly result: Result } | null = null;
  return () => {
    known ??= { result: compute() };
    return known.result;
  };
}

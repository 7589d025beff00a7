/**
 * Finished functions of the text before, by symbol. In: a function without guards, as it was lowered now. Out: that function
 * with guards; the very object of the text before, with all that is known of it, where its code is the same.
 *
 * A guard's trap site belongs to this text, and is asked for again; so are the numbers of sites, which are in the code.
 */

import { guardPointers } from '../guardPointers.ts';
import type { GuardTarget, IrFunction } from '../ir.ts';
import { isSameFunction } from '../sameIr.ts';

interface Entry {
  readonly plain: IrFunction;
  /** Trap sites that there were before those of guards. */
  readonly siteCount: number;
  readonly guarded: IrFunction;
  /** What guards need sites for, in the order in which they asked for them first. */
  readonly targets: readonly GuardTarget[];
}

export class FunctionCache {
  private before: ReadonlyMap<string, Entry> = new Map();
  private now = new Map<string, Entry>();

  /** To be called before the functions of a text: only those of the last text are kept. */
  begin(): void {
    this.before = this.now;
    this.now = new Map();
  }

  /** To be called instead where only some functions are lowered again: the others are still those of the last text. */
  resume(): void {
    this.before = this.now;
  }

  guard(plain: IrFunction, siteCount: number, siteFor: (target: GuardTarget) => number): IrFunction {
    const known = this.before.get(plain.symbol);
    if (known && known.siteCount === siteCount && isSameFunction(known.plain, plain)) {
      for (const target of known.targets) siteFor(target);
      this.now.set(plain.symbol, known);
      return known.guarded;
    }
    const targets: GuardTarget[] = [];
    const guarded = guardPointers(plain, (target) => {
      if (!targets.includes(target)) targets.push(target);
      return siteFor(target);
    });
    this.now.set(plain.symbol, { plain, siteCount, guarded, targets });
    return guarded;
  }
}

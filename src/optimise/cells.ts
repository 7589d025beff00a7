/**
 * Variables and fields as values: what each cell of memory holds at a point of the program, as far as a block has touched
 * it. In layers, one for each region in which ways part, so that where they meet only what changed is looked at.
 */

import type { Access } from '../compiler/ir.ts';
import type { Value } from './ssa.ts';

export interface Cell {
  readonly access: Access;
  readonly value: Value;
}

/** A cell that was cleared, whatever is read from it. */
export const CLEARED = 'cleared';
export type CellState = Cell | typeof CLEARED;

export class Cells {
  private readonly changes = new Map<number, CellState>();
  readonly below: Cells | null;

  constructor(below: Cells | null = null) {
    this.below = below;
  }

  get(offset: number): CellState | undefined {
    for (let layer: Cells | null = this; layer; layer = layer.below) {
      const known = layer.changes.get(offset);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  set(offset: number, state: CellState): void {
    this.changes.set(offset, state);
  }

  fork(): Cells {
    return new Cells(this);
  }

  /** Offsets that were set above a layer. */
  changedSince(layer: Cells): Set<number> {
    const changed = new Set<number>();
    for (let at: Cells | null = this; at && at !== layer; at = at.below)
      for (const offset of at.changes.keys()) changed.add(offset);
    return changed;
  }

  /** All that was set. */
  offsets(): Set<number> {
    const all = new Set<number>();
    for (let at: Cells | null = this; at; at = at.below) for (const offset of at.changes.keys()) all.add(offset);
    return all;
  }
}

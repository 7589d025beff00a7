/**
 * Objects that a turn of a loop makes. Where nothing that the next turn finds leads to one, they all may lie where those of the
 * turn before have lain, and the loop need not know how many there were. In: a turn that was worked through. Out: whether any is
 * left for the next.
 */

import { HEADER } from '../protocol/arena.ts';
import { listOf } from './builder.ts';
import { type CellState, CLEARED } from './cells.ts';
import type { Exit } from './exits.ts';
import { isComputed, operandsOf, type Region, regionsOf, type Value } from './ssa.ts';
import type { State } from './state.ts';

const LOW_HALF = 0xffff_ffffn;

/** Cells that the next turn may find changed, without the heap pointer and what was made, if that is over; otherwise all. */
export function cellsLeft(entry: State, end: Exit, body: Region): ReadonlyMap<number, CellState> {
  const from = heapEnd(entry.cells.get(HEADER.HEAP_POINTER));
  const to = heapEnd(end.cells.get(HEADER.HEAP_POINTER));
  if (from === null || to === null || from === to) return end.cells;
  const made = new TurnObjects(from, to);
  const left = new Map([...end.cells].filter(([offset]) => offset !== HEADER.HEAP_POINTER && !made.holds(offset)));
  const locals = end.locals.filter((value, index) => value !== entry.locals[index]);
  const cells = [...left.values()].flatMap((state) => (state === CLEARED ? [] : [state.value]));
  const isOver = !locals.some(made.leadsTo) && !cells.some(made.leadsTo) && !made.isKeptIn(body);
  return isOver ? left : end.cells;
}

const heapEnd = (state: CellState | undefined): number | null =>
  state !== undefined && state !== CLEARED && state.value.op === 'const' ? Number(state.value.value) : null;

class TurnObjects {
  private readonly from: number;
  private readonly to: number;

  constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
  }

  holds(offset: number): boolean {
    return offset >= this.from && offset < this.to;
  }

  /** Pointers to what frames make are known one by one, or are never followed. */
  readonly leadsTo = (value: Value): boolean =>
    value.type === 'i32' && (listOf(value)?.some((pointer) => this.holds(pointer)) ?? false);

  /** Whether one is stored elsewhere, or becomes part of a boxed value, which may be anywhere. */
  isKeptIn(region: Region): boolean {
    return region.nodes.some((node) => {
      if (node.op === 'store' && this.leadsTo(node.value) && !(this.holds(node.place.from) && node.place.to <= this.to))
        return true;
      if (isComputed(node) && node.op === 'unary' && node.name === 'i64.extend_u' && this.leadsTo(node.args[0]))
        return true;
      const boxes = operandsOf(node).some(
        (value) =>
          value.op === 'const' && typeof value.value === 'bigint' && this.holds(Number(value.value & LOW_HALF)),
      );
      return boxes || regionsOf(node).some((inner) => this.isKeptIn(inner));
    });
  }
}

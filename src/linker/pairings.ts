/**
 * What a match between two arenas has found so far: which cells are kept, which objects are the same, what was refused and
 * why. Filled in by match.ts, which decides; here it is only kept and looked up. Worker.
 */

import { BOX, isObjectTag } from '../compiler/memoryLayout.ts';
import type { ObjectShape } from '../compiler/shape.ts';
import type { StateReset } from '../protocol/compile.ts';
import { BOXED } from '../protocol/generation.ts';
import { OffsetMap } from './offsetMap.ts';
import { type ArenaState, isObject } from './state.ts';
import type { TargetShapes } from './targetShapes.ts';

/** Two arrays of plain data that are the same array. */
export interface ArrayPair {
  /** Offset of the descriptor. */
  readonly newArray: number;
  readonly oldData: number;
  readonly newData: number;
  readonly oldCount: number;
  readonly newCount: number;
  readonly elementBytes: number;
  /** Some frame writes it, or did. */
  readonly isState: boolean;
  /** Other bytes are no edit: both were drawn at random by the same expression. */
  readonly isDrawn: () => boolean;
}

export interface Match {
  /** Triples (from, to, sizeBytes): cells that are kept. */
  readonly copies: number[];
  /** The same for what is equal in both for certain: it may be copied or left out. */
  readonly unchanged: number[];
  /** Pairs (from, to) of pointers and texts that are kept; `from` with `BOXED` where they are in a box. */
  readonly pointers: number[];
  readonly arrays: readonly ArrayPair[];
  /** Where each object of the old arena is in the new one. */
  readonly objects: OffsetMap;
  /** Offsets in the new arena of the cells in `copies` and `pointers`. */
  readonly kept: OffsetMap;
  /** Cells and arrays of the new arena of which it cannot be told which old one each is. */
  readonly ambiguous: ReadonlySet<number>;
  /** Why cells and arrays of the new arena that are state, or were, are not kept although names lead to them. */
  readonly reasons: ReadonlyMap<number, StateReset['reason']>;
  /** Whether a cell or an array of the old arena was found in the new one, whatever became of it. */
  readonly isFound: (oldOffset: number) => boolean;
  /** Names led to all there is. */
  readonly isByNames: boolean;
  /** How much was looked at because names did not lead to it, in both arenas. 0: nothing was restructured. */
  readonly leftoverCount: number;
}

/** The types of an object on both sides. */
type ShapePair = readonly [old: ObjectShape, next: ObjectShape];

const POINTS = { OBJECT: 0, TEXT: 1, BOX: 2 } as const;

export class Pairings {
  readonly oldToNew = new OffsetMap();
  readonly newToOld = new OffsetMap();
  /** Cells of the new arena that were looked at; 2: of another kind than before, so that something else may be it. */
  readonly seen = new OffsetMap();
  /** Triples (from, to, what it is: one of POINTS) of cells that point somewhere and are state. */
  readonly written: number[] = [];
  /** The types of what they may point to, in the same order; none of a text. */
  private readonly writtenShapes: (readonly ShapePair[])[] = [];
  /** Which types the objects of a type are of now. */
  readonly targets: TargetShapes;
  readonly arrays: ArrayPair[] = [];
  readonly copies: number[] = [];
  readonly unchanged: number[] = [];
  readonly kept = new OffsetMap();
  readonly reasons = new Map<number, StateReset['reason']>();
  /** Whether either program has anything that was not paired. */
  readonly hasLeft = { old: false, next: false };
  /** Cells of the old arena that names lead to, but that are not kept. */
  private readonly refused = new OffsetMap();

  constructor(targets: TargetShapes) {
    this.targets = targets;
  }

  /** Notes how many of two lists were paired. */
  left(oldCount: number, newCount: number, pairs: number): void {
    if (pairs < oldCount) this.hasLeft.old = true;
    if (pairs < newCount) this.hasLeft.next = true;
  }

  know(oldPointer: number, newPointer: number): void {
    if (this.oldToNew.get(oldPointer) === 0) this.oldToNew.set(oldPointer, newPointer);
    if (this.newToOld.get(newPointer) === 0) this.newToOld.set(newPointer, oldPointer);
  }

  /** Two objects are the same, and these are their types. */
  knowTyped(oldPointer: number, old: ObjectShape, newPointer: number, next: ObjectShape): void {
    this.know(oldPointer, newPointer);
    this.targets.note(old, next);
  }

  point(from: number, to: number, shapes: ShapePair | null): void {
    this.written.push(from, to, shapes === null ? POINTS.TEXT : POINTS.OBJECT);
    this.writtenShapes.push(shapes === null ? [] : [shapes]);
  }

  /** A box that is state, with the types of the objects that it may hold. */
  box(from: number, to: number, shapes: readonly ShapePair[]): void {
    this.written.push(from, to, POINTS.BOX);
    this.writtenShapes.push(shapes);
  }

  /** Whether all that a pointer may lead to is now of the type that the new code takes it for. */
  private fits(shapes: readonly ShapePair[]): boolean {
    return shapes.every((pair) => this.targets.allows(...pair));
  }

  /** Whether a pointer or a text began at the same one on both sides. */
  private isSame(before: number, now: number, isText: boolean): boolean {
    return isObject(before) && !isText
      ? this.oldToNew.get(before) === now || this.newToOld.get(now) === before
      : before === now || (isObject(before) && this.oldToNew.get(before) === now);
  }

  private isSameBox(old: ArenaState, from: number, next: ArenaState, to: number): boolean {
    const tag = old.word(from + 4);
    if (tag !== next.word(to + 4)) return false;
    const [before, now] = [old.word(from), next.word(to)];
    const isText = tag === BOX.string;
    return isText || isObjectTag(tag) ? this.isSame(before, now, isText) : before === now;
  }

  keep(from: number, to: number, sizeBytes: number): void {
    this.copies.push(from, to, sizeBytes);
    this.kept.set(to, 1);
  }

  /** `isState`: frames write it, or did. */
  refuse(from: number, to: number, reason: StateReset['reason'], isState: boolean): void {
    if (isState) this.reasons.set(to, reason);
    this.refused.set(from, 1);
    this.seen.set(to, 1);
  }

  /** Cells of the old arena that names lead to. */
  usedCells(): OffsetMap {
    const used = this.refused;
    for (const triples of [this.copies, this.unchanged, this.written]) {
      for (let n = 0; n < triples.length; n += 3) used.set(triples[n]!, 1);
    }
    return used;
  }

  finder(): (oldOffset: number) => boolean {
    let used: OffsetMap | null = null;
    return (offset) => {
      used ??= this.usedCells();
      return used.get(offset) !== 0 || this.oldToNew.get(offset) !== 0;
    };
  }

  /** The pointers and texts among the state that began at the same object, at nothing, or at the same text. */
  pointers(old: ArenaState, next: ArenaState): number[] {
    const pointers: number[] = [];
    for (let n = 0; n < this.written.length; n += 3) {
      const [from, to, kind] = [this.written[n]!, this.written[n + 1]!, this.written[n + 2]!];
      const isBox = kind === POINTS.BOX;
      const isSame = isBox
        ? this.isSameBox(old, from, next, to)
        : this.isSame(old.word(from), next.word(to), kind === POINTS.TEXT);
      const isFit = this.fits(this.writtenShapes[n / 3] ?? []);
      if (!isSame || !isFit) {
        this.reasons.set(to, isFit ? 'edited' : 'kind');
        continue;
      }
      pointers.push(isBox ? from | BOXED : from, to);
      this.kept.set(to, 1);
    }
    return pointers;
  }
}

/**
 * Walks an old and a new arena side by side and finds what is in both: variables, fields, arrays and objects. In: two
 * images as their top levels left them. Out: pairs of offsets. Decides which state is kept; `copyPlan.ts` makes a plan
 * of it.
 *
 * Objects are the same if the same way leads to them. Ways that frames may change come last, because an object that has a
 * fixed way is known by that. The first way counts, so that what two closures share is found through any of them.
 */

import { ARRAY, BOX, CELL_BYTES } from '../compiler/memoryLayout.ts';
import type { CellShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import type { StateReset } from '../protocol/compile.ts';
import { align } from './align.ts';
import { type ByteRanges, sameCell } from './bytes.ts';
import { Correspondence, Fingerprints, flatten, spotOffset } from './correspondence.ts';
import { areOfOtherKeys } from './keyedEntries.ts';
import { listLeftovers } from './leftovers.ts';
import type { CarryLimits } from './limits.ts';
import { type Match, Pairings } from './pairings.ts';
import { matchByRole } from './restructure.ts';
import { fitsIndex, fitsKinds, isDrawnAlike } from './roleChecks.ts';
import { type ArenaState, cellBytes, isObject, isPlain, leadOf } from './state.ts';
import { TargetShapes } from './targetShapes.ts';

/** One side of a match. */
export interface Side {
  readonly state: ArenaState;
  /** What was copied into the arena when it began to play: it may differ from the image although nobody writes it. */
  readonly carried: ByteRanges | null;
  /** Parts of the new side: what is reset whatever leads to it. */
  readonly without?: ReadonlySet<RootShape | FieldShape | ObjectShape> | null;
}

export function matchStates(old: Side, next: Side, limits: CarryLimits): Match {
  return new Matcher(old, next, limits).run();
}

type BoxCell = CellShape & { readonly kind: 'box' };

type Shapes = readonly [old: RootShape | FieldShape, next: RootShape | FieldShape];

type PlainShape = ObjectShape & { readonly kind: 'array' | 'typedArray' };

interface Pending {
  readonly oldPointer: number;
  readonly oldShape: ObjectShape;
  readonly newPointer: number;
  readonly newShape: ObjectShape;
}

class Matcher {
  private readonly old: Side;
  private readonly next: Side;
  private readonly correspondence: Correspondence;
  private readonly found: Pairings;
  /** First come, first followed. */
  private readonly strong: Pending[] = [];
  private followed = 0;
  private readonly weak: Pending[] = [];
  /** Whether every text that a variable may hold is still there. */
  private readonly hasAllTexts: boolean;
  private readonly limits: CarryLimits;

  constructor(old: Side, next: Side, limits: CarryLimits) {
    this.old = old;
    this.next = next;
    this.limits = limits;
    this.correspondence = new Correspondence(old.state, next.state);
    this.found = new Pairings(new TargetShapes((code) => next.state.fixed.has(`closure:${code}`)));
    this.hasAllTexts = [...old.state.texts].every((text) => next.state.texts.has(text));
  }

  run(): Match {
    for (const { old, next } of this.correspondence.rootPairs) {
      const written = old.shape.written || next.shape.written;
      if (this.isUnfit(old.shape, next.shape)) {
        this.found.refuse(old.offset, next.offset, this.unfitReason(next.shape), true);
        continue;
      }
      this.cell(old.offset, old.shape.cell, next.offset, next.shape.cell, written, CELL_BYTES, [old.shape, next.shape]);
    }
    this.found.left(this.old.state.roots.length, this.next.state.roots.length, this.correspondence.rootPairs.length);
    this.followWeak(0);
    const isByNames = !(this.found.hasLeft.old && this.found.hasLeft.next);
    const { ambiguous, leftoverCount } = this.restructure();
    for (const [symbol, offset] of this.old.state.fixed) {
      const now = this.next.state.fixed.get(symbol);
      if (now !== undefined) this.found.know(offset, now);
    }
    return {
      copies: this.found.copies,
      unchanged: this.found.unchanged,
      pointers: this.found.pointers(this.old.state, this.next.state),
      arrays: this.found.arrays,
      objects: this.found.oldToNew,
      kept: this.found.kept,
      ambiguous,
      isByNames,
      leftoverCount,
      reasons: this.found.reasons,
      isFound: this.found.finder(),
    };
  }

  /** Ways that frames may change, from the given one on. */
  private followWeak(first: number): void {
    this.followAll();
    for (let index = first; index < this.weak.length; index++) {
      const pair = this.weak[index]!;
      if (this.found.oldToNew.get(pair.oldPointer) === 0) this.strong.push(pair);
      this.followAll();
    }
  }

  /** What names and places do not lead to, by what it is. */
  private restructure(): Pick<Match, 'ambiguous' | 'leftoverCount'> {
    const [old, next] = [this.old.state, this.next.state];
    const nothing = { ambiguous: new Set<number>(), leftoverCount: 0 };
    const most = this.limits.leftovers;
    const hasLeft = this.found.hasLeft.old && this.found.hasLeft.next;
    if (!hasLeft || most === 0 || !old.roles || !next.roles) return nothing;
    const used = this.found.usedCells();
    const isOldPaired = {
      hasCell: (offset: number) => used.get(offset) !== 0,
      hasObject: (pointer: number) => this.found.oldToNew.get(pointer) !== 0,
    };
    const isNewPaired = {
      hasCell: (offset: number) => this.found.seen.get(offset) === 1,
      hasObject: (pointer: number) => this.found.newToOld.get(pointer) !== 0,
    };
    const [oldLeft, newLeft] = [listLeftovers(old, isOldPaired, most), listLeftovers(next, isNewPaired, most)];
    const leftoverCount = oldLeft.length + newLeft.length;
    if (oldLeft.length === 0 || newLeft.length === 0) return { ...nothing, leftoverCount };
    const { pairs, ambiguous } = matchByRole(old, oldLeft, next, newLeft, (array) => this.found.oldToNew.get(array));
    const first = this.weak.length;
    for (const { old: a, next: b } of pairs) {
      if (a.array && b.array) {
        const [oldPointer, newPointer] = [a.array.pointer, b.array.pointer];
        this.object({ oldPointer, oldShape: a.array.shape, newPointer, newShape: b.array.shape });
      } else {
        this.found.seen.set(b.offset, 0);
        this.cell(a.offset, a.cell, b.offset, b.cell, true, CELL_BYTES, a.shape && b.shape && [a.shape, b.shape]);
        if (a.container && b.container && !a.isElement && !b.isElement)
          this.found.know(a.container.group, b.container.group);
      }
    }
    this.followWeak(first);
    return { ambiguous, leftoverCount };
  }

  private isCarried(from: number, to: number, sizeBytes: number): boolean {
    const { old, next } = this;
    return (old.carried?.meets(from, from + sizeBytes) ?? false) || (next.carried?.meets(to, to + sizeBytes) ?? false);
  }

  /** Whether a name leads from what may be a fraction to what is an index now. */
  private isUnfit(old: RootShape | FieldShape, next: RootShape | FieldShape): boolean {
    if (this.next.without?.has(next) && next.cell.kind !== 'pointer') return true;
    if (!next.isIndex || old.isIndex || !next.written) return false;
    return !fitsIndex(this.old.state, old, this.next.state, next);
  }

  private unfitReason(next: RootShape | FieldShape): StateReset['reason'] {
    return this.next.without?.has(next) ? 'restarted' : 'kind';
  }

  /** `slotBytes`: from this cell to the next. */
  private cell(
    from: number,
    a: CellShape,
    to: number,
    b: CellShape,
    written: boolean,
    slotBytes: number,
    shapes: Shapes | null = null,
  ): void {
    if (this.found.seen.get(to) !== 0) return;
    this.found.seen.set(to, 1);
    const isState = written || this.isCarried(from, to, slotBytes);
    const [old, next] = [this.old.state, this.next.state];
    if (a.kind === 'pointer' && b.kind === 'pointer') {
      const pair = {
        oldPointer: old.word(from),
        oldShape: a.object,
        newPointer: next.word(to),
        newShape: b.object,
      };
      if (isState && !fitsKinds(a, b)) this.found.refuse(from, to, 'kind', true);
      else if (isState) this.found.point(from, to, [a.object, b.object]);
      else if (pair.oldPointer === pair.newPointer) this.found.unchanged.push(from, to, slotBytes);
      if (isObject(pair.oldPointer) && isObject(pair.newPointer)) (isState ? this.weak : this.strong).push(pair);
      return;
    }
    if (a.kind === 'box' && b.kind === 'box') {
      this.box(from, a, to, b, isState, slotBytes);
      return;
    }
    if (a.kind !== b.kind) {
      // What is in another form now may have moved.
      this.found.seen.set(to, 2);
      if (isState) this.found.reasons.set(to, 'kind');
      this.found.left(1, 1, 0);
      return;
    }
    const sizeBytes = cellBytes(a);
    const isSame = sameCell(old.words, from, next.words, to, sizeBytes);
    if (a.kind === 'string') this.text(old.word(from), next.word(to));
    if (isState && !fitsKinds(a, b)) this.found.refuse(from, to, 'kind', true);
    else if (a.kind === 'string' && isState) this.found.point(from, to, null);
    else if (!isSame && !(shapes && isDrawnAlike(old, shapes[0], next, shapes[1])))
      this.found.refuse(from, to, 'edited', isState);
    else if (isSame && !isState) this.found.unchanged.push(from, to, slotBytes);
    else if (this.keepsTexts(a)) this.found.keep(from, to, sizeBytes);
    // Which text it is when the commit looks decides whether that is still there.
    else this.found.box(from, to, []);
  }

  /** A box keeps what it holds, whatever that is when the commit looks: a pointer is then translated like others. */
  private box(from: number, a: BoxCell, to: number, b: BoxCell, isState: boolean, slotBytes: number): void {
    const [old, next] = [this.old.state, this.next.state];
    const [before, now] = [leadOf(old, a, from), leadOf(next, b, to)];
    if (old.word(from + 4) === BOX.string && next.word(to + 4) === BOX.string) this.text(old.word(from), next.word(to));
    const shapes = [...a.boxed].flatMap(([tag, object]) => {
      const other = b.boxed.get(tag);
      return other ? [[object, other] as const] : [];
    });
    if (isState && !fitsKinds(a, b)) this.found.refuse(from, to, 'kind', true);
    else if (isState) this.found.box(from, to, shapes);
    else if (sameCell(old.words, from, next.words, to, 8)) this.found.unchanged.push(from, to, slotBytes);
    if (!before || !now) return;
    const pair = { oldPointer: before.pointer, oldShape: before.object, newPointer: now.pointer, newShape: now.object };
    (isState ? this.weak : this.strong).push(pair);
  }

  /** Parts that were cut from texts lie on the heap: they are the same if their characters are. */
  private text(oldPointer: number, newPointer: number): void {
    if (!isObject(oldPointer) || !isObject(newPointer) || this.found.oldToNew.get(oldPointer) !== 0) return;
    const [old, next] = [this.old.state, this.next.state];
    const count = old.lengthOf(oldPointer);
    if (count !== next.lengthOf(newPointer)) return;
    const [oldStart, newStart] = [old.dataOf(oldPointer), next.dataOf(newPointer)];
    for (let n = 0; n < 2 * count; n++) if (old.image[oldStart + n] !== next.image[newStart + n]) return;
    this.found.know(oldPointer, newPointer);
  }

  /** A text that is gone must not be pointed at. */
  private keepsTexts(cell: CellShape): boolean {
    return cell.kind !== 'boxed' || !cell.mayHoldText || (this.hasAllTexts && !cell.mayHoldPart);
  }

  private followAll(): void {
    while (this.followed < this.strong.length) this.object(this.strong[this.followed++]!);
  }

  private object({ oldPointer, oldShape, newPointer, newShape }: Pending): void {
    if (this.found.newToOld.get(newPointer) !== 0) return;
    this.found.targets.note(oldShape, newShape);
    const [old, next] = [this.old.state, this.next.state];
    if (oldShape.kind === 'record' && newShape.kind === 'record') {
      if (areOfOtherKeys(old, oldPointer, oldShape, next, newPointer, newShape)) return;
      this.found.knowTyped(oldPointer, oldShape, newPointer, newShape);
      this.spots(oldPointer, oldShape.fields, newPointer, newShape.fields);
    } else if (oldShape.kind === 'function' && newShape.kind === 'function') {
      const member = old.memberAt(oldPointer, oldShape);
      const now = next.memberAt(newPointer, newShape);
      if (!member || !now || !this.correspondence.arePartners(member, now, newShape)) {
        this.found.left(1, 1, 0);
        return;
      }
      this.found.knowTyped(oldPointer, oldShape, newPointer, newShape);
      if (old.word(oldPointer) === next.word(newPointer)) this.found.unchanged.push(oldPointer, newPointer, CELL_BYTES);
      this.frames(oldPointer, member.fields, newPointer, now.fields);
      this.spots(oldPointer, member.fields, newPointer, now.fields);
    } else if (oldShape.kind === 'typedArray' && newShape.kind === 'typedArray') {
      if (oldShape.name !== newShape.name) {
        if (oldShape.written || newShape.written) this.found.reasons.set(newPointer, 'kind');
        this.found.left(1, 1, 0);
        return;
      }
      this.found.knowTyped(oldPointer, oldShape, newPointer, newShape);
      this.data(oldPointer, oldShape, newPointer, newShape);
    } else if (oldShape.kind === 'array' && newShape.kind === 'array') {
      this.array(oldPointer, oldShape, newPointer, newShape);
    } else this.found.left(1, 1, 0);
  }

  private array(
    oldPointer: number,
    oldShape: ObjectShape & { kind: 'array' },
    newPointer: number,
    newShape: ObjectShape & { kind: 'array' },
  ): void {
    const [a, b] = [oldShape.element, newShape.element];
    const written = oldShape.written || newShape.written;
    if (a.kind !== b.kind) {
      if (written) this.found.reasons.set(newPointer, 'kind');
      this.found.left(1, 1, 0);
      return;
    }
    this.found.knowTyped(oldPointer, oldShape, newPointer, newShape);
    if (isPlain(b)) {
      if (written && !fitsKinds(a, b)) {
        this.found.reasons.set(newPointer, 'kind');
        return;
      }
      if (this.keepsTexts(b) && this.keepsTexts(a)) {
        this.data(oldPointer, oldShape, newPointer, newShape);
        return;
      }
      // Element by element, as each may be a text that is gone.
      this.found.kept.set(newPointer, 1);
    }
    this.descriptor(oldPointer, newPointer);
    const [old, next] = [this.old.state, this.next.state];
    const [oldData, newData] = [old.dataOf(oldPointer), next.dataOf(newPointer)];
    const [oldCount, newCount] = [old.lengthOf(oldPointer), next.lengthOf(newPointer)];
    const match =
      a.kind === 'pointer' || a.kind === 'box'
        ? this.recognise(oldData, oldCount, oldShape, newData, newCount, newShape)
        : null;
    if (oldCount > newCount) this.found.hasLeft.old = true;
    for (let n = 0; n < newCount; n++) {
      const at = match ? match[n]! : n < oldCount ? n : -1;
      if (at < 0) {
        this.found.hasLeft.next = true;
        continue;
      }
      const bytes = newShape.elementBytes;
      this.cell(oldData + at * bytes, a, newData + n * bytes, b, written, bytes);
    }
  }

  /** Which old element each new one is. */
  private recognise(
    oldData: number,
    oldCount: number,
    oldShape: ObjectShape & { kind: 'array' },
    newData: number,
    newCount: number,
    newShape: ObjectShape & { kind: 'array' },
  ): Int32Array {
    if (oldCount === newCount && this.areUnchanged(oldData, oldShape, newData, newShape, newCount))
      return Int32Array.from({ length: newCount }, (_, n) => n);
    const columns = [true, false].map((withState) => () => {
      const prints = new Fingerprints(this.correspondence, withState);
      const [old, next] = [new Float64Array(oldCount), new Float64Array(newCount)];
      for (let n = 0; n < oldCount; n++) {
        const at = oldData + n * oldShape.elementBytes;
        old[n] = prints.of(this.old.state, true, oldShape.element, newShape.element, at);
      }
      for (let n = 0; n < newCount; n++) {
        const at = newData + n * newShape.elementBytes;
        next[n] = prints.of(this.next.state, false, newShape.element, oldShape.element, at);
      }
      return [old, next] as const;
    });
    return align(oldCount, newCount, columns);
  }

  /**
   * Whether all elements are what they were, what was drawn included, so that they are the same without it as well: as after most
   * edits. What was drawn need not be searched for then, which takes a walk through the whole program.
   */
  private areUnchanged(
    oldData: number,
    oldShape: ObjectShape & { kind: 'array' },
    newData: number,
    newShape: ObjectShape & { kind: 'array' },
    count: number,
  ): boolean {
    const prints = new Fingerprints(this.correspondence, true, true);
    const [a, b] = [oldShape.element, newShape.element];
    for (let n = 0; n < count; n++) {
      const old = prints.of(this.old.state, true, a, b, oldData + n * oldShape.elementBytes);
      if (!prints.isWhole) return false;
      if (prints.of(this.next.state, false, b, a, newData + n * newShape.elementBytes) !== old || !prints.isWhole)
        return false;
    }
    return true;
  }

  private descriptor(oldPointer: number, newPointer: number): void {
    const [old, next] = [this.old.state, this.next.state];
    const isSame = [ARRAY.DATA, ARRAY.LENGTH, ARRAY.CAPACITY].every(
      (at) => old.word(oldPointer + at) === next.word(newPointer + at),
    );
    if (isSame) this.found.unchanged.push(oldPointer, newPointer, ARRAY.SIZE_BYTES);
  }

  private data(oldArray: number, oldShape: PlainShape, newArray: number, newShape: PlainShape): void {
    if (this.next.without?.has(newShape)) {
      this.found.reasons.set(newArray, 'restarted');
      return;
    }
    const { elementBytes } = newShape;
    const written = oldShape.written || newShape.written;
    const [old, next] = [this.old.state, this.next.state];
    const [oldData, newData] = [old.dataOf(oldArray), next.dataOf(newArray)];
    const [oldCount, newCount] = [old.lengthOf(oldArray), next.lengthOf(newArray)];
    const isState = written || this.isCarried(oldData, newData, Math.min(oldCount, newCount) * elementBytes);
    // The descriptors of large arrays may say something else than the image: their data may lie elsewhere.
    if (newCount * elementBytes < this.limits.regionBytes) this.descriptor(oldArray, newArray);
    const isDrawn = () => isDrawnAlike(old, oldShape, next, newShape);
    this.found.arrays.push({ newArray, oldData, newData, oldCount, newCount, elementBytes, isState, isDrawn });
  }

  /** Pointers to frame records are the same if these are in the same place. */
  private frames(
    oldPointer: number,
    oldFields: readonly FieldShape[],
    newPointer: number,
    newFields: readonly FieldShape[],
  ): void {
    const [old, next] = [this.old.state, this.next.state];
    for (const { name, offset } of newFields) {
      const isFrame = name === '' && oldFields.some((field) => field.name === '' && field.offset === offset);
      if (isFrame && old.word(oldPointer + offset) === next.word(newPointer + offset)) {
        this.found.unchanged.push(oldPointer + offset, newPointer + offset, CELL_BYTES);
      }
    }
  }

  private spots(
    oldPointer: number,
    oldFields: readonly FieldShape[],
    newPointer: number,
    newFields: readonly FieldShape[],
  ): void {
    const [old, next] = [this.old.state, this.next.state];
    const pairs = this.correspondence.spots(oldFields, newFields, oldPointer, newPointer);
    this.found.left(countSpots(oldFields), countSpots(newFields), pairs.length);
    for (const { old: a, next: b } of pairs) {
      const [from, to] = [spotOffset(old, oldPointer, a), spotOffset(next, newPointer, b)];
      if (this.isUnfit(a.shape, b.shape)) this.found.refuse(from, to, this.unfitReason(b.shape), true);
      else this.cell(from, a.cell, to, b.cell, a.written || b.written, CELL_BYTES, [a.shape, b.shape]);
    }
  }
}

const countSpots = (fields: readonly FieldShape[]): number => flatten(fields).length;

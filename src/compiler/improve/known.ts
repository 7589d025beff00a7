/**
 * What is known at a place in a function: which locals hold what memory holds, and which locals hold the same. Where ways come
 * together only that holds which holds on all of them. Nothing of it is needed for safety: guards come after (guardPointers.ts).
 */

import { isFixed, isHit, type Place } from './places.ts';

/** Pointers are copied shortly before they are used. */
const MAX_COPIES = 64;

export class Known {
  isReachable = true;
  /** Places whose locals are up to date. */
  readonly places: Map<number, Place>;
  /** By local: an older one with the same value. */
  readonly copies: Map<number, number>;

  constructor(places: ReadonlyMap<number, Place> = new Map(), copies: ReadonlyMap<number, number> = new Map()) {
    this.places = new Map(places);
    this.copies = new Map(copies);
  }

  clone(): Known {
    const made = new Known(this.places, this.copies);
    made.isReachable = this.isReachable;
    return made;
  }

  /** Becomes what holds here and there. */
  meet(other: Known): void {
    if (!other.isReachable) return;
    if (!this.isReachable) {
      this.become(other);
      return;
    }
    for (const id of [...this.places.keys()]) if (!other.places.has(id)) this.places.delete(id);
    for (const [index, same] of [...this.copies]) if (other.copies.get(index) !== same) this.copies.delete(index);
  }

  become(other: Known): void {
    this.isReachable = other.isReachable;
    this.places.clear();
    this.copies.clear();
    for (const [id, place] of other.places) this.places.set(id, place);
    for (const [index, same] of other.copies) this.copies.set(index, same);
  }

  leave(): void {
    this.isReachable = false;
  }

  /** The oldest local that holds what this one holds. */
  original(index: number): number {
    return this.copies.get(index) ?? index;
  }

  /** A local has the value of another one. */
  copy(index: number, original: number): void {
    this.copies.set(index, original);
    if (this.copies.size <= MAX_COPIES) return;
    const [oldest] = this.copies.keys();
    if (oldest !== undefined) this.copies.delete(oldest);
  }

  /** A local has another value from here on. */
  assign(index: number): void {
    this.copies.delete(index);
    for (const [copy, same] of this.copies) if (same === index) this.copies.delete(copy);
    for (const [id, { origin }] of this.places) if ('index' in origin && origin.index === index) this.places.delete(id);
  }

  forget(isOutOfDate: (place: Place) => boolean): void {
    for (const [id, place] of this.places) if (isOutOfDate(place)) this.places.delete(id);
  }

  /** Somebody else's code ran. */
  afterCall(): void {
    this.forget((place) => !isFixed(place));
  }

  /** Something was stored through a pointer; to the place itself, if that is known. */
  afterStore(offset: number, own: Place | null): void {
    this.forget((place) => place !== own && isHit(place, offset));
  }

  /** Memory was filled or moved. */
  afterMove(): void {
    this.forget((place) => !isFixed(place) && !('symbol' in place.origin));
  }
}

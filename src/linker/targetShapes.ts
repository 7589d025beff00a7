/**
 * Whether what a variable points at may go over as it is. A variable that frames write may point at any object of its type,
 * and only the commit knows at which. After an edit some of those may be of another type than the variable then has: a
 * function that is called elsewhere only, a record with other fields. In: pairs of objects as they are found, by their
 * shapes. Out: yes or no, for the variable as a whole. Pure.
 */

import type { FunctionShape, ObjectShape } from '../compiler/shape.ts';

export class TargetShapes {
  private readonly nextOf = new Map<ObjectShape, Set<ObjectShape>>();
  /** Whether a closure without captures is in the new arena, by its code, wherever that may be called. */
  private readonly hasClosure: (code: string) => boolean;

  constructor(hasClosure: (code: string) => boolean) {
    this.hasClosure = hasClosure;
  }

  /** An object of one shape is one of the other now. */
  note(old: ObjectShape, next: ObjectShape): void {
    const known = this.nextOf.get(old);
    if (known) known.add(next);
    else this.nextOf.set(old, new Set([next]));
  }

  /** Whether all that was of the old shape, as far as it is there, is of the new one. */
  allows(old: ObjectShape, next: ObjectShape): boolean {
    for (const found of this.nextOf.get(old) ?? []) if (found !== next) return false;
    return old.kind !== 'function' || next.kind !== 'function' || this.allowsClosures(old, next);
  }

  private allowsClosures(old: FunctionShape, next: FunctionShape): boolean {
    const paths = new Set(next.members.map(({ path }) => path));
    return old.members.every(({ path, code }) => paths.has(path) || code === null || !this.hasClosure(code));
  }
}

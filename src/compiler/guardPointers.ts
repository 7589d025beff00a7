/**
 * Puts a check in front of every access to memory whose pointer is not proven to lead where code may reach, whatever the
 * passes before believe of it (ARCHITECTURE.md, "Why nothing gets out"). In: a function as `lower` makes it. Out: the same
 * with guards. A local is checked once: what is known of it then lasts until it is set.
 */

import { ACCESS_REACH_BYTES } from '../protocol/arena.ts';
import { binary, type GuardTarget, type IrExpression, type IrFunction, i32, set, type ValueType } from './ir.ts';
import { ACCESS_BYTES, type AccessAt, PointerWalk, type Use } from './pointerWalk.ts';

/** The number of the site at which a guard of this kind traps. */
export type GuardSite = (target: GuardTarget) => number;

export function guardPointers(fn: IrFunction, site: GuardSite): IrFunction {
  return new Guarding(fn, site).guarded();
}

class Guarding extends PointerWalk {
  private readonly site: GuardSite;
  /** The local for pointers that are in none; each is used at once. */
  private spare: number | null = null;

  constructor(fn: IrFunction, site: GuardSite) {
    super(fn);
    this.site = site;
  }

  guarded(): IrFunction {
    const made = this.walk();
    if (this.spare === null) return made;
    const locals: readonly ValueType[] = [...made.locals, 'i32'];
    return { ...made, locals };
  }

  protected read(): void {}

  protected access(at: AccessAt, bytes: number, use: Use): AccessAt {
    if (this.isProven(at, bytes, use)) return at;
    const { pointer, offset } = at;
    if (pointer.op === 'element')
      throw new Error(`guardPointers: an element of ${this.fn.symbol} may lie outside of its view`);
    // Arithmetic makes addresses of elements, which may lie outside of the arena; nothing else does.
    if (isComputed(pointer)) return { pointer: this.guard('elements', moved(pointer, offset), bytes), offset: 0 };
    if (offset < 0 || offset + bytes > ACCESS_REACH_BYTES)
      return { pointer: this.guard('object', moved(pointer, offset)), offset: 0 };
    return { pointer: this.guard('object', pointer), offset };
  }

  protected entry(code: IrExpression): IrExpression {
    return this.isEntry(code) ? code : this.guard('entry', code, ACCESS_BYTES.i32);
  }

  private guard(target: GuardTarget, pointer: IrExpression, bytes = ACCESS_BYTES.f64): IrExpression {
    const site = this.site(target);
    if (pointer.op === 'local') {
      const { index } = pointer;
      if (target === 'object') this.learn(index);
      return { op: 'guard', target, index, bytes, site };
    }
    const [index, value] = pointer.op === 'tee' ? [pointer.index, pointer.value] : [this.spareLocal(), pointer];
    if (target === 'object' && index !== this.spare) this.learn(index);
    return { op: 'block', effects: [set(index, value)], value: { op: 'guard', target, index, bytes, site } };
  }

  private spareLocal(): number {
    this.spare ??= 1 + this.fn.signature.parameters.length + this.fn.locals.length;
    return this.spare;
  }
}

const isComputed = (pointer: IrExpression): boolean =>
  pointer.op === 'block' ? isComputed(pointer.value) : pointer.op === 'binary';

const moved = (pointer: IrExpression, offset: number): IrExpression =>
  offset === 0 ? pointer : binary('i32.add', pointer, i32(offset));

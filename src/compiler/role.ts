/**
 * What a piece of state is in its program, apart from its name: the expressions that write it and where it is read. Made by
 * roles.ts from the typed tree, free of types and names; the linker finds by it what moved to another place in the text.
 */

import type { FieldShape, ObjectShape, RootShape } from './shape.ts';

/** A number that stays what the top level made it: written out, or to be looked up in the image. */
export type Constant =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sampleRate' }
  /** A top-level variable. */
  | { readonly kind: 'root'; readonly symbol: string }
  /** A capture of the same closure, or a field of the same object, whose `owner` is empty. */
  | { readonly kind: 'sibling'; readonly name: string; readonly owner: string }
  /** An element of the array that a top-level variable holds; `null`: at the same index as what is written. */
  | { readonly kind: 'element'; readonly symbol: string; readonly index: number | null }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Constant[] }
  | { readonly kind: 'unknown' };

/** An expression that gives a value, without names. The place that is written reads `•`. */
export interface Writer {
  /** The operations that lead from the value before to the value after; the rest reads `?`. */
  readonly spine: string;
  /** The whole; a constant part reads `#`, something else that changes `~`. */
  readonly full: string;
  /** The constant parts, in order. */
  readonly constants: readonly Constant[];
  /** Whole numbers remain whole, if the constants are. */
  readonly isInteger: boolean;
  /** The only element of an array that it writes; `null`: any. */
  readonly element: number | null;
}

/** See `Writer`. */
export type Modulus = Pick<Writer, 'full' | 'constants'>;

export interface Role {
  readonly writers: readonly Writer[];
  /** The operations that take it, sorted. */
  readonly readers: readonly string[];
  /** Read as the index of an array, by itself or through a constant of the same call: `const w = at % 37`. */
  readonly isIndex: boolean;
  /** What it is taken modulo of where it is read; left out: nothing. */
  readonly moduli?: readonly Modulus[];
}

/** How a value was drawn at random. */
export interface Drawn {
  /** The text of the expression that made it. */
  readonly expression: string;
  /** The arguments of all calls that lead to the function that it is in, sorted. */
  readonly given: readonly string[];
}

/** Found out when it is first asked for, which few edits do. */
export interface Roles {
  of(shape: RootShape | FieldShape | ObjectShape): Role | null;
  /** What the function with this symbol reads or writes itself; `null`: it is not known. */
  usedBy(symbol: string): ReadonlySet<RootShape | FieldShape | ObjectShape> | null;
  /** The expression that drew its first value at random; `null`: it was not drawn. */
  drawnBy(shape: RootShape | FieldShape | ObjectShape): Drawn | null;
}

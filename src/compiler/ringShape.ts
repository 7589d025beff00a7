/**
 * What the linker is told of delay lines: which array is written round and round, and which cell says where. Plain data,
 * beside the shapes.
 */

/** A cell by its name: in the closure or the record that a shape is of, or of the top level. */
export type CellName =
  /** `order`: as in `FieldShape`; `null`: a field of an object, whose name says it all. */
  | { readonly kind: 'own'; readonly owner: string; readonly name: string; readonly order: number | null }
  | { readonly kind: 'global'; readonly symbol: string };

export const LENGTH_OPERATIONS = [
  ...['+', '-', '*', '/', '%', '**'],
  ...['Math.floor', 'Math.ceil', 'Math.round', 'Math.trunc', 'Math.max', 'Math.min', 'Math.pow'],
] as const;

/** How a program computes a length from what does not change while it plays. */
export type LengthShape =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'cell'; readonly cell: CellName }
  | { readonly kind: 'length'; readonly array: CellName }
  /** Where there is a ring for each element: what stands at the same index, and how long the array there is. */
  | { readonly kind: 'element' | 'elementLength'; readonly array: CellName }
  | { readonly kind: 'sampleRate' }
  /** One of LENGTH_OPERATIONS, or `mask`: the length of a ring whose positions are taken by this mask. */
  | { readonly kind: 'operation'; readonly name: string; readonly args: readonly LengthShape[] };

/**
 * What says where in a ring the next or the newest element is. `wrapped`: a cell that goes from 0 to below the length and
 * begins again, or from there down to 0. `counter`: a cell that only ever rises, and is taken modulo the length where it is used. `frame`: the same
 * with `currentFrame`.
 */
export type CursorShape =
  | { readonly kind: 'wrapped' | 'counter'; readonly cell: CellName }
  | { readonly kind: 'frame' };

/** An array that is only written at its cursor. */
export interface RingShape {
  readonly array: CellName;
  readonly cursor: CursorShape;
  /** `array` holds arrays, and the cell an array of cursors: there is a ring for each index. */
  readonly isEach: boolean;
  /** The cursor goes from the end of the array to its start. */
  readonly runsDown: boolean;
  /** After how many elements it begins again: it is a ring where all of them are the same number. */
  readonly lengths: readonly LengthShape[];
  /** Between two frames the cursor is at the element that was written last, and not at the next one. */
  readonly isNewestAtCursor: boolean;
}

/** A cell that frames write and that is an index into an array, or that one is computed from. */
export interface IndexShape {
  readonly array: CellName;
  readonly cell: CellName;
  /** As in `RingShape`. */
  readonly isEach: boolean;
  /** The index is the cell, but for rounding. */
  readonly isDirect: boolean;
  /** What they are called in the text. */
  readonly names: { readonly array: string; readonly cell: string };
}

/** How the arrays are used that a closure, an object or the top level has. */
export interface ArrayUses {
  readonly rings: readonly RingShape[];
  readonly indices: readonly IndexShape[];
}

/** What the optimiser is given: a linked patch whose top level has run. */

import type { IrFunction } from '../compiler/ir.ts';
import type { KnownImage } from './image.ts';

export interface OptimiserInput {
  readonly render: IrFunction;
  /** Functions that run while the patch sounds, by symbol; those of the library too. */
  readonly functions: ReadonlyMap<string, IrFunction>;
  /** The offset of a symbol from the arena's base, by its import name (`kind:name`). */
  readonly offsetOf: (name: string) => number;
  /** The function behind a GOT entry. */
  readonly functionAt: (offset: number) => IrFunction | undefined;
  readonly image: KnownImage;
  /** How many bytes there are from the first element of each array and text on: pairs (offset, sizeBytes). */
  readonly extents: readonly number[];
}

/**
 * What of an arena the host writes and reads, as it comes with a batch: offsets of cells, and what may be in them. Whoever takes a
 * batch checks the offsets once (worklets/hostCells.ts).
 */

import type { ControlKind, MovedControl } from './controls.ts';
import type { ArenaOffset } from './units.ts';

/** The cells of one control, f64 each, and its range. */
export interface ControlInput {
  readonly name: string;
  readonly kind: ControlKind;
  readonly offset: ArenaOffset;
  /** The y of an `xy`. */
  readonly secondOffset: ArenaOffset | null;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where it stands unless somebody moved it. */
  readonly value: number;
  readonly second: number;
}

export interface HostInputs {
  /** Which piece it is of: what was moved in another one does not count. */
  readonly piece: number;
  /** What was moved in this piece, for a processor that does not know it. */
  readonly moved: readonly MovedControl[];
  readonly controls: readonly ControlInput[];
}

export const NO_HOST_INPUTS: HostInputs = { piece: 0, moved: [], controls: [] };

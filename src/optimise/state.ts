/** Where the working through of a patch stands: locals of the function that is at it, and cells of memory. */

import type { Cells } from './cells.ts';
import type { Value } from './ssa.ts';

export interface State {
  /** By index, of the innermost function that is being worked through. */
  readonly locals: Value[];
  readonly cells: Cells;
}

export const fork = ({ locals, cells }: State): State => ({ locals: [...locals], cells: cells.fork() });

/**
 * How large a loop may become when it is written out. In: where it is, and what its turns do. Out: whether one more may be.
 *
 * What runs in each frame gains by it: voices get constants of their own, and run as lanes. A transform behind a test, which
 * runs every few hundred frames, only gets so much code that engines neither keep its numbers in registers nor optimise the rest.
 */

/** Values and nodes that any loop may make, also those that came to nothing. */
const MAX_MADE = 24_000;
const MAX_TURNS = 1024;
/** Behind a test, where nothing is called through pointers: turns, and nodes that are left. */
const MAX_TURNS_BEHIND_TEST = 64;
const FEW_TURNS = 8;
const MAX_SIZE_OF_FEW = 1500;
const MAX_SIZE = 600;
/** Of that, within another loop that is written out: the outer one's numbers are worth more. */
const SHARE_WITHIN = 1 / 4;
/** What only adds something up may run as lanes. */
const MAX_SIZE_OF_SUM = 4000;
const MAX_TURNS_OF_SUM = 32;

export interface LoopSize {
  readonly turns: number;
  readonly made: number;
  /** Nodes that are left of what was made. */
  readonly size: number;
  /** Whether it need not run whenever the frame does. */
  readonly isBehindTest: boolean;
  /** Another loop around it is being written out. */
  readonly isWithin: boolean;
  /** Which function that is has to be known. */
  readonly callsThroughPointers: boolean;
  readonly writesMemory: boolean;
}

export function mayUnroll(loop: LoopSize): boolean {
  const { turns, made, size } = loop;
  if (turns > MAX_TURNS || made > MAX_MADE) return false;
  if (!loop.isBehindTest || loop.callsThroughPointers) return true;
  if (turns > MAX_TURNS_BEHIND_TEST) return false;
  if (!loop.writesMemory && turns <= MAX_TURNS_OF_SUM) return size <= MAX_SIZE_OF_SUM;
  return size <= (turns <= FEW_TURNS ? MAX_SIZE_OF_FEW : MAX_SIZE) * (loop.isWithin ? SHARE_WITHIN : 1);
}

/**
 * Whether a text that stopped soon after it began is to be tried once more, with less of the state that it took over. In:
 * commits and traps. Out: the function whose state is to be reset. Worker.
 */

import { type ProcessorToWorker, TOO_SLOW } from '../protocol/audio.ts';
import type { SwapReport } from '../protocol/compile.ts';
import type { Generation } from '../protocol/units.ts';
import type { Session } from './session.ts';

type Trap = Extract<ProcessorToWorker, { kind: 'trapped' }>;

interface Commit {
  readonly generation: Generation;
  readonly frame: number;
  readonly report: SwapReport;
  /** Whether it was an edit, and not what somebody went back to or what was tried again already. */
  readonly isEdit: boolean;
}

/** What goes well for this long does not stop because of what it began with. */
const MAX_SECONDS = 1;

export class SecondTry {
  private last: Commit | null = null;

  committed(commit: Commit): void {
    this.last = commit;
  }

  /** To be asked before the session forgets the generation. Empty where it is not to be tried again. */
  of(trap: Trap, session: Session): { readonly tryWithoutStateOf?: string } {
    const { last } = this;
    const isLast = last !== null && last.generation === trap.generation && last.isEdit;
    if (!isLast || trap.fallback === null || trap.reason === TOO_SLOW) return {};
    if (last.report.stateKept.length === 0 || session.secondsOf(trap.frame - last.frame) > MAX_SECONDS) return {};
    return { tryWithoutStateOf: session.functionOf(trap) };
  }
}

/** A text that somebody wrote, the first time it is tried. */
export const isFirstTry = (request: {
  readonly restores: Generation | null;
  readonly resume: object | null;
  readonly withoutStateOf?: string | null;
}): boolean => request.restores === null && request.resume === null && (request.withoutStateOf ?? null) === null;

/** Nothing went over after all. */
export const withoutState = (report: SwapReport): SwapReport => ({
  ...report,
  stateKept: [],
  stateReset: [...report.stateKept.map((path) => ({ path, reason: 'restarted' as const })), ...report.stateReset],
  stateFitted: [],
  ...{ copiedBytes: 0, adoptedBytes: 0 },
});

/**
 * What a swap did to state, for people: what is kept, what was reset and why, and what is new. In: two arenas and the match
 * between them. Out: paths as they read in the text. Worker; only when somebody wants to know.
 */

import type { StateReset } from '../protocol/compile.ts';
import type { Side } from './match.ts';
import type { Match } from './pairings.ts';
import type { ArenaState } from './state.ts';
import { listNames, listState, type StateEntry } from './stateList.ts';

export interface StateNames {
  readonly kept: readonly string[];
  readonly reset: readonly StateReset[];
  readonly fresh: readonly string[];
}

/** Where nothing goes over: `lost` is what there was. */
export function namesWithout(next: ArenaState, lost: ArenaState | null): StateNames {
  const now = listNames(listState(next));
  const before = new Set(lost ? listNames(listState(lost)) : []);
  return {
    kept: [],
    reset: [
      ...now.filter((path) => before.has(path)).map((path) => ({ path, reason: 'restarted' as const })),
      ...[...before].filter((path) => !now.includes(path)).map((path) => ({ path, reason: 'gone' as const })),
    ],
    fresh: now.filter((path) => !before.has(path)),
  };
}

/** `kept`: offsets of the cells and arrays of the new arena whose state is kept. */
export function namesBetween(old: Side, next: Side, match: Match): StateNames {
  const isKept = ({ offset }: StateEntry): boolean => match.kept.get(offset) !== 0;
  const entries = listState(next.state, (offset) => match.kept.get(offset) !== 0 || match.reasons.has(offset));
  const gone = new Map<string, StateReset>();
  for (const path of listNames(listState(old.state).filter(({ offset }) => !match.isFound(offset)))) {
    gone.set(path, { path, reason: 'gone' });
  }
  const reset: StateReset[] = [];
  const fresh: StateEntry[] = [];
  for (const entry of entries) {
    if (isKept(entry)) continue;
    const { path, offset } = entry;
    // What has the name of something that is gone is what became of that.
    const isLost = gone.size > 0 && gone.delete(path);
    const known = match.ambiguous.has(offset) ? 'ambiguous' : match.reasons.get(offset);
    const reason = known ?? (isLost ? 'edited' : null);
    if (reason === null) fresh.push(entry);
    else if (reset.length < MAX_REASONS) reset.push({ path, reason });
  }
  return { kept: listNames(entries.filter(isKept)), reset: [...reset, ...gone.values()], fresh: listNames(fresh) };
}

/** Reports are read by people. */
const MAX_REASONS = 2000;

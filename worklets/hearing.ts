/** Brings events from outside into the arenas of one renderer that sound. Audio thread and Node; allocates nothing. */

import type { Host } from './host.ts';
import type { OldSide } from './oldSide.ts';
import type { Running } from './running.ts';

/**
 * Delivers the events of the block, from number `first` on, that are due by the frame `start` of it. Returns the first one that is
 * not.
 */
export function hearEvents(
  host: Host | null,
  f64: Float64Array,
  live: Running | null,
  old: OldSide<Running>,
  first: number,
  start: number,
): number {
  let event = first;
  for (; host !== null && host.framesTo(event) <= start; event++) {
    if (live !== null) host.deliver(event, f64, live);
    for (let n = 0; n < old.count; n++) {
      const member = old.at(n);
      if (member !== null) host.deliver(event, f64, member);
    }
  }
  return event;
}

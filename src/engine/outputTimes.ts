/**
 * What an output says of its clock, for `EventClock`. Main thread.
 *
 * Firefox answers `getOutputTimestamp` by asking the sound server for its latency, from the main thread and with the graph locked. On a busy
 * machine the server waits at that moment for a block, and the block for the graph: the page hangs for ever (seen in Firefox 153 with PulseAudio,
 * again and again at a load of ten). So Firefox is not asked, nor for `outputLatency`, which goes the same way.
 */

import type { OutputTimes } from './eventClock.ts';

type Clock = Pick<AudioContext, 'currentTime'> & Partial<Pick<AudioContext, 'getOutputTimestamp'>>;

const isFirefox = (userAgent: string): boolean => /\bFirefox\//.test(userAgent);

/** Where when something is heard cannot be asked for, the page's own clock stands for it, which goes as evenly. */
export function outputTimes(context: Clock, userAgent: string = globalThis.navigator?.userAgent ?? ''): OutputTimes {
  const { currentTime } = context;
  if (context.getOutputTimestamp && !isFirefox(userAgent)) {
    const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
    return { contextTime, performanceTime, currentTime: context.currentTime, nowMs: performance.now() };
  }
  const nowMs = performance.now();
  const ownMs = currentTime === 0 ? 0 : nowMs;
  return { contextTime: ownMs / 1000, performanceTime: ownMs, currentTime, nowMs };
}

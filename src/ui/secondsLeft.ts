/** How long a swap still waits, counted down in tenths of a second. Main thread. */

import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Waiting } from '../app/model.ts';
import { clockMs } from '../protocol/clock.ts';

/** Often enough for tenths of a second to run. */
const COUNT_MS = 100;

/** Null: nothing waits, or nobody knows for how long. */
export function useSecondsLeft(waiting: ReadonlySignal<Waiting | null>): number | null {
  const [, setCount] = useState(0);
  const untilMs = waiting.value?.untilMs ?? null;
  useEffect(() => {
    if (untilMs === null) return;
    const timer = setInterval(() => setCount((count) => count + 1), COUNT_MS);
    return () => clearInterval(timer);
  }, [untilMs]);
  return untilMs === null ? null : Math.max(0, untilMs - clockMs()) / 1000;
}

/**
 * Ticks about every TICK_MS, one after the other: none is due before the one before was handled, so that they never come in
 * a heap. While the page is hidden they come from a worker, since browsers throttle the timers of hidden pages. Main thread.
 */

import { TICK_MS } from './hangWatch.ts';

/** Calls until the returned function is called. */
export function everyTick(call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let worker: Worker | null = null;
  const tickHere = () => {
    timer = setTimeout(() => {
      call();
      tickHere();
    }, TICK_MS);
  };
  const tickThere = () => {
    worker = new Worker(new URL('./tickerWorker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', () => {
      call();
      worker?.postMessage(TICK_MS);
    });
    worker.postMessage(TICK_MS);
  };
  const stop = () => {
    clearTimeout(timer);
    worker?.terminate();
    worker = null;
  };
  const begin = () => {
    stop();
    if (!document.hidden) tickHere();
    // Most of what is hidden is silent, and has no need of ticks in a moment.
    else timer = setTimeout(tickThere, TICK_MS);
  };
  const listening = new AbortController();
  document.addEventListener('visibilitychange', begin, { signal: listening.signal });
  begin();
  return () => {
    listening.abort();
    stop();
  };
}

/** Answers a number of milliseconds after that time. A worker, as its timers are not throttled when the page is hidden. */

/** What is used of DedicatedWorkerGlobalScope, which no type library describes beside that of the page. */
declare const self: {
  onmessage: ((event: MessageEvent<number>) => void) | null;
  postMessage(message: null): void;
};

self.onmessage = ({ data }) => void setTimeout(() => self.postMessage(null), data);

export type {};

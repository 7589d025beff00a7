/** The thread of the optimiser, started by the compiler worker: answers one job after the other. Worker. */

import { runOptimiser } from './optimiserJob.ts';
import type { FromOptimiser, ToOptimiser } from './optimiserThread.ts';

/** What is used of DedicatedWorkerGlobalScope, which no type library describes beside that of the page. */
declare const self: {
  onmessage: ((event: MessageEvent<ToOptimiser>) => void) | null;
  postMessage(message: FromOptimiser): void;
};

self.onmessage = ({ data: { serial, job } }) => self.postMessage({ serial, answer: runOptimiser(job) });

/**
 * Files that are not to stay when the process ends before they are finished: by a signal (Ctrl-C, `kill`, a terminal that
 * closes), by a reader that has gone, or by itself. The exit status is then the shell's for that signal.
 *
 * While there are such files, signals are heard of only between turns of the event loop, so whoever writes them gives way
 * now and then. A second signal ends the process at once.
 */

import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** What shells add to the number of a signal. */
const ENDED_BY_SIGNAL = 128;

const unfinished = new Set<string>();

/** To be called before the file is made; `path` is absolute. */
export function beginFile(path: string): void {
  if (unfinished.size === 0) {
    process.on('exit', removeAll);
    for (const signal of SIGNALS) process.once(signal, endBy);
  }
  unfinished.add(path);
}

/** The file is there to stay, or gone. */
export function endFile(path: string): void {
  if (!unfinished.delete(path) || unfinished.size > 0) return;
  process.off('exit', removeAll);
  for (const signal of SIGNALS) process.off(signal, endBy);
}

function endBy(signal: NodeJS.Signals): void {
  process.exit(ENDED_BY_SIGNAL + constants.signals[signal]);
}

function removeAll(): void {
  for (const path of unfinished) {
    try {
      rmSync(path, { force: true });
    } catch {
      // The process ends: there is nobody to tell, and there are others to remove.
    }
  }
}

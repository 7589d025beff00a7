/** Programs that run beside the tests: started, and ended at the latest when the tests end. */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

const PATIENCE_MS = 10_000;

export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  // Without a listener it would be thrown. Whoever waits for the program's answer finds out that there is none.
  child.once('error', () => undefined);
  return child;
}

export const isOver = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/** Resolves when it has ended. */
export async function end(child: ChildProcess): Promise<void> {
  if (isOver(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

/**
 * Says before the counts at the end of a run in which browsers the page was driven, and what was not run, and why. For
 * vitest.config.ts; to be named before the reporter that prints the counts.
 */

import type { Reporter, Vitest } from 'vitest/node';
import { thisMachine } from './machine.ts';
import { seekOthers } from './otherBrowsers.ts';

export class NotRunReporter implements Reporter {
  #lines: readonly string[] = [];

  async onInit({ projects }: Vitest): Promise<void> {
    const names = projects.map(({ name }) => name);
    if (names.includes('long') || !names.includes('e2e')) return;
    this.#lines = notRunLines(await seekOthers(thisMachine()));
  }

  onTestRunEnd(): void {
    if (this.#lines.length > 0) process.stdout.write(`\n${this.#lines.map((line) => ` ${line}\n`).join('')}`);
  }
}

/** What is said where these browsers were looked for. */
export function notRunLines(sought: Awaited<ReturnType<typeof seekOthers>>): string[] {
  const there = ['Chromium', ...sought.filter(({ isThere }) => isThere).map(({ name }) => name)];
  const lines = [`The page was driven in ${there.join(', ')}.`];
  for (const one of sought) if (!one.isThere) lines.push(`Not run: ${one.name}: ${one.reason}.`);
  return [...lines, 'Not run: what takes long (npm run test:long).'];
}

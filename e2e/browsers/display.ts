/** An X server without a screen, for browsers that have no mode without one. */

import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { end, start } from './processes.ts';

export class Display {
  readonly #process: ChildProcess;
  /** As in `DISPLAY`. */
  readonly name: string;

  static async start(executable: string): Promise<Display> {
    // It looks for a free number itself, and writes it to file descriptor 3.
    const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
    const child = start(executable, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = await new Promise<string>((resolve, reject) => {
      let text = '';
      (child.stdio[3] as Readable).on('data', (data) => {
        text += data;
        if (text.endsWith('\n')) resolve(text.trim());
      });
      child.once('exit', () => reject(new Error(`${executable} did not start`)));
      child.once('error', reject);
    });
    return new Display(child, `:${number}`);
  }

  private constructor(child: ChildProcess, name: string) {
    this.#process = child;
    this.name = name;
  }

  end(): Promise<void> {
    return end(this.#process);
  }
}

/** What played before and is kept to go back to. Its state stands still. Audio thread and Node. */

import type { Running } from './running.ts';

/** How many generations stay after their fade. */
export const KEPT_GENERATIONS = 3;

export class KeptGenerations {
  /** The newest first. */
  readonly #list: Running[] = [];

  get all(): readonly Running[] {
    return this.#list;
  }

  /** Returns the one that there is no more room for. */
  add(running: Running): Running | null {
    const index = this.#list.findIndex(({ generation }) => generation < running.generation);
    this.#list.splice(index < 0 ? this.#list.length : index, 0, running);
    return this.#list.length > KEPT_GENERATIONS ? (this.#list.pop() ?? null) : null;
  }

  /** Takes the newest one out that is as wanted. */
  take(isWanted: (running: Running) => boolean): Running | null {
    const index = this.#list.findIndex(isWanted);
    return index < 0 ? null : this.#list.splice(index, 1)[0];
  }
}

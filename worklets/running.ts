/** Generations whose arenas and functions are in place, and those of them that are kept to go back to. Audio thread and Node. */

import type { RenderFunction } from '../src/protocol/arena.ts';
import type { CopyPlan } from '../src/protocol/generation.ts';
import type { Generation } from '../src/protocol/units.ts';

/** How many generations stay after their fade, to go back to. */
export const KEPT_GENERATIONS = 3;

export interface Running {
  readonly generation: Generation;
  readonly base: number;
  readonly render: RenderFunction;
  /** How its state goes back to the generation it took the place of, once the worker has sent that. */
  wayBack: { readonly to: Generation; readonly plan: CopyPlan } | null;
  /** The most work per frame for which there was time enough; null: there never was. */
  managedWork: number | null;
  readonly isLight: boolean;
}

/** What played before. Its state stands still. */
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

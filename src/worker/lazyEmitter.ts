/**
 * The emitter, loaded on demand: it is by far the largest part of the compiler, and a text whose functions are all
 * cached does not need it.
 */

import { type Emitter, EmitterPending } from './objects.ts';

export class LazyEmitter {
  #emit: Emitter | null = null;
  #loading: Promise<void> | null = null;
  readonly #load: () => Promise<Emitter>;

  constructor(load: () => Promise<Emitter>) {
    this.#load = load;
  }

  /** Starts loading it, unless that has happened. Rejects if it cannot be loaded now. */
  load(): Promise<void> {
    this.#loading ??= this.#load().then(
      (emit) => {
        this.#emit = emit;
      },
      (reason: unknown) => {
        // The next caller tries again.
        this.#loading = null;
        throw reason;
      },
    );
    return this.#loading;
  }

  /** @throws EmitterPending while it is not loaded. */
  readonly emit: Emitter = (units) => {
    if (!this.#emit) throw new EmitterPending(this.load());
    return this.#emit(units);
  };
}

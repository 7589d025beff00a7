/**
 * Puts code of tier 2 in the place of the code that runs: an instance in one block, the change in another, between two
 * frames. In: promotions, as the compiler worker posts them. Out: `promoted` or `notPromoted`, once for each. Audio thread
 * and Node; allocates only where a promotion arrives, and throws nothing.
 */

import { IMPORTS, type RenderFunction } from '../src/protocol/arena.ts';
import type { ProcessorToWorker } from '../src/protocol/audio.ts';
import type { Promotion } from '../src/protocol/generation.ts';
import type { Generation } from '../src/protocol/units.ts';
import { i32Index, type MemoryViews } from './memoryViews.ts';
import type { Running } from './running.ts';

export class Promoter {
  readonly #views: MemoryViews;
  readonly #table: WebAssembly.Table;
  readonly #emit: (event: ProcessorToWorker) => void;
  #waiting: Promotion | null = null;
  /** The function of the one that waits, once its instance is there. */
  #render: RenderFunction | null = null;

  constructor(views: MemoryViews, table: WebAssembly.Table, emit: (event: ProcessorToWorker) => void) {
    this.#views = views;
    this.#table = table;
    this.#emit = emit;
  }

  /** Whose code is not in place yet. */
  get generation(): Generation | null {
    return this.#waiting?.generation ?? null;
  }

  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** A newer one takes the place of one that waits: that is of a generation which will not play for long. */
  receive(promotion: Promotion, live: Running | null): void {
    if (this.generation === promotion.generation) return;
    if (live?.generation === promotion.generation && live.promotion !== null) return;
    if (this.#waiting !== null) this.#refuse(this.#waiting.generation, 'gone');
    this.#waiting = promotion;
  }

  /** One step of the one that waits. Requires that nothing else is done in this block's share of the staging. */
  step(live: Running | null, frame: number): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    if (live === null || live.generation !== waiting.generation) this.#refuse(waiting.generation, 'gone');
    else if (this.#render === null) this.#instantiate(waiting);
    else this.#promote(live, waiting, this.#render, frame);
  }

  #instantiate({ generation, module, symbols, render: name }: Promotion): void {
    try {
      const render: unknown = new WebAssembly.Instance(module, {
        [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: this.#views.memory, [IMPORTS.TABLE]: this.#table },
        [IMPORTS.SYMBOLS]: symbols,
      }).exports[name];
      if (typeof render !== 'function') throw new Error(`there is no function ${name}`);
      this.#render = render as RenderFunction;
    } catch (error) {
      this.#refuse(generation, 'failed', error instanceof Error ? error.message : String(error));
    }
  }

  #promote(live: Running, promotion: Promotion, render: RenderFunction, frame: number): void {
    this.#views.refresh();
    if (!holds(this.#views, live.base, promotion.checks)) {
      this.#refuse(live.generation, 'state');
      return;
    }
    this.#clear();
    live.promotion = { render, checks: promotion.checks };
    changeCode(live, render);
    this.#emit({ kind: 'promoted', generation: live.generation, frame });
  }

  /**
   * State from elsewhere was written into this arena. Where its code of tier 2 is not made for that (`demotes`: as the worker
   * knows; or as its checks say), it runs that of tier 1 from now on.
   */
  accept(running: Running, demotes: boolean): void {
    if (running.promotion === null) return;
    this.#views.refresh();
    if (!demotes && holds(this.#views, running.base, running.promotion.checks)) return;
    running.promotion = null;
    changeCode(running, running.tier1);
    this.#emit({ kind: 'notPromoted', generation: running.generation, reason: 'state' });
  }

  #refuse(generation: Generation, reason: 'gone' | 'state' | 'failed', detail?: string): void {
    this.#clear();
    this.#emit({ kind: 'notPromoted', generation, reason, ...(detail !== undefined && { detail }) });
  }

  #clear(): void {
    this.#waiting = null;
    this.#render = null;
  }
}

/** Work is not counted alike in both tiers: how much of it there is time for is found out once more. */
function changeCode(running: Running, render: RenderFunction): void {
  running.render = render;
  if (running.sustainedWork !== null) running.sustainedWork = Number.POSITIVE_INFINITY;
}

/** Whether each word holds one of its values; see `Promotion.checks`. */
export function holds({ i32 }: MemoryViews, base: number, checks: Int32Array): boolean {
  for (let at = 0; at < checks.length; ) {
    const word = i32[i32Index(base + checks[at])];
    const end = at + 2 + checks[at + 1];
    let isAllowed = false;
    for (let n = at + 2; n < end; n++) if (checks[n] === word) isAllowed = true;
    if (!isAllowed) return false;
    at = end;
  }
  return true;
}

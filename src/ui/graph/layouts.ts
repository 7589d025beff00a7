/**
 * The page's end of the thread for layouts. In: one input at a time, the newest counts. Out: its layout. The thread begins with the
 * first and ends when nobody looks any more. Main thread.
 */

import type { Layout, LayoutInput } from './layout.ts';
import type { FromLayouts, ToLayouts } from './layoutWorker.ts';

export class Layouts {
  #worker: Worker | null = null;
  #serial = 0;
  #done: ((layout: Layout | null) => void) | null = null;

  /** `null`: there is a newer one, or the thread has failed. */
  ask(input: LayoutInput): Promise<Layout | null> {
    this.#done?.(null);
    const message: ToLayouts = { serial: ++this.#serial, input };
    return new Promise((resolve) => {
      this.#done = resolve;
      this.#worker ??= this.#started();
      this.#worker.postMessage(message);
    });
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#answer(null);
  }

  #started(): Worker {
    const worker = new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromLayouts>) => {
      if (data.serial === this.#serial) this.#answer(data.layout);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.end();
    };
    return worker;
  }

  #answer(layout: Layout | null): void {
    const done = this.#done;
    this.#done = null;
    done?.(layout);
  }
}

/**
 * A browser and a page in it as the tests of all browsers see them, whatever protocol is spoken: what each has to be able
 * to do, and what is made of that.
 *
 * Functions for the page are sent as text: they may use their one argument, and nothing else from around them.
 */

import type {} from '../../src/automation.ts';
import type {} from './preludes.ts';
import type { SoundServer } from './soundServer.ts';

export type BrowserName = 'Chromium' | 'Firefox' | 'WebKit';

export interface Driver {
  readonly name: BrowserName;
  readonly version: string;
  /** Where what it plays comes out; null where that cannot be recorded. */
  readonly sound: SoundServer | null;
  /** Opens `url` as a new visitor with an empty memory. Runs nothing in the page. */
  open(url: string): Promise<DriverPage>;
  close(): Promise<void>;
}

/** What differs between browsers. */
export interface DriverPage {
  /** The value of an expression, awaited; anything that JSON can hold. */
  run(expression: string): Promise<unknown>;
  /** With the mouse, at a point of the window. */
  clickAt(x: number, y: number): Promise<void>;
  /** Presses the keys one after the other and lets go of them in reverse. Named as in `KeyboardEvent.key`. */
  press(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** How long anything is waited for. Slow and shared machines must not reach it. */
const WAIT_MS = 60_000;
const LOOK_MS = 50;

export class DrivenPage {
  readonly #page: DriverPage;

  constructor(page: DriverPage) {
    this.#page = page;
  }

  async evaluate<Value, Argument = undefined>(
    body: (argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ): Promise<Value> {
    const text = argument === undefined ? '' : JSON.stringify(argument);
    // What comes back is what the function returned.
    return (await this.#page.run(`(${body})(${text})`)) as Value;
  }

  /** Waits until the function is true in the page. It may be asked again at any time, and also before the page is there. */
  async waitFor<Argument = undefined>(body: (argument: Argument) => boolean, argument?: Argument): Promise<void> {
    const start = Date.now();
    while (!(await this.evaluate(body, argument))) {
      if (Date.now() - start > WAIT_MS) throw new Error(`never came true within ${WAIT_MS / 1000} s: ${body}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Clicks the middle of the first element of this kind that can be seen. */
  async click(selector: string): Promise<void> {
    const { x, y } = await this.evaluate((wanted) => {
      const boxes = [...document.querySelectorAll(wanted)].map((element) => element.getBoundingClientRect());
      const box = boxes.find(({ width, height }) => width > 0 && height > 0);
      if (!box) throw new Error(`there is no ${wanted} to be seen`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, selector);
    await this.#page.clickAt(x, y);
  }

  clickAt(x: number, y: number): Promise<void> {
    return this.#page.clickAt(x, y);
  }

  press(...keys: string[]): Promise<void> {
    return this.#page.press(keys);
  }

  async type(text: string): Promise<void> {
    for (const key of text) await this.#page.press([key]);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

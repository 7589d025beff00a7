/** Chromium, driven by Playwright. Its output is muted, and it wants a click before it sounds. */

import type { Browser, BrowserContext, Page } from 'playwright';
import { launch, newVisitor } from '../site.ts';
import type { Driver, DriverPage } from './driver.ts';

export class ChromiumDriver implements Driver {
  readonly name = 'Chromium';
  readonly sound = null;
  readonly #browser: Browser;

  static async start(): Promise<ChromiumDriver> {
    return new ChromiumDriver(await launch({ needsClick: true }));
  }

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  get version(): string {
    return this.#browser.version();
  }

  async open(url: string): Promise<DriverPage> {
    const context = await newVisitor(this.#browser);
    const page = await context.newPage();
    await page.goto(url);
    return new ChromiumPage(context, page);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

class ChromiumPage implements DriverPage {
  readonly #context: BrowserContext;
  readonly #page: Page;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  run(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression);
  }

  clickAt(x: number, y: number): Promise<void> {
    return this.#page.mouse.click(x, y);
  }

  press(keys: readonly string[]): Promise<void> {
    return this.#page.keyboard.press(keys.join('+'));
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

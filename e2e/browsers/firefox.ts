/** Firefox, driven by Puppeteer over WebDriver BiDi, with a sound server of its own. It wants a click before it sounds. */

import puppeteer, { type Browser, type BrowserContext, type KeyInput, type Page } from 'puppeteer-core';
import type { FirefoxPlaces } from '../../scripts/otherBrowsers.ts';
import type { Driver, DriverPage } from './driver.ts';
import { SoundServer } from './soundServer.ts';

/** What it does for everybody: blocked until the page was touched, and free from then on. */
const AUTOPLAY = { 'media.autoplay.default': 1, 'media.autoplay.blocking_policy': 0 };
const SAMPLE_RATE = 48_000;

export class FirefoxDriver implements Driver {
  readonly name = 'Firefox';
  readonly version: string;
  readonly sound: SoundServer;
  readonly #browser: Browser;

  static async start({ executable, pulseAudio }: FirefoxPlaces): Promise<FirefoxDriver> {
    const sound = await SoundServer.start(pulseAudio, SAMPLE_RATE);
    try {
      const options = { browser: 'firefox', executablePath: executable, headless: true } as const;
      const browser = await puppeteer.launch({
        ...options,
        env: { ...sound.env },
        extraPrefsFirefox: AUTOPLAY,
        timeout: 120_000,
        protocolTimeout: 240_000,
      });
      return new FirefoxDriver(browser, await browser.version(), sound);
    } catch (error) {
      await sound.end();
      throw error;
    }
  }

  private constructor(browser: Browser, version: string, sound: SoundServer) {
    this.#browser = browser;
    this.version = version;
    this.sound = sound;
  }

  async open(url: string): Promise<DriverPage> {
    const context = await this.#browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1200, height: 800 });
    await page.goto(url, { timeout: 120_000 });
    return new FirefoxPage(context, page);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.sound.end();
  }
}

class FirefoxPage implements DriverPage {
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

  async press(keys: readonly string[]): Promise<void> {
    // Any string is taken; the type lists the keys of one layout.
    const known = keys as readonly KeyInput[];
    for (const key of known) await this.#page.keyboard.down(key);
    for (const key of known.toReversed()) await this.#page.keyboard.up(key);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

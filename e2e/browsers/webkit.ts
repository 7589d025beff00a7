/**
 * WebKitGTK's MiniBrowser, the engine of Safari, driven by the WebDriver protocol, with a sound server and an X server of
 * its own. A driver has one page at a time, and each page is a browser that begins with an empty memory.
 */

import type { WebKitPlaces } from '../../scripts/otherBrowsers.ts';
import { Display } from './display.ts';
import type { Driver, DriverPage } from './driver.ts';
import { SoundServer } from './soundServer.ts';
import { WebDriverProcess, type WebDriverSession } from './webDriverClient.ts';

/** The only one that it opens its context with. */
const SAMPLE_RATE = 44_100;

export class WebKitDriver implements Driver {
  readonly name = 'WebKit';
  readonly version: string;
  readonly sound: SoundServer;
  readonly #display: Display;
  readonly #process: WebDriverProcess;
  readonly #miniBrowser: string;

  static async start({ driver, miniBrowser, xServer, pulseAudio }: WebKitPlaces): Promise<WebKitDriver> {
    const sound = await SoundServer.start(pulseAudio, SAMPLE_RATE);
    const display = await Display.start(xServer);
    // Sandboxes want privileges that containers do not have; only our own page is opened. There is no graphics card.
    const process = await WebDriverProcess.start(driver, {
      ...{ ...sound.env, DISPLAY: display.name, GDK_BACKEND: 'x11', GTK_A11Y: 'none', NO_AT_BRIDGE: '1' },
      ...{ WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
    });
    const session = await process.session(capabilities(miniBrowser));
    await session.end();
    return new WebKitDriver(session.browserVersion, sound, display, process, miniBrowser);
  }

  private constructor(
    version: string,
    sound: SoundServer,
    display: Display,
    process: WebDriverProcess,
    miniBrowser: string,
  ) {
    this.version = version;
    this.sound = sound;
    this.#display = display;
    this.#process = process;
    this.#miniBrowser = miniBrowser;
  }

  async open(url: string): Promise<DriverPage> {
    const session = await this.#process.session(capabilities(this.#miniBrowser));
    await session.post('window/rect', { width: 1200, height: 800 });
    await session.post('url', { url });
    return new WebKitPage(session);
  }

  async close(): Promise<void> {
    await this.#process.end();
    await this.#display.end();
    await this.sound.end();
  }
}

const capabilities = (miniBrowser: string) => ({
  browserName: 'MiniBrowser',
  'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
});

class WebKitPage implements DriverPage {
  readonly #session: WebDriverSession;

  constructor(session: WebDriverSession) {
    this.#session = session;
  }

  run(expression: string): Promise<unknown> {
    return this.#session.run(expression);
  }

  clickAt(x: number, y: number): Promise<void> {
    return this.#session.clickAt(x, y);
  }

  press(keys: readonly string[]): Promise<void> {
    return this.#session.press(keys);
  }

  close(): Promise<void> {
    return this.#session.end();
  }
}

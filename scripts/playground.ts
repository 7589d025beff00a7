/**
 * The built page in a Chromium without a window, for the benchmarks and for looking at it from scripts.
 *
 * Requires `npm run build`. Serves `dist/` on a free port of this machine; sound needs no click there.
 */
import { type BrowserContextOptions, chromium, type Page } from 'playwright';
import { preview } from 'vite';
import { findChromium } from './chromium.ts';

export interface Playground {
  readonly url: string;
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens the page and waits until `window.segue` is there. */
export async function openPlayground(options: BrowserContextOptions = {}): Promise<Playground> {
  const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 0, open: false } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The server of the built page has no address.');
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--autoplay-policy=no-user-gesture-required'],
  });
  const page = await browser.newPage(options);
  // tsx wraps functions in calls of this helper, also those that are sent to the page.
  await page.addInitScript('globalThis.__name ??= (named) => named');
  await page.goto(url);
  await page.waitForFunction(() => 'segue' in window);
  return {
    url,
    page,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

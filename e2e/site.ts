/**
 * The built page as a visitor finds it on some static host: below a path of its own, without special headers, in a
 * Chromium that reports everything it complains about.
 *
 * Requires `vite build`. One server and one browser per test file, one context (memory, permissions) per visitor.
 */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { type Plugin, preview } from 'vite';
import { findChromium } from '../scripts/chromium.ts';
import type {} from '../src/automation.ts';

const ROOT = path.join(import.meta.dirname, '..');
/** Not the root of the host: every address in the page has to be relative. */
const PLACE = '/some/where/deep/';

/** For machines that are slow and shared; the tests themselves wait for conditions, never for times (vitest.config.ts). */
const STEP_TIMEOUT_MS = 60_000;

const HEARS_WITHOUT_CLICK = '--autoplay-policy=no-user-gesture-required';
const NEEDS_A_CLICK = '--autoplay-policy=document-user-activation-required';

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything on the console, every exception, every request that failed. */
  readonly complaints: string[];
}

/** `plugins` may put something of the tests' before the page. */
export async function serveBuilt(plugins: Plugin[] = []): Promise<Site> {
  if (!existsSync(path.join(ROOT, 'dist/index.html'))) throw new Error('Run `npm run build` before the browser tests.');
  const server = await preview({
    root: ROOT,
    base: PLACE,
    logLevel: 'error',
    plugins,
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The server of the built page has no address.');
  return { url, close: () => server.close() };
}

/** `more`: further arguments of the browser's. */
export async function launch({ needsClick = false, more = [] as readonly string[] } = {}): Promise<Browser> {
  const policy = needsClick ? NEEDS_A_CLICK : HEARS_WITHOUT_CLICK;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', policy, ...more];
  return chromium.launch({ executablePath: await findChromium(), args });
}

/** A new visitor with an empty memory. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const defaults = { viewport: { width: 1200, height: 800 }, reducedMotion: 'no-preference' } as const;
  const context = await browser.newContext({ ...defaults, ...options });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  return context;
}

/** Opens the page and waits until the compiler and the editor are there. */
export async function visit(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    const failed = `${request.url()} ${request.failure()?.errorText}`;
    // What is loaded when there is time for it (icons, help) is no longer wanted when the page is left.
    if (!/\/(icon\.svg|assets\/[^/]*) net::ERR_ABORTED$/.test(failed)) complaints.push(`failed: ${failed}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(url);
  await settled(page);
  return { page, context, complaints };
}

/** Waits until the editor is there and the first text is compiled or refused. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await page.waitForFunction(() => window.segue.stats().state !== 'loading');
  await page.waitForFunction(
    () => window.segue.stats().generation !== null || document.querySelector('.problems') !== null,
  );
}

export const stats = (page: Page) => page.evaluate(() => window.segue.stats());

/** Sets the text and evaluates it. */
export const evaluateText = (page: Page, text: string) =>
  page.evaluate((newText) => {
    window.segue.text = newText;
    return window.segue.evaluate();
  }, text);

export const waitForState = (page: Page, state: string) =>
  page.waitForFunction((wanted) => window.segue.stats().state === wanted, state);

/** Clicks play, whichever of the two buttons this layout shows, and waits until it sounds. */
export async function clickPlay(page: Page): Promise<void> {
  await page.locator('.play:visible').click();
  await waitForState(page, 'playing');
}

/**
 * `npm run bench -- pictures [--seconds S]`: what the pictures of the sound cost the page. A patch at half load plays and somebody
 * types ten keys a second: the longest task of the main thread and underruns, with all pictures and with the dock closed; and the
 * main thread's share of the time with the dock closed while nobody types. Needs `vite build` and Chromium.
 */

import type { CDPSession, Page } from 'playwright';
import { launch, newVisitor, serveBuilt, visit } from '../e2e/site.ts';
import { findVoices } from './soakBrowser.ts';

const LOAD = 0.5;
const DEFAULT_SECONDS = 20;
const KEYS_PER_SECOND = 10;
const TYPED = ' // the quick brown fox jumps over the lazy dog';
const ALL = ['scope', 'spectrum', 'spectrogram', 'stereo', 'loudness', 'patch'];

declare global {
  interface Window {
    /** Lengths of tasks above 50 ms, in milliseconds. */
    measured: { tasks: number[] };
  }
}

export async function run(args: readonly string[]): Promise<void> {
  const given = args[0] === '--seconds' ? Number(args[1]) : DEFAULT_SECONDS;
  const seconds = Number.isFinite(given) && given > 0 ? given : DEFAULT_SECONDS;
  const site = await serveBuilt();
  const browser = await launch();
  try {
    const context = await newVisitor(browser, { viewport: { width: 1600, height: 1300 } });
    await context.addInitScript((pictures) => {
      localStorage.setItem('segue.settings', JSON.stringify({ pictures, dockPx: 480 }));
    }, ALL);
    const { page } = await visit(context, site.url);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    const { voices, load } = await findVoices(page, LOAD);
    print(`${voices} voices, load ${(100 * load).toFixed(0)} %, Chromium ${browser.version()}, ${seconds} s each`);
    await watchFrames(page);
    for (const [name, isOpen] of [
      ['dock closed', false],
      ['all pictures', true],
    ] as const) {
      await setDock(page, isOpen);
      const idle = await measure(page, cdp, seconds, false);
      const typing = await measure(page, cdp, seconds, true);
      print(`${name}, nobody types: ${idle}`);
      print(`${name}, ten keys a second: ${typing}`);
    }
    await context.close();
  } finally {
    await browser.close();
    await site.close();
  }
}

const print = (line: string) => void process.stdout.write(`${line}\n`);

async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.measured = { tasks: [] };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.measured.tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

async function setDock(page: Page, isOpen: boolean): Promise<void> {
  if ((await page.locator('.dock').isVisible()) !== isOpen) await page.keyboard.press('ControlOrMeta+b');
  await page.locator('.dock').waitFor({ state: isOpen ? 'visible' : 'hidden' });
  await page.waitForTimeout(1000);
}

async function measure(page: Page, cdp: CDPSession, seconds: number, types: boolean): Promise<string> {
  const tasks = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const underruns = () => page.evaluate(() => window.segue.stats().underruns ?? 0);
  await page.evaluate(() => {
    window.measured.tasks.length = 0;
  });
  if (types) await page.locator('.view-line').first().click();
  await page.keyboard.press('End');
  const [tasksBefore, underrunsBefore] = [await tasks(), await underruns()];
  const endMs = Date.now() + 1000 * seconds;
  for (let key = 0; Date.now() < endMs; key++) {
    if (types) await page.keyboard.type(TYPED[key % TYPED.length]);
    await page.waitForTimeout(types ? 1000 / KEYS_PER_SECOND : 250);
  }
  const share = (await tasks()) - tasksBefore;
  const dry = (await underruns()) - underrunsBefore;
  const long = await page.evaluate(() => window.measured.tasks);
  const longest =
    long.length === 0 ? 'none above 50 ms' : `${Math.max(...long).toFixed(0)} ms, ${long.length} above 50 ms`;
  return `main thread ${((100 * share) / seconds).toFixed(1)} %, longest task ${longest}, underruns ${dry}`;
}

/**
 * `npm run bench -- pictures [--seconds S]`: what the pictures of the sound cost the page. A patch at half load plays and somebody
 * types ten keys a second: intervals between frames of the page, the longest task of its main thread, and underruns, with all pictures
 * and with the dock closed; and the main thread's share of the time with the dock closed while nobody types, and nobody asks for frames.
 * The intervals of an empty page and the load of the machine come first: they tell what is not the page's. Needs `vite build` and Chromium.
 */

import { loadavg } from 'node:os';

import type { Browser, CDPSession, Page } from 'playwright';
import { launch, newVisitor, serveBuilt, visit } from '../e2e/site.ts';
import { findVoices } from './soakBrowser.ts';

const LOAD = 0.5;
const DEFAULT_SECONDS = 20;
const KEYS_PER_SECOND = 10;
const TYPED = ' // the quick brown fox jumps over the lazy dog';
const ALL = ['scope', 'spectrum', 'spectrogram', 'stereo', 'loudness', 'patch'];

/** In milliseconds. */
interface Measured {
  /** Lengths of tasks above 50 ms. */
  tasks: number[];
  /** From one frame to the next, while they are watched. */
  frames: number[];
  watchesFrames: boolean;
}

declare global {
  interface Window {
    measured: Measured;
  }
}

export async function run(args: readonly string[]): Promise<void> {
  const given = args[0] === '--seconds' ? Number(args[1]) : DEFAULT_SECONDS;
  const seconds = Number.isFinite(given) && given > 0 ? given : DEFAULT_SECONDS;
  const site = await serveBuilt();
  const browser = await launch();
  try {
    print(
      `load of the machine ${loadavg()[0]?.toFixed(1)}; frames of an empty page: ${await emptyPage(browser, seconds)}`,
    );
    const context = await newVisitor(browser, { viewport: { width: 1600, height: 1300 } });
    await context.addInitScript((pictures) => {
      localStorage.setItem('segue.settings', JSON.stringify({ pictures, dockPx: 480 }));
    }, ALL);
    const { page } = await visit(context, site.url);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    const { voices, load } = await findVoices(page, LOAD);
    print(`${voices} voices, load ${(100 * load).toFixed(0)} %, Chromium ${browser.version()}, ${seconds} s each`);
    await watchTasks(page);
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

async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.measured = { tasks: [], frames: [], watchesFrames: false };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.measured.tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

/** Frames are as the page gets them: a long one holds back the next, whoever took the time. */
async function begin(page: Page, watchesFrames: boolean): Promise<void> {
  await page.evaluate((isWatching) => {
    Object.assign(window.measured, { tasks: [], frames: [], watchesFrames: isWatching });
    let lastMs = performance.now();
    const onFrame = (): void => {
      if (!window.measured.watchesFrames) return;
      const nowMs = performance.now();
      window.measured.frames.push(nowMs - lastMs);
      lastMs = nowMs;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  }, watchesFrames);
}

async function end(page: Page): Promise<Measured> {
  return page.evaluate(() => {
    window.measured.watchesFrames = false;
    return window.measured;
  });
}

async function emptyPage(browser: Browser, seconds: number): Promise<string> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await watchTasks(page);
  await begin(page, true);
  await page.waitForTimeout(1000 * seconds);
  const { frames } = await end(page);
  await context.close();
  return intervals(frames);
}

const LONG_FRAME_MS = 50;

function intervals(framesMs: readonly number[]): string {
  const sorted = framesMs.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0);
  const longCount = framesMs.filter((ms) => ms > LONG_FRAME_MS).length;
  return `median ${at(0.5)} ms, 99 % below ${at(0.99)} ms, longest ${at(1)} ms, ${longCount} of ${sorted.length} above ${LONG_FRAME_MS} ms`;
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
  if (types) await page.locator('.view-line').first().click();
  await page.keyboard.press('End');
  const [tasksBefore, underrunsBefore] = [await tasks(), await underruns()];
  await begin(page, types);
  const endMs = Date.now() + 1000 * seconds;
  for (let key = 0; Date.now() < endMs; key++) {
    if (types) await page.keyboard.type(TYPED[key % TYPED.length]);
    await page.waitForTimeout(types ? 1000 / KEYS_PER_SECOND : 250);
  }
  const share = (await tasks()) - tasksBefore;
  const dry = (await underruns()) - underrunsBefore;
  const { tasks: long, frames } = await end(page);
  const longest =
    long.length === 0 ? 'none above 50 ms' : `${Math.max(...long).toFixed(0)} ms, ${long.length} above 50 ms`;
  const thread = `main thread ${((100 * share) / seconds).toFixed(1)} %, longest task ${longest}, underruns ${dry}`;
  return frames.length === 0 ? thread : `${thread}; frames: ${intervals(frames)}`;
}

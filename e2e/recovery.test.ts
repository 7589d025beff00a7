/** The compiler's worker killed and the output broken while a patch plays: the sound goes on, and so does the work. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largestStep, listen, rms, turnsPerFrame } from './hearing.ts';
import { clickPlay, evaluateText, launch, newVisitor, type Site, serveBuilt, stats, visit } from './site.ts';
import { tone } from './texts.ts';

/** What the init script of `watched` keeps, to break it. */
declare global {
  interface Window {
    made: { workers: Worker[]; nodes: AudioWorkletNode[] };
  }
}

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await serveBuilt();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** A page whose workers and nodes can be reached. */
async function watched(text: string) {
  const context = await newVisitor(browser);
  await context.addInitScript(() => {
    const made: Window['made'] = { workers: [], nodes: [] };
    window.made = made;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        made.workers.push(this);
      }
    };
    window.AudioWorkletNode = class extends AudioWorkletNode {
      constructor(owner: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
        super(owner, name, options);
        made.nodes.push(this);
      }
    };
  });
  const visited = await visit(context, site.url);
  expect((await evaluateText(visited.page, text)).ok).toBe(true);
  await clickPlay(visited.page);
  return visited;
}

const killWorker = (page: Page) => page.evaluate(() => window.made.workers.at(-1)?.terminate());
const message = (page: Page, text: RegExp) => page.locator('.message', { hasText: text }).waitFor();

describe('the worker is killed', () => {
  it('and the sound goes on, the page says so, and the next edit is heard', async () => {
    const { page, context, complaints } = await watched(tone(0.01, 0.5));
    const { generation } = await stats(page);
    await listen(page, 4800);
    const recording = listen(page, 144_000);
    await killWorker(page);
    await message(page, /started again.*the sound went on/is);
    await page.waitForFunction((before) => window.segue.stats().generation! > before!, generation);
    expect((await evaluateText(page, tone(0.01, 0.2))).ok).toBe(true);
    const { left } = await recording;
    expect(rms(left.subarray(0, 4000))).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(largestStep(left)).toBeLessThan(2 * Math.PI * 0.01 * 0.5 * 1.05);
    for (let n = 0; n + 400 <= left.length; n += 400) {
      expect(rms(left.subarray(n, n + 400))).toBeGreaterThan(0.9 * (0.2 / Math.SQRT2));
    }
    // The phase went on all the way.
    expect(turnsPerFrame(left)).toBeCloseTo(0.01, 6);
    expect(rms((await listen(page, 4000)).left)).toBeCloseTo(0.2 / Math.SQRT2, 2);
    expect(await page.evaluate(() => window.made.workers.length)).toBe(2);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the output breaks', () => {
  it.each(['the context is closed', 'the processor breaks down'])(
    'because %s, and the patch plays again by itself',
    async (how) => {
      const { page, context, complaints } = await watched(tone(0.01, 0.5));
      await listen(page, 4800);
      await page.evaluate((closes) => {
        const node = window.made.nodes.at(-1)!;
        if (closes) void (node.context as AudioContext).close();
        else node.dispatchEvent(new Event('processorerror'));
      }, how === 'the context is closed');
      await message(page, /sound was made anew.*plays again/is);
      await page.waitForFunction(() => window.segue.stats().state === 'playing');
      const first = await listen(page, 24_000);
      expect(largestStep(first.left)).toBeLessThan(2 * Math.PI * 0.01 * 0.5 * 1.05);
      const { left } = await listen(page, 4800);
      expect(rms(left)).toBeCloseTo(0.5 / Math.SQRT2, 2);
      expect(turnsPerFrame(left)).toBeCloseTo(0.01, 4);
      expect((await evaluateText(page, tone(0.02, 0.5))).ok).toBe(true);
      expect(turnsPerFrame((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.02, 4);
      expect(await page.evaluate(() => window.made.nodes.length)).toBe(2);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});

/** The audio thread caught in an endless loop, in the real browser: what the page notices, says and does about it. */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen, rms, turnsPerFrame } from './hearing.ts';
import { clickPlay, evaluateText, launch, newVisitor, type Site, serveBuilt, settled, stats, visit } from './site.ts';
import { tone } from './texts.ts';

/** What the init script keeps, to break it. */
declare global {
  interface Window {
    caught: { nodes: AudioWorkletNode[]; injected: string[]; loadsNoModule: boolean };
  }
}

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await serveBuilt();
});
afterAll(() => site.close());
// A browser of its own for each: nothing but its end frees a thread that hangs.
beforeEach(async () => {
  browser = await launch({ needsClick: true });
});
afterEach(() => browser.close());

async function playing(...texts: string[]) {
  const context = await newVisitor(browser);
  await context.addInitScript(() => {
    const caught: Window['caught'] = { nodes: [], injected: [], loadsNoModule: false };
    window.caught = caught;
    window.AudioWorkletNode = class extends AudioWorkletNode {
      constructor(owner: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
        super(owner, name, options);
        caught.nodes.push(this);
        this.port.addEventListener('message', ({ data }) => {
          if (data.kind === 'injected') caught.injected.push(data.fault);
        });
      }
    };
    const { addModule } = AudioWorklet.prototype;
    AudioWorklet.prototype.addModule = function (this: AudioWorklet, ...given) {
      return caught.loadsNoModule ? new Promise(() => undefined) : addModule.apply(this, given);
    };
  });
  const visited = await visit(context, site.url);
  await clickPlay(visited.page);
  for (const text of texts) expect((await evaluateText(visited.page, text)).ok).toBe(true);
  return visited;
}

/** From the next block on, the audio thread is in a loop that has no end. */
async function hang(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.caught.nodes.at(-1)?.port.postMessage({ kind: 'inject', fault: 'endless' });
  });
  await page.waitForFunction(() => window.caught.injected.includes('endless'));
}

const message = (page: Page, text: RegExp) => page.locator('.message', { hasText: text }).waitFor();
const textOf = (page: Page) => page.evaluate(() => window.segue.text);

/** Waits until the tone is what is heard: another output is silent until the patch is compiled for it. */
const heard = (page: Page, turns: number) =>
  expect
    .poll(async () => turnsPerFrame((await listen(page, 9600)).left.subarray(4800)), { timeout: 60_000 })
    .toBeCloseTo(turns, 4);

describe('an audio thread that hangs', () => {
  it('is noticed and said, and the version before plays in another one; the text is kept, and marked', async () => {
    const { page, complaints } = await playing(tone(0.01, 0.5), tone(0.02, 0.5));
    expect(turnsPerFrame((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.02, 4);
    const recording = page.evaluate(() => window.segue.record(10_000_000).catch((error: Error) => error.message));
    await hang(page);
    await message(page, /this code froze the audio.*the previous version is playing/is);
    await page.waitForFunction(() => window.segue.stats().state === 'playing');
    expect(await recording).toMatch(/audio thread stopped responding/);
    expect(await textOf(page)).toBe(tone(0.02, 0.5));
    expect(await page.locator('.problems').textContent()).toBe('1 problem');
    await heard(page, 0.01);
    expect(rms((await listen(page, 9600)).left)).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(await page.evaluate(() => window.caught.nodes.length)).toBe(2);
    // Neither a pause in typing nor play tries the text again; the next one is taken.
    await page.evaluate(() => window.segue.stop());
    await page.evaluate(() => window.segue.play());
    expect(turnsPerFrame((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.01, 4);
    expect((await evaluateText(page, tone(0.03, 0.5))).ok).toBe(true);
    expect(turnsPerFrame((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.03, 4);
    expect(complaints).toEqual([]);
  });

  it('is noticed in a hidden page, too, whose own timers stand still', async () => {
    const { page } = await playing(tone(0.01, 0.5), tone(0.02, 0.5));
    const ticker = page.waitForEvent('worker', (worker) => worker.url().includes('tickerWorker'));
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await ticker;
    await page.evaluate(() => {
      window.setTimeout = (() => 0) as unknown as typeof window.setTimeout;
      window.setInterval = (() => 0) as unknown as typeof window.setInterval;
    });
    await hang(page);
    await message(page, /this code froze the audio/i);
  });

  it('and no other one starts: a press opens a new tab with the text, where nothing plays before a click', async () => {
    const { page, context } = await playing(tone(0.01, 0.5), tone(0.02, 0.5));
    await page.evaluate(() => {
      window.caught.loadsNoModule = true;
    });
    await hang(page);
    await message(page, /audio in this tab is frozen/i);
    expect((await stats(page)).state).toBe('stopped');
    // Whatever is asked gets an answer.
    expect((await evaluateText(page, tone(0.03, 0.5))).ok).toBe(false);
    expect(await page.evaluate(() => window.segue.play().catch((error: Error) => error.message))).toContain('frozen');
    await page.evaluate(
      (text) => {
        window.segue.text = text;
      },
      tone(0.02, 0.5),
    );
    const opening = context.waitForEvent('page');
    await page.locator('.offer').click();
    const next = await opening;
    await settled(next);
    expect(await textOf(next)).toBe(tone(0.02, 0.5));
    await message(next, /this code froze the audio.*play starts the previous version/is);
    expect(await stats(next)).toMatchObject({ state: 'stopped', generation: null });
    // A pause in typing that comes back to the same text is no wish to hear it.
    await next.evaluate(
      (text) => {
        window.segue.text = `${text} `;
        window.segue.text = text;
      },
      tone(0.02, 0.5),
    );
    await clickPlay(next);
    expect(turnsPerFrame((await listen(next, 9600)).left.subarray(4800))).toBeCloseTo(0.01, 4);
    expect(await textOf(next)).toBe(tone(0.02, 0.5));
    // By hand it is played all the same: it was the test that made it hang.
    expect((await evaluateText(next, tone(0.02, 0.5))).ok).toBe(true);
    expect(turnsPerFrame((await listen(next, 9600)).left.subarray(4800))).toBeCloseTo(0.02, 4);
  });
});

describe('a processor that throws', () => {
  it('is replaced by another one, in which the patch plays again', async () => {
    const { page, complaints } = await playing(tone(0.01, 0.5));
    await page.evaluate(() => window.caught.nodes.at(-1)?.port.postMessage({ kind: 'inject', fault: 'throw' }));
    await page.waitForFunction(() => window.caught.injected.includes('throw'));
    await message(page, /a fault was injected.*playing again/is);
    await page.waitForFunction(() => window.segue.stats().state === 'playing');
    await heard(page, 0.01);
    expect(await page.evaluate(() => window.caught.nodes.length)).toBe(2);
    expect(complaints).toEqual([]);
  });
});

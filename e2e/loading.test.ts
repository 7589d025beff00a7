/**
 * What can be heard, read and done while parts of the page are still on their way. Requests are held back and let go; nothing is
 * measured in time.
 */
import type { BrowserContext, Page, Route } from 'playwright';
import { describe, expect, it } from 'vitest';
import type { Automation } from '../src/automation.ts';
import { renderByCommandLine } from './browsers/commandLine.ts';
import { listen, rms } from './hearing.ts';
import { clickPlay, newVisitor, settled, stats, visit } from './site.ts';
import { useSite } from './useSite.ts';

const site = useSite();

const COMPILER = /\/assets\/(session|compileService)-[^/]*\.js$/;
const EDITOR = /\/assets\/editor[^/]*-[^/]*\.js$/;
const PREBUILT = /\/prebuilt\//;

/** Requests that match get no answer before `letGo`. */
async function holdBack(context: BrowserContext, matching: RegExp) {
  const held: Route[] = [];
  let isHeld = true;
  await context.route(matching, (route) => {
    if (isHeld) held.push(route);
    else void route.continue();
  });
  return {
    get count() {
      return held.length;
    },
    letGo: () => {
      isHeld = false;
      for (const route of held) void route.continue();
    },
  };
}

const isCommitted = (page: Page) => page.waitForFunction(() => (window.segue?.stats().generation ?? null) !== null);

describe('while the compiler is on its way', () => {
  it('plays the first patch, bit for bit as the command line renders it, also while the compiler takes it over', async () => {
    const context = await newVisitor(site.browser);
    const compiler = await holdBack(context, COMPILER);
    const page = await context.newPage();
    await page.goto(site.url);
    await isCommitted(page);
    const text = await page.evaluate(() => window.segue.text);
    const sampleRate = await page.evaluate((lengths) => {
      const { sampleRate: rate } = new AudioContext();
      window.recordings = lengths.map((seconds) => {
        const recording = { isThere: false, heard: window.segue.record(seconds * rate) };
        void recording.heard.then(() => {
          recording.isThere = true;
        });
        return recording;
      });
      return rate;
    }, SECONDS);
    await clickPlay(page);
    // It sounds without the compiler, which then takes it over unheard.
    expect(rms((await listen(page, sampleRate)).left)).toBeGreaterThan(0.001);
    expect([compiler.count > 0, (await stats(page)).generation]).toEqual([true, 1]);
    compiler.letGo();
    await page.waitForFunction(() => window.segue.stats().generation === 2);
    const index = await page.evaluate(() => window.recordings.findIndex(({ isThere }) => !isThere));
    const heard = await heardIn(page, index);
    const frames = SECONDS[index] * sampleRate;
    const rendered = await renderByCommandLine({ text, sampleRate, frames, blockFrames: 128 });
    expectAlike(heard, rendered, Math.ceil(RAMP_SECONDS * sampleRate));

    await context.close();
  });

  it('an edit waits for it, and keeps the state that there is by then', async () => {
    const context = await newVisitor(site.browser);
    const compiler = await holdBack(context, COMPILER);
    const page = await context.newPage();
    await page.goto(site.url);
    await isCommitted(page);
    await clickPlay(page);
    await listen(page, 4800);
    const edited = page.evaluate(() => {
      window.segue.text = window.segue.text.replace(/(\d)(?=\D*$)/, '$11');
      return window.segue.evaluate();
    });
    expect((await stats(page)).generation).toBe(1);
    compiler.letGo();
    const { ok, generation, swap } = await edited;
    expect({ ok, generation, transition: swap?.transition }).toEqual({ ok: true, generation: 3, transition: 'fade' });
    expect(swap?.report.stateKept.length).toBeGreaterThan(0);
    expect(swap?.report.stateReset).toEqual([]);
    await context.close();
  });
});

/** Recordings of these lengths are begun at once; the first that lasts until the compiler has taken over is looked at. */
const SECONDS = [4, 8, 16, 32, 64];

declare global {
  interface Window {
    recordings: { isThere: boolean; readonly heard: ReturnType<Automation['record']> }[];
  }
}

/** The sound begins with a ramp of the page's, which the command line does not have. */
const RAMP_SECONDS = 0.02;
/** That many frames in a row are not alike by chance. */
const ALIKE_FRAMES = 256;

/** A recording as text: a long list of numbers takes minutes on its way out of the page. */
async function heardIn(page: Page, index: number): Promise<Numbers> {
  const sides = await page.evaluate(async (n) => {
    const { left, right } = await window.recordings[n].heard;
    return [left, right].map((side) => {
      let characters = '';
      for (const byte of new Uint8Array(side.buffer)) characters += String.fromCharCode(byte);
      return btoa(characters);
    });
  }, index);
  const [left, right] = sides.map((side) => new Float32Array(new Uint8Array(Buffer.from(side, 'base64')).buffer));
  return { left, right };
}

interface Numbers {
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
}

/** The recording is, from where it is like what was rendered from `fromFrame` on, the same to the bit. */
function expectAlike(heard: Numbers, rendered: Numbers, fromFrame: number): void {
  let start = fromFrame;
  const isAlike = (at: number) => {
    for (let n = 0; n < ALIKE_FRAMES; n++) if (heard.left[at + n] !== rendered.left[fromFrame + n]) return false;
    return true;
  };
  while (start + ALIKE_FRAMES < heard.left.length && !isAlike(start)) start++;
  const frames = heard.left.length - start;
  expect(frames).toBeGreaterThan(heard.left.length / 2);
  for (const side of ['left', 'right'] as const) {
    let same = 0;
    while (same < frames && Object.is(rendered[side][fromFrame + same], heard[side][start + same])) same++;
    expect(same).toBe(frames);
  }
}

describe('what was compiled ahead', () => {
  it.each([
    ['damaged', (contents: string) => contents.replace(/[1-9]/, '0')],
    ['missing', null],
  ])('and is %s is not used: the compiler is asked', async (_, damage) => {
    const context = await newVisitor(site.browser);
    let isAsked = false;
    await context.route(PREBUILT, async (route) => {
      isAsked = true;
      if (damage === null) return route.abort();
      const answer = await route.fetch();
      return route.fulfill({ body: damage(await answer.text()), contentType: 'application/json' });
    });
    const page = await context.newPage();
    await page.goto(site.url);
    await settled(page);
    expect(isAsked).toBe(true);
    expect((await stats(page)).generation).toBe(1);
    await clickPlay(page);
    expect(rms((await listen(page, 48_000)).left)).toBeGreaterThan(0.001);
    await context.close();
  });

  it('is not asked for where the page begins with another text', async () => {
    const context = await newVisitor(site.browser);
    const { page } = await visit(context, site.url);
    await page.evaluate(() => {
      window.segue.text = 'export default () => 0';
      return window.segue.evaluate();
    });
    await page.waitForFunction(() => JSON.stringify(localStorage).includes('default () => 0'));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await settled(page);
    expect(asked.filter((url) => PREBUILT.test(url))).toEqual([]);
    expect(asked.filter((url) => COMPILER.test(url)).length + asked.length).toBeGreaterThan(1);
    await context.close();
  });
});

describe('while the editor is on its way', () => {
  it.each([
    ['a wide page', { width: 1200, height: 800 }],
    ['a phone', { width: 390, height: 800 }],
  ])('the text can be read and selected, and does not move when it arrives, on %s', async (_, viewport) => {
    const context = await newVisitor(site.browser, { viewport });
    const editor = await holdBack(context, EDITOR);
    const page = await context.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => document.querySelector('.code-preview') !== null);
    const before = await linesIn(page, '.code-preview');
    const lines = (await page.evaluate(() => window.segue.text)).split('\n');
    await page.locator('.code-preview').selectText();
    expect((await page.evaluate(() => String(getSelection()))).trimEnd()).toBe(lines.join('\n').trimEnd());
    await page.waitForFunction(() => window.segue.stats().generation !== null);
    editor.letGo();
    await settled(page);
    const after = await linesIn(page, '.view-lines');
    expect(before.length).toBeGreaterThan(3);
    for (const [n, { text, left, top, width }] of before.slice(0, 5).entries()) {
      expect(after[n].text.trim()).toBe(text.trim());
      for (const [is, was] of [
        [after[n].left, left],
        [after[n].top, top],
        [after[n].width, width],
      ])
        expect(Math.abs(is - was)).toBeLessThan(1);
    }
    await context.close();
  });
});

interface Line {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The first lines that have text, as they stand on the page. */
function linesIn(page: Page, selector: string): Promise<Line[]> {
  return page.evaluate((within) => {
    const host = document.querySelector(within)!;
    const lines: { text: string; left: number; top: number; width: number }[] = [];
    const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      for (let n = 0; n < text.length && n < 2000; n++) {
        if (text[n].trim() === '') continue;
        range.setStart(node, n);
        range.setEnd(node, n + 1);
        const { left, top, right } = range.getBoundingClientRect();
        const line = lines.find((known) => Math.abs(known.top - top) < 4);
        if (line) {
          line.text += text[n];
          line.width = Math.max(line.width, right - line.left);
        } else lines.push({ text: text[n], left, top, width: right - left });
      }
    }
    return lines.sort((a, b) => a.top - b.top);
  }, selector);
}

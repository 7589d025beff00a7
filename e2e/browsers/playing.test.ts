/**
 * In every browser there is: a real click starts the sound, edits keep state and make no step, and whatever goes wrong
 * (loops, NaN, the worker, the context, storage), the sound goes on or comes back.
 */

import { describe, expect, it, vi } from 'vitest';
import { ownStep, soakText, TONE_HZ } from '../../bench/soakTexts.ts';
import { largestStep, rms, turnsPerFrame } from '../hearing.ts';
import { tone } from '../texts.ts';
import { availableBrowsers } from './available.ts';
import type { DrivenPage } from './driver.ts';
import { playAtOnce, refusePageStorage, refuseWorkerStorage } from './preludes.ts';
import {
  clickPlay,
  evaluateText,
  expectNoComplaints,
  listen,
  message,
  record,
  recorded,
  settled,
  stateIs,
  useBrowser,
} from './useBrowser.ts';

declare global {
  interface Window {
    /** The bytes of the next file that is saved. */
    savedFile: Promise<ArrayBuffer>;
  }
}

const EDITS = 200;
const VOICES = 8;
const MAX_STEP = 1.05;

const TURNS = 0.01;
const GAIN = 0.5;
const HEALTHY = tone(TURNS, GAIN);
const MAX_SILENT_PIECES = 40;
const HEALTHY_STEP = 2 * Math.PI * TURNS * GAIN * MAX_STEP;

/** Both wait for their moment: a quarter of a second at the least. */
const LOOPS = 'let n = 0\nexport default () => {\n  n++\n  while (n > 24000) n++\n  return 0.1 * Math.sin(n / 10)\n}';
const LOSES_NUMBERS =
  'let n = 0\nexport default () => {\n  n++\n  return n > 24000 ? 0 / (n - n) : 0.1 * Math.sin(n / 10)\n}';

describe.each(await availableBrowsers())('$name', (available) => {
  const browser = useBrowser(available);

  it('is silent before a click, which takes the context from suspended to running', async () => {
    const { page, site } = await browser.open({ page: [playAtOnce] });
    // Nothing was run in the page from outside until here, since that may count as a gesture.
    await vi.waitUntil(() => site.reports.length > 0, { timeout: 60_000 });
    expect(site.reports).toEqual(['suspended, held']);
    await page.clickAt(400, 400);
    await vi.waitUntil(() => site.reports.length > 2, { timeout: 60_000 });
    expect(site.reports.slice(0, 3)).toEqual(['suspended, held', 'click', 'running, playing']);
    expect(rms((await listen(page, 24_000)).left)).toBeGreaterThan(0.01);
    await expectNoComplaints(page);
  });

  it('plays, and says so, where nothing can be stored', async () => {
    const { page, site } = await browser.open({ page: [refusePageStorage], worker: [refuseWorkerStorage] });
    await message(page, /cannot save patches/);
    await settled(page);
    expect((await evaluateText(page, HEALTHY)).ok).toBe(true);
    await clickPlay(page);
    await expectHealthy(page);
    expect((await evaluateText(page, tone(TURNS, GAIN / 2))).ok).toBe(true);
    expect(await page.evaluate(() => window.segue.text)).toBe(tone(TURNS, GAIN / 2));
    expect(site.reports).toContain('refused to the worker');
    await expectNoComplaints(page);
  });

  describe('a page that plays', () => {
    const shared = browser.shared();

    it(`takes ${EDITS} edits, keeps their state, and no step is larger than the sound's own`, async () => {
      const page = await playing(shared, soakText(0, VOICES));
      const sampleRate = await page.evaluate(() => window.made.nodes[0].context.sampleRate);
      const heard = await editHeard(
        page,
        Array.from({ length: EDITS }, (_, n) => soakText(n + 1, VOICES)),
      );
      expect(heard.swaps).toBe(EDITS);
      expect(heard.pieces).toBeGreaterThan(2);
      expect(heard.largestStep / ownStep(sampleRate)).toBeGreaterThan(0.9);
      expect(heard.largestStep / ownStep(sampleRate)).toBeLessThan(MAX_STEP);
      // A phase that began again somewhere would be turns too many or too few.
      for (const turns of heard.turnsPerFrame) expect(turns / (TONE_HZ / sampleRate)).toBeCloseTo(1, 4);
      await expectNoComplaints(page);
    });

    it.each([
      ['a loop that does not end', LOOPS, /line 4/i],
      ['numbers that are none', LOSES_NUMBERS, /line 4.*NaN/is],
    ])('goes back to the version before after %s', async (_, text, says) => {
      const page = await playing(shared, HEALTHY);
      const healthy = await page.evaluate(() => window.segue.stats().generation);
      const { ok, generation } = await evaluateText(page, text);
      // Else what is looked for would not have been there.
      expect(ok).toBe(true);
      expect(generation).toBeGreaterThan(healthy!);
      await message(page, says);
      await page.waitFor((wanted) => window.segue.stats().generation === wanted, healthy);
      await expectHealthy(page);
    });

    it('records to a file what is heard from one press to the next', async () => {
      const page = await playing(shared, HEALTHY);
      await listen(page, 4800);
      await page.evaluate(() => {
        window.savedFile = new Promise((resolve) => {
          // The file is read here, and not left to a browser that may ask where to put it.
          HTMLAnchorElement.prototype.click = () => undefined;
          const make = URL.createObjectURL;
          URL.createObjectURL = (file) => {
            if (file instanceof Blob) void file.arrayBuffer().then(resolve);
            return make.call(URL, file);
          };
        });
      });
      await page.click('.bar .record');
      await page.waitFor(() => document.querySelector('.record[aria-pressed=true]') !== null);
      await listen(page, 24_000);
      await page.click('.bar .record');
      const left = await page.evaluate(async () => {
        const samples = new Float32Array((await window.savedFile).slice(44));
        return [...samples.filter((_, n) => n % 2 === 0)];
      });
      expect(left.length).toBeGreaterThanOrEqual(24_000);
      expect(largestStep(Float32Array.from(left))).toBeLessThan(HEALTHY_STEP);
      expect(turnsPerFrame(Float32Array.from(left))).toBeCloseTo(TURNS, 6);
      await expectNoComplaints(page);
    });

    it('refuses what never ends from the start, and plays on', async () => {
      const page = await playing(shared, HEALTHY);
      await listen(page, 4800);
      await record(page, 24_000);
      const { ok, diagnostics } = await evaluateText(
        page,
        'let n = 0\nexport default () => {\n  for (;;) n++\n  return n\n}',
      );
      expect([ok, diagnostics[0]?.line]).toEqual([false, 3]);
      const { left } = await recorded(page);
      expect(largestStep(left)).toBeLessThan(HEALTHY_STEP);
      expect(turnsPerFrame(left)).toBeCloseTo(TURNS, 6);
    });

    it('shows where the focus is in a menu that a key opens, also after a click, and not in one that the mouse opens', async () => {
      const page = await playing(shared, HEALTHY);
      await page.clickAt(400, 300);
      const ring = () =>
        page.evaluate(() => {
          const { activeElement } = document;
          const place = activeElement?.closest('[role=menu]') ? 'menu' : 'elsewhere';
          return `${place}, ${activeElement && getComputedStyle(activeElement).outlineStyle}`;
        });
      await page.press('F10');
      expect(await ring()).toBe('menu, solid');
      await page.press('ArrowDown');
      expect(await ring()).toBe('menu, solid');
      await page.press('Escape');
      await page.click('.bar .more');
      expect(await ring()).toBe('menu, none');
      await page.press('ArrowDown');
      expect(await ring()).toBe('menu, solid');
      await page.press('Escape');
    });

    it('keeps the columns of the code free of the scrollbar, where that lies over them too', async () => {
      const names = Array.from({ length: 40 }, (_, n) => `f${n}`);
      const many = `${names.map((name) => `const ${name} = () => 0`).join('\n')}
export default () => 0.1 * Math.random() + ${names.map((name) => `${name}()`).join(' + ')}`;
      const page = await playing(shared, many);
      await page.waitFor(() => document.querySelectorAll('.code-rows tbody tr').length > 30);
      const free = await page.evaluate(() => {
        const rows = document.querySelector('.code-rows')!;
        const tier = rows.querySelector('thead th:last-child')!;
        if (rows.scrollHeight <= rows.clientHeight) throw new Error('nothing is to be scrolled');
        // What the scrollbar leaves, if it takes place of its own.
        return rows.getBoundingClientRect().left + rows.clientWidth - tier.getBoundingClientRect().right;
      });
      expect(free).toBeGreaterThanOrEqual(10);
    });

    it('plays on when the worker ends, and takes edits again', async () => {
      const page = await playing(shared, HEALTHY);
      await listen(page, 4800);
      const { workers, generation } = await page.evaluate(() => ({
        workers: window.made.workers.length,
        generation: window.segue.stats().generation,
      }));
      await record(page, 96_000);
      await page.evaluate(() => window.made.workers.at(-1)?.terminate());
      await page.waitFor((count) => window.made.workers.length === count, workers + 1);
      await page.waitFor((before) => window.segue.stats().generation! > before!, generation);
      expect((await evaluateText(page, tone(TURNS, GAIN / 2))).ok).toBe(true);
      const { left } = await recorded(page);
      expect(rms(left.subarray(0, 4000))).toBeCloseTo(GAIN / Math.SQRT2, 2);
      expect(largestStep(left)).toBeLessThan(HEALTHY_STEP);
      expect(turnsPerFrame(left)).toBeCloseTo(TURNS, 6);
      expect(rms((await listen(page, 4800)).left)).toBeCloseTo(GAIN / 2 / Math.SQRT2, 2);
      await expectNoComplaints(page);
    });

    it('plays again when the context is closed', async () => {
      const page = await playing(shared, HEALTHY);
      // What a test before has begun to record, if it failed, would be refused now, and be complained of here.
      await page.evaluate(async () => void (await Promise.allSettled(window.made.recordings)));
      const nodes = await page.evaluate(() => window.made.nodes.length);
      await page.evaluate(() => {
        void (window.made.nodes.at(-1)!.context as AudioContext).close();
      });
      await page.waitFor((count) => window.made.nodes.length === count, nodes + 1);
      if (available.name === 'WebKit') {
        // It wants a gesture for each context, unless the last one was a moment ago.
        await message(page, /click|playing again/i);
        await page.clickAt(400, 400);
      }
      await stateIs(page, 'playing');
      await message(page, /playing again/i);
      await playsAgain(page);
      await expectHealthy(page);
      await expectNoComplaints(page);
    });
  });
});

/** The page, playing this, whatever it did before. */
async function playing({ page }: { readonly page: DrivenPage }, text: string): Promise<DrivenPage> {
  expect((await evaluateText(page, text)).ok).toBe(true);
  if ((await page.evaluate(() => window.segue.stats().state)) !== 'playing') await clickPlay(page);
  return page;
}

async function expectHealthy(page: DrivenPage): Promise<void> {
  // The beginning may be in a fade.
  const left = (await listen(page, 14_400)).left.subarray(4800);
  expect(turnsPerFrame(left)).toBeCloseTo(TURNS, 4);
  expect(rms(left)).toBeCloseTo(GAIN / Math.SQRT2, 2);
}

/** Listens until the patch is there again, which may take until the new processor has got it, and hears no step meanwhile. */
async function playsAgain(page: DrivenPage): Promise<void> {
  for (let piece = 0; piece < MAX_SILENT_PIECES; piece++) {
    const { left } = await listen(page, 24_000);
    expect(largestStep(left)).toBeLessThan(HEALTHY_STEP);
    if (rms(left.subarray(-4800)) > 0.9 * (GAIN / Math.SQRT2)) return;
  }
  throw new Error('the patch does not play again');
}

interface EditsHeard {
  /** How many of the edits were swapped in. */
  readonly swaps: number;
  readonly pieces: number;
  readonly largestStep: number;
  /** Turns per frame of each piece. */
  readonly turnsPerFrame: readonly number[];
}

/** Evaluates one text after the other, and listens all the while, to two rows of pieces that overlap. */
function editHeard(page: DrivenPage, texts: readonly string[]): Promise<EditsHeard> {
  return page.evaluate(async (given) => {
    const { segue } = window;
    const pieceFrames = 24_000;
    const turns: number[] = [];
    let largest = 0;
    let isOver = false;
    let swaps = 0;
    const look = (left: Float32Array) => {
      const crossings: number[] = [];
      for (let n = 1; n < left.length; n++) {
        const [a, b] = [left[n - 1], left[n]];
        largest = Math.max(largest, Math.abs(b - a));
        if (a < 0 && b >= 0) crossings.push(n - 1 + a / (a - b));
      }
      turns.push((crossings.length - 1) / (crossings.at(-1)! - crossings[0]));
    };
    const follow = async (delayFrames: number) => {
      if (delayFrames > 0) await segue.record(delayFrames);
      while (!isOver) look((await segue.record(pieceFrames)).left);
    };
    // The sound has begun with a ramp.
    await segue.record(pieceFrames);
    const following = [follow(0), follow(pieceFrames / 2)];
    for (const [index, text] of given.entries()) {
      segue.text = text;
      let answer = await segue.evaluate();
      // On a machine that is busy with other things the audition may find anything too slow.
      for (let again = 0; again < 10 && answer.diagnostics[0]?.code === 'too-slow'; again++) {
        answer = await segue.evaluate();
      }
      if (!answer.ok) throw new Error(`edit ${index} was refused: ${answer.diagnostics[0]?.message}`);
      if (answer.swap) swaps++;
    }
    isOver = true;
    await Promise.all(following);
    return { swaps, pieces: turns.length, largestStep: largest, turnsPerFrame: turns };
  }, texts);
}

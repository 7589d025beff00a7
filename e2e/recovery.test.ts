/** The compiler's worker killed and the output broken while a patch plays: the sound continues, and editing still works. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { watch } from './browsers/preludes.ts';
import { largestStep, listen, rms, turnsPerFrame } from './hearing.ts';
import { clickPlay, evaluateText, newVisitor, stats, visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

const site = useSite();

/** A page whose workers and nodes can be reached. */
async function watched(text: string) {
  const context = await newVisitor(site.browser);
  await context.addInitScript(watch);
  const visited = await visit(context, site.url);
  expect((await evaluateText(visited.page, text)).ok).toBe(true);
  await clickPlay(visited.page);
  return visited;
}

const killWorker = (page: Page) => page.evaluate(() => window.made.workers.at(-1)?.terminate());
const message = (page: Page, text: RegExp) => page.locator('.message', { hasText: text }).waitFor();

describe('the worker is killed', () => {
  it('and the sound keeps playing, the page says so, and the next edit is heard', async () => {
    const { page, context, complaints } = await watched(tone(0.01, 0.5));
    const { generation } = await stats(page);
    await listen(page, 4800);
    const recording = listen(page, 144_000);
    await killWorker(page);
    await message(page, /compiler restarted.*the sound kept playing/is);
    await page.waitForFunction((before) => window.segue.stats().generation! > before!, generation);
    expect((await evaluateText(page, tone(0.01, 0.2))).ok).toBe(true);
    const { left } = await recording;
    expect(rms(left.subarray(0, 4000))).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(largestStep(left)).toBeLessThan(2 * Math.PI * 0.01 * 0.5 * 1.05);
    for (let n = 0; n + 400 <= left.length; n += 400) {
      expect(rms(left.subarray(n, n + 400))).toBeGreaterThan(0.9 * (0.2 / Math.SQRT2));
    }
    // The phase was kept throughout.
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
      await message(page, /audio restarted.*playing again/is);
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

describe('the audio device', () => {
  it('is another one now: the same sound continues in it, with its state', async () => {
    // Rises by an octave in its first two seconds: a restart would be heard.
    const rising = `let age = 0
let phase = 0
export default () => {
  age += 1
  phase = (phase + 0.01 * (1 + Math.min(1, age / 96_000))) % 1
  return 0.5 * Math.sin(2 * Math.PI * phase)
}`;
    const { page, context, complaints } = await watched(rising);
    await listen(page, 100_000);
    await page.evaluate(() => {
      const audio = window.made.nodes[0].context as AudioContext & { setSinkId(sink: { type: 'none' }): Promise<void> };
      return audio.setSinkId({ type: 'none' });
    });
    // Chromium may report a failure of the old device, and may be silent for a moment.
    const { left } = await listen(page, 14_400);
    expect(turnsPerFrame(left.subarray(4800))).toBeCloseTo(0.02, 4);
    expect(await page.evaluate(() => window.made.nodes.length)).toBe(1);
    expect((await stats(page)).state).toBe('playing');
    expect((await evaluateText(page, tone(0.01, 0.5))).ok).toBe(true);
    expect(turnsPerFrame((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.01, 4);
    expect(complaints.filter((text) => !text.includes('invalid audio device change'))).toEqual([]);
    await context.close();
  });

  it('is gone and time stands still: the audio is restarted', async () => {
    const { page, context } = await watched(tone(0.01, 0.5));
    await page.evaluate(() => {
      const audio = window.made.nodes[0].context;
      Object.defineProperty(audio, 'currentTime', { value: audio.currentTime });
      audio.dispatchEvent(new Event('error'));
    });
    await message(page, /audio restarted.*playing again/is);
    await page.waitForFunction(() => window.segue.stats().state === 'playing');
    expect(turnsPerFrame((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.01, 4);
    expect(await page.evaluate(() => window.made.nodes.length)).toBe(2);
    await context.close();
  });
});

describe('a page that the browser freezes', () => {
  it('sounds on, and takes edits when it is thawed', async () => {
    const { page, context, complaints } = await watched(tone(0.01, 0.5));
    const time = () => page.evaluate(() => window.made.nodes[0].context.currentTime);
    const before = await time();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
    await expect.poll(time, { timeout: 60_000 }).toBeGreaterThan(before + 2);
    await cdp.send('Page.setWebLifecycleState', { state: 'active' });
    expect((await evaluateText(page, tone(0.02, 0.5))).ok).toBe(true);
    expect(turnsPerFrame((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.02, 4);
    expect((await stats(page)).state).toBe('playing');
    expect(await page.evaluate(() => [window.made.nodes.length, window.made.workers.length])).toEqual([1, 1]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the sound is interrupted from outside', () => {
  it('and edits are taken meanwhile, and it comes back by itself without a step', async () => {
    const { page, context, complaints } = await watched(tone(0.01, 0.5));
    await listen(page, 4800);
    await page.evaluate(() => (window.made.nodes[0].context as AudioContext).suspend());
    await page.waitForFunction(() => window.segue.stats().state === 'held');
    expect((await evaluateText(page, tone(0.01, 0.2))).ok).toBe(true);
    const recording = listen(page, 24_000);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await page.waitForFunction(() => window.segue.stats().state === 'playing');
    const { left } = await recording;
    expect(largestStep(left)).toBeLessThan(2 * Math.PI * 0.01 * 0.2 * 1.05);
    expect(rms(left.subarray(-4000))).toBeCloseTo(0.2 / Math.SQRT2, 2);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('two tabs', () => {
  it('keep a text each', async () => {
    const context = await newVisitor(site.browser);
    const [a, b] = [await visit(context, site.url), await visit(context, site.url)];
    const type = (page: Page, text: string) =>
      page.evaluate((typed) => {
        window.segue.text = typed;
      }, text);
    const saved = (page: Page, text: string) =>
      page.waitForFunction((wanted) => localStorage.getItem('segue.patch') === JSON.stringify(wanted), text);
    const textOf = (page: Page) => page.evaluate(() => window.segue.text);
    await type(a.page, '// first\nexport default () => 0.1');
    await saved(a.page, '// first\nexport default () => 0.1');
    await type(b.page, '// second\nexport default () => 0.2');
    await saved(b.page, '// second\nexport default () => 0.2');
    await message(a.page, /another tab has saved a patch/i);
    expect(await textOf(a.page)).toContain('first');
    await a.page.reload();
    expect(await textOf(a.page)).toContain('first');
    const c = await visit(context, site.url);
    expect(await textOf(c.page)).toContain('second');
    await c.page.locator('.title').click();
    await c.page.getByRole('menuitem', { name: 'first', exact: true }).waitFor();
    expect([...a.complaints, ...b.complaints, ...c.complaints]).toEqual([]);
    await context.close();
  });
});

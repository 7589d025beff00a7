/** The spectrum as the real browser's analyser gives it, read where a visitor reads it: at the pointer. */
import { expect, it } from 'vitest';
import { clickPlay, evaluateText, newVisitor, visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

declare global {
  interface Window {
    /** What the spectrum said last of the peak at the pointer. */
    lastPeak: string;
  }
}

/** Width of the figures beside the picture. */
const BESIDE_PX = 30;

const site = useSite();

it.each([
  [1 / 48, -12],
  [0.0013, -30],
])('names a tone of %f turns a frame and %f dBFS, within 0.3 dB', async (turns, db) => {
  const context = await newVisitor(site.browser);
  await context.addInitScript(() => {
    window.lastPeak = '';
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, text, ...place) {
      if (/Hz.*dB$/.test(text)) window.lastPeak = text;
      fillText.call(this, text, ...place);
    };
  });
  const { page, complaints } = await visit(context, site.url);
  expect((await evaluateText(page, tone(turns, 10 ** (db / 20)))).ok).toBe(true);
  await clickPlay(page);
  const sampleRate = await page.evaluate(() => new AudioContext().sampleRate);
  const hz = turns * sampleRate;
  const box = await page.locator('.panel-spectrum canvas').boundingBox();
  if (!box) throw new Error('There is no spectrum on the page.');
  const width = box.width - BESIDE_PX;
  await page.mouse.move(box.x + (width * Math.log(hz / 20)) / Math.log(1000), box.y + box.height / 2);
  const read = async () => {
    const [, frequency, level] =
      /^([\d.]+) Hz +[A-G]♯?\d.* (\S+) dB$/.exec(await page.evaluate(() => window.lastPeak)) ?? [];
    return [Math.abs(Number(frequency) - hz) < 1, Math.abs(Number(level?.replace('−', '-')) - db) < 0.3];
  };
  await expect.poll(read, { timeout: 60_000 }).toEqual([true, true]);
  expect(complaints).toEqual([]);
  await context.close();
});

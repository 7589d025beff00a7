/**
 * The pictures in the page: they draw what plays, say under the pointer what it is, stand still when frozen and cost nothing
 * when hidden; and what is recorded is what the command line renders.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { renderPatch } from '../src/node/renderPatch.ts';
import { OutputChain } from '../worklets/output/chain.ts';
import { clickPlay, evaluateText, newVisitor, visit } from './site.ts';
import { useSite } from './useSite.ts';

declare global {
  interface Window {
    /** What pictures have asked for: frames of the display, readings of analysers. */
    asked: { frames: number; readings: number };
    /** What canvases say, by the label of the canvas. */
    said: Record<string, string>;
  }
}

const site = useSite();

const PICTURES = ['scope', 'spectrum', 'spectrogram', 'stereo', 'loudness'];
/** As a part of the sample rate. */
const TURNS = 1 / 48;
/** A tone that swells, so that no two moments look alike; the right channel is the left one upside down. */
const TEXT = `// tone
let phase = 0
let swell = 0
export default () => {
  phase = (phase + ${TURNS}) % 1
  swell = (swell + 1 / 30011) % 1
  const x = (0.3 + 0.2 * swell) * Math.sin(2 * Math.PI * phase)
  return [x, -0.5 * x]
}`;

async function watch(): Promise<{ page: Page; complaints: string[]; end(): Promise<void> }> {
  const context = await newVisitor(site.browser, { viewport: { width: 1200, height: 1300 } });
  await context.addInitScript((pictures) => {
    if (!localStorage.getItem('segue.settings')) localStorage.setItem('segue.settings', JSON.stringify({ pictures }));
    window.asked = { frames: 0, readings: 0 };
    window.said = {};
    const ask = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) => {
      window.asked.frames++;
      return ask(callback);
    };
    for (const name of ['getFloatTimeDomainData', 'getFloatFrequencyData'] as const) {
      const read = AnalyserNode.prototype[name];
      AnalyserNode.prototype[name] = function (this: AnalyserNode, into) {
        window.asked.readings++;
        read.call(this, into);
      };
    }
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, text, ...place) {
      const of = this.canvas.getAttribute('aria-label');
      if (of && /\d (Hz|ms|LUFS) |\d LUFS|L .* R /.test(text)) window.said[of] = text;
      fillText.call(this, text, ...place);
    };
  }, PICTURES);
  const { page, complaints } = await visit(context, site.url);
  return { page, complaints, end: () => context.close() };
}

/** Resolves when so much more has been played. */
const playOn = (page: Page, seconds: number) =>
  page.evaluate((frames) => window.segue.record(frames).then(() => undefined), Math.round(48_000 * seconds));

const image = (page: Page, name: string) =>
  page.evaluate((of) => document.querySelector<HTMLCanvasElement>(`.panel-${of} canvas`)!.toDataURL(), name);

/** Pixels of a canvas in the colour of what is live. */
const livePixels = (page: Page, name: string) =>
  page.evaluate((of) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`.panel-${of} canvas`)!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let live = 0;
    for (let n = 0; n < data.length; n += 4) if (data[n + 1] > data[n] + 40 && data[n + 3] > 64) live++;
    return live;
  }, name);

/** Points at a place of the picture, given in parts of it, and returns what it says then. */
async function readAt(page: Page, name: string, x: number, y: number): Promise<string> {
  const canvas = page.locator(`.panel-${name} canvas`);
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  await page.evaluate((of) => delete window.said[of], name);
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
  await page.waitForFunction((of) => window.said[of] !== undefined, name);
  return page.evaluate((of) => window.said[of], name);
}

it('draws what plays, reads it, holds it, and asks for nothing when hidden', async () => {
  const { page, complaints, end } = await watch();
  expect((await evaluateText(page, TEXT)).ok).toBe(true);
  await clickPlay(page);
  for (const name of PICTURES) {
    await page.locator(`.panel-${name} canvas`).scrollIntoViewIfNeeded();
    await expect.poll(() => livePixels(page, name)).toBeGreaterThan(20);
  }
  const hz = TURNS * (await page.evaluate(() => new AudioContext().sampleRate));

  // 20 ms are so many periods; the wave begins at zero. 1000 Hz lies at 0.566 of three decades.
  const place = (pixels: number, beside: number) => (pixels * (288 - beside)) / 288;
  const spectrumX = place(Math.log(hz / 20) / Math.log(1000), 30);
  await expect
    .poll(() => readAt(page, 'spectrum', spectrumX, 0.5))
    .toMatch(new RegExp(`^${hz < 1000 ? hz.toFixed(1) : hz} Hz`));
  // Frequency runs upwards over all but the figures below.
  const height = (await page.locator('.panel-spectrogram canvas').boundingBox())!.height;
  const y = (1 - Math.log(hz / 20) / Math.log(1000)) * ((height - 15) / height);
  const [, readHz, readDb] = /^([\d.]+) Hz.* (−[\d]+) dB/.exec(await readAt(page, 'spectrogram', 0.85, y)) ?? [];
  expect(Math.abs(Math.log2(Number(readHz) / hz))).toBeLessThan(0.1);
  // From 0.3 to 0.5: -10.5 to -6 dB.
  expect(Number(readDb.replace('−', '-'))).toBeGreaterThan(-13);
  expect(Number(readDb.replace('−', '-'))).toBeLessThan(-5);
  const scope = await readAt(page, 'scope', 0.5, 0.25);
  expect(scope).toMatch(/^10\.0\d ms {3}\+0\.5\d/);
  await expect.poll(() => page.locator('.panel-stereo .figure').innerText()).toBe('L 6.0 dB   correlation −1.00');
  expect(await readAt(page, 'loudness', 0.5, 0.1)).toMatch(/^−31\.\d LUFS/);

  // A press freezes: it stays as it is although the sound goes on, and is still read.
  const canvas = page.locator('.panel-spectrogram canvas');
  await canvas.scrollIntoViewIfNeeded();
  await canvas.click();
  await page.mouse.move(10, 400);
  await page.waitForFunction(() => document.querySelector('.panel-spectrogram[data-frozen=true]'));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const frozen = await image(page, 'spectrogram');
  await playOn(page, 0.3);
  expect(await image(page, 'spectrogram')).toBe(frozen);
  expect(await readAt(page, 'spectrogram', 0.85, y)).toContain('Hz');
  await canvas.click();
  await page.mouse.move(10, 400);
  await expect.poll(() => image(page, 'spectrogram')).not.toBe(frozen);

  await page.keyboard.press('ControlOrMeta+b');
  await page.locator('.dock').waitFor({ state: 'hidden' });
  await playOn(page, 0.2);
  await page.evaluate(() => {
    window.asked = { frames: 0, readings: 0 };
  });
  await playOn(page, 0.5);
  expect(await page.evaluate(() => window.asked)).toEqual({ frames: 0, readings: 0 });
  await page.keyboard.press('ControlOrMeta+b');
  await page.waitForFunction(() => window.asked.readings > 0);
  expect(complaints).toEqual([]);
  await end();
});

it('records, from one press to the next and after the fact, what the command line renders', async () => {
  const { page, complaints, end } = await watch();
  expect((await evaluateText(page, TEXT)).ok).toBe(true);
  const sampleRate = await page.evaluate(() => new AudioContext().sampleRate);
  const press = async (keys: string) => {
    const download = page.waitForEvent('download');
    await page.keyboard.press(keys);
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^tone \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.wav$/);
    return readFile(await saved.path());
  };
  await page.locator('.bar .record').click();
  await page.locator('.record[aria-pressed=true]').first().waitFor();
  await clickPlay(page);
  await playOn(page, 1.2);
  const minute = await press('Shift+F6');
  // However long that took: the time goes on.
  const shown = await page.locator('.bar .record').innerText();
  await page.waitForFunction((before) => document.querySelector('.record span')?.textContent !== before, shown.trim());
  const recorded = await press('F6');

  const samples = (file: Buffer) =>
    new Float32Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length));
  const heard = samples(recorded);
  const frames = heard.length / 2;
  expect(frames).toBeGreaterThan(1.2 * sampleRate);
  // All that was played before is in both.
  const early = samples(minute);
  expect(early.length / 2).toBeGreaterThan(sampleRate);
  expect(early).toEqual(heard.subarray(0, early.length));
  const { left32, right32 } = await renderPatch({ text: TEXT, sampleRate, frames });
  const latency = new OutputChain(sampleRate).latencyFrames;
  // The page's ramp at the start, which renders do not have, once the first frame has come through.
  const ramp = latency + Math.ceil(0.005 * sampleRate);
  let differences = 0;
  for (let n = ramp; n < frames; n++) {
    if (heard[2 * n] !== left32[n - latency] || heard[2 * n + 1] !== right32[n - latency]) differences++;
  }
  expect(differences).toBe(0);
  expect(complaints).toEqual([]);
  await end();
});

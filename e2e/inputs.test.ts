/** A microphone and sound files in a browser: what comes in is what comes out, and nothing is asked for before a click. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, it } from 'vitest';
import { type Heard, listen, rms, usualTurnsPerFrame } from './hearing.ts';
import { clickPlay, evaluateText, newVisitor, settled, stats, visit } from './site.ts';
import { drop, noise, pcmWav, sampleRateOf, stereoWav } from './soundFile.ts';
import { useSite } from './useSite.ts';

const MIC_RATE = 48_000;
const MIC_PEAK = 0.25;
/** A second of 1 kHz, so that it goes round without a seam. */
const folder = mkdtempSync(path.join(tmpdir(), 'segue-'));
const micFile = path.join(folder, 'mic.wav');
const micWave = Float32Array.from(
  { length: MIC_RATE },
  (_, n) => MIC_PEAK * Math.sin((2 * Math.PI * 1000 * n) / MIC_RATE),
);
writeFileSync(micFile, pcmWav(MIC_RATE, micWave));
afterAll(() => rmSync(folder, { recursive: true }));

const fakes = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const site = useSite({ more: [...fakes, `--use-file-for-fake-audio-capture=${micFile}`] });

it('a microphone of 1 kHz comes out as 1 kHz, after a click and not before', async () => {
  const context = await newVisitor(site.browser);
  await context.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (wish) => {
      document.documentElement.dataset.asked = JSON.stringify(wish);
      return ask(wish);
    };
  });
  const { page, complaints } = await visit(context, site.url);
  await evaluateText(page, 'const mic = input()\nexport default () => mic()');
  await clickPlay(page);
  expect(rms((await listen(page, 4800)).left)).toBe(0);
  const asked = () => page.evaluate(() => JSON.parse(document.documentElement.dataset.asked ?? 'null'));
  expect(await asked()).toBeNull();
  const offer = page.locator('.status .offer', { hasText: 'choose an input' });
  await offer.click();
  const choice = page.getByRole('combobox', { name: 'input' });
  await choice.waitFor();
  expect(await asked()).toMatchObject({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  await page.locator('.message', { hasText: 'feed back' }).waitFor();
  expect(await offer.count()).toBe(0);

  const rate = await sampleRateOf(page);
  let heard: Heard | undefined;
  const hears = async () => {
    heard = await listen(page, rate);
    return rms(heard.left) * Math.SQRT2;
  };
  // The fake device begins some time after it was opened.
  await expect.poll(hears, { timeout: 60_000, interval: 0 }).toBeCloseTo(MIC_PEAK, 2);
  // Where the machine is busy, the fake device itself leaves gaps.
  expect(Math.abs(usualTurnsPerFrame(heard?.left ?? new Float32Array(1)) * rate - 1000)).toBeLessThan(1);
  expect([...(heard?.right ?? [])]).toEqual([...(heard?.left ?? [])]);

  await choice.selectOption('');
  await expect.poll(hears, { timeout: 60_000, interval: 0 }).toBe(0);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await choice.selectOption({ index: 1 });
  await page.locator('.panel-input .panel-trouble', { hasText: 'does not let this page listen' }).waitFor();
  expect(await choice.inputValue()).toBe('');
  expect(complaints).toEqual([]);
  await context.close();
});

const PLAYER = (name: string) => `const play = samplePlayer('${name}')
const go = button('go')
export default () => play(go())`;

/** Does what brings a sound file, and waits until what plays has it. */
async function bringing(page: Page, bring: () => Promise<unknown>): Promise<void> {
  const { generation } = await stats(page);
  await bring();
  await page.waitForFunction((before) => window.segue.stats().generation !== before, generation);
}

/** What follows the first frame that is not silent, from a press on, when no fade and no ramp is under way any more. */
async function pressed(page: Page, frames: number): Promise<Heard> {
  await listen(page, 24_000);
  const heard = await page.evaluate(async (count) => {
    const recording = window.segue.record(count + 24_000);
    window.segue.set('go', 1);
    const { left, right } = await recording;
    window.segue.set('go', 0);
    const from = left.findIndex((sample) => sample !== 0);
    const part = (side: Float32Array) => [...side.subarray(from, from + count)];
    return from < 0 ? null : { left: part(left), right: part(right) };
  }, frames);
  expect(heard).not.toBeNull();
  return { left: Float32Array.from(heard?.left ?? []), right: Float32Array.from(heard?.right ?? []) };
}

it('a dropped file plays bit for bit, is there after a reload, and can be removed', async () => {
  const { page, context, complaints } = await visit(await newVisitor(site.browser), site.url);
  const rate = await sampleRateOf(page);
  const [left, right] = [noise(6000, 1), noise(6000, 2)];
  await evaluateText(page, PLAYER('step'));
  await clickPlay(page);
  const row = page.locator('.sound[data-sound=step]');
  await page.locator('.sound[data-sound=step][data-state=missing]').waitFor();
  await page.locator('.status .offer', { hasText: 'add sound files' }).waitFor();
  await bringing(page, async () => {
    await drop(page, '.monaco-editor', 'step.wav', stereoWav(rate, left, right));
    await page.locator('.message', { hasText: "Use it with `samplePlayer('step')`" }).waitFor();
  });
  await page.locator('.sound[data-sound=step][data-state=here]').waitFor();
  expect(await row.locator('.sound-about').innerText()).toContain('stereo');
  const heard = await pressed(page, 6000);
  expect([heard.left, heard.right]).toEqual([left, right]);

  // One of the same length in its place is heard as well.
  const other = noise(6000, 3);
  await bringing(page, async () => {
    await drop(page, '.panel-sounds', 'step.wav', stereoWav(rate, other, left));
    await page.locator('.message', { hasText: 'replaces the previous' }).waitFor();
  });
  expect((await pressed(page, 6000)).left).toEqual(other);

  await page.reload();
  await settled(page);
  await page.locator('.sound[data-sound=step][data-state=here]').waitFor();
  await clickPlay(page);
  // After what plays was compiled once more for the sound.
  expect(await page.evaluate(() => window.segue.evaluate())).toMatchObject({ ok: true });
  expect((await pressed(page, 6000)).right).toEqual(left);
  await row.getByRole('button', { name: 'remove step' }).click();
  await page.locator('.sound[data-sound=step][data-state=missing]').waitFor();
  // Dropped on the row, it is taken for the name that the patch has.
  await bringing(page, () => drop(page, '.sound[data-sound=step]', 'whatever.wav', stereoWav(rate, right, left)));
  await page.locator('.sound[data-sound=step][data-state=here]').waitFor();
  expect((await pressed(page, 6000)).left).toEqual(right);
  expect(complaints).toEqual([]);
  await context.close();
});

it('a sound of another server is fetched after a consent, and what fails is told', async () => {
  const context = await newVisitor(site.browser);
  const requests: string[] = [];
  const wave = noise(3000, 4);
  let rate = 48_000;
  await context.route('https://sounds.example/**', async (route) => {
    const url = route.request().url();
    requests.push(url);
    const headers = { 'access-control-allow-origin': url.includes('closed') ? 'https://elsewhere.example' : '*' };
    if (url.includes('none')) return route.fulfill({ status: 404, headers });
    const body = url.includes('text') ? 'no sound' : Buffer.from(stereoWav(rate, wave));
    return route.fulfill({ status: 200, headers, body });
  });
  const { page, complaints } = await visit(context, site.url);
  rate = await sampleRateOf(page);
  await evaluateText(page, PLAYER('https://sounds.example/kits/a.wav?b=1'));
  await clickPlay(page);
  const offer = page.locator('.status .offer', { hasText: 'load the sounds' });
  await offer.waitFor();
  expect(await page.locator('.sounds-consent').innerText()).toContain('sounds.example');
  expect(requests).toEqual([]);
  await bringing(page, () => offer.click());
  await page.locator('.sound[data-state=here]').waitFor();
  expect((await pressed(page, 3000)).left).toEqual(wave);
  expect(complaints).toEqual([]);

  await evaluateText(
    page,
    `const all = ['none', 'closed', 'text'].length
const a = sample('https://sounds.example/none.wav')
const b = sample('https://sounds.example/closed.wav')
const c = sample('https://sounds.example/text.wav')
export default () => all * (a.frames() + b.frames() + c.frames())`,
  );
  const said = async (name: string) =>
    page.locator(`.sound[data-sound$="/${name}.wav"] .panel-trouble`).innerText({ timeout: 60_000 });
  expect(await said('none')).toContain('answered 404');
  expect(await said('closed')).toContain('CORS');
  expect(await said('text')).toContain('no sound that this browser can read');
  // The browser complains of what the server did.
  expect(
    complaints.filter((line) => !line.includes('sounds.example') && !/Failed to load resource/.test(line)),
  ).toEqual([]);
  await context.close();
});

/** A control, a note and a sound file in a browser: heard at once, and no generation is made. Counted in frames of what was recorded. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { clickPlay, evaluateText } from './site.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let page: Page;

useVisitors(site, (visited) => {
  ({ page } = visited);
});

const generation = () => page.evaluate(() => window.segue.stats().generation);

it('a control that is set is heard within 20 ms, by no new generation, and stays through an edit', async () => {
  const text = (more: string) =>
    `${more}const level = slider('level', 0, { smooth: 0 })\nexport default () => level() * 0.25`;
  await evaluateText(page, text(''));
  await clickPlay(page);
  const before = await generation();
  const { waited, last } = await page.evaluate(async () => {
    await window.segue.record(4096);
    // Set behind the request of a recording: the first frame that is heard is counted from the start of it.
    const recording = window.segue.record(24_000);
    window.segue.set('level', 1);
    const { left } = await recording;
    return { waited: left.findIndex((sample) => sample > 0.1), last: left[left.length - 1] };
  });
  expect(waited).toBeGreaterThanOrEqual(0);
  expect(waited).toBeLessThan(0.02 * 48_000);
  expect(last).toBeGreaterThan(0);
  expect(await generation()).toBe(before);
  await evaluateText(page, text('const more = 1\n'));
  const control = await page.evaluate(() => window.segue.controls()[0]);
  expect(control).toMatchObject({ name: 'level', value: 1, isMoved: true });
});

it('a note is heard, and a sound file is played', async () => {
  await evaluateText(
    page,
    `const keys = keyboard()
const file = sample('step')
let n = 0
export default () => 0.2 * keys.gate() * Math.sin(n++ * 0.05) + 0 * file.frames()`,
  );
  await clickPlay(page);
  const peak = await page.evaluate(async () => {
    window.segue.note(60, 1);
    const { left } = await window.segue.record(9600);
    return Math.max(...left);
  });
  expect(peak).toBeGreaterThan(0.1);
  const frames = await page.evaluate(async () => {
    const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
    const head = [
      ...ascii('RIFF'),
      0,
      0,
      0,
      0,
      ...ascii('WAVEfmt '),
      16,
      0,
      0,
      0,
      1,
      0,
      1,
      0,
      0x80,
      0xbb,
      0,
      0,
      0,
      0x77,
      1,
      0,
      2,
      0,
      16,
      0,
    ];
    const file = new Uint8Array([...head, ...ascii('data'), 4, 0, 0, 0, 0, 0x40, 0, 0xc0]);
    await window.segue.sample('step', file.buffer);
    return file.length;
  });
  expect(frames).toBe(48);
});

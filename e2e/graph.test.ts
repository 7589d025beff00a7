/** The picture of the patch in the page: boxes that keys walk through and lead to the text, that stay where they are, and cost nothing unseen. */

import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { evaluateText, newVisitor, visit } from './site.ts';
import { useSite } from './useSite.ts';

const site = useSite();

const TEXT = `function tone() {
  let phase = 0
  return (f) => { phase = (phase + f / sampleRate) % 1; return phase - 0.5 }
}
const voices = [tone(), tone()]
const half = (x) => x / 2
export default () => half(voices[0](110) + voices[1](165))`;

const boxes = (page: Page) =>
  page
    .locator('.patch-box')
    .evaluateAll((all) => all.map((box) => [box.getAttribute('data-box'), box.getAttribute('transform')]));

const changed = (page: Page) => page.locator('.patch-box[data-changed="true"]').getAttribute('data-box');

const layoutThreads = (page: Page) => page.workers().filter((worker) => worker.url().includes('layoutWorker')).length;

it('follows what plays, leads to the text by keys, keeps its places, and is not there while nobody looks', async () => {
  const { page, complaints, context } = await visit(await newVisitor(site.browser), site.url);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await evaluateText(page, TEXT);
  expect(asked.filter((url) => url.includes('patchView'))).toEqual([]);
  await page.locator('.picture-choice button', { hasText: 'patch' }).click();
  await page.locator('.patch-box[data-box="voices[]"]').waitFor();
  const before = await boxes(page);
  expect(before.map(([id]) => id)).toEqual(['default', 'voices[]', 'half']);
  expect(layoutThreads(page)).toBe(1);

  await evaluateText(page, TEXT.replace('x / 2', 'x / 3'));
  await page.locator('.patch-box[data-changed="true"]').waitFor();
  expect(await changed(page)).toBe('half');
  expect(await boxes(page)).toEqual(before);

  await page.locator('.patch-box[tabindex="0"]').focus();
  await page.locator('.patch-box[data-box="default"][data-chosen="true"]').waitFor();
  for (const key of ['ArrowDown', 'ArrowRight']) {
    await page.keyboard.press(key);
    if ((await page.locator('.patch-box[data-chosen="true"]').getAttribute('data-box')) !== 'default') break;
  }
  const walkedTo = await page.locator('.patch-box[data-chosen="true"]').getAttribute('data-box');
  expect(walkedTo).not.toBe('default');
  const line = walkedTo === 'half' ? '6' : '3';
  expect(await page.locator('.patch-said button').textContent()).toBe(`line ${line}`);
  await page.keyboard.press('Enter');
  await page.locator('.active-line-number', { hasText: new RegExp(`^${line}$`) }).waitFor();

  await page.locator('.picture-choice button', { hasText: 'patch' }).click();
  await page.locator('.patch-box').first().waitFor({ state: 'detached' });
  await expect.poll(() => layoutThreads(page)).toBe(0);
  await context.close();
  expect(complaints).toEqual([]);
});

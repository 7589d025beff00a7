/**
 * What is opened (from the menu, by a link, as a file) is another piece: it starts from scratch, and undo brings back the one
 * before with its state. What is typed or set is an edit. Two pieces with the same names tell them apart by how loud they are.
 */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { toFragment } from '../src/share/link.ts';
import { listen, rms } from './hearing.ts';
import { clickPlay, evaluateText, stats, waitForState } from './site.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let page: Page;

useVisitors(site, (begun) => {
  ({ page } = begun);
});

/** A sine whose level begins at 0.05 and has state. */
const piece = (name: string, step: string): string => `// ${name}
let level = 0.05
let phase = 0
export default () => {
  phase = (phase + 0.01) % 1
  level = ${step}
  return level * Math.sin(2 * Math.PI * phase)
}
`;
/** Rises to 0.4 within a second. */
const RISING = piece('rising', 'Math.min(0.4, level + 0.00001)');
/** Stays at what it began with, or was given. */
const STEADY = piece('steady', 'level > 1 ? 1 : level');

/** How loud it is now, after any fade. */
async function loudness(): Promise<number> {
  const { left } = await listen(page, 7200);
  return rms(left.subarray(2400)) * Math.SQRT2;
}

/** Waits for another generation than the one that plays while `act` begins. */
async function swapBy(act: () => Promise<unknown>): Promise<void> {
  const { generation } = await stats(page);
  await act();
  await page.waitForFunction((before) => window.segue.stats().generation !== before, generation);
}

async function playRising(): Promise<void> {
  await evaluateText(page, RISING);
  await clickPlay(page);
  await listen(page, 60_000);
  expect(await loudness()).toBeCloseTo(0.4, 2);
}

/** It started from scratch, and the one before comes back as loud as it was. */
async function expectAnotherPiece(): Promise<void> {
  expect(await page.evaluate(() => window.segue.text)).toBe(STEADY);
  expect(await loudness()).toBeCloseTo(0.05, 2);
  expect(await page.locator('.panel-swap').innerText()).toContain('another piece');
  expect(await page.locator('.losses').count()).toBe(0);
  await swapBy(() => page.keyboard.press('F4'));
  expect(await loudness()).toBeCloseTo(0.4, 2);
  await swapBy(() => page.keyboard.press('Shift+F4'));
  expect(await loudness()).toBeCloseTo(0.05, 2);
}

describe('what is opened starts from scratch', () => {
  it('from the menu', async () => {
    await evaluateText(page, STEADY);
    await page.keyboard.press('ControlOrMeta+s');
    await page.locator('.message', { hasText: 'Saved' }).waitFor();
    await playRising();
    await page.keyboard.press('ControlOrMeta+o');
    await swapBy(() => page.getByRole('menuitem', { name: /^steady/ }).click());
    await expectAnotherPiece();
  });

  it('from the gallery, found by words and chosen by keys', async () => {
    await playRising();
    await page.keyboard.press('ControlOrMeta+o');
    // What is typed goes to the filter, wherever in the menu the focus is.
    await page.getByRole('menuitem', { name: 'Acid line', exact: true }).waitFor();
    await page.keyboard.type('303 acid');
    await expect.poll(() => page.getByRole('menuitem').allTextContents()).toHaveLength(1);
    await swapBy(() => page.keyboard.press('Enter'));
    expect(await page.title()).toBe('Acid line · segue');
    // The key chose the patch, and wrote nothing into it.
    expect(await page.evaluate(() => window.segue.text)).toMatch(/^\/\/ Acid line\n/);
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('by a link in the address, silent before a click', async () => {
    await playRising();
    await page.evaluate((fragment) => {
      window.location.hash = fragment;
    }, toFragment(STEADY)!);
    await waitForState(page, 'stopped');
    await clickPlay(page);
    await expectAnotherPiece();
  });

  it('as a file, chosen or dropped', async () => {
    await playRising();
    const file = { name: 'steady.ts', mimeType: 'text/plain', buffer: Buffer.from(STEADY) };
    await page.keyboard.press('F10');
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'open a file' }).click();
    await swapBy(async () => (await chosen).setFiles(file));
    await expectAnotherPiece();
    await swapBy(() => evaluateText(page, RISING));
    await listen(page, 60_000);
    await swapBy(() =>
      page.evaluate((text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], 'steady.ts'));
        const target = document.querySelector('.code-host')!;
        for (const type of ['dragenter', 'dragover', 'drop']) {
          target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        }
      }, STEADY),
    );
    await expectAnotherPiece();
  });

  it('also when it is evaluated later, and had mistakes at first', async () => {
    await playRising();
    await page.evaluate(() => window.segue.settings({ autoEvaluate: false }));
    const broken = `${STEADY}const missing = nowhere\n`;
    await page.keyboard.press('F10');
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'open a file' }).click();
    await (await chosen).setFiles({ name: 'a.ts', mimeType: 'text/plain', buffer: Buffer.from(broken) });
    await page.waitForFunction(() => window.segue.text.includes('nowhere'));
    expect((await page.evaluate(() => window.segue.evaluate())).ok).toBe(false);
    expect(await loudness()).toBeCloseTo(0.4, 2);
    await swapBy(() => evaluateText(page, STEADY));
    await expectAnotherPiece();
  });
});

describe('what is an edit keeps its state', () => {
  it('set, pasted, and undone in the editor', async () => {
    await playRising();
    await swapBy(() =>
      page.evaluate((text) => {
        window.segue.text = text;
      }, STEADY),
    );
    expect(await loudness()).toBeCloseTo(0.4, 2);
    await page.locator('.view-line').first().click();
    await swapBy(() => page.keyboard.press('ControlOrMeta+z'));
    expect(await page.evaluate(() => window.segue.text)).toBe(RISING);
    await page.keyboard.press('ControlOrMeta+a');
    await swapBy(() => page.keyboard.insertText(STEADY));
    expect(await loudness()).toBeCloseTo(0.4, 2);
    expect(await page.locator('.panel-swap').innerText()).toContain('edit');
  });
});

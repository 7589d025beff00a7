/** What one sees of a patch while it plays: the variable at the cursor, and where the time goes. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { renderPatch } from '../src/node/renderPatch.ts';
import { clickPlay, evaluateText } from './site.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let page: Page;

useVisitors(site, (visited) => {
  ({ page } = visited);
});

const TEXT = `let count = 0
function work() {
  let x = 0
  for (let n = 0; n < 100; n++) x = x * 0.5 + n
  return x
}
export default () => {
  count += 2
  return work() * 0 + (count % 2)
}
`;

const watched = () => page.locator('.watched');
const value = async () => Number(await watched().locator('output').innerText());

/** Puts the cursor on a name. */
async function putCursor(line: number, column: number): Promise<void> {
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+Home');
  for (let n = 1; n < line; n++) await page.keyboard.press('ArrowDown');
  for (let n = 1; n < column; n++) await page.keyboard.press('ArrowRight');
}

it('follows the variable at the cursor, through a swap and when it is kept, and shows where the time goes until an edit', async () => {
  expect((await evaluateText(page, TEXT)).diagnostics).toEqual([]);
  await clickPlay(page);
  await putCursor(8, 4);
  await watched().waitFor();
  const first = await value();
  await expect.poll(value, { interval: 0 }).toBeGreaterThan(first);
  // It counts frames twice.
  expect((await value()) % 2).toBe(0);
  await watched().click();
  await putCursor(3, 1);
  expect(await watched().getAttribute('aria-pressed')).toBe('true');
  const before = await value();
  await evaluateText(page, TEXT.replace('* 0.5', '* 0.25'));
  await expect.poll(value, { interval: 0 }).toBeGreaterThan(before);

  await page.locator('.profile-switch').click();
  const share = page.getByRole('status', { name: 'share of line 4' });
  await share.waitFor();
  expect(Number.parseFloat(await share.innerText())).toBeGreaterThan(80);
  const units = page.getByRole('table', { name: 'share of work by unit' });
  expect(await units.locator('tbody tr').first().innerText()).toMatch(/^work\s+\d+ %\s+1 ×$/);
  expect(await page.locator('.segue-heat-4').count()).toBe(1);
  await putCursor(1, 1);
  await page.keyboard.type('// edited ');
  await share.waitFor({ state: 'detached' });
  expect(await page.locator('.segue-heat').count()).toBe(0);
});

it('a probe shows the value that the command line computes, and lights up its line when it triggers', async () => {
  const text = `let y = 0
const beat = impulse()
export default () => {
  const hit = probe(beat(1), 'hit')
  y += 0.001 * (Math.SQRT1_2 - y)
  return 0 * hit + probe(y, 'y')
}
`;
  // It stands still by then.
  const { left } = await renderPatch({ text, frames: 96_000, raw: true, tier: 1 });
  await evaluateText(page, text);
  await clickPlay(page);
  const shown = page.getByRole('status', { name: 'y' });
  const wanted = (left.at(-1) ?? 0).toPrecision(4);
  await expect.poll(() => shown.innerText()).toBe(wanted);
  // What was swapped in was lit as a whole; from then on it is the line of the trigger, and no other.
  await page.waitForFunction(() => {
    const lit = [...document.querySelectorAll('.segue-lit')];
    const line = [...document.querySelectorAll('.view-line')].find((one) => one.textContent?.includes('beat(1)'));
    const topOf = (element: Element | undefined) => Math.round(element?.getBoundingClientRect().top ?? 0);
    return lit.length === 1 && topOf(lit[0]) === topOf(line);
  });
});

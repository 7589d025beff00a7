/** A number is taken hold of as a whole, by a double click and by a double tap. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { evaluateText, newVisitor, visit } from './site.ts';
import { useSite } from './useSite.ts';

const site = useSite();

const TEXT = `const a = 0.4
const b = [1, -12.5e-3, a-3]
const c = .25 + 0x1f
export default () => a + b[0] * c * 0
`;
/** Line, column of a character from 0, and what is to be selected there. */
const PLACES: readonly [line: number, column: number, selected: string][] = [
  [1, 10, '0.4'],
  [1, 12, '0.4'],
  [2, 14, '-12.5e-3'],
  [2, 17, '-12.5e-3'],
  [2, 21, '-12.5e-3'],
  [2, 26, '3'],
  [3, 12, '.25'],
  [3, 18, '0x1f'],
  [1, 2, 'const'],
  [4, 3, 'export'],
];

/** The middle of a character on the screen. */
async function middleOf(page: Page, line: number, column: number) {
  const lines = page.locator('.view-line');
  // Monaco keeps its lines in any order.
  const tops = await lines.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  const top = [...tops].sort((x, y) => x - y)[line - 1]!;
  const text = TEXT.split('\n')[line - 1]!;
  const span = await lines
    .nth(tops.indexOf(top))
    .locator('> span')
    .evaluate((element) => {
      const { left, width, height } = element.getBoundingClientRect();
      return { left, width, height };
    });
  return { x: span.left + ((column + 0.5) * span.width) / text.length, y: top + span.height / 2 };
}

async function selectedBy(page: Page, press: (x: number, y: number) => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  for (const [line, column] of PLACES) {
    // The editor may still be measuring its font: a press beside the line is made once more, where the line is then.
    for (let tries = 0; tries < 5; tries++) {
      const { x, y } = await middleOf(page, line, column);
      await press(x, y);
      const selection = page.locator('.selected-text').first().waitFor({ timeout: 5000 });
      if (
        await selection.then(
          () => true,
          () => false,
        )
      )
        break;
    }
    await page.keyboard.press('ControlOrMeta+c');
    found.push(await page.evaluate(() => navigator.clipboard.readText()));
    // Another place in between, so that no press counts for the next.
    await page.keyboard.press('ControlOrMeta+End');
    await page.locator('.selected-text').first().waitFor({ state: 'detached' });
  }
  return found;
}

const permissions = ['clipboard-read', 'clipboard-write'];

it('by a double click', async () => {
  const { page, context, complaints } = await visit(await newVisitor(site.browser, { permissions }), site.url);
  expect((await evaluateText(page, TEXT)).ok).toBe(true);
  const selected = await selectedBy(page, (x, y) => page.mouse.dblclick(x, y));
  expect(selected).toEqual(PLACES.map(([, , wanted]) => wanted));
  expect(complaints).toEqual([]);
  await context.close();
});

it('by a double tap', async () => {
  const options = { permissions, hasTouch: true, isMobile: true, viewport: { width: 540, height: 900 } };
  const { page, context, complaints } = await visit(await newVisitor(site.browser, options), site.url);
  expect((await evaluateText(page, TEXT)).ok).toBe(true);
  const cdp = await context.newCDPSession(page);
  // With times of their own, since how long a message takes to arrive is the machine's.
  let timestamp = Date.now() / 1000;
  const selected = await selectedBy(page, async (x, y) => {
    timestamp += 10;
    for (let tap = 0; tap < 2; tap++) {
      timestamp += 0.1;
      const touchPoints = [{ x, y }];
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints, timestamp });
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: timestamp + 0.02 });
    }
  });
  expect(selected).toEqual(PLACES.map(([, , wanted]) => wanted));
  expect(complaints).toEqual([]);
  await context.close();
});

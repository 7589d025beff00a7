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

/**
 * The middle of a character on the screen, once a press there would meet its line in two frames running: Monaco measures
 * its font and moves its lines for a while after a text was set.
 */
async function middleOf(page: Page, line: number, column: number): Promise<{ x: number; y: number }> {
  const text = TEXT.split('\n')[line - 1]!;
  return await page.evaluate(
    async ([wanted, index]) => {
      const find = () => {
        // Monaco's spaces are such as do not break.
        const isWanted = (each: Element) => each.textContent?.replaceAll('\u00a0', ' ') === wanted;
        const found = [...document.querySelectorAll('.view-line')].find(isWanted);
        const box = found?.querySelector('span')?.getBoundingClientRect();
        if (!found || !box) return null;
        const x = box.left + ((index + 0.5) * box.width) / wanted.length;
        const y = box.top + box.height / 2;
        return found.contains(document.elementFromPoint(x, y)) ? { x, y } : null;
      };
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let before = find(); ; ) {
        await nextFrame();
        await nextFrame();
        const after = find();
        if (before && after && before.x === after.x && before.y === after.y) return after;
        before = after;
      }
    },
    [text, column] as const,
  );
}

async function selectedBy(page: Page, press: (x: number, y: number) => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  for (const [line, column] of PLACES) {
    const { x, y } = await middleOf(page, line, column);
    await press(x, y);
    await page.locator('.selected-text').first().waitFor();
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
  // With times of their own, since how long a message takes to arrive is the machine's. Monaco goes by the clock, and
  // takes a finger that is down for long for a wish for the menu: the clock stands still meanwhile.
  let timestamp = Date.now() / 1000;
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    let heldMs: number | null = null;
    Date.now = () => heldMs ?? now();
    window.addEventListener('holdClock', () => {
      heldMs = heldMs === null ? now() : null;
    });
  });
  const holdOrReleaseClock = () => page.evaluate(() => window.dispatchEvent(new Event('holdClock')));
  const selected = await selectedBy(page, async (x, y) => {
    timestamp += 10;
    await holdOrReleaseClock();
    for (let tap = 0; tap < 2; tap++) {
      timestamp += 0.1;
      const touchPoints = [{ x, y }];
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints, timestamp });
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp: timestamp + 0.02 });
    }
    await holdOrReleaseClock();
  });
  expect(selected).toEqual(PLACES.map(([, , wanted]) => wanted));
  expect(complaints).toEqual([]);
  await context.close();
});

/** A mistake is read whole, without pointing at anything, on every page and in both themes. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { evaluateText, newVisitor, visit } from './site.ts';
import { useSite } from './useSite.ts';

const site = useSite();

/** Long enough to be cut off in one line of 1366 px. */
const NAME = 'aRatherLongNameOfWhatIsNotThere';
const BROKEN = `// broken
const pitches = [220, 277.18, 329.63, 440, 554.37, 659.26].map((hz) => hz * 0.5)

export default (t) => Math.sin(2 * Math.PI * pitches[0] * t) * 0.25 + Math.sin(2 * Math.PI * pitches[1] * t) * ${NAME}
`;

/** Where the letters of the message at the end of a line are, and what they look like. */
const writtenOut = (page: Page) =>
  page.evaluate(() => {
    const pieces = [...document.querySelectorAll<HTMLElement>('[class*="segue-message-error"]')];
    const code = document.querySelector('.view-line span span')!;
    const host = document.querySelector('.code')!.getBoundingClientRect();
    return {
      text: pieces
        .map(({ textContent }) => textContent)
        .join('')
        .replaceAll('\u00a0', ' ')
        .trim(),
      isInside: pieces.every((piece) => {
        const { left, right, top, bottom } = piece.getBoundingClientRect();
        return left >= host.left && right <= host.right && top >= host.top && bottom <= host.bottom;
      }),
      sizes: [...new Set([code, ...pieces].map((piece) => getComputedStyle(piece).fontSize))],
      colours: [...new Set(pieces.map((piece) => getComputedStyle(piece).color))],
      tint: getComputedStyle(document.querySelector('.segue-line-error')!).backgroundColor,
    };
  });

const COLOURS = {
  dark: { error: 'rgb(255, 128, 120)', raised: 'rgb(22, 26, 32)', text: 'rgb(219, 226, 234)' },
  light: { error: 'rgb(179, 38, 30)', raised: 'rgb(241, 243, 244)', text: 'rgb(28, 33, 40)' },
};

const SIZES = [
  [360, 740],
  [540, 900],
  [800, 1100],
  [900, 800],
  [1366, 768],
  [1600, 900],
] as const;

describe.each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  it('a mistake stands whole at the end of its line, and the message opens', async () => {
    const context = await newVisitor(site.browser, { hasTouch: true });
    await context.addInitScript(
      (name) => localStorage.setItem('segue.settings', JSON.stringify({ theme: name })),
      theme,
    );
    const { page, complaints } = await visit(context, site.url);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      const { diagnostics } = await evaluateText(page, BROKEN);
      await page.locator('.segue-message-error').first().waitFor();
      // The editor follows the size of the page a moment later.
      await page.waitForFunction(() => {
        const editor = document.querySelector('.monaco-editor')!.getBoundingClientRect();
        const host = document.querySelector('.code')!.getBoundingClientRect();
        return Math.abs(editor.width - host.width) < 1;
      });
      await expect.poll(() => writtenOut(page)).toMatchObject({ isInside: true, text: diagnostics[0]?.message });
      const written = await writtenOut(page);
      expect(written).toMatchObject({ sizes: ['14px'], colours: [COLOURS[theme].error] });
      expect(written.text).toContain(NAME);
      expect(written.tint).toMatch(/^rgba\(/);

      const message = page.locator('.message');
      await (width < 900 ? message.tap() : message.click());
      const whole = page.locator('.message-whole');
      await whole.waitFor();
      expect(await whole.innerText()).toContain(diagnostics[0]?.message);
      const box = (await whole.boundingBox())!;
      expect([box.x, Math.round(box.width), box.y > 0, box.y + box.height <= height]).toEqual([0, width, true, true]);
      expect(await whole.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
      const colours = await whole.evaluate((element) => {
        const { backgroundColor, color } = getComputedStyle(element);
        return { backgroundColor, color };
      });
      expect(colours).toEqual({ backgroundColor: COLOURS[theme].raised, color: COLOURS[theme].text });
      await page.keyboard.press('Escape');
      await whole.waitFor({ state: 'detached' });

      // Lines wrap at every width: nothing is beside the page.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const isCut = await page.evaluate(() => {
        const host = document.querySelector('.code')!.getBoundingClientRect();
        return [...document.querySelectorAll('.view-line > span')].some(
          (line) => line.getBoundingClientRect().right > host.right,
        );
      });
      expect(isCut).toBe(false);
    }
    expect((await evaluateText(page, 'export default () => 0.25')).ok).toBe(true);
    await page.locator('.segue-message-error').first().waitFor({ state: 'detached' });
    expect(await page.locator('.segue-line-error').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('the context menu and the hover of the editor have the colours of the page', async () => {
    const context = await newVisitor(site.browser);
    await context.addInitScript(
      (name) => localStorage.setItem('segue.settings', JSON.stringify({ theme: name })),
      theme,
    );
    const { page } = await visit(context, site.url);
    await evaluateText(page, BROKEN);
    await page.locator('.squiggly-error').waitFor();
    await page.locator('.view-line span span', { hasText: NAME }).first().hover();
    const hover = page.locator('.monaco-hover', { hasText: NAME });
    await hover.waitFor();
    await page.locator('.hover-row.status-bar').first().waitFor({ state: 'hidden' });
    expect(await hover.innerText()).not.toMatch(/view problem|quick fix/i);
    await page.locator('.view-line').first().click({ button: 'right' });
    await page.locator('.shadow-root-host .monaco-menu .action-item').first().waitFor();
    const menu = await page.evaluate(() => {
      const root = document.querySelector('.shadow-root-host')!.shadowRoot!;
      const label = getComputedStyle(root.querySelector('.action-label')!).color;
      // Whatever of the boxes around the entries is not transparent.
      let box: Element | null = root.querySelector('.monaco-menu .action-item');
      while (box && getComputedStyle(box).backgroundColor === 'rgba(0, 0, 0, 0)') box = box.parentElement;
      return { label, background: box && getComputedStyle(box).backgroundColor };
    });
    expect(menu).toEqual({ label: COLOURS[theme].text, background: COLOURS[theme].raised });
    await context.close();
  });
});

it('what is copied is the text alone', async () => {
  const context = await newVisitor(site.browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = await visit(context, site.url);
  await evaluateText(page, BROKEN);
  await page.locator('.segue-message-error').first().waitFor();
  await page.locator('.view-line').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(BROKEN);
  await context.close();
});

it('what stands in a line lies beside each other and beside its mistake, whatever the width', async () => {
  const { page, context } = await visit(await newVisitor(site.browser), site.url);
  const text = (name: string) => `const a = slider('a', 0.2), b = slider('b', 0.5)
export default (t) => {
  const carrier = probe(Math.sin(t), 'x') * a(), y = probe(${name} * b(), 'y')
  return y
}
`;
  for (const width of [1366, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await evaluateText(page, text('carrier'));
    await expect.poll(() => page.locator('.segue-item').count()).toBe(4);
    await page.evaluate((broken) => {
      window.segue.text = broken;
    }, text('carier'));
    await page.locator('.segue-fix').first().waitFor();
    const overlaps = () =>
      page.evaluate(() => {
        const found = [...document.querySelectorAll('.segue-item, [class*=segue-message-], [class*=segue-fix]')];
        const boxes = found.flatMap((element) => [...element.getClientRects()].map((rect) => ({ element, rect })));
        return boxes.flatMap((one, n) =>
          boxes.slice(n + 1).flatMap(({ element, rect }) => {
            const isBeside = one.rect.right <= rect.left + 1 || rect.right <= one.rect.left + 1;
            const isBelow = one.rect.bottom <= rect.top + 1 || rect.bottom <= one.rect.top + 1;
            return isBeside || isBelow ? [] : [`${one.element.className} ${element.className}`];
          }),
        );
      });
    await expect.poll(overlaps).toEqual([]);
    // The line that is broken has lost the probe that was edited.
    expect(await page.locator('.segue-item').count()).toBeGreaterThan(2);
  }
  await context.close();
});

/** Menus, layouts and visitors' own colours, where room is short or colours are not ours. */
import { describe, expect, it } from 'vitest';
import { clickPlay, evaluateText, newVisitor, visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

const site = useSite();

describe('the menus', () => {
  it.each([
    [360, 740],
    [540, 900],
    [800, 1100],
    [1366, 768],
  ])('lie inside the page, and the ring of a row inside the row, at %i × %i', async (width, height) => {
    const context = await newVisitor(site.browser, { viewport: { width, height } });
    const { page, complaints } = await visit(context, site.url);
    await evaluateText(
      page,
      `// A title that is far longer than there is room for it in any bar of any page\n${tone(0.01, 0.5)}`,
    );
    for (const button of ['.title', '.more']) {
      await page.locator(`.bar ${button}`).click();
      await page.keyboard.press('ArrowDown');
      const place = await page.locator('[role=menu]').evaluate((menu) => {
        const { left, right, top, bottom } = menu.getBoundingClientRect();
        return { left, right, top, bottom, isCut: menu.scrollWidth > menu.clientWidth };
      });
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.right).toBeLessThanOrEqual(width);
      expect(place.top).toBeGreaterThanOrEqual(0);
      expect(place.bottom).toBeLessThanOrEqual(height);
      expect(place.isCut).toBe(false);
      const ring = await page.evaluate(() => {
        const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(document.activeElement!);
        return { outlineStyle, reachPx: Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset) };
      });
      expect(ring.outlineStyle).not.toBe('none');
      expect(ring.reachPx).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a page of some size', () => {
  it('has the code above and the pictures below on a tablet upright', async () => {
    const context = await newVisitor(site.browser, { viewport: { width: 800, height: 1100 }, hasTouch: true });
    const { page, complaints } = await visit(context, site.url);
    expect(await page.locator('.tabs').isVisible()).toBe(false);
    const [code, dock, status] = await Promise.all(
      ['.code', '.dock', '.status'].map(async (part) => (await page.locator(part).boundingBox())!),
    );
    expect([code!.width, dock!.width]).toEqual([800, 800]);
    expect(dock!.y).toBeCloseTo(code!.y + code!.height, 0);
    expect(status!.y).toBeCloseTo(dock!.y + dock!.height, 0);
    for (const picture of await page.locator('.panel-scope canvas, .panel-spectrum canvas').all()) {
      const { width, height } = (await picture.boundingBox())!;
      expect(width).toBeGreaterThan(300);
      expect(height).toBeGreaterThan(100);
    }
    await clickPlay(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('has one bar on a phone on its side', async () => {
    const context = await newVisitor(site.browser, { viewport: { width: 740, height: 360 }, hasTouch: true });
    const { page } = await visit(context, site.url);
    const tops = await Promise.all(
      ['.bar', '.tabs', '.thumb-bar'].map(async (part) => (await page.locator(part).boundingBox())?.y),
    );
    expect(tops).toEqual([0, 0, 0]);
    expect((await page.locator('.code').boundingBox())?.height).toBe(360 - 44 - 24);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(740);
    await page.getByRole('tab', { name: 'see' }).tap();
    await page.locator('.dock').waitFor();
    await context.close();
  });

  it('is folded again when it is turned', async () => {
    const context = await newVisitor(site.browser, { viewport: { width: 1200, height: 600 } });
    const { page } = await visit(context, site.url);
    const folding = () =>
      page.locator('.monaco-editor .margin-view-overlays').evaluate(({ clientWidth }) => clientWidth);
    const wide = await folding();
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(folding).toBeLessThan(wide);
    await context.close();
  });
});

describe('colours of the visitor’s own', () => {
  it('leave the state, what is chosen and the edge of play to be seen', async () => {
    const context = await newVisitor(site.browser, { forcedColors: 'active' });
    const { page, complaints } = await visit(context, site.url);
    const look = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { backgroundColor, color, borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
          return { backgroundColor, color, edge: borderTopStyle === 'none' ? '0px' : borderTopWidth, borderTopColor };
        });
    const ground = (await look('body')).backgroundColor;
    const play = await look('.bar .play');
    expect(play.edge).toBe('1px');
    expect(play.borderTopColor).not.toBe(ground);
    const stopped = await look('.dot');
    expect([stopped.edge, stopped.backgroundColor]).toEqual(['2px', ground]);
    await clickPlay(page);
    const playing = await look('.dot');
    expect(playing.backgroundColor).not.toBe(ground);
    await evaluateText(page, 'export default () => nothing');
    await page.locator('.dot[data-tone=warning]').waitFor();
    expect((await look('.dot')).backgroundColor).not.toBe(playing.backgroundColor);
    await page.locator('.bar .more').click();
    const chosen = await look('[role=menuitemradio][aria-checked=true]');
    const other = await look('[role=menuitemradio][aria-checked=false]');
    expect(chosen.backgroundColor).not.toBe(other.backgroundColor);
    expect(chosen.color).not.toBe(chosen.backgroundColor);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

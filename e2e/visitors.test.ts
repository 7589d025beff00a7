/** What a visitor keeps and gives away: saving, reloading, links good and bad, settings, small pages. */
import type { BrowserContext } from 'playwright';
import { describe, expect, it } from 'vitest';
import { toFragment } from '../src/share/link.ts';
import { listen, rms } from './hearing.ts';
import { clickPlay, evaluateText, newVisitor, settled, stats, visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

const site = useSite();

const textOf = (page: { evaluate: BrowserContextPage['evaluate'] }) => page.evaluate(() => window.segue.text);
type BrowserContextPage = Awaited<ReturnType<BrowserContext['newPage']>>;

describe('the patch', () => {
  it('is there after a reload, also when the page is left at once', async () => {
    const { page, context, complaints } = await visit(await newVisitor(site.browser), site.url);
    await page.locator('.view-line').first().click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('// mine\nexport default () => 0.25');
    await page.reload();
    await settled(page);
    expect(await textOf(page)).toBe('// mine\nexport default () => 0.25');
    expect(await page.title()).toBe('mine · segue');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is kept in the page when the browser keeps nothing, and one line says so', async () => {
    const context = await newVisitor(site.browser);
    await context.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    const page = await context.newPage();
    const exceptions: Error[] = [];
    page.on('pageerror', (error) => exceptions.push(error));
    await page.goto(site.url);
    await page.locator('.message', { hasText: 'cannot save patches' }).waitFor();
    await settled(page);
    expect((await evaluateText(page, tone(0.01, 0.5))).ok).toBe(true);
    await clickPlay(page);
    expect(await textOf(page)).toBe(tone(0.01, 0.5));
    expect(exceptions).toEqual([]);
    await context.close();
  });
});

describe('a link', () => {
  it('goes round: shared here, opened there, and silent before a click', async () => {
    const here = await newVisitor(site.browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    const sender = await visit(here, site.url);
    await evaluateText(sender.page, tone(0.01, 0.5));
    await sender.page.locator('.bar button', { hasText: 'share' }).click();
    await sender.page.locator('.message', { hasText: 'Link copied' }).waitFor();
    const link = await sender.page.evaluate(() => navigator.clipboard.readText());
    expect(link.startsWith(`${site.url}#v1=`)).toBe(true);
    await here.close();

    const there = await newVisitor(site.browser);
    const { page, complaints } = await visit(there, link);
    expect(await textOf(page)).toBe(tone(0.01, 0.5));
    const recording = listen(page, 256);
    expect((await stats(page)).state).toBe('stopped');
    await clickPlay(page);
    await recording;
    expect(rms((await listen(page, 4800)).left)).toBeCloseTo(0.5 / Math.SQRT2, 1);
    expect([...sender.complaints, ...complaints]).toEqual([]);
    await there.close();
  });

  it('stops the sound when it is opened in the page that plays', async () => {
    const { page, context } = await visit(await newVisitor(site.browser), site.url);
    await evaluateText(page, tone(0.01, 0.5));
    await clickPlay(page);
    await page.evaluate((fragment) => {
      window.location.hash = fragment;
    }, toFragment('// theirs\nexport default () => 0.5')!);
    await page.waitForFunction(() => window.segue.text.startsWith('// theirs'));
    expect((await stats(page)).state).toBe('stopped');
    await context.close();
  });

  it('leaves the own patch where it is, and the menu offers it', async () => {
    const { page, context, complaints } = await visit(await newVisitor(site.browser), site.url);
    await page.evaluate(() => {
      window.segue.text = '// mine\nexport default () => 0.25';
    });
    await page.goto('about:blank');
    await page.goto(`${site.url}${toFragment('// theirs\nexport default () => 0.5')}`);
    await settled(page);
    expect(await textOf(page)).toContain('theirs');
    await page.locator('.title').click();
    await page.getByRole('menuitem', { name: 'mine', exact: true }).click();
    expect(await textOf(page)).toBe('// mine\nexport default () => 0.25');
    await page.reload();
    await settled(page);
    expect(await textOf(page)).toBe('// mine\nexport default () => 0.25');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    ['damaged', '#v1=AAAA*'],
    ['cut off', toFragment(tone(0.01, 0.5))!.slice(0, 40)],
    ['of another version', '#v9=AAAA'],
  ])('that is %s says so, and the own patch stays', async (_, fragment) => {
    const { page, context, complaints } = await visit(await newVisitor(site.browser), site.url);
    await page.evaluate(() => {
      window.segue.text = '// mine\nexport default () => 0.25';
    });
    await page.goto('about:blank');
    await page.goto(`${site.url}${fragment}`);
    await page.locator('.message', { hasText: 'This link' }).waitFor();
    await settled(page);
    expect(await textOf(page)).toBe('// mine\nexport default () => 0.25');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('never becomes part of the page', async () => {
    const hostile =
      '// <img src=x onerror="window.stolen=1"><script>window.stolen=1</script>\nexport default () => <b>';
    const { page, context, complaints } = await visit(
      await newVisitor(site.browser),
      `${site.url}${toFragment(hostile)}`,
    );
    await page.locator('.problems').waitFor();
    await page.locator('.title').click();
    await page.locator('[role=menu]').waitFor();
    expect(await page.locator('.title').innerText()).toContain('<img');
    expect(await page.evaluate(() => 'stolen' in window || document.querySelector('img, b') !== null)).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('settings', () => {
  it('are remembered: theme, dock and text size', async () => {
    const { page, context, complaints } = await visit(
      await newVisitor(site.browser, { colorScheme: 'dark' }),
      site.url,
    );
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const codeGround = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('.monaco-editor-background')!).backgroundColor);
    expect([await ground(), await codeGround()]).toEqual(['rgb(15, 18, 22)', 'rgb(15, 18, 22)']);
    await page.locator('.bar .more').click();
    await page.getByRole('menuitemradio', { name: 'light' }).click();
    expect([await ground(), await codeGround()]).toEqual(['rgb(252, 252, 251)', 'rgb(252, 252, 251)']);
    await page.keyboard.press('ControlOrMeta+b');
    await page.keyboard.press('Alt+=');
    await page.reload();
    await settled(page);
    expect(await ground()).toBe('rgb(252, 252, 251)');
    expect(await page.locator('.dock').isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.view-line')!).fontSize)).toBe('15px');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('begin dark, whatever the system has, and follow it once that is chosen', async () => {
    const { page, context } = await visit(await newVisitor(site.browser, { colorScheme: 'light' }), site.url);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.locator('.bar .more').click();
    await page.getByRole('menuitemradio', { name: 'system' }).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await context.close();
  });
});

describe('the page', () => {
  it('is as high and wide as its parts are meant to be', async () => {
    const { page, context } = await visit(await newVisitor(site.browser), site.url);
    const box = (selector: string) => page.locator(selector).boundingBox();
    expect([(await box('.bar'))?.height, (await box('.dock'))?.width, (await box('.status'))?.height]).toEqual([
      44, 320, 24,
    ]);
    await context.close();
  });

  it.each([360, 600])('has one of code and see, and play under the thumb, at %i px', async (width) => {
    const { page, context, complaints } = await visit(
      await newVisitor(site.browser, { viewport: { width, height: 740 }, hasTouch: true }),
      site.url,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await page.locator('.dock').isVisible()).toBe(false);
    await page.getByRole('tab', { name: 'see' }).tap();
    expect(await page.locator('.dock').isVisible()).toBe(true);
    expect(await page.locator('.monaco-editor').first().isVisible()).toBe(false);
    await evaluateText(page, tone(0.01, 0.5));
    await page.locator('.thumb-bar .play').tap();
    await page.waitForFunction(() => window.segue.stats().state === 'playing');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('can be used with the keyboard alone, and every control has a name', async () => {
    const { page, context } = await visit(await newVisitor(site.browser), site.url);
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    const reached: string[] = [];
    for (let press = 0; press < 7; press++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => document.activeElement?.className || document.activeElement!.ariaLabel || ''),
      );
    }
    expect(reached.some((name) => name.includes('title'))).toBe(true);
    expect(reached.some((name) => name.includes('play'))).toBe(true);
    const nameless = await page.evaluate(
      () =>
        [...document.querySelectorAll('button, .page canvas[role=img], [role=tab]')].filter(
          (element) => !(element.getAttribute('aria-label') || element.textContent?.trim()),
        ).length,
    );
    expect(nameless).toBe(0);
    await context.close();
  });
});

/** What is saved by hand is there for ever after, and is said to be saved only when it is; links arrive as they were sent. */
import type { BrowserContext, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { toFragment } from '../src/share/link.ts';
import { newVisitor, visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

const site = useSite();

const type = (page: Page, text: string) =>
  page.evaluate((typed) => {
    window.segue.text = typed;
  }, text);
const textOf = (page: Page) => page.evaluate(() => window.segue.text);

async function save(page: Page) {
  await page.locator('.view-line').first().click();
  await page.keyboard.press('ControlOrMeta+s');
  const said = page.locator('.message', { hasText: /saved/i });
  await said.waitFor();
  return { text: await said.innerText(), tone: await said.getAttribute('data-tone') };
}

const patch = (name: string) => `// ${name}\nexport default () => 0.1`;
const entry = (page: Page, name: string) => page.getByRole('menuitem', { name: new RegExp(`^${name}\\b`) });

describe('a patch that is saved by hand', () => {
  it('in one tab is found after another tab took its place and both were closed', async () => {
    const context = await newVisitor(site.browser);
    const first = await visit(context, site.url);
    await type(first.page, patch('keepsake'));
    expect(await save(first.page)).toMatchObject({ text: expect.stringMatching(/^Saved/), tone: 'note' });
    const second = await visit(context, site.url);
    await type(second.page, patch('another'));
    await second.page.waitForFunction(() => localStorage.getItem('segue.patch')?.includes('another'));
    await first.page.close();
    await second.page.close();
    // More than are put aside by themselves.
    for (let n = 1; n <= 10; n++) {
      const page = await context.newPage();
      await page.route('**/empty.html', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
      await page.goto(new URL('empty.html', site.url).href);
      await page.evaluate((text) => {
        localStorage.setItem('segue.aside', JSON.stringify(Array.from({ length: 8 }, (_, k) => `// ${text} ${k}`)));
      }, `later ${n}`);
      await page.close();
    }
    const third = await visit(context, site.url);
    await third.page.locator('.title').click();
    await entry(third.page, 'keepsake').click();
    expect(await textOf(third.page)).toBe(patch('keepsake'));
    expect(third.complaints).toEqual([]);
    await context.close();
  });

  const blocks: [string, (context: BrowserContext) => Promise<unknown>][] = [
    [
      'refused',
      (context) =>
        context.addInitScript(() => {
          const refuse = () => {
            throw new DOMException('refused', 'SecurityError');
          };
          for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
            Object.defineProperty(window, name, { get: refuse });
          }
        }),
    ],
    [
      'full',
      (context) =>
        context.addInitScript(() => {
          const refuse = () => {
            throw new DOMException('full', 'QuotaExceededError');
          };
          Storage.prototype.setItem = refuse;
          IDBObjectStore.prototype.put = refuse;
        }),
    ],
  ];
  it.each(blocks)('where storage is %s is said not to be saved', async (_, block) => {
    const context = await newVisitor(site.browser);
    await block(context);
    const { page } = await visit(context, site.url);
    await type(page, patch('lost'));
    expect(await save(page)).toMatchObject({ text: expect.stringMatching(/^Not saved/), tone: 'warning' });
    await page.locator('.title').click();
    await page.getByRole('menuitem').first().waitFor();
    expect(await entry(page, 'lost').count()).toBe(0);
    await context.close();
  });
});

describe('a link', () => {
  const link = toFragment(tone(0.01, 0.5))!;

  it.each([
    ['escaped', link.replace('=', '%3D')],
    ['at the end of a sentence', `${link}.`],
    ['in brackets', `${link})`],
    ['in angle brackets', `${link}>`],
    ['in quotes', `${link}"`],
    ['in Markdown', `${link})].`],
  ])('%s opens the patch', async (_, fragment) => {
    const { page, context, complaints } = await visit(await newVisitor(site.browser), `${site.url}${fragment}`);
    expect(await textOf(page)).toBe(tone(0.01, 0.5));
    expect(complaints).toEqual([]);
    await context.close();
  });
});

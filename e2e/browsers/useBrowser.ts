/** What the tests in all browsers begin and end with: a browser for the block, a site for each page, what a page can do. */

import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Available } from './available.ts';
import { DrivenPage, type Driver } from './driver.ts';
import { type Bytes, watch } from './preludes.ts';
import { type Preludes, type PreparedSite, servePrepared } from './preparedSite.ts';

export interface Opened {
  readonly page: DrivenPage;
  readonly site: PreparedSite;
}

export interface UsedBrowser {
  /** Serves the page with these scripts before it, and opens it. Closed when the test ends. */
  open(preludes?: Preludes): Promise<Opened>;
  /** A page for all tests of the block that calls this at its top. */
  shared(preludes?: Preludes): { readonly page: DrivenPage };
  readonly driver: Driver;
}

/** To be called once at the top of a `describe`. */
export function useBrowser(available: Available): UsedBrowser {
  let driver: Driver | undefined;
  let closeAtEnd: (() => Promise<void>)[] = [];
  const there = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error('There is none before the tests have begun.');
    return thing;
  };
  const open = async ({ page = [], worker = [] }: Preludes, closeLater: (close: () => Promise<void>) => void) => {
    const site = await servePrepared({ page: [watch, ...page], worker });
    closeLater(() => site.close());
    const opened = new DrivenPage(await there(driver).open(site.url));
    closeLater(() => opened.close());
    return { page: opened, site };
  };
  const closeAll = async (closes: readonly (() => Promise<void>)[]) => {
    for (const close of closes.toReversed()) await close();
  };
  beforeAll(async () => {
    driver = await available.start();
  });
  afterEach(async () => {
    const closes = closeAtEnd;
    closeAtEnd = [];
    await closeAll(closes);
  });
  afterAll(() => driver?.close());
  return {
    open: (preludes = {}) => open(preludes, (close) => closeAtEnd.push(close)),
    shared(preludes = {}) {
      let opened: Opened | undefined;
      const closes: (() => Promise<void>)[] = [];
      beforeAll(async () => {
        opened = await open(preludes, (close) => closes.push(close));
        await settled(opened.page);
      });
      afterAll(() => closeAll(closes));
      return {
        get page() {
          return there(opened).page;
        },
      };
    },
    get driver() {
      return there(driver);
    },
  };
}

/** Waits until the first text is compiled. */
/** The first text is compiled; the editor is loaded when the compiler is there and has taken over what was compiled ahead. */
export const settled = (page: DrivenPage): Promise<void> =>
  page.waitFor(
    () =>
      window.segue !== undefined &&
      window.segue.stats().generation !== null &&
      document.querySelector('.monaco-editor .view-line') !== null,
  );

export const stateIs = (page: DrivenPage, state: string): Promise<void> =>
  page.waitFor((wanted) => window.segue.stats().state === wanted, state);

export async function clickPlay(page: DrivenPage): Promise<void> {
  await page.click('.play');
  await stateIs(page, 'playing');
}

export const evaluateText = (page: DrivenPage, text: string) =>
  page.evaluate((newText) => {
    window.segue.text = newText;
    return window.segue.evaluate();
  }, text);

/** Waits for a line of the page's own that says this. */
export const message = (page: DrivenPage, text: RegExp): Promise<void> =>
  page.waitFor(
    ({ source, flags }) => new RegExp(source, flags).test(document.querySelector('.message')?.textContent ?? ''),
    { source: text.source, flags: text.flags },
  );

export interface Heard {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export const record = (page: DrivenPage, frames: number): Promise<void> =>
  page.evaluate((count) => window.made.record(count), frames);

/** A recording that was begun, by default the last; counted from 0, from the end if below. */
export const recorded = async (page: DrivenPage, index = -1): Promise<Heard> => {
  const { left, right } = await page.evaluate(async (at): Promise<Bytes> => {
    const recording = window.made.recordings.at(at);
    if (!recording) throw new Error('nothing was recorded');
    return recording;
  }, index);
  return { left: samples(left), right: samples(right) };
};

export async function listen(page: DrivenPage, frames: number): Promise<Heard> {
  await record(page, frames);
  return recorded(page);
}

function samples(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

export const expectNoComplaints = async (page: DrivenPage): Promise<void> =>
  expect(await page.evaluate(() => window.made.complaints)).toEqual([]);

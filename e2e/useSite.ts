/** What most browser tests begin and end with: a server and a browser for the file, and a visitor for each test. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launch, newVisitor, type Site, serveBuilt, type Visit, visit } from './site.ts';

/** There while tests run, not before. */
export interface Used {
  readonly url: string;
  readonly browser: Browser;
}

/** To be called once at the top of a test file. */
export function useSite(options: Parameters<typeof launch>[0] = {}): Used {
  let site: Site | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    site = await serveBuilt();
    browser = await launch(options);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const there = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined) throw new Error('There is no site before the tests have begun.');
    return thing;
  };
  return {
    get url() {
      return there(site).url;
    },
    get browser() {
      return there(browser);
    },
  };
}

/** Each test has a visitor of its own, and fails when the page has complained of anything at its end. */
export function useVisitors(used: Used, begin: (visited: Visit) => void): void {
  let visited: Visit | undefined;
  beforeEach(async () => {
    visited = await visit(await newVisitor(used.browser), used.url);
    begin(visited);
  });
  afterEach(async () => {
    await visited?.context.close();
    expect(visited?.complaints).toEqual([]);
  });
}

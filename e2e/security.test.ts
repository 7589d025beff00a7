/** What the page may not do, in the build and in `npm run dev`, and that a browser which wants a click first gets one. */
import path from 'node:path';
import { createServer } from 'vite';
import { describe, expect, it, vi } from 'vitest';
import { listen, rms } from './hearing.ts';
import { clickPlay, evaluateText, newVisitor, type Site, visit, waitForState } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

const built = useSite({ needsClick: true });

/** What `npm run dev` serves. */
async function serveSources(): Promise<Site> {
  const server = await createServer({
    root: path.join(import.meta.dirname, '..'),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, open: false, watch: null },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The server of the sources has no address.');
  return { url, close: () => server.close() };
}

describe.each([
  ['the build', async () => ({ url: built.url, close: async () => undefined })],
  ['npm run dev', serveSources],
])('%s', (_, serve) => {
  it('plays under a policy without eval, without inline script, without plain http', async () => {
    const site = await serve();
    const { page, context, complaints } = await visit(await newVisitor(built.browser), site.url);
    const spoken = complaints.filter((line) => !line.startsWith('debug: [vite]'));
    expect(spoken).toEqual([]);
    expect((await evaluateText(page, tone(0.01, 0.5))).ok).toBe(true);
    await clickPlay(page);
    expect(rms((await listen(page, 4800)).left)).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(complaints.filter((line) => !line.startsWith('debug: [vite]'))).toEqual([]);

    const blocked = await page.evaluate(async () => {
      const found = new Set<string>();
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        found.add(`${effectiveDirective} ${blockedURI}`);
      });
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      setTimeout('window.ran = true');
      await fetch('http://example.org/').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { ran: 'ran' in window, found: [...found].sort() };
    });
    expect(blocked).toEqual({
      ran: false,
      found: ['connect-src http://example.org/', 'script-src eval', 'script-src-elem inline'],
    });
    await context.close();
    await site.close();
  });
});

describe('a browser that wants a click before it sounds', () => {
  it('is told in the status line, and sounds with the next click', async () => {
    const context = await newVisitor(built.browser);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    // What Playwright runs in a page counts as a gesture of the visitor; this does not.
    const ask = async (expression: string): Promise<unknown> =>
      (await session.send('Runtime.evaluate', { expression, userGesture: false, awaitPromise: true })).result.value;
    await page.goto(built.url);
    await vi.waitUntil(() => ask('window.segue?.stats().generation !== null'), { timeout: 60_000 });
    await ask('void window.segue.play()');
    await vi.waitUntil(async () => (await ask('window.segue.stats().state')) === 'held', { timeout: 60_000 });
    expect(await ask('document.querySelector(".message").textContent')).toMatch(/is blocking the sound/);
    await page.mouse.click(400, 400);
    await waitForState(page, 'playing');
    expect(rms((await listen(page, 48_000)).left)).toBeGreaterThan(0.01);
    await context.close();
  });
});

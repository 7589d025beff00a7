/**
 * Collects the garbage of a page with all its threads, worker and audio worklet: what is in use after it is what the page
 * holds on to. Chromium, by its debugging protocol.
 */

import type { BrowserContext, Page } from 'playwright';

export interface GarbageCollector {
  collect(): Promise<void>;
}

/**
 * Must be made before the page starts its threads. Playwright has no sessions for worklets, so that the messages to the
 * threads are wrapped in messages to the page.
 */
export async function garbageCollector(context: BrowserContext, page: Page): Promise<GarbageCollector> {
  const cdp = await context.newCDPSession(page);
  const threads = new Set<string>();
  const answers = new Map<number, () => void>();
  let messages = 0;
  cdp.on('Target.attachedToTarget', ({ sessionId }) => threads.add(sessionId));
  cdp.on('Target.detachedFromTarget', ({ sessionId }) => threads.delete(sessionId));
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id } = JSON.parse(message) as { id?: number };
    if (id !== undefined) answers.get(id)?.();
  });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });

  const collectIn = (sessionId: string) =>
    new Promise<void>((resolve, reject) => {
      const id = ++messages;
      answers.set(id, () => {
        answers.delete(id);
        resolve();
      });
      const message = JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' });
      cdp.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
  return {
    async collect() {
      // What one thread held of another's is free only in the second round.
      for (let round = 0; round < 2; round++) {
        await Promise.all([...threads].map(collectIn));
        await cdp.send('HeapProfiler.collectGarbage');
      }
    },
  };
}

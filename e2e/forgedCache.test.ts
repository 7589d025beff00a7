/** A database of compiled code that somebody has tampered with: the page comes up, compiles, and plays what the text says. */
import type { BrowserContext } from 'playwright';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ENDLESS, FORGERIES, forgeAll } from '../src/testing/forgeries.ts';
import { digestOf, type StoredModule } from '../src/worker/storedModule.ts';
import { listen, rms, turnsPerFrame } from './hearing.ts';
import { clickPlay, evaluateText, newVisitor, visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite } from './useSite.ts';

const site = useSite();

/** Bytes as text, since arrays do not pass between the page and here as what they are. */
interface Packed {
  readonly bytes: string;
}

const pack = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value;

const unpack = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && typeof (value as Packed).bytes === 'string'
    ? new Uint8Array(Buffer.from((value as Packed).bytes, 'base64'))
    : value;

/** A page of the same origin that is not ours. */
async function neighbour(context: BrowserContext) {
  const page = await context.newPage();
  await page.route('**/neighbour.html', (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
  await page.goto(new URL('neighbour.html', site.url).href);
  return page;
}

/** What the database holds. */
async function readEntries(context: BrowserContext): Promise<[string, StoredModule][]> {
  const page = await neighbour(context);
  const entries = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('segue');
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('modules')) {
            database.close();
            resolve('[]');
            return;
          }
          const store = database.transaction('modules').objectStore('modules');
          const found: [unknown, unknown][] = [];
          store.openCursor().onsuccess = ({ target }) => {
            const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
            if (cursor) {
              found.push([cursor.key, cursor.value]);
              cursor.continue();
              return;
            }
            database.close();
            resolve(
              JSON.stringify(found, (_, value: unknown) =>
                // A list of nothing but holes would be written out hole by hole.
                Array.isArray(value) && value.length > 1e6
                  ? null
                  : value instanceof Uint8Array
                    ? { bytes: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) }
                    : value,
              ),
            );
          };
        };
      }),
  );
  await page.close();
  return JSON.parse(entries, unpack);
}

async function writeEntries(context: BrowserContext, entries: readonly (readonly [string, unknown])[]): Promise<void> {
  const page = await neighbour(context);
  await page.evaluate(
    (packed) =>
      new Promise<void>((resolve) => {
        const forged: [string, unknown][] = JSON.parse(packed, (_, value: unknown) => {
          if (typeof value !== 'object' || value === null) return value;
          if ('bytes' in value && typeof value.bytes === 'string')
            return Uint8Array.from(atob(value.bytes), (letter) => letter.charCodeAt(0));
          return 'holes' in value ? new Array(value.holes as number) : value;
        });
        const opening = indexedDB.open('segue');
        opening.onupgradeneeded = () => opening.result.createObjectStore('modules');
        opening.onsuccess = () => {
          const writing = opening.result.transaction('modules', 'readwrite');
          for (const [id, value] of forged) writing.objectStore('modules').put(value, id);
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    JSON.stringify(entries, (key, value: unknown) =>
      // A list of nothing but holes is written as their number.
      Array.isArray(value) && value.length > 1e6 ? { holes: value.length } : pack(key, value),
    ),
  );
  await page.close();
}

/** What the database has once a visitor has heard a tone. */
let entries: [string, StoredModule][] = [];

beforeAll(async () => {
  const context = await newVisitor(site.browser);
  const { page } = await visit(context, site.url);
  expect((await evaluateText(page, tone(0.01, 0.5))).ok).toBe(true);
  await vi.waitUntil(async () => (await readEntries(context)).length > 2, { timeout: 120_000, interval: 1000 });
  entries = await readEntries(context);
  await context.close();
});

/** So many kinds at once that each entry is wrong, each in another way; all kinds have their turn. */
const AT_ONCE = 4;
const rounds = Array.from({ length: Math.ceil(FORGERIES.length / AT_ONCE) }, (_, n) =>
  FORGERIES.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
);

describe('a neighbour of the same origin forges the compiled code', () => {
  it.each([...rounds, [ENDLESS]].map((kinds) => [kinds.map(({ name }) => name).join(', '), kinds] as const))(
    'as %s, and the page plays what its text says',
    async (_, kinds) => {
      const context = await newVisitor(site.browser);
      const whole = await Promise.all(kinds.map((kind) => forgeAll(entries, kind)));
      // More entries than kinds: those have theirs again. Fewer: the same ones once more, under other names.
      const count = Math.max(entries.length, kinds.length);
      const forged = Array.from({ length: count }, (__, n) => {
        const value = whole[n % kinds.length]?.[n % entries.length]?.[1];
        return [`forged ${n}`, value] as const;
      });
      await context.addInitScript((text) => localStorage.setItem('segue.patch', JSON.stringify(text)), tone(0.01, 0.5));
      await writeEntries(context, forged);
      expect((await readEntries(context)).length).toBe(count);

      const { page, complaints } = await visit(context, site.url);
      await clickPlay(page);
      const { left } = await listen(page, 9600);
      expect(turnsPerFrame(left.subarray(4800))).toBeCloseTo(0.01, 4);
      expect(rms(left.subarray(4800))).toBeCloseTo(0.5 / Math.SQRT2, 2);
      expect((await evaluateText(page, tone(0.02, 0.25))).ok).toBe(true);
      expect(rms((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.25 / Math.SQRT2, 2);
      expect(complaints).toEqual([]);

      // What was forged is gone, and what is there instead is whole.
      await expect
        .poll(async () => (await readEntries(context)).some(([id]) => !id.startsWith('forged')), { timeout: 60_000 })
        .toBe(true);
      const remaining = await readEntries(context);
      expect(remaining.filter(([id]) => id.startsWith('forged'))).toEqual([]);
      for (const [, stored] of remaining) expect(stored.digest).toBe(await digestOf(stored));
      await context.close();
    },
  );
});

describe('a neighbour of the same origin', () => {
  it('makes the database without what belongs there, and code is kept all the same', async () => {
    const context = await newVisitor(site.browser);
    const page = await neighbour(context);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('segue');
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
        }),
    );
    const visited = await visit(context, site.url);
    await expect.poll(async () => (await readEntries(context)).length, { timeout: 60_000 }).toBeGreaterThan(0);
    expect(visited.complaints).toEqual([]);
    await context.close();
  });

  it('keeps the database for itself, and the page plays without', async () => {
    const context = await newVisitor(site.browser);
    const page = await neighbour(context);
    // An upgrade that does not end: nobody else can open it.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('segue', 9);
          opening.onupgradeneeded = () => {
            const { transaction } = opening;
            const store = opening.result.createObjectStore('busy');
            const again = () => {
              if (transaction) store.get(0).onsuccess = again;
            };
            again();
            resolve();
          };
        }),
    );
    const visited = await visit(context, site.url);
    expect((await evaluateText(visited.page, tone(0.01, 0.5))).ok).toBe(true);
    await clickPlay(visited.page);
    expect(rms((await listen(visited.page, 9600)).left.subarray(4800))).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(visited.complaints).toEqual([]);
    await context.close();
  });
});

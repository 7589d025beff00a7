/** A database of compiled code that somebody has tampered with: the page comes up, compiles, and plays what the text says. */
import type { BrowserContext } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ENDLESS, FORGERIES, forgeAll } from '../src/testing/forgeries.ts';
import type { StoredModule } from '../src/worker/storedModule.ts';
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
                value instanceof Uint8Array
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
          return 'length' in value ? new Array(value.length as number) : value;
        });
        const opening = indexedDB.open('segue');
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
      // A list of nothing but holes is written as its length.
      Array.isArray(value) && value.length > 1e6 ? { length: value.length } : pack(key, value),
    ),
  );
  await page.close();
}

/** A visitor who has heard a tone, and the code of it that the database has. */
async function visitedBefore() {
  const context = await newVisitor(site.browser);
  const { page, complaints } = await visit(context, site.url);
  expect((await evaluateText(page, tone(0.01, 0.5))).ok).toBe(true);
  await expect.poll(async () => (await readEntries(context)).length, { timeout: 60_000 }).toBeGreaterThan(2);
  await page.close();
  expect(complaints).toEqual([]);
  return { context, entries: await readEntries(context) };
}

describe('a neighbour of the same origin forges the compiled code', () => {
  it.each([...FORGERIES, ENDLESS])('as $name, and the page plays what its text says', async (forgery) => {
    const { context, entries } = await visitedBefore();
    const forged = await forgeAll(entries, forgery);
    await writeEntries(context, forged);
    expect((await readEntries(context)).length).toBe(entries.length);

    const { page, complaints } = await visit(context, site.url);
    await clickPlay(page);
    const { left } = await listen(page, 9600);
    expect(turnsPerFrame(left.subarray(4800))).toBeCloseTo(0.01, 4);
    expect(rms(left.subarray(4800))).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect((await evaluateText(page, tone(0.02, 0.25))).ok).toBe(true);
    expect(rms((await listen(page, 9600)).left.subarray(4800))).toBeCloseTo(0.25 / Math.SQRT2, 2);
    expect(complaints).toEqual([]);

    // What was forged is gone, and what is there instead is right.
    const digests = new Set(entries.map(([, { digest }]) => digest));
    const isOurs = async () => (await readEntries(context)).filter(([, stored]) => digests.has(stored?.digest)).length;
    await expect.poll(isOurs, { timeout: 60_000 }).toBeGreaterThan(2);
    const ids = new Set((await readEntries(context)).map(([id]) => id));
    expect(forged.filter(([id]) => ids.has(id))).toEqual([]);
    await context.close();
  });
});

describe('a neighbour of the same origin', () => {
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

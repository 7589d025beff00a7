/**
 * What the worker for sound files does: reads and decodes them, and keeps them under a hash of what is in them. In: requests and
 * a store. Out: answers, with what is to be transferred. Worker; in tests Node.
 */

import type { PageToSoundWorker, ReadSound, SoundKey, SoundWorkerToPage } from '../protocol/soundFiles.ts';
import { decodeSound } from './decodeSound.ts';
import { fitSound } from './fit.ts';

/** The part of the browser's database that holds the files. Every call may reject. */
export interface SoundStore {
  get(key: SoundKey): Promise<unknown>;
  set(key: SoundKey, bytes: ArrayBuffer): Promise<void>;
  remove(keys: readonly SoundKey[]): Promise<void>;
  keys(): Promise<readonly string[]>;
}

/** Files that were kept before there were keys have names of patches; these stay. */
const KEY_START = 'sha256:';

/** Never rejects. */
export async function answerSound(
  request: PageToSoundWorker,
  store: SoundStore,
): Promise<{ readonly answer: SoundWorkerToPage; readonly transfer: ArrayBuffer[] }> {
  const { id } = request;
  switch (request.kind) {
    case 'read': {
      const read = await attempt(() => readSound(request.bytes, (key) => keep(store, key, request.bytes)));
      return { answer: { id, kind: 'read', read }, transfer: buffersOf(read) };
    }
    case 'load': {
      const read = await attempt(async () => {
        const bytes = await store.get(request.key);
        return bytes instanceof ArrayBuffer ? readSound(bytes, async () => true, request.key) : null;
      });
      return { answer: { id, kind: 'read', read }, transfer: buffersOf(read) };
    }
    case 'keep':
      return { answer: { id, kind: 'kept', isKept: await keep(store, request.key, request.bytes) }, transfer: [] };
    case 'forgetOthers': {
      const isKept = await attempt(async () => {
        const wanted = new Set(request.keys);
        const all = await store.keys();
        await store.remove(all.filter((key) => key.startsWith(KEY_START) && !wanted.has(key)));
        return true;
      });
      return { answer: { id, kind: 'kept', isKept: isKept === true }, transfer: [] };
    }
  }
}

async function readSound(
  bytes: ArrayBuffer,
  keepIt: (key: SoundKey) => Promise<boolean>,
  knownKey?: SoundKey,
): Promise<ReadSound> {
  const decoded = decodeSound(new Uint8Array(bytes));
  const sample = decoded && fitSound(decoded);
  if (typeof sample === 'string') return { kind: 'unfit', reason: sample };
  const key = knownKey ?? (await keyOf(bytes));
  return sample ? { kind: 'decoded', key, sample, isKept: await keepIt(key) } : { kind: 'other', key, bytes };
}

async function keyOf(bytes: ArrayBuffer): Promise<SoundKey> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return KEY_START + Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const keep = (store: SoundStore, key: SoundKey, bytes: ArrayBuffer): Promise<boolean> =>
  attempt(() => store.set(key, bytes).then(() => true)).then((isKept) => isKept === true);

const attempt = <Value>(make: () => Promise<Value>): Promise<Value | null> => make().catch(() => null);

function buffersOf(read: ReadSound | null): ArrayBuffer[] {
  if (read?.kind === 'other') return [read.bytes];
  if (read?.kind !== 'decoded') return [];
  return read.sample.channels.map(({ buffer }) => buffer as ArrayBuffer);
}

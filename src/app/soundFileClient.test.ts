/** The worker for sound files is there while something is asked of it; what cannot be answered is told as such. */
import { expect, it } from 'vitest';
import type { PageToSoundWorker, SoundWorkerToPage } from '../protocol/soundFiles.ts';
import { answerSound, type SoundStore } from '../sound/soundDesk.ts';
import { wav } from '../testing/soundShelf.ts';
import { SoundFileClient, type SoundWorker } from './soundFileClient.ts';
import { tidySounds } from './tidySounds.ts';

/** Answers as the worker does, in turns of the event loop; `isBroken`: it never starts. */
function workers({ isBroken = false } = {}) {
  const files = new Map<string, unknown>();
  const store: SoundStore = {
    get: async (key) => files.get(key),
    set: async (key, bytes) => void files.set(key, bytes),
    remove: async (keys) => void keys.map((key) => files.delete(key)),
    keys: async () => [...files.keys()],
  };
  let [started, ended] = [0, 0];
  const start = (): SoundWorker => {
    started++;
    const target = new EventTarget();
    return {
      addEventListener: target.addEventListener.bind(target),
      postMessage: (request: PageToSoundWorker) => {
        if (isBroken) queueMicrotask(() => target.dispatchEvent(new Event('error')));
        else void answerSound(request, store).then(({ answer }) => tell(answer));
      },
      terminate: () => void ended++,
    };
    function tell(answer: SoundWorkerToPage) {
      target.dispatchEvent(new MessageEvent('message', { data: answer }));
    }
  };
  return { client: new SoundFileClient(start), files, counts: () => [started, ended] };
}

it('starts one worker for what is asked at a time, and ends it with the last answer', async () => {
  const { client, counts, files } = workers();
  const [first, second] = await Promise.all([client.read(wav(0, 0x40)), client.read(new Uint8Array(3).buffer)]);
  expect(first).toMatchObject({ kind: 'decoded', isKept: true, sample: { channels: [Float32Array.of(0.5)] } });
  expect(second).toMatchObject({ kind: 'other', bytes: new Uint8Array(3).buffer });
  expect([counts(), files.size]).toEqual([[1, 1], 1]);
  expect(first?.kind === 'decoded' && (await client.load(first.key))).toMatchObject({ kind: 'decoded' });
  expect(await client.load('nothing')).toBeNull();
  expect(counts()).toEqual([3, 3]);
});

it('keys files by what is in them', async () => {
  const { client } = workers();
  const read = await client.read(new TextEncoder().encode('abc').buffer);
  // FIPS 180-4, the example for one block.
  expect(read).toMatchObject({
    key: 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
});

it('says that a file cannot be read where the worker does not start', async () => {
  const { client, counts } = workers({ isBroken: true });
  expect(await client.read(wav(0, 0x40))).toBeNull();
  expect(await client.keep('key', new ArrayBuffer(1))).toBe(false);
  expect(counts()).toEqual([2, 2]);
});

it('removes files that nobody has, but for those of old visits, and only as the one page', async () => {
  const { client, files } = workers();
  const read = await client.read(wav(0, 0x40));
  await client.read(wav(0, 0x20));
  files.set('old name', new ArrayBuffer(1));
  const key = read?.kind === 'decoded' ? read.key : '';
  const memory = { isUsed: true, keys: () => [key] };
  const request = (isAlone: boolean) => async (_: string, options: unknown, use: (lock: unknown) => unknown) =>
    (options as LockOptions).ifAvailable ? use(isAlone ? {} : null) : undefined;
  const locksFor = (isAlone: boolean) => ({ request: request(isAlone) }) as unknown as LockManager;
  await tidySounds(memory, client, locksFor(false));
  expect(files.size).toBe(3);
  await tidySounds(memory, client, locksFor(true));
  expect([...files.keys()]).toEqual([key, 'old name']);
});

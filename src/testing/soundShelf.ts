/**
 * A shelf for sound files with everything behind it but the browser: the worker's desk, its store, what is remembered of patches. In:
 * files, texts that are opened and edited. Out: what the compiler is told, what is said, what is kept. Node only.
 */

import { createModel } from '../app/model.ts';
import { PatchSounds } from '../app/patchSounds.ts';
import { SampleShelf } from '../app/sampleShelf.ts';
import { settingsFrom } from '../app/settings.ts';
import type { SampleFiles } from '../app/soundFileClient.ts';
import type { LoadedSample } from '../protocol/samples.ts';
import type { ReadSound } from '../protocol/soundFiles.ts';
import { SoundMemory } from '../share/soundMemory.ts';
import { answerSound, type SoundStore } from '../sound/soundDesk.ts';

const characters = (value: string) => [...value].map((character) => character.charCodeAt(0));
/** One channel of 16 bits at 256 frames a second. */
export const wav = (...data: number[]): ArrayBuffer =>
  new Uint8Array([
    ...[...characters('RIFF'), 0, 0, 0, 0, ...characters('WAVEfmt '), 16, 0, 0, 0, 1, 0, 1, 0],
    ...[0, 1, 0, 0, 0, 2, 0, 0, 2, 0, 16, 0, ...characters('data'), data.length, 0, 0, 0, ...data],
  ]).buffer;

/** What a browser keeps between visits. */
export interface Kept {
  readonly files: Map<string, unknown>;
  readonly values: Map<string, string>;
}

export const newBrowser = (): Kept => ({ files: new Map(), values: new Map() });

export function shelfWith(
  kept: Kept = newBrowser(),
  { isFull = false, answers = {} as Record<string, ArrayBuffer | Error>, first = '' } = {},
) {
  const { sounds } = createModel(settingsFrom({}), []);
  const told: [string, LoadedSample | null][] = [];
  const fetched: string[] = [];
  const said: string[] = [];
  let changes = 0;
  let text = first;
  const store: SoundStore = {
    get: async (key) => kept.files.get(key),
    set: async (key, bytes) => {
      if (isFull) throw new Error('full');
      kept.files.set(key, bytes);
    },
    remove: async (keys) => void keys.map((key) => kept.files.delete(key)),
    keys: async () => [...kept.files.keys()],
  };
  const memory = new SoundMemory({
    getItem: (name) => kept.values.get(name) ?? null,
    setItem: (name, value) => void kept.values.set(name, value),
    removeItem: (name) => void kept.values.delete(name),
  });
  const patch = new PatchSounds({ memory, readText: () => text, switched: () => shelf.switched() });
  const shelf = new SampleShelf({
    ...{ model: { sounds }, patch },
    decodeOther: async (bytes) => {
      if (bytes.byteLength !== 3) throw new Error('no sound');
      return { channels: [new Float32Array(2)], rate: 9 };
    },
    fetchSound: async (address, signal) => {
      fetched.push(address);
      const answer = answers[address] ?? new Error('Its server answered 404.');
      await Promise.resolve();
      signal.throwIfAborted();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    tell: (name, sample) => void told.push([name, sample]),
    changed: () => changes++,
    files: deskWith(store),
    say: (note) => void said.push(note.text),
  });
  return {
    ...{ shelf, patch, memory, store, told, kept, said, fetched, sounds },
    states: () => sounds.value.map(({ name, state }) => `${name} ${state}`),
    changes: () => changes,
    /** What the compiler has now: the first number of each. */
    playable: () =>
      Object.fromEntries(
        [...new Map(told)].flatMap(([name, sample]) => (sample ? [[name, sample.channels[0]?.[0]]] : [])),
      ),
    /** As the editor and the commands do. */
    edit: (next: string) => {
      text = next;
      patch.edited();
    },
    open: (next: string) => {
      text = next;
      patch.edited();
      patch.opened();
      shelf.opened();
    },
  };
}

/** As the client in front of the worker. */
function deskWith(store: SoundStore): SampleFiles {
  const read = async (request: Parameters<typeof answerSound>[0]): Promise<ReadSound | null> => {
    const { answer } = await answerSound(request, store);
    return answer.kind === 'read' ? answer.read : null;
  };
  return {
    read: (bytes) => read({ id: 1, kind: 'read', bytes }),
    load: (key) => read({ id: 1, kind: 'load', key }),
    keep: async (key, bytes) => {
      const { answer } = await answerSound({ id: 1, kind: 'keep', key, bytes }, store);
      return answer.kind === 'kept' && answer.isKept;
    },
  };
}

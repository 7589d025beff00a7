/** What becomes of a file that is given, and of one that a patch asks for. */
import { expect, it } from 'vitest';
import type { LoadedSample } from '../protocol/samples.ts';
import { SampleShelf } from './sampleShelf.ts';

const text = (value: string) => [...value].map((character) => character.charCodeAt(0));
/** One channel of 16 bits at 256 frames a second. */
const wav = (...data: number[]): ArrayBuffer =>
  new Uint8Array([
    ...[...text('RIFF'), 0, 0, 0, 0, ...text('WAVEfmt '), 16, 0, 0, 0, 1, 0, 1, 0],
    ...[0, 1, 0, 0, 0, 2, 0, 0, 2, 0, 16, 0, ...text('data'), data.length, 0, 0, 0, ...data],
  ]).buffer;

function shelfWith(kept: Record<string, ArrayBuffer> = {}) {
  const told = new Map<string, LoadedSample>();
  let changes = 0;
  const shelf = new SampleShelf({
    decodeOther: async (bytes) => {
      if (bytes.byteLength !== 3) throw new Error('no sound');
      return { channels: [new Float32Array(2)], rate: 9 };
    },
    tell: (name, sample) => told.set(name, sample),
    changed: () => changes++,
    files: {
      keep: async (name, bytes) => void Object.assign(kept, { [name]: bytes }),
      of: async (name) => kept[name] ?? null,
    },
  });
  return { shelf, told, kept, changes: () => changes };
}

it('decodes a file to the bit, tells the compiler, has what plays compiled, and keeps it', async () => {
  const { shelf, told, kept, changes } = shelfWith();
  await shelf.give('it', wav(0, 0x40));
  expect(told.get('it')).toEqual({ channels: [Float32Array.of(0.5)], rate: 256 });
  expect([changes(), Object.keys(kept), shelf.has('it')]).toEqual([1, ['it'], true]);
});

it('leaves other formats to the browser', async () => {
  const { shelf, told } = shelfWith();
  await shelf.give('it', new Uint8Array(3).buffer);
  expect(told.get('it')?.rate).toBe(9);
});

it('says what is wrong with a file, and keeps what it had', async () => {
  const { shelf, changes, kept } = shelfWith();
  await expect(shelf.give('it', new Uint8Array(4).buffer)).rejects.toThrow('no sound that this browser can read');
  expect([changes(), Object.keys(kept), shelf.has('it')]).toEqual([0, [], false]);
});

it('loads what a patch asks for and was given before, once', async () => {
  const { shelf, told, changes } = shelfWith({ it: wav(0, 0x40) });
  await shelf.wanted(['it', 'other']);
  await shelf.wanted(['it', 'other']);
  expect([[...told.keys()], changes()]).toEqual([['it'], 1]);
});

/**
 * Words that name code, forged in a running arena: whatever a record says, what is called is a function of the generation
 * that the arena is of. The danger is code of a newer generation, whose variables lie beyond the end of an older, smaller
 * arena; so both sound, the words are forged in the older one, and not a byte outside of it may change. That the code which
 * the words name does harm is shown by setting an entry of the GOT, which no code can.
 */
import { describe, expect, it } from 'vitest';
import { MemoryViews } from '../../worklets/memoryViews.ts';
import { GOT_ENTRY_BYTES, HEADER, SYMBOLS_START } from '../protocol/arena.ts';
import type { NewArenaBatch } from '../protocol/generation.ts';
import { LivePatch } from './live.ts';

const MARK = 0x5e60e5;
const OLDER = `
const data = new Int32Array([${MARK}, 0, 0, 0])
const fs = [1, 2].map((n) => (n > 1 ? () => n : () => n * 2))
export default () => fs[currentFrame % 2]() + data[currentFrame % 4] * 0
`;
const COUNT = 520;
const many = (part: (n: number) => string, between: string): string =>
  Array.from({ length: COUNT }, (_, n) => part(n)).join(between);
/** Its variables take up more than the older arena; `far` lies behind them. */
const NEWER = `
function wide() { return ${many((n) => `v${n}`, ' + ')} }
${many((n) => `let v${n} = ${n}`, '\n')}
let far = 0
const evil = [() => (far = 12345), () => (far = -12345)]
export default () => {
  if (currentFrame >= 0) return far
  v0 += wide()
  return evil[currentFrame % 2]()
}
`;
const FADE_FRAMES = 4096;

interface Scene {
  readonly live: LivePatch;
  readonly older: NewArenaBatch;
  readonly newer: NewArenaBatch;
  /** Slots and GOT offsets of the newer generation's functions that write to `far`. */
  readonly evil: readonly { readonly slot: number; readonly entry: number }[];
  readonly far: number;
  /** Offsets of words in the older arena that name code: records, and what frames call. */
  readonly codeWords: readonly number[];
  readonly dataOffset: number;
  readonly words: (base: number) => { get(offset: number): number; set(offset: number, value: number): void };
}

async function bothSound(): Promise<Scene> {
  const live = await LivePatch.silent({ fadeFrames: FADE_FRAMES });
  const older = live.swap(OLDER).batch!;
  live.render(128);
  const newer = live.swap(NEWER).batch!;
  live.render(128);
  expect(live.renderer.isFading).toBe(true);

  const views = new MemoryViews(live.memory);
  views.refresh();
  const words: Scene['words'] = (base) => ({
    get: (offset) => views.i32[(base + offset) >> 2]!,
    set: (offset, value) => {
      views.i32[(base + offset) >> 2] = value;
    },
  });
  const { address, sizeBytes, gotBytes } = older.arena;
  const arena = words(address);
  const codeWords: number[] = [];
  let dataOffset = 0;
  for (let at = SYMBOLS_START; at < sizeBytes; at += 4) {
    const word = arena.get(at);
    if (word < 0 && word >= -gotBytes && word % GOT_ENTRY_BYTES === 0 && arena.get(word) !== 0) codeWords.push(at);
    if (word === MARK) dataOffset = at;
  }
  const places = new Map(live.session.checkpoint()!.layout.symbols);
  const evil = newer.modules
    .flatMap(({ exports }) => exports)
    .filter(({ name }) => name.startsWith('entry evil('))
    .map(({ name, slot }) => ({ slot, entry: places.get(`function:${name}`)! }));
  const far = places.get('variable:far: number')!;
  return { live, older, newer, evil, far, codeWords, dataOffset, words };
}

/** All that does not belong to the older generation, but for the newer one's header, in which it keeps time. */
function outside({ live, older, newer }: Scene): Uint8Array {
  const bytes = new Uint8Array(live.memory.buffer).slice();
  bytes.fill(0, older.arena.address - older.arena.gotBytes, older.arena.address + older.arena.sizeBytes);
  bytes.fill(0, newer.arena.address, newer.arena.address + SYMBOLS_START);
  return bytes;
}

const entryCount = ({ older, words }: Scene): number => words(older.arena.address).get(HEADER.GOT_ENTRIES);

it('the scene is what it is meant to be: far lies beyond the older arena, and records name code', async () => {
  const scene = await bothSound();
  expect(scene.evil).toHaveLength(2);
  expect(scene.far).toBeGreaterThan(scene.older.arena.sizeBytes);
  expect(scene.codeWords.length).toBeGreaterThanOrEqual(2);
  expect(scene.dataOffset).toBeGreaterThan(SYMBOLS_START);
  expect(entryCount(scene)).toBe(scene.older.arena.gotBytes / GOT_ENTRY_BYTES);
});

it('an entry of the GOT that was set to the newer code writes beyond the arena: the harm there is', async () => {
  const scene = await bothSound();
  const before = outside(scene);
  const arena = scene.words(scene.older.arena.address);
  for (const at of scene.codeWords) arena.set(arena.get(at), scene.evil[0]!.slot);
  scene.live.render(128);
  const after = outside(scene);
  const at = scene.older.arena.address + scene.far;
  expect(new DataView(before.buffer).getFloat64(at, true)).not.toBe(12345);
  expect(new DataView(after.buffer).getFloat64(at, true)).toBe(12345);
});

describe('a record whose word for its code is forged', () => {
  const forgeries: readonly (readonly [what: string, word: (scene: Scene) => number])[] = [
    ['to name a slot among the data', ({ dataOffset }) => dataOffset],
    ['to name a slot among the data, by a byte in front of it', ({ dataOffset }) => dataOffset - 1],
    ["to name the newer generation's own entry", ({ evil }) => evil[0]!.entry],
    ["to name the other of the newer generation's entries", ({ evil }) => evil[1]!.entry],
    ['to name itself, which holds a slot', ({ codeWords }) => codeWords[0]!],
    [
      'to name an entry of the newer arena, from here',
      ({ older, newer, evil }) => distance(older, newer) + evil[0]!.entry,
    ],
    ['to name the entry below the last', (scene) => -GOT_ENTRY_BYTES * (entryCount(scene) + 1)],
    ['to name what lies between two entries', () => -2 * GOT_ENTRY_BYTES + 3],
    ['to name the header', () => HEADER.OUTPUT_LEFT],
    ['to name nothing', () => 0],
    ['to be as low as can be', () => -(2 ** 31)],
    ['to be as high as can be', () => 2 ** 31 - 1],
  ];

  it.each(forgeries)('%s', async (_, wordOf) => {
    const scene = await bothSound();
    const { live, older, codeWords, dataOffset, evil } = scene;
    const arena = scene.words(older.arena.address);
    const word = wordOf(scene);
    // Slots wherever a patch can write them.
    for (let n = 0; n < 4; n++) arena.set(dataOffset + 4 * n, evil[0]!.slot);
    const named = codeWords.map((at) => arena.get(at));
    for (const at of codeWords) arena.set(at, word);
    expect(codeWords.map((at) => arena.get(at))).toEqual(codeWords.map(() => word));
    expect(named).not.toContain(word);
    const before = outside(scene);
    expect(() => live.render(128)).toThrow(`generation ${older.generation} trapped`);
    expect(Buffer.compare(outside(scene), before)).toBe(0);
    expect(live.renderer.isFading).toBe(false);
  });

  it("to name each of the arena's own entries: only its own functions run", async () => {
    let played = 0;
    const first = await bothSound();
    const entryOf = (n: number): number => -GOT_ENTRY_BYTES * (n + 1);
    const own = Array.from({ length: entryCount(first) }, (_, n) => entryOf(n)).filter(
      (entry) => first.words(first.older.arena.address).get(entry) !== 0,
    );
    for (const entry of own) {
      const scene = await bothSound();
      const arena = scene.words(scene.older.arena.address);
      for (const at of scene.codeWords) arena.set(at, entry);
      const before = outside(scene);
      try {
        scene.live.render(128);
        played++;
      } catch (thrown) {
        expect(String(thrown)).toContain('trapped');
      }
      expect(Buffer.compare(outside(scene), before)).toBe(0);
    }
    expect(played).toBeGreaterThanOrEqual(2);
  });
});

const distance = (from: NewArenaBatch, to: NewArenaBatch): number => to.arena.address - from.arena.address;

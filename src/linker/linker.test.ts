/** Slots, symbols and arenas over any series of edits: who keeps his place, and that all of it comes back. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import type { NewArenaBatch } from '../protocol/generation.ts';
import { Linker } from './linker.ts';
import type { CompiledObject, Draft, LinkableUnit, LinkedGeneration, ObjectModule, Placed } from './linkTypes.ts';

const EMPTY = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** A module that imports these function symbols and texts. */
function moduleOf(functions: readonly string[], texts: readonly string[] = []): ObjectModule {
  return {
    bytes: EMPTY,
    module: new WebAssembly.Module(EMPTY),
    imports: [
      ...functions.map((name) => ({ kind: 'function' as const, name })),
      ...texts.map((name) => ({ kind: 'string' as const, name })),
    ],
    strings: new Map(texts.map((text) => [text, text])),
  };
}

/** Code with these functions, which calls those; the same key is the same code. */
const objectOf = (key: string, symbols: readonly string[], calls: readonly string[] = symbols): CompiledObject => ({
  key,
  symbols,
  module: moduleOf(calls),
});

const unitOf = (name: string, code: CompiledObject, live: readonly string[] = code.symbols): LinkableUnit => ({
  name,
  code,
  initialiser: null,
  live: new Set(live),
  isLibrary: false,
  span: null,
});

const render = unitOf('default', objectOf('render', [RENDER_SYMBOL]));
const inputOf = (units: readonly LinkableUnit[], strings: readonly string[] = []) => ({
  units: [...units, render],
  staticClosures: [],
  strings: new Map(strings.map((text) => [text, text])),
  roots: [],
  allocatesPerFrame: false,
});

const imageOf = (draft: Draft): Uint8Array<ArrayBuffer> => new Uint8Array(draft.heapStart + 64);

/** What the words of a fresh arena say, by offset. */
const wordsOf = (draft: Draft): Map<number, number> => new Map(draft.words.map(({ offset, value }) => [offset, value]));

function sentSlots({ modules }: NewArenaBatch): Record<string, number> {
  return Object.fromEntries(modules.flatMap(({ exports }) => exports.map(({ name, slot }) => [name, slot])));
}

const options = (postsModules: boolean) => ({ postsModules, memoryBytes: 2 ** 30, tableSlots: 1000 });

function place(linker: Linker, draft: Draft, before: LinkedGeneration | null): Placed {
  const followUp = { fadeFrames: 100, quantumBeats: 0, quantumBpm: 0, isFresh: false, canFade: true };
  const result = linker.place(draft, imageOf(draft), before, followUp);
  if (result.kind !== 'placed') throw new Error('there is room enough');
  return result;
}

/** Puts a program in the place of another one, which retires. */
function replace(
  linker: Linker,
  units: readonly LinkableUnit[],
  before: LinkedGeneration | null,
): { linked: LinkedGeneration; batch: NewArenaBatch; draft: Draft } {
  const draft = linker.link(inputOf(units), before);
  const { linked, batch } = place(linker, draft, before);
  if (before) linker.retire(before);
  return { linked, batch, draft };
}

describe('slots', () => {
  it('are one for each function, in the table and in the GOT', () => {
    const linker = new Linker(options(false));
    const { draft, batch } = replace(
      linker,
      [unitOf('a', objectOf('a', ['a1', 'a2'])), unitOf('b', objectOf('b', ['b1']))],
      null,
    );
    const slots = sentSlots(batch);
    expect(Object.keys(slots).sort()).toEqual(['a1', 'a2', 'b1', RENDER_SYMBOL].sort());
    expect(new Set(Object.values(slots)).size).toBe(4);
    for (const [name, slot] of Object.entries(slots))
      expect(wordsOf(draft).get(linker.offsetOf(`function:${name}`)!)).toBe(slot);
    expect(batch.render).toBe(slots[RENDER_SYMBOL]);
    expect(linker.usedSlots).toBe(4);
  });

  it('of functions that did not change stay over fifty edits of another one, which is found at the same entry', () => {
    const linker = new Linker(options(false));
    const caller = unitOf('caller', objectOf('caller', ['caller'], ['caller', 'edited']));
    const edited = (version: number) => unitOf('edited', objectOf(`edited ${version}`, ['edited']));
    let { linked, batch, draft } = replace(linker, [caller, edited(0)], null);
    const slot = sentSlots(batch).caller;
    const entry = linker.offsetOf('function:edited')!;
    const used = new Set<number>();
    for (let version = 1; version <= 50; version++) {
      const before = wordsOf(draft).get(entry);
      ({ linked, batch, draft } = replace(linker, [caller, edited(version)], linked));
      expect(Object.keys(sentSlots(batch))).toEqual(['edited']);
      expect(draft.changed).toEqual(['edited']);
      expect(linker.offsetOf('function:edited')).toBe(entry);
      expect(wordsOf(draft).get(linker.offsetOf('function:caller')!)).toBe(slot);
      expect(wordsOf(draft).get(entry)).toBe(sentSlots(batch).edited);
      expect(wordsOf(draft).get(entry)).not.toBe(before);
      used.add(sentSlots(batch).edited);
    }
    expect(used.size).toBe(2);
  });

  it('of what goes back to how it was are its own again while it still sounds', () => {
    const linker = new Linker(options(false));
    const [one, two] = ['one', 'two'].map((key) => unitOf('a', objectOf(key, ['a'])));
    const first = replace(linker, [one], null);
    const draft = linker.link(inputOf([two]), first.linked);
    const second = place(linker, draft, first.linked);
    // The first has not retired yet.
    const back = linker.link(inputOf([one]), second.linked);
    const third = place(linker, back, second.linked);
    expect(third.batch.modules).toEqual([]);
    expect(wordsOf(back).get(linker.offsetOf('function:a')!)).toBe(sentSlots(first.batch).a);
  });
});

describe('code', () => {
  it('that was compiled again without need is the same code', () => {
    const linker = new Linker(options(false));
    const compiled = () => unitOf('a', objectOf('a', ['live', 'top'], ['live', 'other']), ['live']);
    const first = replace(linker, [compiled()], null);
    const offset = linker.offsetOf('function:other');
    const second = replace(linker, [compiled()], first.linked);
    expect([second.batch.modules, second.draft.changed]).toEqual([[], []]);
    // What the audio thread has was given this offset, and calls through it.
    expect(linker.offsetOf('function:other')).toBe(offset);
    const live = unitOf('a', objectOf('a', ['live', 'top'], ['live', 'other']), ['live', 'top']);
    expect(Object.keys(sentSlots(replace(linker, [live], second.linked).batch))).toEqual(['top']);
  });
});

describe('a batch', () => {
  it('brings only what runs while it sounds, and only what is not there', () => {
    const linker = new Linker(options(false));
    const code = objectOf('a', ['live', 'top']);
    const first = replace(linker, [unitOf('a', code, ['live'])], null);
    expect(Object.keys(sentSlots(first.batch)).sort()).toEqual(['live', RENDER_SYMBOL].sort());
    const second = replace(linker, [unitOf('a', code, ['live', 'top'])], first.linked);
    expect(Object.keys(sentSlots(second.batch))).toEqual(['top']);
    expect(replace(linker, [unitOf('a', code, ['live', 'top'])], second.linked).batch.modules).toEqual([]);
  });

  it('that was refused brings everything again the next time', () => {
    const linker = new Linker(options(false));
    const code = objectOf('a', ['live', 'top']);
    const first = replace(linker, [unitOf('a', code, ['live'])], null);
    for (let attempt = 0; attempt < 3; attempt++) {
      const draft = linker.link(inputOf([unitOf('a', code, ['live', 'top'])]), first.linked);
      const { linked, batch } = place(linker, draft, first.linked);
      expect(Object.keys(sentSlots(batch))).toEqual(['top']);
      linker.refuse(linked);
    }
  });

  it('names what it continues, and fades only from something', () => {
    const linker = new Linker(options(false));
    const first = replace(linker, [], null);
    const second = replace(linker, [], first.linked);
    expect([first.batch.from, first.batch.fadeFrames]).toEqual([null, 0]);
    expect([second.batch.from, second.batch.fadeFrames]).toEqual([first.linked.generation, 100]);
    expect(second.linked.generation).toBe(first.linked.generation + 1);
  });

  it('carries modules or bytes, as the browser takes them', () => {
    const units = [unitOf('a', objectOf('a', ['a']))];
    for (const { code } of replace(new Linker(options(true)), units, null).batch.modules)
      expect(code).toBeInstanceOf(WebAssembly.Module);
    for (const { code } of replace(new Linker(options(false)), units, null).batch.modules)
      expect(code).toBeInstanceOf(Uint8Array);
  });

  it('gives modules the offsets of all that they import', () => {
    const linker = new Linker(options(false));
    const { batch } = replace(
      linker,
      [unitOf('a', objectOf('a', ['a'], ['a', 'b'])), unitOf('b', objectOf('b', ['b']))],
      null,
    );
    for (const { symbols } of batch.modules) {
      for (const [name, offset] of Object.entries(symbols)) expect(offset).toBe(linker.offsetOf(name));
    }
  });
});

describe('texts', () => {
  it('lie in the arena as arrays of UTF-16 code units', () => {
    const linker = new Linker(options(false));
    const texts = ['', 'ab', 'abc', '\u{1F600}!'];
    const unit = unitOf('a', { key: 'a', symbols: ['a'], module: moduleOf(['a'], texts) });
    const draft = linker.link(inputOf([unit], texts), null);
    const view = new DataView(imageOf(draft).buffer);
    for (const { offset, value } of draft.words) if (offset >= 0) view.setInt32(offset, value, true);
    for (const text of texts) {
      const offset = linker.offsetOf(`string:${text}`)!;
      const [data, length, capacity] = [0, 4, 8].map((at) => view.getInt32(offset + at, true));
      expect([length, capacity]).toEqual([text.length, text.length]);
      expect(String.fromCharCode(...Array.from({ length }, (_, n) => view.getUint16(data + 2 * n, true)))).toBe(text);
    }
  });

  it('have their room also where a kept module names them and nobody else does', () => {
    const linker = new Linker(options(false));
    const text = 'a text of some length';
    const withText: ObjectModule = moduleOf(['kept', 'gone'], [text]);
    const kept = unitOf('kept', { key: 'kept', symbols: ['kept'], module: withText });
    const first = replace(linker, [], null);
    const second = replace(linker, [kept], first.linked);
    const again = unitOf('again', { key: 'again', symbols: ['again'], module: moduleOf(['again'], [text]) });
    linker.link(inputOf([kept, again], [text]), second.linked);
    const start = linker.offsetOf(`string:${text}`)!;
    for (const name of ['kept', 'gone', 'again', RENDER_SYMBOL]) {
      const offset = linker.offsetOf(`function:${name}`)!;
      expect(offset + 8 <= start || offset >= start + 16 + 2 * text.length).toBe(true);
    }
  });
});

describe('a program', () => {
  it('is the same if its code and its arena are', () => {
    const linker = new Linker(options(false));
    const units = [unitOf('a', objectOf('a', ['a']))];
    const { linked } = replace(linker, units, null);
    const draft = linker.link(inputOf(units), linked);
    expect(linker.isSame(draft, imageOf(draft), linked)).toBe(true);
    const edited = imageOf(draft);
    edited[edited.length - 1] = 1;
    expect(linker.isSame(draft, edited, linked)).toBe(false);
    const other = linker.link(inputOf([unitOf('a', objectOf('b', ['a']))]), linked);
    expect(linker.isSame(other, imageOf(other), linked)).toBe(false);
  });

  it('without an entry is our own mistake', () => {
    expect(() => new Linker(options(false)).link({ ...inputOf([]), units: [] }, null)).toThrow('linker');
  });
});

describe('any series of edits', () => {
  const unitNames = ['a', 'b', 'c', 'd'];
  /** Which version of each unit there is, 0 for none, and what becomes of the edit. */
  const edits = fc.array(
    fc.record({
      versions: fc.tuple(...unitNames.map(() => fc.nat({ max: 3 }))),
      live: fc.boolean(),
      fate: fc.constantFrom('plays', 'plays', 'discarded', 'refused'),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it('gives every function that sounds a slot of its own, and leaves nothing behind', () => {
    fc.assert(
      fc.property(edits, (all) => {
        const linker = new Linker(options(false));
        const objects = new Map<string, CompiledObject>();
        const object = (name: string, version: number): CompiledObject => {
          const key = `${name}${version}`;
          const made =
            objects.get(key) ??
            objectOf(
              key,
              [`${name}/f`, `${name}/g`],
              unitNames.map((other) => `${other}/f`),
            );
          objects.set(key, made);
          return made;
        };
        /** What the audio thread has in its table. */
        const table = new Map<number, string>();
        const empty = { slots: linker.usedSlots, modules: linker.moduleCount };
        let playing: LinkedGeneration | null = null;
        const giveBack = (slots: readonly number[]) => {
          for (const slot of slots) table.delete(slot);
        };
        for (const { versions, live, fate } of all) {
          const units = unitNames.flatMap((name, n) => {
            const version = versions[n];
            return version === 0
              ? []
              : [unitOf(name, object(name, version), live ? [`${name}/f`, `${name}/g`] : [`${name}/f`])];
          });
          const draft: Draft = linker.link(inputOf(units), playing);
          if (fate === 'discarded') {
            giveBack(linker.discard(draft));
            continue;
          }
          const { linked, batch }: { linked: LinkedGeneration; batch: NewArenaBatch } = place(linker, draft, playing);
          if (fate === 'refused') {
            linker.refuse(linked);
            continue;
          }
          for (const { exports } of batch.modules) {
            for (const { name, slot } of exports) {
              // Nobody who still sounds is in this slot.
              expect(table.get(slot)).toBeUndefined();
              table.set(slot, `${name} of ${draft.codes.find((code) => code.slots.get(name) === slot)?.object.key}`);
            }
          }
          // Whatever is called finds its function, in the version that this program has.
          const words = wordsOf(draft);
          for (const unit of units) {
            for (const symbol of unit.live) {
              const slot = words.get(linker.offsetOf(`function:${symbol}`) ?? -1);
              if (slot !== undefined) expect(table.get(slot)).toBe(`${symbol} of ${unit.code?.key}`);
            }
          }
          if (playing) giveBack(linker.retire(playing));
          playing = linked;
        }
        if (playing) giveBack(linker.retire(playing));
        expect({ slots: linker.usedSlots, modules: linker.moduleCount }).toEqual(empty);
        expect([...table]).toEqual([]);
        for (const name of unitNames) expect(linker.offsetOf(`function:${name}/f`)).toBeNull();
        const draft = linker.link(inputOf([]), null);
        const fresh = new Linker(options(false)).link(inputOf([]), null);
        expect([draft.heapStart, draft.renderSlot]).toEqual([fresh.heapStart, fresh.renderSlot]);
      }),
    );
  });
});

/**
 * Compiled code stored between visits: it is found again exactly, never from another compiler, and never gets in the
 * way.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeBox, visit } from '../testing/cacheVisits.ts';
import type { ModuleBox } from './objectCache.ts';
import type { StoredModule } from './storedModule.ts';

const PATCH = `
const name = 'abc'
function osc(ratio) { let phase = 0; return (hz) => { phase = (phase + (ratio * hz) / sampleRate) % 1; return Math.sin(2 * Math.PI * phase) } }
const oscs = [1, 1.5].map((ratio) => osc(ratio))
export default () => oscs[0](220) * oscs[1](110) + name.length`;

describe('what was compiled in a visit before', () => {
  it('need not be emitted again, and is the same', async () => {
    const box = new FakeBox();
    const first = await visit(box);
    const batch = first.compile(PATCH);
    expect(first.emitted.length).toBeGreaterThan(0);
    expect(box.stored.size).toBe(0);
    await first.idle();
    const second = await visit(box);
    expect(second.compile(PATCH)).toEqual(batch);
    expect(second.emitted).toEqual([]);
    await second.idle();
    expect(box.stored.size).toBe(first.emitted.length);
  });

  it('is found by unit, whatever edits it came from', async () => {
    const box = new FakeBox();
    const first = await visit(box);
    first.compile(PATCH.replace('1.5', '1.25'));
    first.compile(PATCH.replace('2 *', '4 *'));
    first.compile(PATCH);
    await first.idle();
    const second = await visit(box);
    second.compile(PATCH);
    expect(second.emitted).toEqual([]);
    second.compile(PATCH.replace('+ name', '- name'));
    expect(second.emitted).toEqual([1]);
  });

  it('by another compiler is nothing, and goes', async () => {
    const box = new FakeBox();
    const first = await visit(box);
    first.compile(PATCH);
    await first.idle();
    const second = await visit(box, { version: 'v2' });
    expect(box.stored.size).toBe(0);
    second.compile(PATCH);
    expect(second.emitted).toEqual(first.emitted);
  });

  it('goes, the oldest first, when there is too much of it', async () => {
    const box = new FakeBox();
    const texts = [1, 2, 3, 4, 5].map((n) => `export default (t) => ${'t + '.repeat(100 * n)}${n}`);
    const bytesOf = () =>
      [...box.stored.values()].map(
        (stored) => (stored as StoredModule).bytes.length + (stored as StoredModule).objects[0].key.length,
      );
    for (const [n, text] of texts.entries()) {
      const visited = await visit(box, { nowMs: n, limitBytes: 20_000 });
      visited.compile(text);
      await visited.idle();
    }
    expect(bytesOf().reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(20_000);
    const last = await visit(box, { nowMs: 9 });
    last.compile(texts[4]);
    expect(last.emitted).toEqual([]);
    last.compile(texts[0]);
    expect(last.emitted).not.toEqual([]);
  });

  it('stays when it is used', async () => {
    const box = new FakeBox();
    const first = await visit(box);
    first.compile(PATCH);
    await first.idle();
    const later = await visit(box, { nowMs: 1e7 });
    later.compile(PATCH);
    await later.idle();
    expect([...box.stored.values()].map((stored) => (stored as StoredModule).usedMs)).toEqual(
      first.emitted.map(() => 1e7),
    );
  });
});

describe('a module with very many functions', () => {
  afterEach(() => void vi.restoreAllMocks());

  /** In one line each, so that each is a unit of its own. */
  const many = (count: number): string => {
    const names = Array.from({ length: count }, (_, n) => `f${n}`);
    const lines = names.map((name, n) => `let v${n} = ${n}\nconst ${name} = () => (v${n} += ${n})`);
    return `${lines.join('\n')}\nexport default () => ${names.map((name) => `${name}()`).join(' + ')}`;
  };

  it('is read once, however many of them are looked for, in the next visit and after another patch', async () => {
    const text = many(200);
    const box = new FakeBox();
    const first = await visit(box, { limitBytes: 4e6 });
    first.compile(text);
    await first.idle();
    const modules = [...box.stored.values()] as StoredModule[];
    // Of each import the module it is from and its own, memory and table among them; of each function one.
    const names = modules.reduce((sum, { imports, objects }) => sum + 2 * (imports.length + 2) + objects.length, 0);
    expect(names).toBeGreaterThan(400);

    /** How often anything was decoded while the text came, and came again when other texts had taken its place. */
    const decodedIn = async (other: ModuleBox) => {
      const visited = await visit(other, { limitBytes: 4e6 });
      const decoded = vi.spyOn(TextDecoder.prototype, 'decode').mockClear();
      for (const one of [text, 'export default () => 1', text, 'export default () => 2', text]) visited.compile(one);
      return { count: decoded.mock.calls.length, emitted: visited.emitted };
    };
    const known = await decodedIn(box);
    const unknown = await decodedIn(Object.assign(new FakeBox(), { load: () => Promise.reject(new Error('refused')) }));
    expect(Math.max(...known.emitted)).toBe(1);
    expect(Math.max(...unknown.emitted)).toBeGreaterThan(200);
    expect(known.count).toBeGreaterThan(unknown.count);
    // Not twice; other texts have modules, too.
    expect(known.count - unknown.count).toBeLessThan(2 * names);
  });
});

describe('a box', () => {
  const refuse = async () => {
    throw new Error('refused');
  };

  it.each<[string, Partial<ModuleBox>]>([
    ['refuses everything', { load: refuse, save: refuse, remove: refuse }],
    ['is full', { save: refuse }],
  ])('that %s is in nobody’s way', async (_, refusing) => {
    const visited = await visit(Object.assign(new FakeBox(), refusing));
    visited.compile(PATCH);
    await visited.idle();
    visited.compile(PATCH.replace('220', '330'));
    await visited.idle();
    expect(visited.emitted.length).toBeGreaterThan(0);
  });

  it('that holds junk, damaged modules or half of them gives nothing of it', async () => {
    const box = new FakeBox();
    const first = await visit(box);
    first.compile(PATCH);
    await first.idle();
    for (const [id, stored] of box.stored) {
      const { bytes } = stored as StoredModule;
      bytes.fill(0xff, bytes.length >> 1);
      box.stored.set(id, stored);
    }
    box.stored.set('junk', { version: 'v1', bytes: 'none' });
    box.stored.set('null', null);
    const empty = await visit(new FakeBox());
    empty.compile(PATCH);
    const second = await visit(box);
    second.compile(PATCH);
    expect(second.emitted).toEqual(empty.emitted);
    await second.idle();
    const third = await visit(box);
    third.compile(PATCH);
    expect(third.emitted).toEqual([]);
  });

  it('whose module lacks a function is emitted again', async () => {
    const box = new FakeBox();
    const first = await visit(box);
    first.compile(PATCH);
    await first.idle();
    for (const [id, stored] of box.stored) {
      const module = stored as StoredModule;
      box.stored.set(id, { ...module, bytes: Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0) });
    }
    const second = await visit(box);
    second.compile(PATCH);
    expect(second.emitted.length).toBeGreaterThan(0);
  });
});

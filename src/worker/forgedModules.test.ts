/** Entries of the object cache that are wrong under a right key: none does harm, and none stays. */
import { describe, expect, it } from 'vitest';
import { FakeBox, visit } from '../testing/cacheVisits.ts';
import { FORGERIES, type Forgery, forgeAll } from '../testing/forgeries.ts';
import { shapeOf } from './moduleShape.ts';
import { digestOf, type StoredModule } from './storedModule.ts';

const PATCH = `
const name = 'abc'
function osc(ratio) { let phase = 0; return (hz) => { phase = (phase + (ratio * hz) / sampleRate) % 1; return Math.sin(2 * Math.PI * phase) } }
const oscs = [1, 1.5].map((ratio) => osc(ratio))
export default () => oscs[0](220) * oscs[1](110) + name.length`;

/** What a visit leaves behind. */
async function filledBox() {
  const box = new FakeBox();
  const first = await visit(box);
  const batch = first.compile(PATCH);
  await first.idle();
  const entries = [...box.stored] as [string, StoredModule][];
  expect(entries.length).toBeGreaterThan(1);
  return { box, batch, entries, emitted: first.emitted };
}

/** The same with every entry forged. */
async function forgedBox(forgery: Forgery) {
  const filled = await filledBox();
  const { box, entries } = filled;
  const forged = await forgeAll(entries, forgery);
  for (const [id, value] of forged) {
    expect(value).not.toEqual(box.stored.get(id));
    box.stored.set(id, value);
  }
  return { ...filled, forged };
}

describe.each(FORGERIES)('a cache full of $name', (forgery) => {
  it('compiles as without one, and is right the next time', async () => {
    const { box, batch, emitted } = await forgedBox(forgery);
    const second = await visit(box);
    const again = second.compile(PATCH);
    expect(again.modules.map(({ code, symbols }) => ({ code, symbols }))).toEqual(
      batch.modules.map(({ code, symbols }) => ({ code, symbols })),
    );
    expect(again.image).toEqual(batch.image);
    expect(second.emitted).toEqual(emitted);
    // What can be told before it runs is told before it runs.
    expect(second.reuses()).toBe(forgery.isWellFormed ? 1 : 0);
    await second.idle();
    const third = await visit(box);
    expect(third.compile(PATCH)).toEqual(batch);
    expect(third.emitted).toEqual([]);
    for (const stored of box.stored.values()) {
      expect(await digestOf(stored as StoredModule)).toBe((stored as StoredModule).digest);
    }
  });
});

describe('code from an earlier visit', () => {
  it('that fails after it has played for a while is emitted again', async () => {
    const { box, emitted } = await filledBox();
    const second = await visit(box);
    const { generation } = second.compile(PATCH);
    expect(second.emitted).toEqual([]);
    second.session.trapped(generation, null);
    second.compile(PATCH);
    expect(second.emitted).toEqual(emitted);
  });

  it('is not blamed for mistakes in the text, and those of it that trap are told', async () => {
    const { box, emitted } = await filledBox();
    const second = await visit(box);
    expect(second.session.update('export default () => nothing').kind).toBe('rejected');
    const trapping = PATCH.replace('export default', 'let n = 0\nwhile (true) n++\nexport default');
    expect(second.session.update(trapping)).toMatchObject({
      kind: 'rejected',
      diagnostics: [{ code: 'endless-loop' }],
    });
    expect(second.emitted.length).toBeGreaterThan(0);
    expect(emitted.length).toBeGreaterThan(0);
  });

  it('is announced before it runs, once', async () => {
    const { box } = await filledBox();
    const second = await visit(box);
    expect(second.reuses()).toBe(0);
    second.compile(PATCH);
    expect(second.reuses()).toBe(1);
    const none = await visit(new FakeBox());
    none.compile(PATCH);
    expect(none.reuses()).toBe(0);
  });

  it('is given up together', async () => {
    const { box } = await filledBox();
    const { cache } = await visit(box);
    await cache.clear();
    expect(box.stored.size).toBe(0);
  });

  it('is dropped unread when there are more entries than it may have', async () => {
    const { box, entries } = await filledBox();
    for (let n = 0; n < 2000; n++) box.stored.set(`more ${n}`, entries[0]![1]);
    await visit(box, { limitBytes: 2 ** 20 });
    expect(box.stored.size).toBe(0);
  });
});

describe('the shape of a module', () => {
  it('is that of every module that the emitter makes', async () => {
    const { entries } = await filledBox();
    for (const [, { bytes, imports, objects }] of entries) {
      const shape = shapeOf(bytes);
      expect(shape?.symbols.size).toBe(imports.length);
      expect([...shape!.functions.keys()].sort()).toEqual(objects.flatMap(({ symbols }) => symbols).sort());
      expect([...shape!.functions.values()].every((signature) => signature.startsWith('i32 i32'))).toBe(true);
    }
  });

  it('ends with the bytes, wherever they are cut', async () => {
    const { entries } = await filledBox();
    const { bytes } = entries[0]![1];
    for (let length = 0; length < bytes.length; length++) shapeOf(bytes.subarray(0, length));
    for (let at = 8; at < 200; at++) shapeOf(bytes.map((byte, index) => (index === at ? 0xff : byte)));
  });
});

describe('code of this visit', () => {
  it('is not emitted again where the text itself fails, and is nothing to be announced', async () => {
    const failing = `${PATCH}\nconst list = [1, 2]\nlet n = 0\nwhile (list.length > 0) n++`;
    const visited = await visit(new FakeBox());
    const fail = () => expect(visited.session.update(failing)).toMatchObject({ kind: 'rejected' });
    fail();
    const first = visited.emitted.length;
    expect(first).toBeGreaterThan(0);
    // So many others that it is no longer at hand, and only the cache has it.
    const many = (count: number) => Array.from({ length: count }, (_, n) => `let v${n} = ${n}`).join('\n');
    visited.compile(`${many(400)}\nexport default () => 0.1`);
    visited.compile('export default () => 0.2');
    const before = visited.emitted.length;
    fail();
    expect(visited.emitted.length).toBe(before);
    expect(visited.reuses()).toBe(0);
  });
});

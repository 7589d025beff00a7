/** Stored values come back, and storage that refuses, is full or holds junk breaks nothing. */
import { describe, expect, it } from 'vitest';
import { MAX_ASIDE, SavedPatches } from './savedPatches.ts';
import type { Store } from './store.ts';

function storeWith(content: Record<string, string> = {}): Store {
  const entries = new Map(Object.entries(content));
  return {
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
    removeItem: (name) => void entries.delete(name),
  };
}

const TAB = { name: 'tab', text: null };

const unexpected = () => {
  throw new Error('refused');
};

describe('Memory', () => {
  it('gives back after a reload what was kept', () => {
    const store = storeWith();
    const before = new SavedPatches(store, TAB, unexpected);
    expect([before.patch(), before.aside(), before.settings()]).toEqual([null, [], {}]);
    before.keepPatch('// "ä\u2028\n');
    before.keepSettings({ theme: 'light', textSizePx: 16 });
    before.putAside('one');
    const after = new SavedPatches(store, TAB, unexpected);
    expect(after.patch()).toBe('// "ä\u2028\n');
    expect(after.settings()).toEqual({ theme: 'light', textSizePx: 16 });
    expect(after.aside()).toEqual(['one']);
  });

  it('keeps the last patches that were put aside, each once, the newest first', () => {
    const memory = new SavedPatches(storeWith(), TAB, unexpected);
    for (let n = 1; n <= MAX_ASIDE + 2; n++) memory.putAside(`patch ${n}`);
    memory.putAside('patch 5');
    expect(memory.aside()).toHaveLength(MAX_ASIDE);
    expect(memory.aside().slice(0, 3)).toEqual(['patch 5', `patch ${MAX_ASIDE + 2}`, `patch ${MAX_ASIDE + 1}`]);
    expect(new Set(memory.aside()).size).toBe(MAX_ASIDE);
  });

  it.each(['', '{', 'null', '7', '[1, null]', '{"a":1}', '"text"'])('takes %j from elsewhere as nothing', (junk) => {
    const store = storeWith({ 'segue.patch': junk, 'segue.aside': junk, 'segue.settings': junk });
    const memory = new SavedPatches(store, TAB, unexpected);
    expect(memory.patch()).toBe(junk === '"text"' ? 'text' : null);
    expect(memory.aside()).toEqual([]);
    expect(memory.settings()).toEqual(junk === '{"a":1}' ? { a: 1 } : {});
  });

  it.each([
    ['no storage', null],
    ['one that refuses', { getItem: unexpected, setItem: unexpected, removeItem: unexpected }],
    ['a full one', { ...storeWith(), setItem: unexpected }],
  ])('says once that it cannot keep anything: %s', (_, store) => {
    let said = 0;
    const memory = new SavedPatches(store, TAB, () => said++);
    expect([memory.patch(), memory.aside(), memory.settings()]).toEqual([null, [], {}]);
    memory.keepPatch('a');
    memory.putAside('b');
    memory.keepSettings({});
    expect(said).toBe(1);
  });
});

/**
 * A tab recognises itself after a reload, a copy of it gets an identity of its own, and refused storage breaks nothing.
 */
import { describe, expect, it } from 'vitest';
import type { Store } from './store.ts';
import { leaveTab, takeTab } from './tab.ts';

function storeWith(content: Iterable<readonly [string, string]> = []) {
  const entries = new Map(content);
  const store: Store = {
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
    removeItem: (name) => void entries.delete(name),
  };
  return { store, entries };
}

const named = (name: string) => () => name;

describe('a tab', () => {
  it('that is loaded again has its name and its text', () => {
    const { store } = storeWith();
    expect(takeTab(store, named('A'))).toEqual({ name: 'A', text: null });
    leaveTab(store, { name: 'A', text: '// mine' });
    expect(takeTab(store, named('B'))).toEqual({ name: 'A', text: '// mine' });
  });

  it('that is duplicated while it is open has another name', () => {
    const { store, entries } = storeWith();
    leaveTab(store, { name: 'A', text: '// mine' });
    takeTab(store, named('B'));
    expect(takeTab(storeWith(entries).store, named('C'))).toEqual({ name: 'C', text: null });
  });

  it.each(['', '{', '7', '{"name":1}', '{"text":"x"}'])('that was left with %j is new', (junk) => {
    expect(takeTab(storeWith([['segue.tab', junk]]).store, named('A'))).toEqual({ name: 'A', text: null });
  });

  it('needs no storage', () => {
    const refuse = () => {
      throw new Error('refused');
    };
    for (const store of [null, { getItem: refuse, setItem: refuse, removeItem: refuse }]) {
      expect(takeTab(store, named('A'))).toEqual({ name: 'A', text: null });
      leaveTab(store, { name: 'A', text: 'x' });
    }
  });
});

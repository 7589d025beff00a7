/** What froze the audio is known to later pages, as far as the browser keeps anything. */
import { expect, it } from 'vitest';
import { FrozenTexts } from './frozenTexts.ts';
import type { Store } from './store.ts';

function storeOf(values: Map<string, string>): Store {
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

it('is known here and to the next page, until somebody wants to hear it', () => {
  const values = new Map<string, string>();
  const here = new FrozenTexts(storeOf(values));
  expect(here.of('bad')).toBeNull();
  here.add({ text: 'bad', before: 'good' });
  const next = new FrozenTexts(storeOf(values));
  for (const texts of [here, next]) expect(texts.of('bad')).toEqual({ text: 'bad', before: 'good' });
  expect([next.of('good'), next.isKept('bad'), next.isKept('good')]).toEqual([null, true, false]);
  next.release('bad');
  expect([next.of('bad'), new FrozenTexts(storeOf(values)).of('bad'), values.size]).toEqual([null, null, 0]);
  next.add({ text: 'bad', before: null });
  expect(next.of('bad')).toEqual({ text: 'bad', before: null });
});

it('keeps the last few', () => {
  const values = new Map<string, string>();
  const texts = new FrozenTexts(storeOf(values));
  for (let n = 0; n < 10; n++) texts.add({ text: `bad ${n}`, before: null });
  expect([texts.of('bad 9') !== null, texts.of('bad 6') !== null, texts.of('bad 5')]).toEqual([true, true, null]);
});

it('is known here where storage is refused, and makes nothing of what others wrote there', () => {
  const refusing: Store = {
    getItem: () => {
      throw new Error('refused');
    },
    setItem: () => {
      throw new Error('refused');
    },
    removeItem: () => undefined,
  };
  for (const store of [refusing, null]) {
    const texts = new FrozenTexts(store);
    texts.add({ text: 'bad', before: null });
    expect([texts.of('bad')?.before, texts.isKept('bad')]).toEqual([null, false]);
    texts.release('bad');
    expect(texts.of('bad')).toBeNull();
  }
  for (const written of ['nonsense', '{}', '[1, null, {"text": 2}]', '[{"text": "a", "before": 3}]']) {
    const texts = new FrozenTexts(storeOf(new Map([['segue.frozen', written]])));
    expect(texts.of('a')).toBeNull();
  }
});

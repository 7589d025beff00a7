/** What was moved comes back with its text, and nothing that somebody else has stored gets through. */
import { expect, it } from 'vitest';
import type { MovedControl } from '../protocol/controls.ts';
import { MovedMemory, readMoved, storedMoved } from './movedValues.ts';

function storeOf(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

const MOVED: readonly MovedControl[] = [
  { name: 'cutoff', value: 1200 },
  { name: 'pad', value: [0.1, 0.9] },
];

it('comes back as it was', () => {
  expect(readMoved(JSON.parse(JSON.stringify(storedMoved(MOVED))))).toEqual(MOVED);
});

it('is nothing but names and finite numbers', () => {
  const junk = [['a', 1], ['b', '2'], ['c', Number.NaN], [1, 2], 'd', null, ['e', 1, 2, 3], ['f'], ['x'.repeat(65), 1]];
  expect(readMoved(junk)).toEqual([{ name: 'a', value: 1 }]);
  for (const other of [null, 7, {}, 'text']) expect(readMoved(other)).toEqual([]);
  expect(readMoved(Array.from({ length: 1000 }, (_, n) => [`${n}`, n]))).toHaveLength(128);
});

it('belongs to its text, and the newest counts', () => {
  const memory = new MovedMemory(storeOf());
  memory.keep('a', MOVED);
  memory.keep('b', [{ name: 'other', value: 1 }]);
  memory.keep('a', MOVED.slice(0, 1));
  expect(memory.of('a')).toEqual(MOVED.slice(0, 1));
  expect([memory.of('b').length, memory.of('c')]).toEqual([1, []]);
  memory.keep('a', []);
  expect(memory.of('a')).toEqual([]);
  for (let n = 0; n < 100; n++) memory.keep(`text ${n}`, MOVED);
  expect([memory.of('b'), memory.of('text 99')]).toEqual([[], MOVED]);
});

it('is nothing where nothing can be stored', () => {
  const memory = new MovedMemory(null);
  memory.keep('a', MOVED);
  expect(memory.of('a')).toEqual([]);
  const spoilt = storeOf();
  spoilt.setItem('segue.moved', '{"a"');
  expect(new MovedMemory(spoilt).of('a')).toEqual([]);
});

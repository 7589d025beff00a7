/** Which patch has which file: two with the same name do not disturb one another, whatever is opened, edited, undone and loaded again. */
import { expect, it } from 'vitest';
import { newBrowser, shelfWith, wav } from '../testing/soundShelf.ts';

const HALF = wav(0, 0x40);
const QUARTER = wav(0, 0x20);
const EIGHTH = wav(0, 0x10);
const copy = (bytes: ArrayBuffer) => bytes.slice(0);

it('two patches with one name each have their own file', async () => {
  const one = shelfWith(newBrowser(), { first: 'patch a' });
  await one.shelf.wanted(['kick']);
  await one.shelf.give('kick', copy(HALF));
  one.open('patch b');
  expect(one.playable()).toEqual({});
  await one.shelf.wanted(['kick']);
  // Nobody gave it one: it begins with what was given last.
  expect(one.playable()).toEqual({ kick: 0.5 });
  await one.shelf.give('kick', copy(QUARTER));
  one.open('patch a');
  await one.shelf.wanted(['kick']);
  expect(one.playable()).toEqual({ kick: 0.5 });

  const reloaded = shelfWith(one.kept, { first: 'patch b' });
  await reloaded.shelf.wanted(['kick']);
  expect(reloaded.playable()).toEqual({ kick: 0.25 });
  // What is removed from one stays with the other, and one that was removed does not come back by itself.
  reloaded.shelf.remove('kick');
  reloaded.open('patch a');
  await reloaded.shelf.wanted(['kick']);
  expect(reloaded.playable()).toEqual({ kick: 0.5 });
  reloaded.open('patch b');
  await reloaded.shelf.wanted(['kick']);
  expect([reloaded.playable(), reloaded.states()]).toEqual([{}, ['kick missing']]);
});

it('a patch that was begun with the file of another keeps it when that one gets another', async () => {
  const one = shelfWith(newBrowser(), { first: 'a' });
  await one.shelf.give('kick', copy(HALF));
  one.open('b');
  await one.shelf.wanted(['kick']);
  one.open('a');
  await one.shelf.wanted(['kick']);
  await one.shelf.give('kick', copy(QUARTER));
  const reloaded = shelfWith(one.kept, { first: 'b' });
  await reloaded.shelf.wanted(['kick']);
  expect(reloaded.playable()).toEqual({ kick: 0.5 });
});

it('files stay with a patch through edits, and only the last of its texts is remembered beside the one that was opened', async () => {
  const one = shelfWith(newBrowser(), { first: 'a0' });
  await one.shelf.give('kick', copy(HALF));
  for (const text of ['a1', 'a2', 'a3']) {
    one.edit(text);
    one.patch.keep();
  }
  one.open('b');
  await one.shelf.wanted(['kick']);
  await one.shelf.give('kick', copy(QUARTER));
  for (const [text, first] of [
    ['a3', 0.5],
    ['a0', 0.5],
    ['b', 0.25],
  ] as const) {
    const later = shelfWith(one.kept, { first: text });
    await later.shelf.wanted(['kick']);
    expect([text, later.playable()]).toEqual([text, { kick: first }]);
  }
  expect(one.memory.of('a2')).toBeNull();
});

it('an undo over the opening of another patch brings back the files of the one before', async () => {
  const one = shelfWith(newBrowser(), { first: 'a' });
  await one.shelf.give('kick', copy(HALF));
  await one.shelf.wanted(['kick']);
  one.open('b');
  await one.shelf.wanted(['kick']);
  await one.shelf.give('kick', copy(QUARTER));
  one.edit('a');
  one.patch.keep();
  await expect.poll(() => one.playable()).toEqual({ kick: 0.5 });
  expect(one.memory.of('b')?.get('kick')).not.toBe(one.memory.of('a')?.get('kick'));
  // Within a patch an undo of the text is none of the file.
  await one.shelf.give('kick', copy(EIGHTH));
  one.edit('a1');
  one.patch.keep();
  one.edit('a');
  one.patch.keep();
  expect(one.playable()).toEqual({ kick: 0.125 });
});

it('the same file is kept once, and away when no patch has it', async () => {
  const one = shelfWith(newBrowser(), { first: 'a' });
  await one.shelf.give('kick', copy(HALF));
  await one.shelf.give('thump', copy(HALF));
  expect(one.kept.files.size).toBe(1);
  await one.shelf.give('kick', copy(QUARTER));
  expect(one.memory.keys().length).toBe(2);
  one.shelf.remove('thump');
  expect(one.memory.keys()).toEqual([one.memory.newestOf('kick')]);
});

it('what was saved by hand keeps its files, however many texts come after it', async () => {
  const one = shelfWith(newBrowser(), { first: 'saved' });
  await one.shelf.give('kick', copy(HALF));
  one.patch.pin();
  for (let n = 0; n < 100; n++) {
    one.open(`other ${n}`);
    await one.shelf.give('kick', wav(n, 0x10));
  }
  expect([one.memory.of('other 1'), one.memory.of('other 99')]).toEqual([null, expect.any(Map)]);
  const later = shelfWith(one.kept, { first: 'saved' });
  await later.shelf.wanted(['kick']);
  expect(later.playable()).toEqual({ kick: 0.5 });
});

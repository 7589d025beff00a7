/** A note is there for a while, and never in the way of a message that stays. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createModel } from './model.ts';
import { createNotes } from './notes.ts';
import { settingsFrom } from './settings.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const note = (text: string) => ({ tone: 'note', text }) as const;

it('goes by itself, each in its own time', () => {
  const model = createModel(settingsFrom({}), []);
  const say = createNotes(model);
  say(note('one'));
  vi.advanceTimersByTime(4000);
  say(note('two'));
  vi.advanceTimersByTime(4000);
  expect(model.note.value?.text).toBe('two');
  vi.advanceTimersByTime(4000);
  expect(model.note.value).toBeNull();
});

it('gives way to a message that comes, and not to one that is there or goes', () => {
  const model = createModel(settingsFrom({}), []);
  const say = createNotes(model);
  model.message.value = note('stays');
  say(note('one'));
  expect(model.note.value?.text).toBe('one');
  model.message.value = null;
  expect(model.note.value?.text).toBe('one');
  model.message.value = { tone: 'error', text: 'It broke.' };
  expect(model.note.value).toBeNull();
});

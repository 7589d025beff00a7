/** A note is there for a while, and no longer than what it says is so. */
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Message } from './model.ts';
import { createNotes } from './notes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const note = (text: string): Message => ({ tone: 'note', text });

function setUp() {
  const shown = signal<Message | null>(null);
  const message = signal<Message | null>(null);
  return { shown, message, say: createNotes({ note: shown, message }) };
}

it('goes by itself, each in its own time', () => {
  const { shown, say } = setUp();
  say(note('one'));
  vi.advanceTimersByTime(4000);
  say(note('two'));
  vi.advanceTimersByTime(4000);
  expect(shown.value?.text).toBe('two');
  vi.advanceTimersByTime(4000);
  expect(shown.value).toBeNull();
});

it('gives way to an error that comes later, and not to one that is there', () => {
  const { shown, message, say } = setUp();
  say(note('copied'));
  message.value = { tone: 'error', text: 'wrong' };
  expect(shown.value).toBeNull();
  say(note('saved'));
  expect(shown.value?.text).toBe('saved');
  message.value = null;
  expect(shown.value?.text).toBe('saved');
});

it('goes when it is no longer so', async () => {
  const { shown, say } = setUp();
  const fadeMs = signal(10);
  say(note('ten'), () => fadeMs.value === 10);
  expect(shown.value?.text).toBe('ten');
  fadeMs.value = 50;
  await Promise.resolve();
  expect(shown.value).toBeNull();
});

it('is not taken back for what an older one said', async () => {
  const { shown, say } = setUp();
  const fadeMs = signal(10);
  say(note('ten'), () => fadeMs.value === 10);
  say(note('other'));
  fadeMs.value = 50;
  await Promise.resolve();
  expect(shown.value?.text).toBe('other');
  say(note('never so'), () => false);
  await Promise.resolve();
  expect(shown.value).toBeNull();
});

/** Keys mean one thing each, on every kind of keyboard. */
import { describe, expect, it } from 'vitest';
import { type Chord, COMMAND_NAMES, COMMANDS, chordText, commandFor, type Keystroke, tooltip } from './commands.ts';

const stroke = (keys: Partial<Keystroke>): Keystroke => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...keys,
});

const strokeOf = ({ key, code = '', mod = false, shift = false, alt = false }: Chord, apple: boolean) =>
  stroke({
    key: shift ? key.toUpperCase() : key,
    code,
    [apple ? 'metaKey' : 'ctrlKey']: mod,
    shiftKey: shift,
    altKey: alt,
  });

describe('commandFor', () => {
  it.each([false, true])('finds every command by its own chord (Apple: %s)', (apple) => {
    for (const name of COMMAND_NAMES) expect(commandFor(strokeOf(COMMANDS[name].chord, apple), apple)).toBe(name);
  });

  it('takes Ctrl on one kind of keyboard and Cmd on the other', () => {
    expect(commandFor(stroke({ key: 'Enter', ctrlKey: true }), false)).toBe('evaluate');
    expect(commandFor(stroke({ key: 'Enter', metaKey: true }), true)).toBe('evaluate');
    expect(commandFor(stroke({ key: 'Enter', ctrlKey: true }), true)).toBeNull();
    expect(commandFor(stroke({ key: 'Enter', metaKey: true }), false)).toBeNull();
    expect(commandFor(stroke({ key: 'Enter', ctrlKey: true, metaKey: true }), true)).toBeNull();
  });

  it('stops also where the full stop needs Shift', () => {
    expect(commandFor(stroke({ key: '.', code: 'Comma', ctrlKey: true, shiftKey: true }), false)).toBe('stop');
  });

  it('finds the keys that Alt turns into other characters', () => {
    expect(commandFor(stroke({ key: '≠', code: 'Equal', altKey: true }), true)).toBe('largerText');
    expect(commandFor(stroke({ key: '–', code: 'Minus', altKey: true }), true)).toBe('smallerText');
  });

  it('leaves typing alone', () => {
    for (const key of ['a', '.', '=', '-', 'Enter', 'Escape', 'Tab', 'ArrowUp', 'Backspace']) {
      for (const shiftKey of [false, true]) expect(commandFor(stroke({ key, shiftKey }), false)).toBeNull();
    }
    // Undo and redo of the text are the editor's.
    expect(commandFor(stroke({ key: 'z', ctrlKey: true }), false)).toBeNull();
    expect(commandFor(stroke({ key: 'c', ctrlKey: true }), false)).toBeNull();
    expect(commandFor(stroke({ key: 'z', ctrlKey: true, shiftKey: true }), false)).toBeNull();
  });
});

it('names keys as they stand on the keyboard', () => {
  expect(chordText(COMMANDS.share.chord, false)).toBe('Ctrl+Shift+S');
  expect(chordText(COMMANDS.share.chord, true)).toBe('⌘⇧S');
  expect(tooltip('stop', false)).toBe('stop (Ctrl+.)');
  expect(tooltip('evaluate', true)).toBe('evaluate (⌘↩)');
});

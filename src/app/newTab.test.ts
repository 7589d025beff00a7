/** The new tab has the text, and knows that it is not to be played, whatever the browser keeps. */
import { expect, it } from 'vitest';
import { fromFragment } from '../share/link.ts';
import { HELD, openNewTab } from './newTab.ts';

function open({ text = 'bad', saved = 'bad' as string | null, isFrozen = true, isKept = true } = {}): string {
  let opened = '';
  let isSaved = false;
  openNewTab({
    readText: () => text,
    save: () => {
      isSaved = true;
    },
    saved: () => (isSaved ? saved : null),
    frozen: { of: () => (isFrozen ? {} : null), isKept: () => isKept },
    open: (address) => {
      opened = address;
    },
  });
  return opened;
}

it('needs nothing in the address when the browser keeps both', () => {
  expect(open()).toBe('');
});

it('carries the text when the browser has another one, or none', () => {
  for (const saved of ['another tab saved this', null]) {
    expect(fromFragment(open({ saved }))).toEqual({ kind: 'patch', text: 'bad' });
  }
});

it('says that the text froze the audio when the browser does not keep that', () => {
  expect(open({ isKept: false })).toBe(HELD);
  expect(open({ isKept: false, saved: null })).toMatch(/^\?held#v1=/);
  expect(open({ isKept: false, isFrozen: false })).toBe('');
});

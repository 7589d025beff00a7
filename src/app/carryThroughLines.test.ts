import { expect, it } from 'vitest';
import { carryThroughLines } from './carryThroughLines.ts';

const BEFORE = 'a\nhere it is\nb\nc';

const placeIn = (text: string) => {
  const start = BEFORE.indexOf('it');
  const carried = carryThroughLines(BEFORE, text, { start, end: start + 2 });
  return carried && [text.slice(carried.start, carried.end), carried.start];
};

it('follows a stretch through edits before and behind it', () => {
  expect(placeIn('new\na\nhere it is\nb\nother')).toEqual(['it', 11]);
  expect(placeIn('here it is')).toEqual(['it', 5]);
  expect(placeIn('A\nhere it is\nB\nC')).toEqual(['it', 7]);
});

it('loses it where its line was edited', () => {
  expect(placeIn('A\nthere it isn\nB')).toBeNull();
  expect(placeIn('')).toBeNull();
});

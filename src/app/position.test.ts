import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrySpan, changedLines, lineColumn, lineColumnsOf } from './position.ts';

describe('lineColumn', () => {
  it.each([
    ['', 0, 1, 1],
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\r\n\r\nb', 5, 3, 1],
    ['é🎵x', 3, 1, 4],
    ['abc\n', 99, 2, 1],
    ['abc', -5, 1, 1],
  ])('%j at %i is line %i, column %i', (text, offset, line, column) => {
    expect(lineColumn(text, offset)).toEqual({ line, column });
    expect(lineColumnsOf(text)(offset)).toEqual({ line, column });
  });
});

describe('changedLines', () => {
  it.each([
    ['a\nb\nc', 'a\nb\nc', null],
    ['a\nb\nc', 'a\nX\nc', { from: 2, to: 2 }],
    ['a\nb\nc', 'X\nb\nY', { from: 1, to: 3 }],
    ['a\nc', 'a\nb\nc', { from: 2, to: 2 }],
    ['a\nb\nc', 'a\nc', null],
    ['a', 'a\na', { from: 2, to: 2 }],
    ['', 'a', { from: 1, to: 1 }],
  ])('from %j to %j', (before, text, lines) => {
    expect(changedLines(before, text)).toEqual(lines);
  });

  it('leaves only lines outside that stand in the old text too', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(texts, texts, (before, text) => {
        const changed = changedLines(before, text);
        fc.pre(changed !== null);
        const [old, now] = [before.split('\n'), text.split('\n')];
        const head = now.slice(0, changed!.from - 1);
        const tail = now.slice(changed!.to);
        expect(old.slice(0, head.length)).toEqual(head);
        expect(old.slice(old.length - tail.length)).toEqual(tail);
      }),
    );
  });
});

describe('carrySpan', () => {
  const span = { start: 4, end: 6 };

  it.each([
    ['is where it was before an edit behind it', 'abcdXYef', 'abcdXYefg', { start: 4, end: 6 }],
    ['moves with what is put in or taken out in front', 'abcdXYef', '__abcdXYef', { start: 6, end: 8 }],
    ['moves back', 'abcdXYef', 'adXYef', { start: 2, end: 4 }],
    ['is gone when it was touched', 'abcdXYef', 'abcdX_Yef', null],
    ['is gone with all there was', 'abcdXYef', '', null],
    ['stays in the same text', 'abcdXYef', 'abcdXYef', span],
  ])('%s', (_, before, text, expected) => {
    expect(carrySpan(before, text, span)).toEqual(expected);
  });
});

/** Bars stand exactly at the lines that what plays does not have: judged by applying what is said to the old text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unheardLines } from './unheard.ts';

const lines = (text: string) => text.split('\n');

describe('unheard lines', () => {
  it('are none where the same sounds, or nothing does', () => {
    expect(unheardLines('a\nb', 'a\nb')).toEqual({ lines: [], gaps: [] });
    expect(unheardLines(null, 'a\nb')).toEqual({ lines: [], gaps: [] });
  });

  it.each([
    ['a\nb\nc', 'a\nB\nc', [[2, 2]], []],
    ['a\nb\nc', 'a\nb\nx\ny\nc', [[3, 4]], []],
    [
      'a\nb\nc\nd\ne',
      'A\nb\nc\nd\nE',
      [
        [1, 1],
        [5, 5],
      ],
      [],
    ],
    ['a\nb\nc', 'a\nc', [], [2]],
    ['a\nb', 'a', [], [2]],
    ['b\na', 'a', [], [1]],
    ['', 'a', [[1, 1]], []],
    ['a\nb\nc', 'c\na\nb', [[1, 1]], [4]],
  ] as const)('of %j are right in %j', (sounding, text, ranges, gaps) => {
    const found = unheardLines(sounding, text);
    expect(found.lines.map(({ from, to }) => [from, to])).toEqual(ranges);
    expect(found.gaps).toEqual(gaps);
  });

  it('are one range of a text that is another one altogether', () => {
    const before = Array.from({ length: 900 }, (_, n) => `old ${n}`).join('\n');
    const after = Array.from({ length: 700 }, (_, n) => `new ${n}`).join('\n');
    expect(unheardLines(before, after)).toEqual({ lines: [{ from: 1, to: 700 }], gaps: [] });
  });

  it('leave in the text what is in what plays, in its order', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
      .map((all) => all.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { lines: ranges } = unheardLines(before, after);
        const isMarked = (line: number) => ranges.some(({ from, to }) => line >= from && line <= to);
        const kept = lines(after).filter((_, n) => !isMarked(n + 1));
        let at = 0;
        for (const line of lines(before)) if (line === kept[at]) at++;
        expect(at).toBe(kept.length);
      }),
    );
  });
});

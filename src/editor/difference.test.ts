/** The one edit between two texts: it makes the second, it is as small as such an edit can be, and it cuts no character. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';

describe('the difference of two texts', () => {
  it.each([
    ['nothing', 'abc', 'abc', 3, 3, ''],
    ['a number', 'gain = 0.30\n', 'gain = 0.25\n', 9, 11, '25'],
    ['one of two equal characters', 'aab', 'ab', 1, 2, ''],
    ['an insertion between equal ones', 'aa', 'aaa', 2, 2, 'a'],
    ['everything', 'abc', 'xyz', 0, 3, 'xyz'],
    ['an empty text', '', 'abc', 0, 0, 'abc'],
    ['characters of which the first half is the same', '😀!', '😁!', 0, 2, '😁'],
    ['characters of which the second half is the same', '\u{1f600}', '\u{1fa00}', 0, 2, '\u{1fa00}'],
  ])('is %s', (_, before, after, from, to, put) => {
    expect(difference(before, after)).toEqual({ from, to, put });
  });

  it('makes one of the other, and is no longer than what is not common to both', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁'), maxLength: 8 });
    fc.assert(
      fc.property(few, few, few, few, (head, before, after, tail) => {
        const [from, to] = [`${head}${before}${tail}`, `${head}${after}${tail}`];
        const edit = difference(from, to);
        expect(`${from.slice(0, edit.from)}${edit.put}${from.slice(edit.to)}`).toBe(to);
        expect(edit.put.length).toBeLessThanOrEqual(after.length);
        expect(edit.to - edit.from).toBeLessThanOrEqual(before.length);
        // Half a character would be read back as a replacement character.
        expect(new TextDecoder().decode(new TextEncoder().encode(edit.put))).toBe(edit.put);
      }),
    );
  });
});

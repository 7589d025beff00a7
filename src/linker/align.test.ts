/** Elements of arrays are found again: by what they are, in order, else wherever they went, else by position. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align } from './align.ts';

const matched = (old: readonly number[], next: readonly number[]): number[] => [
  ...align(old.length, next.length, [() => [old, next]]),
];

describe('align', () => {
  it.each<[string, readonly number[], readonly number[], readonly number[]]>([
    ['the same', [1, 2, 3], [1, 2, 3], [0, 1, 2]],
    ['one in front', [1, 2, 3], [9, 1, 2, 3], [-1, 0, 1, 2]],
    ['one less in front', [1, 2, 3], [2, 3], [1, 2]],
    ['one in the middle', [1, 2, 3], [1, 9, 2, 3], [0, -1, 1, 2]],
    ['another order', [1, 2, 3, 4], [4, 2, 1, 3], [3, 1, 0, 2]],
    ['one edited', [1, 2, 3], [1, 9, 3], [0, 1, 2]],
    ['one edited and one in front', [1, 2, 3], [9, 1, 2, 7], [-1, 0, 1, 2]],
    ['all edited', [1, 2, 3], [7, 8], [0, 1]],
    ['equal ones, more', [5, 5], [5, 5, 5], [0, 1, -1]],
    ['nothing before', [], [1, 2], [-1, -1]],
  ])('%s', (_, old, next, expected) => {
    expect(matched(old, next)).toEqual(expected);
  });

  it('asks the next column about what the first one does not know', () => {
    const columns = [
      [
        [1, 2],
        [8, 1],
      ],
      [
        [5, 6],
        [6, 5],
      ],
    ].map(
      ([old, next]) =>
        () =>
          [old!, next!] as const,
    );
    expect([...align(2, 2, columns)]).toEqual([1, 0]);
  });

  it('takes what stands in the same place only if it may', () => {
    const agrees = (old: number, next: number) => old === 1 && next === 0;
    expect([
      ...align(
        3,
        2,
        [
          () => [
            [1, 2, 3],
            [7, 3],
          ],
        ],
        [agrees],
      ),
    ]).toEqual([1, 2]);
  });

  it('takes what agrees in the strictest way before what stands in the same place', () => {
    const columns = [() => [[1, 2, 3] as const, [7, 8] as const] as const];
    const isNext = (old: number, next: number) => old === next + 1;
    expect([...align(3, 2, columns)]).toEqual([0, 1]);
    expect([...align(3, 2, columns, [isNext, () => true])]).toEqual([1, 2]);
    expect([...align(3, 2, columns, [(old, next) => isNext(old, next) && next === 1, () => true])]).toEqual([0, 2]);
  });

  it('gives no element away twice, and matches all that is equal', () => {
    const lists = fc.array(fc.nat({ max: 6 }), { maxLength: 30 });
    fc.assert(
      fc.property(lists, lists, (old, next) => {
        const found = matched(old, next);
        const used = found.filter((index) => index >= 0);
        expect(new Set(used).size).toBe(used.length);
        for (let value = 0; value <= 6; value++) {
          const [a, b] = [old, next].map((list) => list.filter((one) => one === value).length);
          const equal = found.filter((index, at) => index >= 0 && old[index] === value && next[at] === value).length;
          expect(equal).toBe(Math.min(a!, b!));
        }
      }),
    );
  });

  it('finds long runs in arrays too long for a table', () => {
    const old = Array.from({ length: 5000 }, (_, n) => n);
    const next = [...old.slice(100, 2000).reverse(), ...old.slice(2000), ...old.slice(0, 50)];
    expect(
      matched(old, next)
        .map((index, at) => index >= 0 && old[index] === next[at])
        .every(Boolean),
    ).toBe(true);
  });
});

/**
 * The optimiser cannot be interrupted, so what small texts ask of it has to stay small: counted in words of the image that it
 * reads, and in values that it looks at to find out in which interval one lies.
 */
import { afterEach, expect, it, vi } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { Builder } from './builder.ts';
import { KnownImage } from './image.ts';
import { Ranges } from './ranges.ts';
import type { Value } from './ssa.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a large array that nothing writes is not read as a whole at each access', () => {
  const { read } = KnownImage.prototype;
  let reads = 0;
  vi.spyOn(KnownImage.prototype, 'read').mockImplementation(function (this: KnownImage, ...args) {
    if (++reads > 2 ** 17) throw new Error('it is read again and again');
    return read.apply(this, args);
  });
  const accesses = Array.from({ length: 20 }, (_, n) => `k += b[k + ${n}]; if (k >= 900000) k -= 900000`).join('\n');
  const { second } = twoTiers(
    `const b = new Int32Array(2 ** 20)
let k = 0
export default () => { ${accesses}\nreturn k }`,
    readLibrary(),
  );
  expect(second).not.toBeNull();
  expect(reads).toBeGreaterThan(0);
});

it('a value that is chosen by what was chosen before is not looked at twice as often with each choice', () => {
  const { of } = Ranges.prototype;
  let looks = 0;
  vi.spyOn(Ranges.prototype, 'of').mockImplementation(function (this: Ranges, ...args) {
    if (++looks > 1_000_000) throw new Error('it is looked at without end');
    return of.apply(this, args);
  });
  const builder = new Builder();
  let value: Value = builder.parameter('i32');
  for (let n = 0; n < 40; n++) {
    const test = builder.binary('i32.lt_s', value, builder.parameter('i32'));
    const more = builder.binary('i32.add', value, builder.i32(1009));
    value = builder.select(test, more, builder.binary('i32.sub', value, builder.i32(4001 + n)));
  }
  const { low, high } = new Ranges().of(value);
  expect(looks).toBeGreaterThan(40);
  expect(low).toBe(-(2 ** 31));
  expect(high).toBe(2 ** 31 - 1);
});

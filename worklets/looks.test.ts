/** Looks give what is in memory, within bounds, and nothing is written. */

import { expect, it } from 'vitest';
import { LOOK_BYTES_PER_BLOCK, type Look, type Seen } from '../src/protocol/look.ts';
import { generation } from '../src/protocol/units.ts';
import { Looks } from './looks.ts';
import { MemoryViews } from './memoryViews.ts';
import type { Running } from './running.ts';

const BASE = 65_536;

function setUp(pages = 4) {
  const views = new MemoryViews(new WebAssembly.Memory({ initial: pages }));
  for (let n = 0; n < views.bytes.length; n++) views.bytes[n] = n % 251;
  const seen: Seen[] = [];
  const looks = new Looks((one) => seen.push(one));
  const live = (number = 1) => ({ generation: generation(number), base: BASE }) as Running;
  const request = (cells: number[], ranges: number[], frames = 0): Look => {
    const size = ranges.reduce((sum, value, n) => sum + (n % 2 === 1 ? value : 0), 0);
    const extremes = Float64Array.from(cells.flatMap(() => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]));
    const bytes = new Uint8Array(size);
    return {
      ...{ serial: 7, purpose: 'watch', generation: generation(1), frames, cells: Int32Array.from(cells), extremes },
      ...{ ranges: Int32Array.from(ranges), bytes },
    };
  };
  const block = (running: Running | null = live(), frame = 128) => looks.after(views, running, 128, frame);
  return { views, seen, looks, live, request, block };
}

it('answers once, with the bytes of all ranges and the extremes of all blocks', () => {
  const { views, seen, looks, request, block } = setUp();
  looks.begin(request([0, 8], [1, 3, 1000, 600, 16, 0, 40, 2], 300));
  for (const [low, high] of [
    [3, 5],
    [-2, Number.NaN],
    [4, 9],
  ]) {
    views.f64[BASE / 8] = low;
    views.f64[BASE / 8 + 1] = high;
    expect(seen).toEqual([]);
    block();
  }
  block();
  expect(seen).toHaveLength(1);
  expect([...(seen[0]?.extremes ?? [])]).toEqual([-2, 4, 5, 9]);
  const at = (offset: number, size: number) => [...views.bytes.slice(BASE + offset, BASE + offset + size)];
  expect([...(seen[0]?.bytes ?? [])]).toEqual([...at(1, 3), ...at(1000, 600), ...at(40, 2)]);
  expect(seen[0]).toMatchObject({ serial: 7, isThere: true });
});

it('copies no more in a block than it may, whatever is asked for', () => {
  const size = 3 * LOOK_BYTES_PER_BLOCK + 5;
  const { views, seen, looks, request, block } = setUp(64);
  looks.begin(request([], [10, 7, 100, size]));
  for (let n = 0; n < 4; n++) {
    expect(seen).toEqual([]);
    block();
  }
  expect(Buffer.compare(seen[0]!.bytes.subarray(7), views.bytes.subarray(BASE + 100, BASE + 100 + size))).toBe(0);
});

it('reads nothing of what does not play, nor outside of the memory', () => {
  const { views, seen, looks, live, request, block } = setUp();
  const before = views.bytes.slice();
  looks.begin(request([0], [0, 64], 1000));
  block(live(2));
  looks.begin(request([0], [0, 64]));
  block(null);
  expect(seen.map(({ isThere }) => isThere)).toEqual([false, false]);
  looks.begin(request([-BASE - 8, 4, 2 ** 30], [-BASE - 8, 8, 2 ** 30, 8, views.bytes.length - BASE - 4, 8]));
  block();
  expect([...seen[2]!.bytes]).toEqual(Array(24).fill(0));
  expect([...seen[2]!.extremes].every((value) => !Number.isFinite(value))).toBe(true);
  expect(Buffer.compare(views.bytes, before)).toBe(0);
});

it('forgets what was not answered when a newer look comes', () => {
  const { seen, looks, request, block } = setUp();
  looks.begin(request([], [0, 8], 10_000));
  block();
  looks.begin({ ...request([], [0, 16]), serial: 8 });
  // A look for another purpose is answered beside that.
  looks.begin({ ...request([], [0, 16]), serial: 9, purpose: 'copy' });
  block();
  block();
  expect(seen.map(({ serial }) => serial)).toEqual([8, 9]);
});

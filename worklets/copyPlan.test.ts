/**
 * State that goes over in two phases: what is prepared while the old generation plays on, over as many blocks as it takes,
 * and the commit, after which it is as if all had been done then. Counted in words and bytes, never in time.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CopyPlan, NO_POINTER, POINTER_WORDS } from '../src/protocol/generation.ts';
import { address, generation } from '../src/protocol/units.ts';
import { emptyPlan, programBatch } from '../src/testing/handmade.ts';
import { applyCopyPlan } from './copyPlan.ts';
import { Loader } from './loader.ts';
import { MemoryViews } from './memoryViews.ts';

const PAGE_BYTES = 65_536;
const [OLD_BASE, NEW_BASE] = [1024, 40 * PAGE_BYTES];
const ARENA_BYTES = 30 * PAGE_BYTES;

function setUp() {
  const memory = new WebAssembly.Memory({ initial: 80, maximum: 80 });
  const views = new MemoryViews(memory);
  const loader = new Loader(views, new WebAssembly.Table({ initial: 1, element: 'anyfunc' }));
  const begin = (plan: CopyPlan): void => {
    const made = programBatch({
      ...{ generation: 2, from: 1, base: 0, renderSlot: 0, stepSlot: 0, increment: null, plan },
    });
    loader.begin({
      ...made,
      ...{
        arena: { address: address(NEW_BASE), sizeBytes: ARENA_BYTES, gotBytes: 0 },
      },
      reinstates: generation(9),
    });
  };
  return { views, loader, begin };
}

/** Stages a share at a time. */
function stage(loader: Loader, afterShare: () => void): number {
  let shares = 0;
  for (; loader.state !== 'ready'; shares++) {
    expect(shares).toBeLessThan(1000);
    loader.stageShare(OLD_BASE);
    afterShare();
  }
  return shares;
}

const objectsOf = (count: number): Int32Array<ArrayBuffer> =>
  Int32Array.from(Array.from({ length: count }, (_, n) => [16 + 8 * n, 24 + 8 * n, 1_000_000 - 8 * n]).flat());

it('translates at most some 1600 pointers a share, and none again that did not change', () => {
  const { views, loader, begin } = setUp();
  const count = 20_000;
  for (let n = 0; n < count; n++) views.i32[(OLD_BASE >> 2) + n] = 16 + 8 * n;
  const pointers = Int32Array.from(
    Array.from({ length: count }, (_, n) => [4 * n, 4 * (count - n), NO_POINTER, NO_POINTER]).flat(),
  );
  const plan = { ...emptyPlan(), pointers, objects: objectsOf(count) };
  begin(plan);
  const prepared = () =>
    Array.from({ length: count }, (_, n) => pointers[POINTER_WORDS * n + 2]).filter((value) => value !== NO_POINTER)
      .length;
  let before = 0;
  stage(loader, () => {
    expect(prepared() - before).toBeLessThanOrEqual(1600);
    before = prepared();
  });
  expect(before).toBe(count);
  // Written since: a pointer elsewhere, one to nothing.
  views.i32[(OLD_BASE >> 2) + 5] = 16 + 8 * 77 + 4;
  views.i32[(OLD_BASE >> 2) + 6] = 12_345_678;
  views.i32[(NEW_BASE >> 2) + count - 6] = -5;
  applyCopyPlan(views, plan, OLD_BASE, NEW_BASE);
  for (let n = 0; n < count; n++) {
    const expected = n === 5 ? 1_000_000 - 8 * 77 + 4 : n === 6 ? -5 : 1_000_000 - 8 * n;
    expect(views.i32[(NEW_BASE >> 2) + count - n]).toBe(expected);
  }
});

it('copies at most 1.25 MiB ahead a share, and needs no more than the difference at the commit', () => {
  const { views, loader, begin } = setUp();
  const sizeBytes = 25 * PAGE_BYTES;
  views.bytes.subarray(OLD_BASE, OLD_BASE + sizeBytes).fill(1);
  const plan = { ...emptyPlan(), ahead: Int32Array.of(0, 64, sizeBytes), copies: Int32Array.of(100, 164, 8) };
  begin(plan);
  let before = 0;
  stage(loader, () => {
    const now = views.bytes.subarray(NEW_BASE, NEW_BASE + ARENA_BYTES).reduce((sum, byte) => sum + byte, 0);
    expect(now - before).toBeLessThanOrEqual(5 * 262_144);
    before = now;
  });
  expect(before).toBe(sizeBytes);
  expect(loader.hasCopiedAhead).toBe(true);
  // A frame writes where the plan says that it may.
  views.bytes.subarray(OLD_BASE + 100, OLD_BASE + 108).fill(2);
  applyCopyPlan(views, plan, OLD_BASE, NEW_BASE);
  const old = views.bytes.subarray(OLD_BASE, OLD_BASE + sizeBytes);
  expect(Buffer.compare(old, views.bytes.subarray(NEW_BASE + 64, NEW_BASE + 64 + sizeBytes))).toBe(0);
});

it('prepares nothing where what it continues does not play', () => {
  const { loader, begin } = setUp();
  begin({ ...emptyPlan(), ahead: Int32Array.of(0, 0, 1000) });
  loader.stageShare(null);
  expect([loader.state, loader.hasCopiedAhead]).toEqual(['ready', false]);
});

it('comes to the same, whatever was written when', () => {
  const word = fc.nat({ max: 40 });
  const writes = fc.array(fc.record({ share: fc.nat({ max: 3 }), at: fc.nat({ max: 999 }), value: word }));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1000, maxLength: 1000 }), writes, (words, written) => {
      const { views, loader, begin } = setUp();
      const old = views.i32.subarray(OLD_BASE >> 2, (OLD_BASE >> 2) + 1000);
      old.set(words);
      const pointers = Int32Array.from(
        Array.from({ length: 1000 }, (_, n) => [4 * n, 4 * n, NO_POINTER, NO_POINTER]).flat(),
      );
      const objects = Int32Array.of(0, 16, 0, 20, 28, 500);
      const plan = { ...emptyPlan(), pointers, objects };
      begin(plan);
      let share = 0;
      const write = () => {
        for (const one of written) if (one.share === share) old[one.at] = one.value;
        share++;
      };
      write();
      stage(loader, write);
      while (share < 4) write();
      applyCopyPlan(views, plan, OLD_BASE, NEW_BASE);
      for (let n = 0; n < 1000; n++) {
        const value = old[n];
        const expected = value < 16 ? value : value >= 20 && value < 28 ? value + 480 : 0;
        expect(views.i32[(NEW_BASE >> 2) + n]).toBe(expected);
      }
    }),
    { numRuns: 30 },
  );
});

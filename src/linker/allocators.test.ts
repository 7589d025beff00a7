/** What is given out never overlaps, stays where it is, and is used again once it is given back. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARENA_ALIGNMENT_BYTES, SYMBOLS_START } from '../protocol/arena.ts';
import { type Range, RangeAllocator, SlotAllocator, SymbolTable } from './allocators.ts';

const START = 1024;
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: 100_000 }),
  fc.integer({ min: 1, max: 2 ** 28 }),
);
/** A size to allocate, or which of the ranges in use to give back. */
const steps = fc.array(
  fc.oneof(
    sizes.map((sizeBytes) => ({ sizeBytes })),
    fc.nat().map((release) => ({ release })),
  ),
  { maxLength: 120 },
);

const LIMIT = 2 ** 40;

describe('RangeAllocator', () => {
  it('gives out aligned ranges that do not overlap, whatever is given back in between', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const allocator = new RangeAllocator(START, LIMIT);
        const used: { start: number; end: number; ranges: readonly Range[] }[] = [];
        let highest = START;
        for (const step of all) {
          if ('sizeBytes' in step) {
            const { address: start, ranges } = allocator.allocate(step.sizeBytes)!;
            const end = start + step.sizeBytes;
            expect(start % ARENA_ALIGNMENT_BYTES).toBe(0);
            expect(start).toBeGreaterThanOrEqual(START);
            expect(used.filter((other) => other.start < end && start < other.end)).toEqual([]);
            used.push({ start, end, ranges });
            highest = Math.max(highest, end);
          } else if (used.length > 0) {
            const [{ ranges }] = used.splice(step.release % used.length, 1);
            for (const range of ranges) allocator.release(range);
          }
        }
        expect(allocator.peakBytes).toBeGreaterThanOrEqual(highest);
        // Rounded up by an eighth at most, and the least size.
        expect(allocator.peakBytes - START).toBeLessThanOrEqual(totalOf(all) * 1.125 + 256 * all.length);
      }),
    );
  });

  const totalOf = (all: readonly ({ sizeBytes: number } | { release: number })[]): number =>
    all.reduce((sum, step) => sum + ('sizeBytes' in step ? step.sizeBytes : 0), 0);

  it('is one free range again when all is given back, in any order', () => {
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 40 }), fc.infiniteStream(fc.nat()), (wanted, order) => {
        const allocator = new RangeAllocator(START, LIMIT);
        const used = wanted.flatMap((sizeBytes) => allocator.allocate(sizeBytes)!.ranges);
        while (used.length > 0) {
          const [range] = used.splice(order.next().value % used.length, 1);
          allocator.release(range);
        }
        expect(allocator.freeBytes).toBe(LIMIT - START);
        expect(allocator.endBytes).toBe(START);
        // As large as all together: only neighbours that have become one can hold it.
        const whole = wanted.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
        expect(allocator.allocate(whole)?.address).toBe(START);
      }),
    );
  });

  it('finds the same two places for ranges that replace each other, also when they grow and shrink a little', () => {
    const allocator = new RangeAllocator(START, LIMIT);
    let live = allocator.allocate(100_000)!;
    const places = new Set<number>([live.address]);
    for (let n = 0; n < 300; n++) {
      const next = allocator.allocate(100_000 + (n % 7) * 64)!;
      for (const range of live.ranges) allocator.release(range);
      live = next;
      places.add(live.address);
    }
    expect(places.size).toBe(2);
    expect(allocator.peakBytes).toBeLessThan(START + 2.5 * 100_000);
  });

  it('gives the lowest range that is large enough, and nothing beyond its limit', () => {
    const allocator = new RangeAllocator(START, START + 5 * 4096);
    const [a, b, c] = [4096, 4096, 4096].map((sizeBytes) => allocator.allocate(sizeBytes)!);
    allocator.release(a!.ranges[0]!);
    allocator.release(c!.ranges[0]!);
    expect(allocator.allocate(4096)?.address).toBe(a!.address);
    expect(allocator.allocate(8192)?.address).toBe(c!.address);
    expect(allocator.allocate(8192)).toBeNull();
    allocator.release(b!.ranges[0]!);
    expect(allocator.allocate(4096)?.address).toBe(b!.address);
  });

  it('places what is in pieces around what is in use', () => {
    const allocator = new RangeAllocator(START, START + 64 * 1024);
    const first = allocator.allocate(4096)!;
    allocator.allocate(32 * 1024);
    allocator.release(first.ranges[0]!);
    // A hole of 32 KiB between two small pieces: over what is in use.
    const pieces = [
      { start: 0, end: 4096 },
      { start: 36 * 1024, end: 40 * 1024 },
    ];
    const placed = allocator.allocate(40 * 1024, pieces);
    expect(placed?.address).toBe(first.address);
    expect(placed?.ranges.map(({ start, end }) => end - start)).toEqual([4096, 4096]);
    expect(allocator.allocate(40 * 1024)).toBeNull();
  });

  it('takes nothing back twice', () => {
    const allocator = new RangeAllocator(START, LIMIT);
    const [range] = allocator.allocate(64)!.ranges;
    allocator.release(range!);
    expect(() => allocator.release(range!)).toThrow();
    expect(() => allocator.release({ start: START + 4096, end: START + 8192 })).toThrow();
  });
});

describe('SlotAllocator', () => {
  it('gives the lowest free slot, never slot 0, and counts', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(), { nil: null }), { maxLength: 200 }), (all) => {
        const allocator = new SlotAllocator();
        const used = new Set<number>();
        for (const step of all) {
          if (step === null || used.size === 0) {
            let lowest = 1;
            while (used.has(lowest)) lowest++;
            expect(allocator.allocate()).toBe(lowest);
            used.add(lowest);
          } else {
            const freed = [...used][step % used.size];
            used.delete(freed);
            allocator.release([freed as ReturnType<SlotAllocator['allocate']>]);
          }
          expect(allocator.usedSlots).toBe(used.size);
          expect(allocator.tableSlots).toBe(Math.max(0, ...used) + 1);
        }
      }),
    );
  });
});

describe('SymbolTable', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const sizeOf = (name: string): number => (name < 'f' ? 8 : name.charCodeAt(0) - 80);

  it('keeps the offset of a symbol while anybody retains it; what it gives out does not overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.constantFrom(...names), retains: fc.boolean() }), { maxLength: 200 }),
        (all) => {
          const table = new SymbolTable();
          const held = new Map<string, { offset: number; uses: number }>();
          for (const { name, retains } of all) {
            const before = held.get(name);
            if (retains) {
              const offset = table.retain(name, sizeOf(name));
              expect(offset % 8).toBe(0);
              if (before) expect(offset).toBe(before.offset);
              held.set(name, { offset, uses: (before?.uses ?? 0) + 1 });
            } else if (before) {
              table.release(name);
              if (before.uses === 1) held.delete(name);
              else held.set(name, { ...before, uses: before.uses - 1 });
            }
            let end = SYMBOLS_START;
            for (const [one, { offset }] of [...held].sort((x, y) => x[1].offset - y[1].offset)) {
              expect(offset).toBeGreaterThanOrEqual(end);
              end = offset + sizeOf(one);
              expect(table.offsetOf(one)).toBe(offset);
            }
            expect(table.endOffset).toBeGreaterThanOrEqual(end);
            expect(table.size).toBe(held.size);
          }
        },
      ),
    );
  });

  it('is as it was when what was retained is released, in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(names), fc.shuffledSubarray(names), (kept, tried) => {
        const table = new SymbolTable();
        for (const name of kept) table.retain(name, sizeOf(name));
        const before = { end: table.endOffset, offsets: names.map((name) => table.offsetOf(name)) };
        for (const name of tried) table.retain(name, sizeOf(name));
        for (const name of [...tried].sort()) table.release(name);
        expect({ end: table.endOffset, offsets: names.map((name) => table.offsetOf(name)) }).toEqual(before);
      }),
    );
  });

  it('uses the place of a symbol again for another one of its size', () => {
    const table = new SymbolTable();
    const [first] = ['first', 'text', 'last'].map((name) => table.retain(name, name === 'text' ? 40 : 8));
    const text = table.offsetOf('text');
    const end = table.endOffset;
    table.release('first');
    table.release('text');
    expect([table.retain('other'), table.retain('other text', 40), table.endOffset]).toEqual([first, text, end]);
  });

  it('knows nothing of what nobody retains', () => {
    const table = new SymbolTable();
    expect(table.offsetOf('a')).toBeNull();
    expect(() => table.release('a')).toThrow();
    table.retain('a');
    table.release('a');
    expect(table.offsetOf('a')).toBeNull();
    expect(() => table.release('a')).toThrow();
  });

  it('does not grow over ten thousand edits, whatever the sizes of texts', () => {
    const table = new SymbolTable();
    const live: string[] = [];
    let liveBytes = 0;
    let mostBytes = 0;
    const sizes = new Map<string, number>();
    for (let n = 0; n < 10_000; n++) {
      const name = `s${n}`;
      const size = n % 3 === 0 ? 16 + 8 * ((n * 7919) % 40) : 8;
      table.retain(name, size);
      sizes.set(name, size);
      live.push(name);
      liveBytes += size;
      mostBytes = Math.max(mostBytes, liveBytes);
      if (live.length <= 60) continue;
      const [gone] = live.splice((n * 104_729) % live.length, 1);
      table.release(gone!);
      liveBytes -= sizes.get(gone!)!;
    }
    expect(table.endOffset - SYMBOLS_START).toBeLessThan(2 * mostBytes);
    for (const name of live) table.release(name);
    expect(table.endOffset).toBe(SYMBOLS_START);
  });
});

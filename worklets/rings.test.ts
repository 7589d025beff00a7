/**
 * Rings turned in a memory made by hand, held against the list of everything that was ever written: at once and over many
 * steps between which the old ring is written on, with any lengths, and with cursors that no program leaves behind.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_POINTER, RING, RING_FLAGS, RING_WORDS } from '../src/protocol/generation.ts';
import { MemoryViews } from './memoryViews.ts';
import { beginRing, fitIndices, followRing, isRingDone, stepRing, turnRings } from './rings.ts';

const [OLD_BASE, NEW_BASE] = [1024, 32_768];
const [CURSOR, DATA] = [8, 64];
const GUARD = 0x5a;

interface Setting {
  readonly oldLength: number;
  readonly newLength: number;
  readonly elementBytes: 1 | 2 | 4 | 8;
  /** Whether the cursors are at what was written last. */
  readonly oldMore: 0 | 1;
  readonly newMore: 0 | 1;
  /** Whether the cursors run towards the first element. */
  readonly oldIsDown: boolean;
  readonly newIsDown: boolean;
}

const setting: fc.Arbitrary<Setting> = fc.record({
  oldLength: fc.integer({ min: 1, max: 40 }),
  newLength: fc.integer({ min: 1, max: 40 }),
  elementBytes: fc.constantFrom(1, 2, 4, 8),
  oldMore: fc.constantFrom(0, 1),
  newMore: fc.constantFrom(0, 1),
  oldIsDown: fc.boolean(),
  newIsDown: fc.boolean(),
});

const anySetting: Setting = {
  ...{ oldLength: 1, newLength: 1, elementBytes: 8, oldMore: 0, newMore: 0 },
  ...{ oldIsDown: false, newIsDown: false },
};

/** A count is that of all elements ever, which only grows. */
const upwards = (given: Setting): Setting => ({ ...given, oldIsDown: false, newIsDown: false });

/** Where in an array the element at a position of its ring is, and the other way round. */
const placed = (position: number, length: number, isDown: boolean) => {
  const wrapped = ((position % length) + length) % length;
  return isDown ? length - 1 - wrapped : wrapped;
};

function setUp(given: Setting, isSet = true) {
  const { oldLength, newLength, elementBytes, oldMore, newMore, oldIsDown, newIsDown } = given;
  const views = new MemoryViews(new WebAssembly.Memory({ initial: 1 }));
  views.bytes.fill(GUARD);
  const rings = new Int32Array(RING_WORDS);
  rings[RING.FROM] = DATA;
  rings[RING.TO] = DATA;
  rings[RING.OLD_LENGTH] = oldLength;
  rings[RING.NEW_LENGTH] = newLength;
  rings[RING.ELEMENT_BYTES] = elementBytes;
  rings[RING.OLD_CURSOR] = CURSOR;
  rings[RING.OLD_MORE] = oldMore;
  rings[RING.NEW_CURSOR] = isSet ? CURSOR : NO_POINTER;
  rings[RING.COUNT] = CURSOR;
  rings[RING.NEW_MORE] = newMore;
  rings[RING.FLAGS] = (oldIsDown ? RING_FLAGS.OLD_RUNS_DOWN : 0) | (newIsDown ? RING_FLAGS.NEW_RUNS_DOWN : 0);
  rings[RING.OLD_HEAD] = -1;
  const view = new DataView(views.memory.buffer);
  const write = (base: number, index: number, value: number) => {
    for (let byte = 0; byte < elementBytes; byte++)
      view.setUint8(base + DATA + index * elementBytes + byte, value + byte);
  };
  const read = (base: number, index: number) => {
    const bytes = [
      ...views.bytes.subarray(base + DATA + index * elementBytes, base + DATA + (index + 1) * elementBytes),
    ];
    return bytes.every((byte, n) => byte === bytes[0] + n) ? bytes[0] : `torn ${bytes}`;
  };
  const written: number[] = [];
  let count = 0;
  /** As a program does: the count is that of all elements ever, or the position in the ring. */
  const play = (times: number) => {
    for (let n = 0; n < times; n++) {
      const value = 1 + ((count * 7) % 80);
      write(OLD_BASE, placed(count, oldLength, oldIsDown), value);
      written.push(value);
      count++;
    }
    const newest = count - oldMore;
    view.setFloat64(OLD_BASE + CURSOR, isSet ? placed(newest, oldLength, oldIsDown) : newest, true);
  };
  for (let n = 0; n < newLength; n++) write(NEW_BASE, n, 99);
  return { views, rings, play, written, read: (index: number) => read(NEW_BASE, index), view };
}

type Made = ReturnType<typeof setUp>;

/** The new ring, the newest element first. */
function ringOf(made: Made, { newLength, newMore, newIsDown }: Setting, base: number): (number | string)[] {
  const cursor = made.view.getFloat64(base + CURSOR, true);
  const head = (newIsDown ? newLength - 1 - cursor : cursor) + newMore;
  return Array.from({ length: newLength }, (_, n) => made.read(placed(head - 1 - n, newLength, newIsDown)));
}

function expectUntouched({ views }: Made, { newLength, elementBytes }: Setting): void {
  const end = NEW_BASE + DATA + newLength * elementBytes;
  expect(views.bytes.subarray(NEW_BASE - 1000, NEW_BASE).every((byte) => byte === GUARD)).toBe(true);
  expect(views.bytes.subarray(end, end + 1000).every((byte) => byte === GUARD)).toBe(true);
}

it('keeps the last elements in order, wherever the cursor is, and leaves nothing as it was', () => {
  fc.assert(
    fc.property(setting, fc.nat({ max: 100 }), (given, more) => {
      const made = setUp(given);
      made.play(given.oldLength + more);
      turnRings(made.views, made.rings, OLD_BASE, NEW_BASE, made.views);
      const kept = Math.min(given.oldLength, given.newLength);
      const ring = ringOf(made, given, NEW_BASE);
      expect(ring.slice(0, kept)).toEqual(made.written.slice(-kept).reverse());
      // What is in front of them are elements of the old ring, too, and what is read next is what would have been.
      for (const value of ring) expect(made.written).toContain(value);
      if (given.newLength > given.oldLength) expect(ring.at(-1)).toBe(made.written.at(-given.oldLength));
      expectUntouched(made, given);
    }),
  );
});

it('goes from each element that it puts in to a neighbour of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 90 }), (oldLength, more) => {
      const lengths = { oldLength, newLength: oldLength + more };
      const given = { ...anySetting, ...lengths };
      const made = setUp(given);
      made.play(3 * oldLength);
      turnRings(made.views, made.rings, OLD_BASE, NEW_BASE, made.views);
      const old = made.written.slice(-oldLength).reverse();
      const places = ringOf(made, given, NEW_BASE).map((value) => old.indexOf(value as number));
      for (let n = 1; n < places.length; n++) expect(Math.abs(places[n] - places[n - 1])).toBeLessThanOrEqual(1);
    }),
  );
});

it('comes to the same over many steps, while the old ring is written on', () => {
  const writes = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(setting, writes, fc.boolean(), (drawn, blocks, isSet) => {
      const given = isSet ? drawn : upwards(drawn);
      const made = setUp(given, isSet);
      made.play(2 * given.oldLength + 5);
      beginRing(made.rings, 0, OLD_BASE, made.views);
      for (const block of blocks) {
        followRing(made.views, made.rings, 0, OLD_BASE, NEW_BASE, made.views);
        if (!isRingDone(made.rings, 0)) stepRing(made.views, made.rings, 0, OLD_BASE, NEW_BASE, made.views);
        made.play(block % given.oldLength);
      }
      turnRings(made.views, made.rings, OLD_BASE, NEW_BASE, made.views);
      const kept = Math.min(given.oldLength, given.newLength);
      const ring = ringOf(made, given, isSet ? NEW_BASE : OLD_BASE);
      expect(ring.slice(0, kept)).toEqual(made.written.slice(-kept).reverse());
      for (const value of ring) expect(made.written).toContain(value);
      expectUntouched(made, given);
    }),
  );
});

it('does no harm whatever the cursor holds', () => {
  const cursors = fc.oneof(
    fc.double(),
    fc.constantFrom(Number.NaN, -1, -0.5, 2.5, 1e300, 2 ** 53, Infinity, -Infinity),
  );
  fc.assert(
    fc.property(setting, cursors, fc.boolean(), (drawn, cursor, isSet) => {
      const given = isSet ? drawn : upwards(drawn);
      const made = setUp(given, isSet);
      made.play(2 * given.oldLength);
      made.view.setFloat64(OLD_BASE + CURSOR, cursor, true);
      turnRings(made.views, made.rings, OLD_BASE, NEW_BASE, made.views);
      expectUntouched(made, given);
      for (let n = 0; n < given.newLength; n++) expect(made.written).toContain(made.read(n));
      if (!isSet) return;
      const position = made.view.getFloat64(NEW_BASE + CURSOR, true);
      expect(Number.isInteger(position) && position >= 0 && position < given.newLength).toBe(true);
    }),
  );
});

it('brings an index back that was in the old array, and leaves all others', () => {
  const { views } = setUp(anySetting);
  const values = [0, 9, 9.5, 10, 27.5, 30, -3, Number.NaN, Infinity];
  views.f64.set(values, NEW_BASE / 8);
  fitIndices(views, Int32Array.from(values.flatMap((_, n) => [8 * n, 10, 30])), NEW_BASE);
  const after = [...views.f64.subarray(NEW_BASE / 8, NEW_BASE / 8 + values.length)];
  expect(after).toEqual([0, 9, 9.5, 0, 7.5, 30, -3, Number.NaN, Infinity]);
});

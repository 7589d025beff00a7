/** Plans between states made by hand: what goes over, what begins anew, and where pointers lead afterwards. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEADER } from '../protocol/arena.ts';
import type { CopyPlan } from '../protocol/generation.ts';
import { planCopy } from './copyPlan.ts';
import type { ArenaState, StateCell, StateObject } from './state.ts';

const SIZE = 1024;

interface Side {
  readonly cells?: Readonly<Record<string, StateCell>>;
  readonly objects?: Readonly<Record<string, Partial<StateObject> & { start: number }>>;
  /** f64 values of the image by offset. */
  readonly numbers?: Readonly<Record<number, number>>;
}

function revision({ cells = {}, objects = {}, numbers = {} }: Side): {
  state: ArenaState;
  image: Uint8Array<ArrayBuffer>;
} {
  const image = new Uint8Array(SIZE);
  const view = new DataView(image.buffer);
  for (const [offset, value] of Object.entries(numbers)) view.setFloat64(Number(offset), value, true);
  const found = Object.entries(objects).map(([path, object]): [string, StateObject] => [
    path,
    { place: path, end: object.start + 16, type: 'record', ...object },
  ]);
  return { state: { cells: new Map(Object.entries(cells)), objects: new Map(found) }, image };
}

const number = (offset: number, place = `p${offset}`): StateCell => ({ kind: 'number', offset, place });
const pointer = (offset: number, path: string | null, place = `p${offset}`): StateCell => ({
  kind: 'pointer',
  offset,
  place,
  target: path === null ? null : { path, place: path },
});
const elements = (offset: number, count: number, format = 'number', elementBytes = 8): StateCell => ({
  kind: 'elements',
  offset,
  count,
  elementBytes,
  format,
  place: `p${offset}`,
});

/** What the audio thread does with a plan, as the protocol says. */
function carryOut(plan: CopyPlan, live: Uint8Array, next: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const result = next.slice();
  const [from, to] = [new DataView(live.buffer), new DataView(result.buffer)];
  for (let n = 0; n < plan.copies.length; n += 3) {
    const [source, target, sizeBytes] = plan.copies.subarray(n, n + 3);
    result.set(live.subarray(source, source + sizeBytes), target);
  }
  for (let n = 0; n < plan.pointers.length; n += 2) {
    const old = from.getInt32(plan.pointers[n], true);
    for (let at = 0; at < plan.objects.length; at += 3) {
      const [start, end, moved] = plan.objects.subarray(at, at + 3);
      if (old >= start && old < end) to.setInt32(plan.pointers[n + 1], moved + old - start, true);
    }
  }
  return result;
}

describe('numbers', () => {
  it('go on under the same path, wherever they lie, and nothing else does', () => {
    const old = revision({ cells: { a: number(200), b: number(208) }, numbers: { 200: 1, 208: 2, 216: 3 } });
    const next = revision({ cells: { b: number(400), a: number(408) }, numbers: { 400: 2, 408: 1, 416: 4 } });
    const { plan, kept, reset } = planCopy(old, next);
    expect([kept, reset]).toEqual([['b', 'a'], []]);
    const live = revision({ numbers: { 200: 10, 208: 20, 216: 30 } }).image;
    expect(carryOut(plan, live, next.image)).toEqual(revision({ numbers: { 400: 20, 408: 10, 416: 4 } }).image);
  });

  it('begin anew where the text begins them with another value', () => {
    const old = revision({ cells: { a: number(200) }, numbers: { 200: 1 } });
    const next = revision({ cells: { a: number(200) }, numbers: { 200: 1.5 } });
    expect(planCopy(old, next)).toMatchObject({ kept: [], reset: ['a'] });
  });

  it('begin anew where the kind is another one', () => {
    const old = revision({ cells: { a: number(200), b: { ...number(208), kind: 'boxed' } as StateCell } });
    const next = revision({ cells: { a: { ...number(200), kind: 'boolean' } as StateCell, b: number(208) } });
    expect(planCopy(old, next).kept).toEqual([]);
  });

  it('begin anew where they are new, and at the very first', () => {
    const next = revision({ cells: { a: number(200) } });
    expect(planCopy(revision({}), next)).toMatchObject({ kept: [], reset: ['a'] });
    const first = planCopy(null, next);
    expect([first.reset, ...Object.values(first.plan).map((part) => part.length)]).toEqual([['a'], 0, 0, 0]);
  });

  it('go on under another name in the same place, if the old name is gone', () => {
    const old = revision({ cells: { phase: number(200, 'v.#0'), gain: number(208, 'v.#1') } });
    const renamed = revision({ cells: { turn: number(200, 'v.#0'), gain: number(208, 'v.#1') } });
    expect(planCopy(old, renamed).kept).toEqual(['turn', 'gain']);
    const added = revision({ cells: { turn: number(200, 'v.#0'), phase: number(208, 'v.#1') } });
    expect(planCopy(old, added)).toMatchObject({ kept: ['phase'], reset: ['turn'] });
  });

  it('take the state of the random numbers along', () => {
    const live = new Uint8Array(SIZE).fill(7);
    const result = carryOut(planCopy(revision({}), revision({})).plan, live, new Uint8Array(SIZE));
    const changed = [...result.keys()].filter((at) => result[at] !== 0);
    expect(changed).toEqual(Array.from({ length: 8 }, (_, n) => HEADER.RANDOM_STATE + n));
  });

  it('that are neighbours before and after are copied in one piece', () => {
    const cells = (at: number) =>
      Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`v${n}`, number(at + 8 * n)]));
    const { plan } = planCopy(revision({ cells: cells(200) }), revision({ cells: cells(400) }));
    expect([...plan.copies]).toEqual([HEADER.RANDOM_STATE, HEADER.RANDOM_STATE, 8, 200, 400, 400]);
  });
});

describe('arrays', () => {
  const fill = (at: number, count: number, value: (n: number) => number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [at + 8 * n, value(n)]));

  it('keep what they have in common when they grow or shrink', () => {
    for (const [before, after] of [
      [4, 6],
      [6, 4],
      [5, 5],
    ]) {
      const old = revision({ cells: { a: elements(200, before) } });
      const next = revision({ cells: { a: elements(400, after) } });
      const live = revision({ numbers: fill(200, before, (n) => n + 1) }).image;
      const expected = revision({ numbers: fill(400, Math.min(before, after), (n) => n + 1) }).image;
      expect(carryOut(planCopy(old, next).plan, live, next.image)).toEqual(expected);
    }
  });

  it('begin anew in the elements whose first value was edited', () => {
    const old = revision({ cells: { a: elements(200, 4) }, numbers: fill(200, 4, (n) => n) });
    const next = revision({ cells: { a: elements(200, 4) }, numbers: fill(200, 4, (n) => (n === 2 ? 50 : n)) });
    const live = revision({ numbers: fill(200, 4, (n) => 100 + n) }).image;
    const { plan, kept } = planCopy(old, next);
    expect(kept).toEqual(['a']);
    expect(carryOut(plan, live, next.image)).toEqual(
      revision({ numbers: fill(200, 4, (n) => (n === 2 ? 50 : 100 + n)) }).image,
    );
  });

  it('of another kind begin anew', () => {
    const old = revision({ cells: { a: elements(200, 4, 'Float32Array', 4) } });
    const next = revision({ cells: { a: elements(200, 4, 'Int32Array', 4) } });
    expect(planCopy(old, next)).toMatchObject({ kept: [], reset: ['a'] });
  });
});

describe('pointers', () => {
  const old = revision({
    cells: { now: pointer(200, 'a') },
    objects: { a: { start: 304 }, b: { start: 320 }, gone: { start: 336 } },
  });
  const next = revision({ cells: { now: pointer(208, 'a') }, objects: { a: { start: 400 }, b: { start: 300 } } });
  const { plan, kept } = planCopy(old, next);
  /** Where the pointer leads in the new arena, by where it led in the old one. */
  const leads = (to: number): number => {
    const live = new Uint8Array(SIZE);
    new DataView(live.buffer).setInt32(200, to, true);
    const image = next.image.slice();
    new DataView(image.buffer).setInt32(208, 400, true);
    return new DataView(carryOut(plan, live, image).buffer).getInt32(208, true);
  };

  it('lead to the same object, wherever it lies now', () => {
    expect(kept).toEqual(['now']);
    expect([leads(304), leads(320)]).toEqual([400, 300]);
  });

  it('lead nowhere if they did, and to what the text says if their object is gone', () => {
    expect([leads(0), leads(4)]).toEqual([0, 4]);
    expect(leads(336)).toBe(400);
  });

  it('begin anew where the text begins them with another object', () => {
    const other = revision({ cells: { now: pointer(208, 'b') }, objects: { a: { start: 400 }, b: { start: 300 } } });
    expect(planCopy(old, other)).toMatchObject({ kept: [], reset: ['now'] });
  });

  it('do not lead to an object of another type under the same name', () => {
    const changed = revision({
      cells: { now: pointer(208, 'a') },
      objects: { a: { start: 400, type: 'array' }, b: { start: 300 } },
    });
    const starts = [...planCopy(old, changed).plan.objects].filter((_, n) => n % 3 === 2);
    expect(starts).not.toContain(400);
    expect(starts).toContain(300);
  });

  it('are looked up in an order in which they can be searched', () => {
    const starts = [...plan.objects].filter((_, n) => n % 3 === 0);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});

describe('any two states', () => {
  const layouts = fc
    .uniqueArray(
      fc.record({ path: fc.constantFrom(...'abcdefgh'), at: fc.nat({ max: 30 }), first: fc.nat({ max: 2 }) }),
      {
        selector: ({ path }) => path,
        maxLength: 8,
      },
    )
    .filter((all) => new Set(all.map(({ at }) => at)).size === all.length);
  type Layout = readonly { readonly path: string; readonly at: number; readonly first: number }[];
  const offset = (at: number) => 256 + 8 * at;
  const made = (layout: Layout) =>
    revision({
      // Places that never agree: nothing is taken for renamed.
      cells: Object.fromEntries(
        layout.map(({ path, at }) => [path, number(offset(at), `${path}${layout.length}${at}`)]),
      ),
      numbers: Object.fromEntries(layout.map(({ at, first }) => [offset(at), first])),
    });

  it('give each variable its own live value, or the one in the text', () => {
    fc.assert(
      fc.property(layouts, layouts, (before, after) => {
        const [old, next] = [made(before), made(after)];
        const { plan, kept, reset } = planCopy(old, next);
        expect([...kept, ...reset].sort()).toEqual(after.map(({ path }) => path).sort());
        const live = revision({ numbers: Object.fromEntries(before.map(({ at }) => [offset(at), 1000 + at])) }).image;
        const view = new DataView(carryOut(plan, live, next.image).buffer);
        for (const { path, at, first } of after) {
          const known = before.find((one) => one.path === path);
          const goesOn = known !== undefined && known.first === first;
          expect(view.getFloat64(offset(at), true)).toBe(goesOn ? 1000 + known.at : first);
          expect(kept.includes(path)).toBe(goesOn);
        }
      }),
    );
  });
});

/** Plans between images made by hand: what is carried over, what is reset, and where pointers lead afterwards. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellShape, FieldShape, ObjectShape } from '../compiler/shape.ts';
import { HEADER } from '../protocol/arena.ts';
import { BOXED, type CopyPlan, POINTER_WORDS } from '../protocol/generation.ts';
import { ByteRanges } from './bytes.ts';
import { planCarryover, toPlan } from './copyPlan.ts';
import type { Side } from './match.ts';
import { ArenaState } from './state.ts';

const SIZE = 4096;
const NUMBER: CellShape = { kind: 'number' };

interface Variable {
  readonly at: number;
  readonly cell?: CellShape;
  readonly written?: boolean;
}

interface Made {
  /** Top-level variables in the order of the text. */
  readonly variables?: Readonly<Record<string, Variable>>;
  /** f64 values by offset. */
  readonly numbers?: Readonly<Record<number, number>>;
  /** i32 values by offset. */
  readonly words?: Readonly<Record<number, number>>;
  readonly texts?: readonly string[];
}

const side = ({ variables = {}, numbers = {}, words = {}, texts = [] }: Made): Side & { image: Uint8Array } => {
  const image = imageOf({ numbers, words });
  const roots = Object.entries(variables).map(([path, { cell = NUMBER, written = true }]) => ({
    ...{ path, symbol: path, cell, written },
  }));
  const input = { roots, staticClosures: [], strings: new Map(texts.map((text) => [text, text])) };
  const offsetOf = (name: string) => variables[name.replace('variable:', '')]?.at ?? null;
  return { image, carried: null, state: new ArenaState(image, input, offsetOf) };
};

function imageOf({ numbers = {}, words = {} }: Made): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(SIZE);
  const view = new DataView(image.buffer);
  for (const [offset, value] of Object.entries(numbers)) view.setFloat64(Number(offset), value, true);
  for (const [offset, value] of Object.entries(words)) view.setInt32(Number(offset), value, true);
  return image;
}

const same = (offset: number): number => offset;

function plan(old: Side | null, next: Side) {
  const carried = planCarryover(old, next);
  const { kept, reset, fresh } = carried.names();
  const lost = reset.filter(({ reason }) => reason !== 'gone').map(({ path }) => path);
  return { plan: toPlan(carried, same, same, SIZE), kept, reset: [...lost, ...fresh], carried };
}

/** What the audio thread does with a plan, as the protocol says. */
function carryOut(made: CopyPlan, live: Uint8Array, next: Uint8Array): Uint8Array {
  const result = next.slice();
  const [from, to] = [new DataView(live.buffer), new DataView(result.buffer)];
  for (let n = 0; n < made.copies.length; n += 3) {
    const [source, target, sizeBytes] = made.copies.subarray(n, n + 3) as unknown as [number, number, number];
    result.set(live.subarray(source, source + sizeBytes), target);
  }
  for (let n = 0; n < made.pointers.length; n += POINTER_WORDS) {
    const old = from.getInt32(made.pointers[n]!, true);
    for (let at = 0; at < made.objects.length; at += 3) {
      const [start, end, moved] = made.objects.subarray(at, at + 3) as unknown as [number, number, number];
      if (old >= start && old < end) to.setInt32(made.pointers[n + 1]!, moved + old - start, true);
    }
  }
  return result;
}

describe('numbers', () => {
  it('are kept under the same path, wherever they lie, and nothing else is', () => {
    const old = side({ variables: { a: { at: 200 }, b: { at: 208 } }, numbers: { 200: 1, 208: 2, 216: 3 } });
    const next = side({ variables: { b: { at: 400 }, a: { at: 408 } }, numbers: { 400: 2, 408: 1, 416: 4 } });
    const { plan: made, kept, reset } = plan(old, next);
    expect([kept, reset]).toEqual([['b', 'a'], []]);
    const live = imageOf({ numbers: { 200: 10, 208: 20, 216: 30 } });
    expect(carryOut(made, live, next.image)).toEqual(imageOf({ numbers: { 400: 20, 408: 10, 416: 4 } }));
  });

  it('are reset where the text gives them another initial value, or one of another kind', () => {
    const old = side({ variables: { a: { at: 200 }, b: { at: 208 } }, numbers: { 200: 1 } });
    const boxed: CellShape = { kind: 'boxed', mayHoldText: false };
    const next = side({ variables: { a: { at: 200 }, b: { at: 208, cell: boxed } }, numbers: { 200: 1.5 } });
    expect(plan(old, next)).toMatchObject({ kept: [], reset: ['a', 'b'] });
  });

  it('are reset at the very first, or where that is wanted', () => {
    const next = side({ variables: { a: { at: 200 } } });
    const first = plan(null, next);
    expect([first.reset, ...Object.values(first.plan).map((part) => part.length)]).toEqual([['a'], 0, 0, 0, 0, 0, 0]);
  });

  it('are kept while one of the programs writes them, and once they have been kept', () => {
    const at = (written: boolean) => side({ variables: { a: { at: 200, written } } });
    expect(plan(at(true), at(false)).kept).toEqual(['a']);
    expect(plan(at(false), at(true)).kept).toEqual(['a']);
    expect(plan(at(false), at(false)).kept).toEqual([]);
    const carried = new ByteRanges();
    carried.add([200, 208]);
    expect(plan({ ...at(false), carried }, at(false)).kept).toEqual(['a']);
  });

  it('are kept under another name between the same neighbours, if they begin alike', () => {
    const named = (...names: string[]) =>
      side({
        variables: Object.fromEntries(names.map((name, n) => [name, { at: 200 + 8 * n }])),
        numbers: Object.fromEntries(names.map((name, n) => [200 + 8 * n, name.length])),
      });
    expect(plan(named('aa', 'b', 'ccc'), named('xx', 'b', 'ddd')).kept).toEqual(['xx', 'b', 'ddd']);
    expect(plan(named('aa', 'b'), named('xxx', 'b'))).toMatchObject({ kept: ['b'], reset: ['xxx'] });
    expect(plan(named('aa', 'b'), named('b', 'xx'))).toMatchObject({ kept: ['b'], reset: ['xx'] });
  });

  it('take the state of the random numbers along', () => {
    const live = new Uint8Array(SIZE).fill(7);
    const result = carryOut(plan(side({}), side({})).plan, live, new Uint8Array(SIZE));
    const changed = [...result.keys()].filter((at) => result[at] !== 0);
    expect(changed).toEqual(Array.from({ length: 8 }, (_, n) => HEADER.RANDOM_STATE + n));
  });

  it('that are neighbours before and after are copied in one piece', () => {
    const variables = (at: number) =>
      Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`v${n}`, { at: at + 8 * n }]));
    const { plan: made } = plan(side({ variables: variables(200) }), side({ variables: variables(1000) }));
    expect([...made.copies]).toEqual([HEADER.RANDOM_STATE, HEADER.RANDOM_STATE, 8, 200, 1000, 400]);
  });

  it('are copied to places below the base, where adopted data may lie', () => {
    const variables = (at: number) =>
      Object.fromEntries(Array.from({ length: 3 }, (_, n) => [`v${n}`, { at: at + 24 * n }]));
    const carried = planCarryover(side({ variables: variables(200) }), side({ variables: variables(1000) }));
    const { copies } = toPlan(carried, same, (offset) => (offset >= 1000 ? offset - 1048 : offset), SIZE);
    const expected = [200, -48, 8, 224, -24, 8, 248, 0, 8];
    expect([...copies]).toEqual([...expected, HEADER.RANDOM_STATE, HEADER.RANDOM_STATE, 8]);
  });

  it('that may be texts are looked at when a text is gone, since they may point at it', () => {
    const variables = { a: { at: 200, cell: { kind: 'boxed', mayHoldText: true } as const } };
    const with_ = (...texts: string[]) => side({ variables, texts });
    expect(plan(with_('x'), with_('x', 'y')).kept).toEqual(['a']);
    const { plan: made, kept } = plan(with_('x', 'y'), with_('x'));
    expect(kept).toEqual(['a']);
    expect([...made.pointers.slice(0, 2)]).toEqual([200 | BOXED, 200]);
  });
});

describe('arrays', () => {
  const fill = (at: number, count: number, value: (n: number) => number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [at + 8 * n, value(n)]));
  const array = (descriptor: number, data: number, count: number, first: (n: number) => number = () => 0, bytes = 8) =>
    side({
      variables: {
        a: {
          at: 200,
          written: false,
          cell: {
            kind: 'pointer',
            object: {
              ...{ kind: 'typedArray', elementBytes: bytes, written: true },
              name: bytes === 8 ? 'Float64Array' : 'Float32Array',
            },
          },
        },
      },
      words: { 200: descriptor, [descriptor]: data, [descriptor + 4]: count },
      numbers: fill(data, count, first),
    });

  it('keep what they have in common when they grow or shrink', () => {
    for (const [before, after] of [
      [4, 6],
      [6, 4],
      [5, 5],
    ] as const) {
      const next = array(600, 616, after);
      const { plan: made } = plan(array(400, 416, before), next);
      const live = imageOf({ numbers: fill(416, before, (n) => n + 1) });
      const result = new Float64Array(carryOut(made, live, next.image).buffer);
      const found = Array.from({ length: after }, (_, n) => result[616 / 8 + n]);
      expect(found).toEqual(Array.from({ length: after }, (_, n) => (n < before ? n + 1 : 0)));
    }
  });

  it('are reset in the elements whose first value was edited', () => {
    const old = array(400, 416, 4, (n) => n);
    const next = array(400, 416, 4, (n) => (n === 2 ? 50 : n));
    const live = imageOf({ numbers: fill(416, 4, (n) => 100 + n) });
    const { plan: made, kept } = plan(old, next);
    expect(kept).toEqual(['a']);
    const result = new Float64Array(carryOut(made, live, next.image).buffer, 416, 4);
    expect([...result]).toEqual([100, 101, 50, 103]);
  });

  it('of another kind are reset', () => {
    expect(
      plan(
        array(400, 416, 4),
        array(400, 416, 4, () => 0, 4),
      ),
    ).toMatchObject({ kept: [], reset: ['a'] });
  });
});

describe('pointers', () => {
  const field = (name: string): FieldShape => ({
    ...{ name, owner: '', order: 0, offset: 0, cell: NUMBER, written: true },
  });
  const record: ObjectShape = { kind: 'record', sizeBytes: 8, fields: [field('x')] };
  const other: ObjectShape = { kind: 'typedArray', name: 'Int8Array', elementBytes: 1, written: false };
  const to = (object: ObjectShape): CellShape => ({ kind: 'pointer', object });
  const fixed = (at: number, object: ObjectShape = record) => ({ at, cell: to(object), written: false });
  const old = side({
    variables: { now: { at: 200, cell: to(record) }, a: fixed(208), b: fixed(216), gone: fixed(224) },
    words: { 200: 304, 208: 304, 216: 320, 224: 336 },
  });
  const made = (nowAt: number, objectOfA: ObjectShape = record) =>
    side({
      variables: { now: { at: 208, cell: to(record) }, a: fixed(216, objectOfA), b: fixed(224) },
      words: { 208: nowAt, 216: 400, 224: 300 },
    });
  const next = made(400);
  /** Where the pointer leads in the new arena, by where it led in the old one. */
  const leads = (target: number): number =>
    new DataView(carryOut(plan(old, next).plan, imageOf({ words: { 200: target } }), next.image).buffer).getInt32(
      208,
      true,
    );

  it('lead to the same object, wherever it lies now', () => {
    expect(plan(old, next).kept).toContain('now');
    expect([leads(304), leads(320)]).toEqual([400, 300]);
  });

  it('lead nowhere if they did, and to what the text says if their object is gone', () => {
    expect([leads(0), leads(4)]).toEqual([0, 4]);
    expect(leads(336)).toBe(400);
  });

  it('are reset where the text begins them with another object', () => {
    expect(plan(old, made(300)).reset).toContain('now');
  });

  it('do not lead to an object of another type under the same name', () => {
    const starts = [...plan(old, made(300, other)).plan.objects].filter((_, n) => n % 3 === 2);
    expect(starts).not.toContain(400);
  });

  it('are looked up in an order in which they can be searched', () => {
    const starts = [...plan(old, next).plan.objects].filter((_, n) => n % 3 === 0);
    expect(starts.length).toBeGreaterThan(2);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});

describe('any two states', () => {
  const layouts = fc
    .uniqueArray(
      fc.record({ path: fc.constantFrom(...'abcdefgh'), at: fc.nat({ max: 30 }), first: fc.nat({ max: 2 }) }),
      { selector: ({ path }) => path, maxLength: 8 },
    )
    .filter((all) => new Set(all.map(({ at }) => at)).size === all.length);
  const offset = (at: number) => 256 + 8 * at;

  it('give each variable its own live value, that of one it may have been renamed from, or the one in the text', () => {
    fc.assert(
      fc.property(layouts, layouts, (before, after) => {
        const of = (layout: typeof before) =>
          side({
            variables: Object.fromEntries(layout.map(({ path, at }) => [path, { at: offset(at) }])),
            numbers: Object.fromEntries(layout.map(({ at, first }) => [offset(at), first])),
          });
        const next = of(after);
        const { plan: made, kept, reset } = plan(of(before), next);
        expect([...kept, ...reset].sort()).toEqual(after.map(({ path }) => path).sort());
        const live = imageOf({ numbers: Object.fromEntries(before.map(({ at }) => [offset(at), 1000 + at])) });
        const view = new DataView(carryOut(made, live, next.image).buffer);
        for (const { path, at, first } of after) {
          const value = view.getFloat64(offset(at), true);
          const known = before.find((one) => one.path === path);
          const lost = before.filter((one) => !after.some((other) => other.path === one.path) && one.first === first);
          const sources = known ? (known.first === first ? [known] : []) : lost;
          if (kept.includes(path)) expect(sources.map((one) => 1000 + one.at)).toContain(value);
          else expect(value).toBe(first);
          if (known && known.first === first) expect(kept).toContain(path);
        }
      }),
    );
  });
});

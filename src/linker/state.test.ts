/** State is found in images made by hand: every written variable, field and array, by its path and its place. */

import { describe, expect, it } from 'vitest';
import type { CellShape, ClosureShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { ArenaState, listArrays } from './state.ts';
import { listNames, listState } from './stateList.ts';

const NUMBER: CellShape = { kind: 'number' };
const pointerTo = (object: ObjectShape): CellShape => ({ kind: 'pointer', object });
const field = (name: string, offset: number, cell: CellShape, written = false): FieldShape => ({
  name,
  owner: '',
  order: offset,
  offset,
  cell,
  written,
});
const record = (fields: FieldShape[]): ObjectShape => ({ kind: 'record', sizeBytes: 8 * fields.length, fields });
const root = (name: string, cell: CellShape, written = false): RootShape => ({
  path: name,
  symbol: name,
  cell,
  written,
});

/** An image with i32 words at these offsets, in which the variables lie from 64 on, eight bytes each, in this order. */
function find(
  roots: readonly RootShape[],
  words: Readonly<Record<number, number>>,
  symbols: Readonly<Record<string, number>> = {},
) {
  const image = new Uint8Array(1024);
  const view = new DataView(image.buffer);
  for (const [offset, value] of Object.entries(words)) view.setInt32(Number(offset), value, true);
  const offsets = new Map(Object.entries(symbols));
  for (const [n, { symbol }] of roots.entries()) offsets.set(`variable:${symbol}`, 64 + 8 * n);
  const names = (kind: string) =>
    [...offsets.keys()].filter((name) => name.startsWith(kind)).map((name) => name.slice(kind.length));
  return new ArenaState(
    image,
    {
      roots,
      staticClosures: names('closure:').map((symbol) => ({ symbol })),
      strings: new Map(names('string:').map((symbol) => [symbol, symbol])),
    },
    (name) => offsets.get(name) ?? null,
  );
}

/** Offsets of what was found, by path. */
const offsetsOf = (...args: Parameters<typeof find>): Record<string, number> =>
  Object.fromEntries(listState(find(...args)).map(({ path, offset }) => [path, offset]));

describe('variables', () => {
  it('are state where they are written while it sounds', () => {
    expect(offsetsOf([root('a', NUMBER), root('b', NUMBER, true), root('c', { kind: 'boolean' }, true)], {})).toEqual({
      b: 72,
      c: 80,
    });
  });

  it('that no code names are not there', () => {
    const roots = [root('a', NUMBER, true)];
    const state = new ArenaState(new Uint8Array(256), { roots, staticClosures: [], strings: new Map() }, () => null);
    expect(listState(state)).toEqual([]);
  });

  it('are also listed where somebody else says that they are state', () => {
    const state = find([root('a', NUMBER), root('b', NUMBER, true), root('c', NUMBER)], {});
    expect(listState(state, (offset) => offset === 80).map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['b', 8],
      ['c', 8],
    ]);
  });
});

describe('objects', () => {
  it('are walked along their members', () => {
    const inner = record([field('x', 0, NUMBER, true), field('y', 8, NUMBER)]);
    const outer = record([field('n', 0, NUMBER), field('inner', 8, pointerTo(inner))]);
    expect(offsetsOf([root('o', pointerTo(outer))], { 64: 200, 208: 300 })).toEqual({ 'o.inner.x': 300 });
  });

  it('that are not there are passed over', () => {
    const shape = record([field('x', 0, NUMBER, true)]);
    for (const absent of [0, 4]) expect(offsetsOf([root('o', pointerTo(shape))], { 64: absent })).toEqual({});
  });

  it('that lead to themselves are walked once, under the first name', () => {
    const node: ObjectShape & { kind: 'record' } = { kind: 'record', sizeBytes: 16, fields: [] };
    node.fields.push(field('v', 0, NUMBER, true), field('next', 8, pointerTo(node)));
    // a → 200 → 216 → 200, b → 216
    const words = { 64: 200, 72: 216, 208: 216, 224: 200 };
    expect(offsetsOf([root('a', pointerTo(node)), root('b', pointerTo(node))], words)).toEqual({
      'a.v': 200,
      'b.v': 216,
    });
  });

  it('of a chain of ten thousand are all found', () => {
    const node: ObjectShape & { kind: 'record' } = { kind: 'record', sizeBytes: 16, fields: [] };
    node.fields.push(field('v', 0, NUMBER, true), field('n', 8, pointerTo(node)));
    const count = 10_000;
    const image = new Uint8Array(128 + 16 * count);
    const view = new DataView(image.buffer);
    view.setInt32(64, 128, true);
    for (let n = 0; n + 1 < count; n++) view.setInt32(128 + 16 * n + 8, 128 + 16 * (n + 1), true);
    const roots = [root('a', pointerTo(node))];
    const state = new ArenaState(image, { roots, staticClosures: [], strings: new Map() }, () => 64);
    expect(listState(state)).toHaveLength(count);
  });
});

describe('arrays', () => {
  const numbers = (written: boolean): ObjectShape => ({ kind: 'array', elementBytes: 8, written, element: NUMBER });

  it('of numbers are one run of elements', () => {
    const words = { 64: 200, 200: 400, 204: 5, 208: 6 };
    const state = find([root('a', pointerTo(numbers(true)))], words);
    expect(listState(state)).toEqual([{ path: 'a', root: 'a', offset: 200, sizeBytes: 40 }]);
    expect(listArrays(state)).toEqual([{ offset: 200, data: 400, sizeBytes: 40, isFull: false, isWrittenData: true }]);
    expect(listState(find([root('a', pointerTo(numbers(false)))], words))).toEqual([]);
  });

  it('of objects are walked element by element', () => {
    const shape: ObjectShape = {
      kind: 'array',
      elementBytes: 4,
      written: false,
      element: pointerTo(record([field('x', 0, NUMBER, true)])),
    };
    const words = { 64: 200, 200: 216, 204: 2, 216: 300, 220: 308 };
    expect(offsetsOf([root('a', pointerTo(shape))], words)).toEqual({ 'a[0].x': 300, 'a[1].x': 308 });
  });

  it('whose elements change places are state themselves', () => {
    const shape: ObjectShape = {
      kind: 'array',
      elementBytes: 4,
      written: true,
      element: pointerTo(record([field('x', 0, NUMBER)])),
    };
    const words = { 64: 200, 200: 216, 204: 2, 216: 300, 220: 308 };
    expect(offsetsOf([root('a', pointerTo(shape))], words)).toEqual({ 'a[0]': 216, 'a[1]': 220 });
  });
});

describe('closures', () => {
  const frame = record([field('phase', 0, NUMBER, true)]);
  const closure = (path: string, code: string | null, fields: FieldShape[]): ClosureShape => ({
    path,
    place: `${path}#`,
    outline: '',
    code,
    sizeBytes: 8 + 8 * fields.length,
    fields,
  });

  it('carry the variables of the functions around them, under their own names', () => {
    const saw: ObjectShape = { kind: 'function', members: [closure('saw.λ1', null, [field('', 8, pointerTo(frame))])] };
    expect(offsetsOf([root('osc', pointerTo(saw))], { 64: 200, 208: 300 })).toEqual({ 'osc.phase': 300 });
  });

  it('of several functions are told apart by the code that their records name', () => {
    const either: ObjectShape = {
      kind: 'function',
      members: [
        closure('saw.λ1', 'saw code', [field('', 8, pointerTo(frame))]),
        closure('sine.λ1', 'sine code', [field('', 8, pointerTo(frame))]),
      ],
    };
    const roots = [root('a', pointerTo(either)), root('b', pointerTo(either)), root('c', pointerTo(either))];
    // a is a sine, b a saw, c something that is neither.
    const words = { 64: 200, 72: 220, 80: 240, 200: 48, 220: 40, 240: 56, 208: 300, 228: 308, 248: 316 };
    const symbols = { 'function:saw code': 40, 'function:sine code': 48 };
    expect(offsetsOf(roots, words, symbols)).toEqual({ 'a.phase': 300, 'b.phase': 308 });
  });

  it('with two variables of one name keep both apart', () => {
    const frames = [field('', 8, pointerTo(frame)), field('', 16, pointerTo(frame))];
    const both: ObjectShape = { kind: 'function', members: [closure('make.λ1', null, frames)] };
    const entries = listState(find([root('f', pointerTo(both))], { 64: 200, 208: 300, 216: 308 }));
    expect(entries.map(({ offset }) => offset)).toEqual([300, 308]);
    expect(listNames(entries)).toEqual(['f.phase', 'f.phase (2)']);
  });
});

/** State is found in images made by hand: every written variable, field and array, by its path and its place. */

import { describe, expect, it } from 'vitest';
import type { CellShape, ClosureShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { findState } from './state.ts';

const NUMBER: CellShape = { kind: 'number' };
const pointerTo = (object: ObjectShape): CellShape => ({ kind: 'pointer', object });
const field = (name: string, offset: number, cell: CellShape, written = false, place = name): FieldShape => ({
  name,
  place,
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
  return findState(
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
  Object.fromEntries([...find(...args).cells].map(([path, cell]) => [path, cell.offset]));

describe('variables', () => {
  it('are state where they are written while it sounds', () => {
    expect(offsetsOf([root('a', NUMBER), root('b', NUMBER, true), root('c', { kind: 'boolean' }, true)], {})).toEqual({
      b: 72,
      c: 80,
    });
  });

  it('that no code names are not there', () => {
    const roots = [root('a', NUMBER, true)];
    const { cells } = findState(new Uint8Array(256), { roots, staticClosures: [], strings: new Map() }, () => null);
    expect(cells.size).toBe(0);
  });

  it('that hold a string are followed by handle', () => {
    const { cells } = find([root('s', { kind: 'string' }, true)], { 64: 512 });
    expect(cells.get('s')).toMatchObject({ kind: 'string', offset: 64, handle: 512 });
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
    const { cells } = findState(image, { roots, staticClosures: [], strings: new Map() }, () => 64);
    expect(cells.size).toBe(count);
  });
});

describe('arrays', () => {
  const numbers = (written: boolean): ObjectShape => ({ kind: 'array', elementBytes: 8, written, element: NUMBER });

  it('of numbers are one run of elements', () => {
    const { cells } = find([root('a', pointerTo(numbers(true)))], { 64: 200, 200: 400, 204: 5 });
    expect([...cells]).toEqual([
      ['a', { place: 'a', kind: 'elements', format: 'number', offset: 400, count: 5, elementBytes: 8 }],
    ]);
    expect(find([root('a', pointerTo(numbers(false)))], { 64: 200, 200: 400, 204: 5 }).cells.size).toBe(0);
  });

  it('of numbers of a certain kind say of which', () => {
    const line: ObjectShape = { kind: 'typedArray', name: 'Float32Array', elementBytes: 4, written: true };
    expect(find([root('a', pointerTo(line))], { 64: 200, 200: 216, 204: 3 }).cells.get('a')).toMatchObject({
      format: 'Float32Array',
      offset: 216,
      count: 3,
      elementBytes: 4,
    });
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
    const { cells, objects } = find([root('a', pointerTo(shape))], { 64: 200, 200: 216, 204: 2, 216: 300, 220: 308 });
    expect(cells.get('a[1]')).toEqual({
      place: 'a[1]',
      kind: 'pointer',
      offset: 220,
      target: { path: 'a[1]', place: 'a[1]' },
    });
    expect(objects.get('a[1]')).toEqual({ place: 'a[1]', start: 308, end: 316, type: 'record' });
  });
});

describe('closures', () => {
  const frame = record([field('phase', 0, NUMBER, true, '#0')]);
  const closure = (path: string, code: string | null, fields: FieldShape[]): ClosureShape => ({
    path,
    place: `${path}#`,
    code,
    sizeBytes: 8 + 8 * fields.length,
    fields,
  });

  it('carry the variables of the functions around them, under the names of those', () => {
    const saw: ObjectShape = { kind: 'function', members: [closure('saw.λ1', null, [field('', 8, pointerTo(frame))])] };
    const { cells } = find([root('osc', pointerTo(saw))], { 64: 200, 208: 300 });
    expect([...cells.keys()]).toEqual(['osc:saw.phase']);
    expect(cells.get('osc:saw.phase')?.offset).toBe(300);
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
    expect(offsetsOf(roots, words, symbols)).toEqual({ 'a:sine.phase': 300, 'b:saw.phase': 308 });
  });

  it('with two variables of one name keep both apart', () => {
    const frames = [field('', 8, pointerTo(frame), false, '#0'), field('', 16, pointerTo(frame), false, '#1')];
    const both: ObjectShape = { kind: 'function', members: [closure('make.λ1', null, frames)] };
    const offsets = Object.values(offsetsOf([root('f', pointerTo(both))], { 64: 200, 208: 300, 216: 308 }));
    expect(offsets.sort()).toEqual([300, 308]);
  });

  it('and texts that are always there can be pointed at', () => {
    const shape: ObjectShape = { kind: 'function', members: [closure('f', 'f', []), closure('g', 'g', [])] };
    const symbols = { 'closure:f': 96, 'closure:g': 104, 'function:f': 112, 'function:g': 120, 'string:"x"': 128 };
    const { cells, objects } = find([root('now', pointerTo(shape), true)], { 64: 104, 96: 112, 104: 120 }, symbols);
    expect(cells.get('now')).toMatchObject({ kind: 'pointer', target: { path: 'closure g' } });
    expect([...objects.keys()]).toEqual(['closure f', 'closure g', 'string "x"']);
  });
});

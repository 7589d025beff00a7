/** Layouts keep boxes apart, callers in front of what they call, and what stays in its order; views are what gestures ask for. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Layout, type LayoutInput, layoutOf } from './layout.ts';
import { BOX_HEIGHT, BOX_WIDTH } from './size.ts';
import { fitted, neighbour, showing, zoomed } from './viewport.ts';

const edgesOf = (...pairs: string[]) =>
  pairs.map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    return { from, to };
  });

const input = (boxes: string, edges: string[], before: Layout | null = null, aspect = 1): LayoutInput => ({
  ...{ boxes: boxes.split(' '), edges: edgesOf(...edges) },
  ...{ aspect, before },
});

it('puts callers in front, siblings in the order in which they are called, and chooses the direction with more room', () => {
  const edges = ['out>a', 'out>b', 'a>c'];
  const wide = layoutOf(input('out a b c', edges, null, 4));
  expect(wide.direction).toBe('right');
  const { out, a, b, c } = wide.places;
  expect(out!.x).toBeLessThan(a!.x);
  expect(a!.x).toBe(b!.x);
  expect(a!.x).toBeLessThan(c!.x);
  expect(a!.y).toBeLessThan(b!.y);
  expect(layoutOf(input('out a b c', edges, null, 0.2)).direction).toBe('down');
});

it('begins and ends its lines in the middle of the sides that look at each other', () => {
  const { places, lines } = layoutOf(input('out a b c', ['out>a', 'out>b', 'a>c', 'c>out'], null, 4));
  const { out, b, c } = places;
  const toB = lines[1]!;
  expect(toB[0]).toEqual({ x: out!.x + BOX_WIDTH / 2, y: out!.y });
  expect(toB.at(-1)).toEqual({ x: b!.x - BOX_WIDTH / 2, y: b!.y });
  const back = lines[3]!;
  expect(back[0]).toEqual({ x: c!.x - BOX_WIDTH / 2, y: c!.y });
  expect(back.at(-1)).toEqual({ x: out!.x + BOX_WIDTH / 2, y: out!.y });
});

it('leaves everything where it is while boxes and edges are the same', () => {
  const before = layoutOf(input('out a b c', ['out>a', 'out>b', 'a>c']));
  expect(layoutOf(input('out a b c', ['out>a', 'out>b', 'a>c'], before))).toBe(before);
});

/** Trees with some more edges: box n is called by an earlier one. */
const patches = fc
  .array(fc.tuple(fc.nat(), fc.option(fc.nat(), { nil: null })), { minLength: 2, maxLength: 14 })
  .map((callers) => ({
    boxes: ['b0', ...callers.map((_, n) => `b${n + 1}`)],
    edges: callers.flatMap(([first, second], n) => {
      const from = new Set([first % (n + 1), ...(second === null ? [] : [second % (n + 1)])]);
      return [...from].map((caller) => ({ from: `b${caller}`, to: `b${n + 1}` }));
    }),
  }));

it('lets no box cover another, and keeps the order of boxes that stay when one comes or goes', () => {
  fc.assert(
    fc.property(patches, fc.nat(), (patch, pick) => {
      const before = layoutOf({ ...patch, aspect: 1, before: null });
      const gone = `b${1 + (pick % (patch.boxes.length - 1))}`;
      const boxes = [...patch.boxes.filter((id) => id !== gone), 'fresh'];
      const edges = patch.edges.filter(({ from, to }) => from !== gone && to !== gone);
      const after = layoutOf({ boxes, edges: [...edges, { from: 'b0', to: 'fresh' }], aspect: 1, before });
      expectApart(before);
      expectApart(after);
      expect(after.direction).toBe(before.direction);
      const [along, across] = after.direction === 'right' ? (['x', 'y'] as const) : (['y', 'x'] as const);
      const kept = boxes.filter((id) => id !== 'fresh');
      for (const one of kept) {
        for (const other of kept) {
          const [a, b] = [after.places[one]!, after.places[other]!];
          const [c, d] = [before.places[one]!, before.places[other]!];
          const stayBeside = a[along] === b[along] && c[along] === d[along] && c[across] < d[across];
          if (stayBeside) expect(a[across]).toBeLessThan(b[across]);
        }
      }
    }),
    { numRuns: 10 },
  );
});

function expectApart({ places }: Layout): void {
  const all = Object.values(places);
  all.forEach((a, n) => {
    for (const b of all.slice(n + 1)) {
      expect(Math.abs(a.x - b.x) >= BOX_WIDTH || Math.abs(a.y - b.y) >= BOX_HEIGHT).toBe(true);
    }
  });
}

it('fits, zooms around a point, and moves no further than it takes', () => {
  const extent = { left: -100, top: 0, width: 400, height: 100 };
  const room = { width: 220, height: 300 };
  expect(fitted(extent, room)).toEqual({ scale: 0.5, x: 60, y: 125 });
  // What lies at (30, 40) of the screen stays there.
  const view = zoomed({ scale: 1, x: 10, y: 20 }, 2, { x: 30, y: 40 });
  expect(view).toEqual({ scale: 2, x: -10, y: 0 });
  const whole = { scale: 1, x: 0, y: 0 };
  expect(showing(whole, { x: 100, y: 100 }, 50, 20, room)).toBe(whole);
  expect(showing(whole, { x: 200, y: 100 }, 50, 20, room)).toEqual({ scale: 1, x: -40, y: 0 });
});

it('walks to the nearest box in the direction of a key', () => {
  const places = { a: { x: 0, y: 0 }, b: { x: 100, y: 0 }, c: { x: 100, y: 60 }, d: { x: 300, y: 10 } };
  expect(neighbour('a', places, { x: 1, y: 0 })).toBe('b');
  expect(neighbour('b', places, { x: 0, y: 1 })).toBe('c');
  expect(neighbour('c', places, { x: -1, y: 0 })).toBe('a');
  expect(neighbour('a', places, { x: -1, y: 0 })).toBeNull();
});

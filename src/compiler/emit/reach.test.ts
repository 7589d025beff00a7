/** What a guard lets through of an arena in pieces, held against the list itself, read in JavaScript. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ACCESS_REACH_BYTES, HEADER, IMPORTS, MAX_REACHABLE_RANGES, SYMBOLS_START } from '../../protocol/arena.ts';
import { importName } from '../symbols.ts';
import { emit } from './emit.ts';

const BASE = 65_536;
const BYTES = 8;
const LIMIT = 256;

const memory = new WebAssembly.Memory({ initial: 2 });
const table = new WebAssembly.Table({ initial: 1, element: 'anyfunc' });
const { bytes, imports } = emit([
  {
    functions: [
      {
        symbol: 'f',
        signature: { parameters: ['i32'], result: 'void' },
        locals: [],
        body: [{ op: 'effect', value: { op: 'guard', target: 'elements', index: 1, bytes: BYTES, site: 0 } }],
      },
    ],
  },
]);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
  [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: memory, [IMPORTS.TABLE]: table },
  [IMPORTS.SYMBOLS]: Object.fromEntries(imports.map((symbol) => [importName(symbol), SYMBOLS_START])),
});
const run = exports.f as (base: number, environment: number, pointer: number) => void;

function letsThrough(pointer: number): boolean {
  try {
    run(BASE, 0, pointer);
    return true;
  } catch {
    return false;
  }
}

interface Range {
  readonly start: number;
  readonly size: number;
}

/** Disjoint, rising, of all sizes, from just behind the first piece up to the highest offset. */
const ranges: fc.Arbitrary<readonly Range[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 ** 25 }), fc.integer({ min: 1, max: 2 ** 25 })), {
    maxLength: MAX_REACHABLE_RANGES,
  })
  .map((parts) => {
    let end = SYMBOLS_START + LIMIT + ACCESS_REACH_BYTES;
    return parts.map(([gap, size]) => {
      const start = end + gap;
      end = start + size;
      return { start, size };
    });
  });

it('lets through what lies within a piece as a whole, and nothing else', () => {
  const view = new DataView(memory.buffer);
  view.setInt32(BASE + HEADER.POINTER_LIMIT, LIMIT, true);
  const property = fc.property(ranges, fc.nat(), fc.nat({ max: 2 ** 32 - 1 }), (list, which, anywhere) => {
    view.setInt32(BASE + HEADER.REACHABLE_COUNT, list.length, true);
    for (const [n, { start, size }] of list.entries()) {
      view.setUint32(BASE + HEADER.REACHABLE + 8 * n, start, true);
      view.setUint32(BASE + HEADER.REACHABLE + 8 * n + 4, size, true);
    }
    const chosen = list[which % Math.max(1, list.length)] ?? { start: SYMBOLS_START, size: 0 };
    const ends = [chosen.start, chosen.start + chosen.size];
    const near = ends.flatMap((end) => [-BYTES - 1, -BYTES, -1, 0, 1].map((by) => end + by));
    const first = { start: SYMBOLS_START, size: LIMIT + ACCESS_REACH_BYTES };
    for (const pointer of [...near, SYMBOLS_START - 1, 0, anywhere]) {
      const isInside = [first, ...list].some(({ start, size }) => pointer >= start && pointer + BYTES <= start + size);
      expect(letsThrough(pointer), `${pointer} in ${JSON.stringify(list)}`).toBe(isInside);
    }
  });
  fc.assert(property, { seed: Number(process.env.SEGUE_SEED ?? 1), numRuns: Number(process.env.SEGUE_RUNS ?? 200) });
});

/** The loader's share of work per block, and what is in memory and table when it is done. */

import { describe, expect, it } from 'vitest';
import { MAX_MEMORY_PAGES } from '../src/protocol/arena.ts';
import type { GenerationBatch } from '../src/protocol/generation.ts';
import { address, arenaOffset, generation, slot } from '../src/protocol/units.ts';
import { assemble, emptyPlan, imageOf, stepModule, stepWat } from '../src/testing/handmade.ts';
import { MAX_HEAP_BYTES } from '../src/worker/shadow.ts';
import { Loader } from './loader.ts';
import { MemoryViews } from './memoryViews.ts';

const PAGE_BYTES = 65_536;

function setUp(pages = 1, slots = 1) {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: MAX_MEMORY_PAGES });
  const table = new WebAssembly.Table({ initial: slots, element: 'anyfunc' });
  return { memory, table, loader: new Loader(new MemoryViews(memory), table) };
}

const batch = (parts: Partial<GenerationBatch>): GenerationBatch => ({
  ...{ generation: generation(1), from: null, memoryBytes: 0, tableSlots: 0, modules: [], image: imageOf([]) },
  ...{
    arena: { address: address(1024), sizeBytes: 0, gotBytes: 0 },
    plan: emptyPlan(),
    render: slot(0),
    fadeFrames: 0,
  },
  ...{
    transition: 'cut',
    quantumBeats: 0,
    quantumBpm: 0,
    bpmOffset: null,
    holes: new Int32Array(),
    outside: new Int32Array(),
    reinstates: null,
  },
  ...parts,
});

/** Stages to the end and calls `look` after each share. */
function stage(loader: Loader, look: () => void = () => {}): number {
  for (let shares = 1; ; shares++) {
    if (shares > 10_000) throw new Error(`staging does not end (${loader.state})`);
    loader.stageShare(null);
    look();
    if (loader.state === 'ready' || loader.state === 'refused') return shares;
  }
}

const filled = (table: WebAssembly.Table) =>
  Array.from({ length: table.length }, (_, n) => table.get(n)).filter((entry) => entry !== null).length;

it('takes a batch whose module comes as bytes in two shares, and a compiled one in one', () => {
  const { loader, table } = setUp();
  loader.begin(batch({ modules: [stepModule(0, 1)] }));
  expect(stage(loader)).toBe(2);
  expect(loader.state).toBe('ready');
  expect(filled(table)).toBe(1);
  loader.finish();
  const code = new WebAssembly.Module(assemble(stepWat(1)));
  loader.begin(batch({ modules: [{ ...stepModule(0, 1), code }] }));
  expect(stage(loader)).toBe(1);
});

it('takes compiled modules as well as bytes', () => {
  const { loader, memory, table } = setUp();
  const module = stepModule(0, 2.5);
  loader.begin(batch({ modules: [{ ...module, code: new WebAssembly.Module(assemble(stepWat(2.5))) }] }));
  stage(loader);
  expect((table.get(0) as (base: number) => number)(0)).toBe(2.5);
  expect(memory.buffer.byteLength).toBe(PAGE_BYTES);
});

it('makes at most one instance a share from bytes', () => {
  const { loader, table } = setUp(1, 5);
  loader.begin(batch({ modules: [0, 1, 2, 3, 4].map((n) => stepModule(n, n)) }));
  let before = 0;
  stage(loader, () => {
    expect(filled(table) - before).toBeLessThanOrEqual(1);
    before = filled(table);
  });
  expect([0, 1, 2, 3, 4].map((n) => (table.get(n) as (base: number) => number)(64 * n))).toEqual([0, 1, 2, 3, 4]);
});

it('sets at most 56 slots a share', () => {
  const { loader, table } = setUp();
  const exports = Array.from({ length: 100 }, (_, n) => ({ name: 'step', slot: slot(n) }));
  loader.begin(batch({ tableSlots: 100, modules: [{ ...stepModule(0, 1), exports }] }));
  let before = 0;
  stage(loader, () => {
    expect(filled(table) - before).toBeLessThanOrEqual(56);
    before = filled(table);
  });
  expect(filled(table)).toBe(100);
});

it('grows memory and table to what is asked for, and no further', () => {
  const { loader, memory, table } = setUp(2, 4);
  loader.begin(batch({ memoryBytes: 2 * PAGE_BYTES + 1, tableSlots: 6 }));
  stage(loader);
  expect(memory.buffer.byteLength).toBe(3 * PAGE_BYTES);
  expect(table.length).toBe(6);
  loader.finish();
  loader.begin(batch({ memoryBytes: 1, tableSlots: 1 }));
  stage(loader);
  expect(memory.buffer.byteLength).toBe(3 * PAGE_BYTES);
  expect(table.length).toBe(6);
});

it('clears the arena and writes the image, no more than 1.25 MiB a share, nothing beside it', () => {
  const { loader, memory } = setUp(80);
  const bytes = new Uint8Array(memory.buffer).fill(0xee);
  const base = 4096;
  const sizeBytes = 5_000_000;
  const pieces = [
    { offset: arenaOffset(100), bytes: new Uint8Array(400_000).map((_, n) => n % 251) },
    { offset: arenaOffset(400_100), bytes: Uint8Array.of(1, 2, 3) },
    { offset: arenaOffset(sizeBytes - 1), bytes: Uint8Array.of(9) },
  ];
  const image = imageOf(pieces);
  const expected = new Uint8Array(bytes);
  expected.fill(0, base, base + sizeBytes);
  for (const segment of pieces) expected.set(segment.bytes, base + segment.offset);

  loader.begin(batch({ arena: { address: address(base), sizeBytes, gotBytes: 0 }, image }));
  let before = new Uint8Array(bytes);
  stage(loader, () => {
    const now = new Uint8Array(bytes);
    let written = 0;
    for (let n = 0; n < now.length; n++) if (now[n] !== before[n]) written++;
    expect(written).toBeLessThanOrEqual(5 * 262_144);
    before = now;
  });
  expect(Buffer.compare(bytes, expected)).toBe(0);
});

it('writes at most 960 runs of an image a share, however short they are', () => {
  const { loader, memory } = setUp(4);
  const pieces = Array.from({ length: 4000 }, (_, n) => ({
    offset: 16 * n,
    bytes: Uint8Array.of(1 + (n % 255), 2, 3, 4),
  }));
  loader.begin(batch({ arena: { address: address(4096), sizeBytes: 100_000, gotBytes: 0 }, image: imageOf(pieces) }));
  const bytes = new Uint8Array(memory.buffer);
  const written = (): number => pieces.filter(({ offset }) => bytes[4096 + offset] !== 0).length;
  let before = 0;
  const shares = stage(loader, () => {
    expect(written() - before).toBeLessThanOrEqual(960);
    before = written();
  });
  expect(before).toBe(4000);
  expect(shares).toBeLessThan(10);
});

/** Blocks of 128 frames at 48 kHz. */
const HALF_A_SECOND = 188;

it.each([
  ['all zeros', 0, 0],
  ['a number in each page', 4096, 8],
  ['as many short runs as are cut', 2052, 4],
  ['as many of 64 bytes', 2116, 64],
])('has the largest image that a text can ask for in place within half a second: %s', (_, strideBytes, runBytes) => {
  const { loader, memory } = setUp(MAX_HEAP_BYTES / PAGE_BYTES + 1);
  const count = strideBytes === 0 ? 0 : Math.floor(MAX_HEAP_BYTES / strideBytes);
  const runs = new Int32Array(2 * count).map((__, n) => (n % 2 === 0 ? (n / 2) * strideBytes : runBytes));
  const image = { runs, bytes: new Uint8Array(count * runBytes).fill(7) };
  const arena = { address: address(PAGE_BYTES), sizeBytes: MAX_HEAP_BYTES, gotBytes: 0, cleanFrom: arenaOffset(0) };
  loader.begin(batch({ arena, image }));
  expect(stage(loader)).toBeLessThan(HALF_A_SECOND);
  expect(loader.state).toBe('ready');
  if (count > 0) expect(new Uint8Array(memory.buffer)[PAGE_BYTES + (count - 1) * strideBytes]).toBe(7);
});

it('clears at most 250 pieces between holes a share', () => {
  const { loader, memory } = setUp(4);
  const bytes = new Uint8Array(memory.buffer).fill(0xee);
  const holes = Int32Array.from({ length: 4000 }, (_, n) => 8 * n + 8);
  loader.begin(batch({ arena: { address: address(4096), sizeBytes: 40_000, gotBytes: 0 }, holes }));
  let before = 0;
  stage(loader, () => {
    const cleared = Array.from({ length: 2000 }, (_, n) => bytes[4096 + 16 * n]).filter((byte) => byte === 0).length;
    expect(cleared - before).toBeLessThanOrEqual(250);
    before = cleared;
  });
  expect(before).toBe(2000);
});

it('clears and writes what lies outside of the arena, but what was never used', () => {
  const { loader, memory } = setUp(4);
  const bytes = new Uint8Array(memory.buffer).fill(0xee);
  const expected = new Uint8Array(bytes);
  expected.fill(0, 8192, 8192 + 640);
  expected.fill(0, 4096, 4096 + 100);
  expected.fill(0, 50_000, 50_200);
  expected.set([1, 2, 3, 4], 4196);
  const outside = Int32Array.of(-4096, -3900, -3996, 41_808, 42_008, 60_000);
  const image = imageOf([{ offset: -3996, bytes: Uint8Array.of(1, 2, 3, 4) }]);
  loader.begin(batch({ arena: { address: address(8192), sizeBytes: 640, gotBytes: 0 }, outside, image }));
  stage(loader);
  expect(loader.state).toBe('ready');
  expect(Buffer.compare(bytes, expected)).toBe(0);
});

it('touches every page that was never used, no more than 560 a share, and nothing in holes', () => {
  const { loader, memory } = setUp(80);
  const bytes = new Uint8Array(memory.buffer).fill(0xee);
  const [base, sizeBytes, cleanFrom] = [4160, 5_000_000, arenaOffset(100_000)];
  const holes = Int32Array.of(2_000_000, 3_000_000);
  loader.begin(batch({ arena: { address: address(base), sizeBytes, gotBytes: 0, cleanFrom }, holes }));
  const touchedPages = (): number[] =>
    Array.from({ length: bytes.length / 4096 }, (_, page) => page).filter((page) => {
      const start = Math.max(page * 4096, base + cleanFrom);
      return start < page * 4096 + 4096 && bytes.subarray(start, page * 4096 + 4096).includes(0);
    });
  let before = 0;
  const shares = stage(loader, () => {
    const now = touchedPages().length;
    expect(now - before).toBeLessThanOrEqual(560);
    before = now;
  });
  const expected = new Set<number>();
  for (const [start, end] of [
    [cleanFrom, 2_000_000],
    [3_000_000, sizeBytes],
  ] as const) {
    for (let at = base + start; at < base + end; at++) expected.add(Math.floor(at / 4096));
  }
  expect(touchedPages()).toEqual([...expected]);
  expect(bytes.subarray(base + 2_000_000, base + 3_000_000).every((byte) => byte === 0xee)).toBe(true);
  expect(shares).toBeGreaterThan(1);
  expect(shares).toBeLessThan(6);
});

it('leaves holes of the arena alone', () => {
  const { loader, memory } = setUp(4);
  const bytes = new Uint8Array(memory.buffer).fill(0xee);
  const expected = new Uint8Array(bytes);
  for (const [start, end] of [
    [100, 1000],
    [2000, 50_000],
    [60_000, 100_000],
  ]) {
    expected.fill(0, 4096 + start, 4096 + end);
  }
  const holes = Int32Array.of(0, 100, 1000, 2000, 50_000, 60_000);
  loader.begin(batch({ arena: { address: address(4096), sizeBytes: 100_000, gotBytes: 0 }, holes }));
  stage(loader);
  expect(Buffer.compare(bytes, expected)).toBe(0);
});

it('touches nothing of an arena that is taken over as it is', () => {
  const { loader, memory } = setUp(4);
  const bytes = new Uint8Array(memory.buffer).fill(0xee);
  loader.begin(
    batch({ arena: { address: address(4096), sizeBytes: 100_000, gotBytes: 0 }, reinstates: generation(1) }),
  );
  stage(loader);
  expect(loader.state).toBe('ready');
  expect(bytes.every((byte) => byte === 0xee)).toBe(true);
});

it('does it all at once where asked to', () => {
  const { loader, table } = setUp(4, 3);
  loader.begin(
    batch({
      modules: [stepModule(0, 1), stepModule(1, 1)],
      arena: { address: address(0), sizeBytes: 200_000, gotBytes: 0 },
    }),
  );
  loader.release([slot(2)]);
  loader.stageAll(null);
  expect(loader.state).toBe('ready');
  expect(filled(table)).toBe(2);
});

describe('released slots', () => {
  it('are emptied, 56 a share, before a later batch may use them again', () => {
    const { loader, table } = setUp(1, 100);
    loader.begin(
      batch({
        modules: [
          { ...stepModule(0, 1), exports: Array.from({ length: 100 }, (_, n) => ({ name: 'step', slot: slot(n) })) },
        ],
      }),
    );
    loader.stageAll(null);
    loader.finish();

    loader.release(Array.from({ length: 80 }, (_, n) => slot(n)));
    loader.release([slot(90), slot(500)]);
    loader.begin(batch({ modules: [stepModule(3, 8)] }));
    let before = filled(table);
    stage(loader, () => {
      expect(before - filled(table)).toBeLessThanOrEqual(56);
      before = filled(table);
    });
    expect(filled(table)).toBe(100 - 81 + 1);
    expect((table.get(3) as (base: number) => number)(0)).toBe(8);
    expect(table.get(90)).toBe(null);
  });
});

it('says why it refuses, and takes the next batch', () => {
  const { loader } = setUp();
  loader.begin(batch({ modules: [{ ...stepModule(0, 1), code: Uint8Array.of(0, 1, 2, 3) }] }));
  stage(loader);
  expect(loader.state).toBe('refused');
  expect(loader.refusal).toMatch(/magic/);
  loader.finish();
  loader.begin(batch({ modules: [stepModule(0, 1)] }));
  stage(loader);
  expect(loader.state).toBe('ready');
});

it('leaves a commit that takes long to the next block, where its share has taken this one', () => {
  const { loader } = setUp(40);
  const sizeBytes = 1_500_000;
  const plan = { ...emptyPlan(), copies: Int32Array.of(0, 0, sizeBytes) };
  const arena = { address: address(4096), sizeBytes, gotBytes: 0 };
  loader.begin(batch({ arena, plan }));
  loader.stageShare(null);
  loader.stageShare(null);
  // All is staged, 250 and 120 microseconds' worth; the copy takes more than what is left.
  expect(loader.state).toBe('state');
  loader.stageShare(null);
  expect(loader.state).toBe('ready');
  loader.finish();
  loader.begin(batch({ arena: { ...arena, sizeBytes: 64 }, plan: emptyPlan() }));
  loader.stageShare(null);
  expect(loader.state).toBe('ready');
});

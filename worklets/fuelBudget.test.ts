/** How much work one block can come to, whatever plays in it, fades out of it or is tried instead. Counted in turns of loops. */
import { expect, it } from 'vitest';
import { HEADER, MAX_BLOCK_FUEL, MAX_BURST_FUEL } from '../src/protocol/arena.ts';
import { OVER_BUDGET } from '../src/protocol/audio.ts';
import type { NewArenaBatch } from '../src/protocol/generation.ts';
import { slot } from '../src/protocol/units.ts';
import { assemble, programBatch } from '../src/testing/handmade.ts';
import { commitAtOnce, render, setUp } from '../src/testing/rendererBench.ts';

/** Here turns are counted, each by the units that it burns; address 0 to 1023 belongs to no arena. */
const COUNTER = 512;
const UNITS_PER_TURN = 4096;
const END_FRAME = 1_000_000;

/** Burns `units` a block, or what is `heavy` every so many blocks, and from a frame on all that there is, and then traps. */
const burningWat = (units: number, fromFrame: number, heavy: Heavy): string => `(module
  (import "env" "memory" (memory 1))
  (func (export "render") (param $base i32) (param $frames i32) (local $left i32)
    (local.set $left (i32.const ${units}))
    (if (i32.eqz (i32.rem_u
        (i32.div_u (i32.trunc_f64_u (f64.load offset=${HEADER.CURRENT_FRAME} (local.get $base))) (i32.const 128))
        (i32.const ${heavy.everyBlocks})))
      (then (local.set $left (i32.const ${heavy.units}))))
    (i32.store offset=${HEADER.FUEL} (local.get $base) (i32.load offset=${HEADER.FUEL_PER_BLOCK} (local.get $base)))
    (if (f64.ge (f64.load offset=${HEADER.CURRENT_FRAME} (local.get $base)) (f64.const ${fromFrame}))
      (then (local.set $left (i32.const 0x7fffffff))))
    (block $done (loop $turn
      (br_if $done (i32.lt_s (local.get $left) (i32.const 0)))
      (local.set $left (i32.sub (local.get $left) (i32.const ${UNITS_PER_TURN})))
      (i32.store offset=${HEADER.FUEL} (local.get $base)
        (i32.sub (i32.load offset=${HEADER.FUEL} (local.get $base)) (i32.const ${UNITS_PER_TURN})))
      (if (i32.lt_s (i32.load offset=${HEADER.FUEL} (local.get $base)) (i32.const 0)) (then (unreachable)))
      (i32.store (i32.const ${COUNTER}) (i32.add (i32.load (i32.const ${COUNTER})) (i32.const ${UNITS_PER_TURN})))
      (br $turn)))
    (f64.store offset=${HEADER.CURRENT_FRAME} (local.get $base)
      (f64.add (f64.load offset=${HEADER.CURRENT_FRAME} (local.get $base)) (f64.convert_i32_s (local.get $frames))))))`;

interface Heavy {
  readonly units: number;
  readonly everyBlocks: number;
}

interface Burning {
  readonly heavy?: Heavy;
  readonly budget?: number;
  readonly units?: number;
  readonly fromFrame?: number;
  readonly fadeFrames?: number;
}

function burning(
  number: number,
  {
    budget = MAX_BLOCK_FUEL,
    units = 0,
    fromFrame = END_FRAME,
    fadeFrames = 0,
    heavy = { units, everyBlocks: 1 },
  }: Burning,
): NewArenaBatch {
  const base = 4096 * number;
  const bytes = new Uint8Array(Int32Array.of(budget).buffer);
  return {
    ...programBatch({
      ...{ generation: number, from: number > 1 ? number - 1 : null, base, renderSlot: number, stepSlot: 0 },
      ...{ increment: null, fadeFrames, extra: [{ offset: HEADER.FUEL_PER_BLOCK, bytes }] },
    }),
    modules: [
      {
        code: assemble(burningWat(units, fromFrame, heavy)),
        symbols: {},
        exports: [{ name: 'render', slot: slot(number) }],
      },
    ],
  };
}

function play(generations: readonly Burning[]) {
  const bench = setUp();
  const counter = (): number => new Int32Array(bench.memory.buffer)[COUNTER / 4];
  generations.forEach((options, index) => {
    commitAtOnce(bench.renderer, burning(index + 1, options));
    render(bench.renderer, 128);
  });
  return {
    ...bench,
    /** Units that the next block burns, all generations together. */
    block(): number {
      const before = counter();
      render(bench.renderer, 128);
      return counter() - before;
    },
  };
}

const kinds = (events: readonly { readonly kind: string }[], kind: string) =>
  events.filter((event) => event.kind === kind);

it('one that runs out of fuel has had all that a burst may have', () => {
  const { block, events } = play([{ fromFrame: 128 }]);
  const burnt = block();
  expect(kinds(events, 'trapped')).toMatchObject([{ reason: expect.not.stringContaining(OVER_BUDGET) }]);
  expect(burnt).toBeGreaterThan(MAX_BURST_FUEL - 2 * UNITS_PER_TURN);
  expect(burnt).toBeLessThanOrEqual(MAX_BURST_FUEL);
});

const OWN = MAX_BLOCK_FUEL / 8;

it('what light blocks leave over is there for a heavy one, and fills up again behind it', () => {
  // Twelve budgets are the most for a burst; ten of them, and an eighth of one in each of the 20 blocks between.
  const heavy = 10 * OWN;
  const { block, events } = play([{ budget: OWN, units: OWN / 8, heavy: { units: heavy, everyBlocks: 20 } }]);
  const burnt = Array.from({ length: 200 }, block);
  expect(kinds(events, 'trapped')).toHaveLength(0);
  expect(burnt.filter((units) => units >= heavy)).toHaveLength(10);
});

it('one that is over its budget block after block stops when nothing is left over, and is told as too slow', () => {
  const { block, events } = play([{ budget: OWN, units: 2 * OWN }]);
  let blocks = 1;
  for (; kinds(events, 'trapped').length === 0 && blocks < 100; blocks++) block();
  // One budget more than its own in each block: twelve of them were left over when it began.
  expect(blocks).toBeGreaterThan(10);
  expect(blocks).toBeLessThan(15);
  expect(kinds(events, 'trapped')).toMatchObject([{ reason: OVER_BUDGET }]);
});

it('four that run out one after the other burn no more than three', () => {
  const { block, events, renderer } = play(Array.from({ length: 4 }, () => ({ fromFrame: 512 })));
  const burnt = block();
  expect(kinds(events, 'trapped')).toHaveLength(1);
  expect(kinds(events, 'retired')).toHaveLength(4);
  expect(renderer.generation).toBeNull();
  // All four were tried: what they burnt is 1 + 1/2 + 1/4 + 1/8 of what one may.
  expect(burnt).toBeGreaterThan(2.6 * MAX_BLOCK_FUEL);
  expect(burnt).toBeLessThan(3 * MAX_BLOCK_FUEL);
});

it('those that fade out are counted as well', () => {
  const fading = { fadeFrames: 4096, fromFrame: 512 };
  const { block, events } = play([{ fromFrame: 512 }, { fromFrame: 512 }, fading, fading]);
  expect(kinds(events, 'trapped')).toHaveLength(0);
  expect(block()).toBeLessThan(3 * MAX_BLOCK_FUEL);
  expect(kinds(events, 'trapped').length).toBeGreaterThanOrEqual(2);
});

it('one that was kept and needs what the dearest honest patch needs plays on when the live one runs out', () => {
  const { block, events, renderer, memory } = play([
    { units: MAX_BLOCK_FUEL / 2 - 2 * UNITS_PER_TURN },
    { fromFrame: 256 },
  ]);
  block();
  expect(kinds(events, 'trapped')).toHaveLength(1);
  expect(renderer.generation).toBe(1);
  // The header says again what is its own.
  expect(new DataView(memory.buffer).getInt32(4096 + HEADER.FUEL_PER_BLOCK, true)).toBe(MAX_BLOCK_FUEL);
});

it('each has what is its own while nothing runs out, in blocks of any length', () => {
  const { renderer, events } = play([{ units: MAX_BLOCK_FUEL - 4 * UNITS_PER_TURN }]);
  render(renderer, 1024, [1024]);
  render(renderer, 384, [128]);
  expect(kinds(events, 'trapped')).toHaveLength(0);
});

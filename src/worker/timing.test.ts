/** What code costs, of code whose time is known, by clocks that are as coarse as browsers have them. */
import { describe, expect, it } from 'vitest';
import { HEADER } from '../protocol/arena.ts';
import { fastestRound, type Timing } from './timing.ts';

const BASE = 1024;
const BLOCK_FRAMES = 128;
const FUEL = 10_000;

/** Times a function that takes so long, the block being given, and does `work`. `tickMs`: of the clock. */
function timed({ blockMs, work = 640, tickMs }: { blockMs: (block: number) => number; work?: number; tickMs: number }) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const words = new Int32Array(memory.buffer);
  words[(BASE + HEADER.FUEL_PER_BLOCK) >> 2] = FUEL;
  // Clocks do not begin with a block.
  let nowMs = 0.037;
  let blocks = 0;
  let pieces = 0;
  const render = () => {
    nowMs += blockMs(blocks++);
    words[(BASE + HEADER.FUEL) >> 2] = FUEL - work;
  };
  const timing = fastestRound(render, BASE, memory, () => Math.floor(nowMs / tickMs) * tickMs);
  for (;;) {
    const step = timing.next();
    if (step.done) return { timing: step.value as Timing, blocks, pieces };
    pieces++;
    // What else the thread does between the pieces.
    nowMs += 1.7;
  }
}

describe.each([0.005, 0.1, 1])('with a clock of %f ms', (tickMs) => {
  it.each([0.02, 0.08, 0.7, 2.5])('a block of %f ms is told within a tenth, or a twentieth of a tick', (ms) => {
    const { timing } = timed({ blockMs: () => ms, tickMs });
    const truth = (1e6 * ms) / BLOCK_FRAMES;
    const tolerance = Math.max(0.1 * truth, (1e6 * 0.05 * tickMs) / BLOCK_FRAMES);
    expect(Math.abs(timing.cost.nanoseconds - truth)).toBeLessThan(tolerance);
    expect(timing.cost.work).toBe(5);
  });
});

it('tells what it takes once it is fast, and not what held it up once', () => {
  const { timing, blocks } = timed({ blockMs: (block) => (block < 100 ? 1 : block === 200 ? 30 : 0.1), tickMs: 0.005 });
  expect(blocks).toBeGreaterThan(150);
  expect((timing.cost.nanoseconds * BLOCK_FRAMES) / 1e6).toBeCloseTo(0.1, 2);
});

it('rests every few milliseconds, and ends in any case', () => {
  const { pieces, blocks } = timed({ blockMs: () => 2, tickMs: 0.1 });
  expect(pieces).toBeGreaterThanOrEqual(blocks / 2 - 1);
  expect(blocks).toBeLessThan(300);
});

it('is nothing for code that traps', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const trap = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  expect(fastestRound(trap, BASE, memory, () => 0).next()).toEqual({ done: true, value: null });
});

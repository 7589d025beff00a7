/** Slices by a clock that moves in steps, as a browser's does: a runner that is faster than a step must not be played for ever. */

import { expect, it } from 'vitest';
import { measure } from './measure.ts';
import { BLOCK_FRAMES } from './runner.ts';

const STEP_MS = 0.1;
/** Far more than 3 s of warming up and all the slices take. */
const MOST_RUNS = 1_000_000;

it.each([0.004, 0.02, 0.3, 5])('measures a block of %s ms by a clock with steps of 0.1 ms', (blockMs) => {
  let runs = 0;
  const run = () => {
    if (++runs > MOST_RUNS) throw new Error('played without end');
  };
  const now = () => Math.floor((runs * blockMs) / STEP_MS + 1e-6) * STEP_MS;
  const series = measure(new Map([['one', { run, read() {} }]]), { rounds: 21, now }).get('one')!;
  expect(series).toHaveLength(21);
  const meanNs = series.reduce((sum, value) => sum + value, 0) / series.length;
  const realNs = (blockMs * 1e6) / BLOCK_FRAMES;
  expect(meanNs / realNs).toBeGreaterThan(0.9);
  expect(meanNs / realNs).toBeLessThan(1.1);
});

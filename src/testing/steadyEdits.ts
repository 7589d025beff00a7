/**
 * Edits in a row, and what is in use after some of them. In: how many. Out: usage after the first ten, which has to be the
 * same at the end. For steadiness.test.ts, and at length steadiness.long.test.ts.
 */
import { expect } from 'vitest';
import { LivePatch } from './live.ts';

/** Five patches in turn: other constants, other code, a voice more, a longer delay, other types. */
const steps = [
  (n: number) => `const gain = ${n} / 1000`,
  (n: number) => `const gain = Math.min(${n}, 5000) * 0.001`,
  (n: number) => `const gain = ${n} / 2000\nconst extra = osc()\nconst more = () => extra(${n})`,
  (n: number) => `const gain = ${n} / 3000\nconst long = new Float64Array(20000)\nlong[${n}] = 1`,
  (n: number) =>
    `const gain = ${n} / 1000\nconst same = (x) => x\nconst both = () => same(${n}) + (same(true) ? 1 : 0)`,
];

export const patch = (n: number) => `
${steps[n % steps.length](n)}
function osc() {
  let phase = 0
  return (hz) => {
    phase = (phase + hz / sampleRate) % 1
    return phase
  }
}
const voices = [110, 220, 330].map((hz) => ({ hz, osc: osc() }))
const line = new Float32Array(1000)
let at = 0
export default () => {
  let sum = 0
  for (let i = 0; i < voices.length; i++) sum += voices[i].osc(voices[i].hz)
  at = (at + 1) % line.length
  line[at] = sum
  return gain * sum
}
`;

/** Usage after ten swaps, and after all of them, each when its fade is over. */
export async function usageAfterSwaps(swaps: number) {
  const live = await LivePatch.create(patch(0), { fadeFrames: 64 });
  const usage = () => {
    // A fade ends, what it used is given back, and the renderer empties it.
    live.render(128 * 4);
    const slots = Array.from({ length: live.table.length }, (_, n): unknown => live.table.get(n));
    return {
      ...live.session.memory(),
      memoryBytes: live.memory.buffer.byteLength,
      tableSlots: live.table.length,
      filledSlots: slots.filter(Boolean).length,
    };
  };
  live.render(256);
  const swapUntil = (end: number, begin: number) => {
    for (let n = begin; n <= end; n++) {
      expect(live.swap(patch(n)).batch).not.toBeNull();
      live.render(256);
    }
  };
  swapUntil(10, 1);
  const afterTen = usage();
  swapUntil(swaps, 11);
  expect(live.swapFrames).toHaveLength(swaps);
  return { afterTen, afterAll: usage() };
}

/** However long one edits, nothing grows: slots, arenas, modules and memory are after a thousand swaps what they were after ten. */
import { expect, it } from 'vitest';
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

const patch = (n: number) => `
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

it('a thousand swaps leave everything where it was after ten', { timeout: 120_000 }, async () => {
  const live = await LivePatch.create(patch(0), { fadeFrames: 64 });
  const usage = () => {
    // A fade ends, what it used is given back, and the renderer empties it.
    live.render(128 * 4);
    return {
      ...live.session.memory(),
      memoryBytes: live.memory.buffer.byteLength,
      tableSlots: live.table.length,
      filledSlots: Array.from({ length: live.table.length }, (_, n): unknown => live.table.get(n)).filter(Boolean)
        .length,
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
  swapUntil(1000, 11);
  expect(usage()).toEqual(afterTen);
  expect(live.swapFrames).toHaveLength(1000);
});

it('swaps that come faster than fades end leave nothing behind, either', { timeout: 60_000 }, async () => {
  const live = await LivePatch.create(patch(0), { fadeFrames: 1000 });
  const settle = () => {
    live.render(128 * 40);
    return live.session.memory();
  };
  const hurry = (begin: number, end: number) => {
    for (let n = begin; n <= end; n++) {
      live.swap(patch(n));
      // Until it is committed, but no longer: the next one waits for the end of this one's fade.
      while (live.renderer.hasBatch) live.render(128);
    }
  };
  settle();
  hurry(1, 20);
  const after = settle();
  hurry(21, 200);
  expect(settle()).toEqual(after);
});

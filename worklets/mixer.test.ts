/** Swaps during a fade: the next fade begins with the mix that this one has got to, and no step is ever heard. */
import { describe, expect, it } from 'vitest';
import { programBatch } from '../src/testing/handmade.ts';
import { A, B, BASE_B, commitAtOnce, phases, render, setUp } from '../src/testing/rendererBench.ts';

describe('a swap during a fade', () => {
  const third = { ...B, generation: 3, from: 2, base: 2 * BASE_B, renderSlot: 3, gain: 2, fadeFrames: 480 };
  const fourth = { ...B, generation: 4, from: 3, base: 3 * BASE_B, renderSlot: 4, gain: -1, fadeFrames: 1000 };

  it('comes at once during a fade, and goes on from the mix that this has got to', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 480 }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch(third));
    const { left } = render(renderer, 1024);
    expect(events.slice(2)).toEqual([
      { kind: 'committed', generation: 2, frame: 128, transition: 'fade' },
      { kind: 'committed', generation: 3, frame: 256, transition: 'fade' },
      { kind: 'settled', generation: 3, frame: 768 },
    ]);
    expect(renderer.held).toEqual([2, 1]);
    const phase = phases(1280).slice(256);
    const mixGain = 1 + (0.3 - 1) * (128 / 480);
    for (let n = 0; n < 1024; n++) {
      const gain = mixGain + (2 - mixGain) * Math.min(1, (n + 1) / 480);
      expect(left[n]).toBeCloseTo(gain * phase[n], 12);
    }
  });

  it('lets what is heard least go where three would fade out, without a step', () => {
    const { renderer } = setUp();
    // What is constant shows every step.
    const still = { increment: 0, start: 1 };
    commitAtOnce(renderer, programBatch({ ...A, ...still }));
    const heard = [...render(renderer, 128).left];
    for (const options of [{ ...B, fadeFrames: 480 }, third, fourth]) {
      commitAtOnce(renderer, programBatch({ ...options, ...still }));
      heard.push(...render(renderer, 128).left);
    }
    expect(renderer.held).toEqual([3, 1, 2]);
    heard.push(...render(renderer, 1024).left);
    // From 1 to 0.3, 2 and -1 at 1/480 of the way a frame, and what was let go within 10 ms.
    for (let n = 1; n < heard.length; n++) expect(Math.abs(heard[n] - heard[n - 1])).toBeLessThan(0.0075);
    const parts = [(352 / 480) ** 2, 128 / 480];
    const old = (parts[0] + 2 * parts[1]) / (parts[0] + parts[1]);
    expect(heard[384 + 599]).toBeCloseTo(old + (-1 - old) * 0.6, 12);
    expect(heard.at(-1)).toBe(-1);
  });

  it('is taken back during the fade after a fade, from where both have got to', () => {
    const { renderer } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 480 }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch(third));
    render(renderer, 128);
    const back = programBatch({ ...B, generation: 4, from: 3, renderSlot: 2, fadeFrames: 480 });
    commitAtOnce(renderer, { ...back, reinstates: programBatch(B).generation });
    const { left } = render(renderer, 1024);
    const phase = phases(1408).slice(384);
    // What comes back made up 128 / 480 of what made up 352 / 480; the others keep their proportion to one another.
    const part = (128 / 480) * (352 / 480);
    const [first, last] = [(352 / 480) ** 2, 128 / 480];
    const rest = (first + 2 * last) / (first + last);
    const done = Math.round(part * 480) - 1;
    for (let n = 0; n < 1024; n++) {
      const gain = rest + (0.3 - rest) * Math.min(1, (done + n + 1) / 480);
      expect(left[n]).toBeCloseTo(gain * phase[n], 12);
    }
    expect(renderer.held).toEqual([3, 1]);
  });

  it('may trap during the fade after a fade: what sounded before plays on, and no step is heard', () => {
    for (const [trapping, fallback, held] of [
      [3, 2, [1]],
      [2, null, [1]],
      [1, null, [2]],
    ] as const) {
      const { renderer, events } = setUp();
      const trap = { trapFrame: 384 };
      const still = { increment: 0, start: 1 };
      commitAtOnce(renderer, programBatch({ ...A, ...still, ...(trapping === 1 ? trap : {}) }));
      const heard = [...render(renderer, 128).left];
      for (const options of [{ ...B, fadeFrames: 480 }, third]) {
        const isTrapping = options.generation === trapping;
        commitAtOnce(renderer, programBatch({ ...options, ...still, ...(isTrapping ? trap : {}) }));
        heard.push(...render(renderer, 128).left);
      }
      heard.push(...render(renderer, 1024).left);
      expect(events.find(({ kind }) => kind === 'trapped')).toMatchObject({
        generation: trapping,
        fallback: fallback ?? 3,
      });
      expect(renderer.held).toEqual(held);
      for (let n = 1; n < heard.length; n++) expect(Math.abs(heard[n] - heard[n - 1])).toBeLessThan(0.02);
      expect(heard.at(-1)).toBe(trapping === 3 ? 0.3 : 2);
    }
  });
});

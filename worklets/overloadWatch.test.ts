/** When a generation is left for being too slow: by the time that blocks take and the work they do, both made up. */
import { describe, expect, it } from 'vitest';
import { OverloadWatch } from './overloadWatch.ts';

/** Frames per millisecond: 48. A block of 96 frames lasts 2 ms. */
const SAMPLE_RATE = 48_000;
const FRAMES = 96;
const BLOCK_MS = 2;

/** Observes blocks for so many milliseconds of their own time, or until the verdict. Returns when that came, in ms. */
function play(
  watch: OverloadWatch,
  lastsMs: number,
  { load, work = 10 }: { load: number; work?: number },
): number | null {
  const tookMs = load * BLOCK_MS;
  for (let spentMs = 0; spentMs < lastsMs; ) {
    spentMs += Math.max(BLOCK_MS, tookMs);
    if (watch.observe(tookMs, FRAMES, work)) return spentMs;
  }
  return null;
}

describe('what plays', () => {
  it.each([
    [1.01, 500],
    [1.5, 504],
    [4, 512],
    // Two blocks of 200 ms make a window.
    [100, 800],
  ])('is left when it takes %s of the time there is from the start, after half a second', (load, afterMs) => {
    const watch = new OverloadWatch(SAMPLE_RATE);
    expect(Math.abs((play(watch, 2000, { load }) ?? Number.NaN) - afterMs)).toBeLessThan(10);
    expect(watch.load).toBeCloseTo(load, 10);
    expect(watch.sustainedWork).toBeNull();
  });

  it('stays when it takes all the time there is, and when only its beginning was slow', () => {
    const watch = new OverloadWatch(SAMPLE_RATE);
    expect(play(watch, 2000, { load: 1 })).toBeNull();
    expect(watch.sustainedWork).toBeCloseTo(10 / FRAMES, 10);
    watch.reset();
    expect(watch.sustainedWork).toBeNull();
    expect(play(watch, 252, { load: 3 })).toBeNull();
    expect(play(watch, 2000, { load: 0.5 })).toBeNull();
  });

  it('stays when it is the machine that has become busy', () => {
    const watch = new OverloadWatch(SAMPLE_RATE);
    play(watch, 300, { load: 0.5 });
    expect(play(watch, 5000, { load: 3 })).toBeNull();
    expect(play(watch, 5000, { load: 3, work: 12 })).toBeNull();
  });

  it('is left when it does more work than there ever was time for', () => {
    const watch = new OverloadWatch(SAMPLE_RATE);
    play(watch, 300, { load: 0.5 });
    play(watch, 300, { load: 0.9, work: 20 });
    expect(play(watch, 5000, { load: 3, work: 20 })).toBeNull();
    expect(play(watch, 5000, { load: 3, work: 40 })).not.toBeNull();
  });

  it('stays when it is known to be light, and is late from the start', () => {
    const watch = new OverloadWatch(SAMPLE_RATE);
    watch.reset(null, true);
    expect(play(watch, 5000, { load: 3 })).toBeNull();
    expect(play(watch, 5000, { load: 3, work: 20 })).not.toBeNull();
  });

  it('is judged by what is known of it when it comes back', () => {
    const watch = new OverloadWatch(SAMPLE_RATE);
    watch.reset(10 / FRAMES);
    expect(play(watch, 5000, { load: 3 })).toBeNull();
    expect(play(watch, 5000, { load: 3, work: 20 })).not.toBeNull();
    watch.reset(0);
    expect(play(watch, 5000, { load: 3, work: 0 })).toBeNull();
    expect(play(watch, 5000, { load: 1.1, work: 1 })).not.toBeNull();
  });
});

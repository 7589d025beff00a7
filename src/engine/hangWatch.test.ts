/** What is a hang and what is none, in ticks: no clock. */
import { describe, expect, it } from 'vitest';
import { HANG_TICKS, HangWatch, TICK_MS, YOUNG_HANG_TICKS, YOUNG_TICKS } from './hangWatch.ts';

/** A context of which the test says how it advances. */
function setUp() {
  const output = {
    ...{ isRunning: true, currentTime: 0, pings: 0 },
    ping() {
      output.pings++;
    },
  };
  let verdicts = 0;
  const watch = new HangWatch(output, () => verdicts++);
  return { output, watch, verdicts: () => verdicts };
}

it('finds within a second that neither time advances nor an answer comes, and says so once', () => {
  const { output, watch, verdicts } = setUp();
  for (let n = 0; n < 50; n++) {
    output.currentTime += 0.1;
    watch.tick();
  }
  expect([output.pings, verdicts()]).toEqual([0, 0]);
  // The hang comes just after a tick: the next one still sees time that has passed before.
  output.currentTime += 0.01;
  let ticks = 0;
  while (verdicts() === 0 && ticks < 1000) {
    watch.tick();
    ticks++;
  }
  expect(ticks * TICK_MS).toBeLessThanOrEqual(1000);
  expect(output.pings).toBe(1);
  for (let n = 0; n < 50; n++) watch.tick();
  expect(verdicts()).toBe(1);
});

describe('no hang is', () => {
  it('a device that stalls, or a computer that wakes up: time stands still, and the thread answers', () => {
    const { output, watch, verdicts } = setUp();
    let sincePing = 0;
    for (let n = 0; n < 500; n++) {
      const { pings } = output;
      watch.tick();
      sincePing = output.pings > pings ? 1 : sincePing + 1;
      // The answer takes until the last moment.
      if (sincePing === HANG_TICKS - 1) watch.heard();
    }
    expect(verdicts()).toBe(0);
    expect(output.pings).toBeGreaterThan(50);
  });

  it('a context that is held back, suspended or interrupted, however long', () => {
    const { output, watch, verdicts } = setUp();
    watch.tick();
    output.isRunning = false;
    for (let n = 0; n < 500; n++) watch.tick();
    output.isRunning = true;
    // It needs a while to get going, but not as long as that.
    for (let n = 0; n < HANG_TICKS; n++) watch.tick();
    expect(verdicts()).toBe(0);
    output.currentTime += 0.1;
    watch.tick();
    expect(verdicts()).toBe(0);
  });

  it('a context that starts, stalls for seconds without an answer, and starts again', () => {
    const { output, watch, verdicts } = setUp();
    for (let start = 0; start < 3; start++) {
      output.currentTime += 0.1;
      for (let n = 0; n < YOUNG_HANG_TICKS; n++) watch.tick();
    }
    expect(verdicts()).toBe(0);
  });

  it('one that runs by fits and starts', () => {
    const { output, watch, verdicts } = setUp();
    for (let n = 0; n < 500; n++) {
      if (n % (HANG_TICKS - 1) === 0) output.currentTime += 0.5;
      watch.tick();
    }
    expect(verdicts()).toBe(0);
  });

  it('a context that has yet to begin, whose time stands where it was made and whose processor is not there', () => {
    for (const time of [0, 0.5]) {
      const { output, watch, verdicts } = setUp();
      output.currentTime = time;
      for (let n = 0; n < 500; n++) watch.tick();
      expect(verdicts()).toBe(0);
      // It is asked again and again, and judged from its first sign of life on.
      expect(output.pings).toBeGreaterThan(50);
      if (time === 0) watch.heard();
      else output.currentTime += 0.1;
      let ticks = 0;
      while (verdicts() === 0 && ticks < 1000) {
        watch.tick();
        ticks++;
      }
      expect(ticks).toBeGreaterThanOrEqual(YOUNG_HANG_TICKS);
      expect(ticks * TICK_MS).toBeLessThanOrEqual(3100);
    }
  });

  it('the pause of a page whose ticks are a minute apart: only ticks count', () => {
    const { output, watch, verdicts } = setUp();
    for (let n = 0; n <= YOUNG_TICKS + 1; n++) {
      output.currentTime += 0.1;
      watch.tick();
    }
    for (let n = 0; n < HANG_TICKS - 1; n++) watch.tick();
    expect(verdicts()).toBe(0);
    output.currentTime += 60;
    watch.tick();
    for (let n = 0; n < HANG_TICKS - 1; n++) watch.tick();
    expect(verdicts()).toBe(0);
    watch.tick();
    expect(verdicts()).toBe(1);
  });
});

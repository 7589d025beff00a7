/** Whom the page asks when something is heard, and that events keep their distance where nobody can be asked. */
import { afterEach, expect, it, vi } from 'vitest';
import { EventClock } from './eventClock.ts';
import { outputTimes } from './outputTimes.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const CHROMIUM =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const RATE = 48_000;
const BURST = 1024;

afterEach(() => vi.restoreAllMocks());

const isAsked = (userAgent: string): boolean => {
  const getOutputTimestamp = vi.fn(() => ({ contextTime: 3, performanceTime: 3000 }));
  outputTimes({ currentTime: 4, getOutputTimestamp }, userAgent);
  return getOutputTimestamp.mock.calls.length > 0;
};

it('asks the output, but for the browser that may hang over it', () => {
  expect(isAsked(CHROMIUM)).toBe(true);
  expect(isAsked(FIREFOX)).toBe(false);
  expect(outputTimes({ currentTime: 0 }, FIREFOX)).toMatchObject({ contextTime: 0, performanceTime: 0 });
});

it('keeps the time between events by the clock of the page, also after the output stood still', () => {
  let nowMs = 0;
  let pausedMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const times = () => {
    const frames = ((nowMs - 5000 - pausedMs) / 1000) * RATE;
    return outputTimes({ currentTime: (Math.floor(frames / BURST) * BURST) / RATE }, FIREFOX);
  };
  const clock = new EventClock();
  /** Where 100 events take effect, each counted from when it was played on the output's clock, in seconds. */
  const play = () => {
    for (let n = 0; n < 400; n++) {
      nowMs += 97.3;
      clock.look(times());
    }
    return Array.from({ length: 100 }, () => {
      nowMs += 7.3;
      return clock.at(nowMs, times()) - (nowMs - 5000 - pausedMs) / 1000;
    });
  };
  nowMs = 6000;
  const before = play();
  pausedMs = 10_000;
  nowMs += pausedMs;
  for (const delays of [before, play()]) {
    expect(Math.max(...delays) - Math.min(...delays)).toBeLessThan(1e-9);
    // Never before its time, and no later than the way to the page takes and a clock in steps of a block is off by.
    expect(delays[0]).toBeGreaterThan(0.001);
    expect(delays[0]).toBeLessThan(0.002 + 1e-9);
  }
});

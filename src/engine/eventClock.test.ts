/** Events are heard as far apart as they were played, however unevenly the output renders and events arrive. Made-up clocks. */
import { expect, it } from 'vitest';
import { EventClock, type OutputTimes } from './eventClock.ts';

const RATE = 48_000;
const LATENCY_SECONDS = 0.02;

/** An output that renders `burst` frames at a time, and is heard `LATENCY_SECONDS` after the least that it is ahead. */
const outputAt = (nowMs: number, burst: number): OutputTimes => ({
  contextTime: nowMs / 1000 - 0.005 - LATENCY_SECONDS,
  performanceTime: nowMs - 5,
  currentTime: (Math.floor(((nowMs / 1000) * RATE) / burst) * burst) / RATE,
  nowMs,
});

it.each([128, 512, 1024, 4096])('keeps the time between events where frames come %d at a time', (burst) => {
  const clock = new EventClock();
  for (let n = 0; n < 512; n++) clock.look(outputAt(1000 + 97.3 * n, burst));
  const heard: number[] = [];
  let late = 0;
  for (let n = 0; n < 200; n++) {
    const playedMs = 60_000 + 7.3 * n;
    const times = outputAt(playedMs + 0.3 + 0.2 * (n % 5), burst);
    clock.look(times);
    const at = clock.at(playedMs, times);
    heard.push(at - playedMs / 1000);
    if (at < times.currentTime) late++;
  }
  // All are heard the same time after they were played, and hardly any is too late; at once they would be off by a burst.
  const least = Math.min(...heard);
  expect(Math.max(...heard) - least).toBeLessThan((0.02 * burst) / RATE);
  expect(late).toBeLessThanOrEqual(0.02 * heard.length);
  // Nor later than it needs: the output is ahead by nothing to a burst here.
  expect(least).toBeLessThanOrEqual(0.002 + 1 / RATE);
});

it('lets an event that was held up come at once, and none behind it wait for that', () => {
  const clock = new EventClock();
  for (let n = 0; n < 512; n++) clock.look(outputAt(1000 + 97.3 * n, 128));
  const before = clock.at(60_000, outputAt(60_000.5, 128)) - 60;
  const held = outputAt(60_200, 128);
  expect(clock.at(60_100, held)).toBeLessThan(held.currentTime);
  clock.look({ ...held, currentTime: held.currentTime + 1 });
  const after = clock.at(60_300, outputAt(60_300.5, 128)) - 60.3;
  expect(Math.abs(after - before)).toBeLessThan(0.0001);
});

it('has nothing to go by before the first frame, and forgets another output', () => {
  const clock = new EventClock();
  const none = { contextTime: 0, performanceTime: 0, currentTime: 0.25, nowMs: 9 };
  expect(clock.at(5, none)).toBe(0.25);
  clock.look({ contextTime: 1, performanceTime: 1000, currentTime: 9, nowMs: 1000 });
  clock.reset();
  const times = { contextTime: 1, performanceTime: 1000, currentTime: 1.5, nowMs: 1000 };
  expect(clock.at(1000, times)).toBe(1.5 + 0.002);
});

it('keeps the notes of a chord together and in order, however coarsely the output tells its clock', () => {
  const clock = new EventClock();
  // In steps of a millisecond, one way and the other.
  const coarse = (nowMs: number, step: number) => ({
    ...outputAt(nowMs, 128),
    performanceTime: Math.round(nowMs) - 5 + step,
  });
  for (let n = 0; n < 512; n++) clock.look(coarse(1000 + 97.3 * n, (n % 3) - 1));
  const chord = [0, 1, -1, 1].map((step, n) => clock.at(60_000, coarse(60_000.4 + 0.1 * n, step)));
  expect(new Set(chord).size).toBe(1);
  const run = [1, -1, 1, -1].map((step, n) => clock.at(60_100 + n, coarse(60_100.4 + n, step)));
  expect(run).toEqual([...run].sort((a, b) => a - b));
  const apart = run.slice(1).map((at, n) => Math.abs(at - run[n] - 0.001));
  expect(Math.max(...apart)).toBeLessThan(0.0002);
});

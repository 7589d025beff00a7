/** Beats within bars, by hand. */
import { expect, it } from 'vitest';
import { barAndBeat, lightsFor } from './beat.ts';

it('continues from what was told, at the tempo since', () => {
  const told = { position: 6.5, bpm: 120, atMs: 1000 };
  // Two beats a second: 6.5, 6.99, 7, 7.9, 8.5, and back at the start of the bar.
  const told4 = [1000, 1245, 1250, 1700, 2000].map((nowMs) => barAndBeat(told, nowMs, 4));
  expect(told4.map(({ bar, beat }) => [bar, beat])).toEqual([
    [2, 2],
    [2, 2],
    [2, 3],
    [2, 3],
    [3, 0],
  ]);
  // A page's clock may be a little behind.
  expect(barAndBeat(told, 0, 4)).toEqual({ bar: 2, beat: 2 });
});

it('takes bars of any length, and beats below zero', () => {
  const at = (position: number, beatsPerBar: number) => barAndBeat({ position, bpm: 60, atMs: 0 }, 0, beatsPerBar);
  expect([0, 3.4, 3.5, 6.9, 7].map((position) => at(position, 3.5).beat)).toEqual([0, 3, 0, 3, 0]);
  expect([0, 3.4, 3.5, 6.9, 7].map((position) => at(position, 3.5).bar)).toEqual([1, 1, 2, 2, 3]);
  expect(at(-0.5, 4)).toEqual({ bar: 0, beat: 3 });
  expect([1, 3.5, 16, 17].map(lightsFor)).toEqual([1, 4, 16, 0]);
});

/** Beats within bars, by hand. */
import { expect, it } from 'vitest';
import { lightsFor, litAt } from './beat.ts';

it('continues from what was told, at the tempo since', () => {
  const told = { position: 6.5, bpm: 120, atMs: 1000 };
  // Two beats a second: 6.5, 6.99, 7, 7.9, 8.5, and back at the start of the bar.
  const lit = [1000, 1245, 1250, 1700, 2000].map((nowMs) => litAt(told, nowMs, 4));
  expect(lit).toEqual([2, 2, 3, 3, 0]);
  // A page's clock may be a little behind.
  expect(litAt(told, 0, 4)).toBe(2);
});

it('takes bars of any length, and beats below zero', () => {
  expect([0, 3.4, 3.5, 6.9, 7].map((position) => litAt({ position, bpm: 60, atMs: 0 }, 0, 3.5))).toEqual([
    0, 3, 0, 3, 0,
  ]);
  expect(litAt({ position: -0.5, bpm: 60, atMs: 0 }, 0, 4)).toBe(3);
  expect([1, 3.5, 16, 17].map(lightsFor)).toEqual([1, 4, 16, 0]);
});

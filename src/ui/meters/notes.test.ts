import { expect, it } from 'vitest';
import { decibels, hzText, noteText, signed } from './notes.ts';

it('names notes as musicians do', () => {
  expect([440, 261.6256, 27.5, 4186.009, 466.1638].map(noteText)).toEqual(['A4', 'C4', 'A0', 'C8', 'A♯4']);
  expect(noteText(440 * 2 ** (12 / 1200))).toBe('A4 +12 ct');
  expect(noteText(440 * 2 ** (-40 / 1200))).toBe('A4 −40 ct');
  expect(noteText(8.1758)).toBe('C-1');
});

it('writes numbers so that they are as wide whatever their sign', () => {
  expect([-1.25, 0, 3].map((value) => signed(value, 1))).toEqual(['−1.3', '0.0', '+3.0']);
  expect(signed(-0.001, 2)).toBe('0.00');
  expect([-12, Number.NEGATIVE_INFINITY].map((db) => decibels(db))).toEqual(['−12.0', '−∞']);
  expect([440, 1234.5].map(hzText)).toEqual(['440.0 Hz', '1235 Hz']);
});

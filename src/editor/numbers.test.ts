/** A number is taken hold of as a whole, wherever it is touched, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { numberAt } from './numbers.ts';

describe('a number is found from each of its characters', () => {
  it.each([
    ['gain * 0.4', '0.4'],
    ['0.4', '0.4'],
    ['[0.4, 1]', '0.4'],
    ['f(-0.4)', '-0.4'],
    ['return -12.5e-3', '-12.5e-3'],
    ['case +1: x', '+1'],
    ['a = -1E+10;', '-1E+10'],
    ['x - -4', '-4'],
    ['x * -.5', '-.5'],
    ['a ? -1.5 : b', '-1.5'],
    ['low = .25', '.25'],
    ['5. + x', '5.'],
    ['1_000.5_0', '1_000.5_0'],
    ['0xFF_00 | x', '0xFF_00'],
    ['x & 0b1010', '0b1010'],
    ['0o17', '0o17'],
    ['12n', '12n'],
    ['{ min: 20_000 }', '20_000'],
    ['// at 0.75 of it', '0.75'],
    ['sine(440)', '440'],
    ['=> 220', '220'],
  ])('in %j: %j', (line, number) => {
    const start = line.indexOf(number);
    for (let column = start; column <= start + number.length; column++) {
      const found = numberAt(line, column);
      expect(found && line.slice(found.start, found.end), `column ${column}`).toBe(number);
    }
  });
});

describe('a sign that subtracts or adds is not the number’s', () => {
  it.each([
    ['a-4', '4'],
    ['a - 4', '4'],
    ['f(x)-0.5', '0.5'],
    ['xs[0] + 0.25', '0.25'],
    ['2-1.5', '1.5'],
    ['i++-3', '3'],
  ])('in %j: %j', (line, number) => {
    const start = line.lastIndexOf(number);
    const found = numberAt(line, start + number.length);
    expect(found && line.slice(found.start, found.end)).toBe(number);
  });
});

describe('no number', () => {
  it.each([
    ['osc2', 3],
    ['$4', 1],
    ['x1e5', 2],
    ['a.b', 1],
    ['', 0],
    ['sine', 2],
    ['0.5 + gain', 8],
  ])('is in %j at %i', (line, column) => {
    expect(numberAt(line, column)).toBeNull();
  });
});

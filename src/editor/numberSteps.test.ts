/** Right values come from the decimal notation itself, and from JavaScript reading what was written. */
import { describe, expect, it } from 'vitest';
import { type StepSize, stepped } from './numberSteps.ts';
import { numberAt } from './numbers.ts';

describe('a step', () => {
  it.each<[literal: string, steps: number, size: StepSize, wanted: string]>([
    ['0.4', 1, 'normal', '0.5'],
    ['0.4', -1, 'normal', '0.3'],
    ['0.40', 1, 'normal', '0.41'],
    ['0.4', 1, 'fine', '0.41'],
    ['0.4', 1, 'coarse', '1.4'],
    ['440', 1, 'normal', '441'],
    ['440', -3, 'coarse', '410'],
    ['440', 1, 'fine', '440.1'],
    ['9.9', 1, 'normal', '10.0'],
    ['0.1', -1, 'normal', '0.0'],
    ['0.0', -1, 'normal', '-0.1'],
    ['-0.1', 2, 'normal', '0.1'],
    ['+5', 1, 'normal', '+6'],
    ['+5', -6, 'normal', '-1'],
    ['.25', 1, 'normal', '.26'],
    ['.99', 1, 'normal', '1.00'],
    ['5.', 1, 'normal', '6'],
    ['-12.5e-3', 1, 'normal', '-12.4e-3'],
    ['1e3', 1, 'normal', '2e3'],
    ['1_000', 1, 'coarse', '1_010'],
    ['999_999', 1, 'normal', '1_000_000'],
    ['0x1f', 1, 'normal', '0x20'],
    ['0x0F', 1, 'coarse', '0x1F'],
    ['0xFF', -1, 'normal', '0xFE'],
    ['0b0111', 1, 'fine', '0b1000'],
    ['0o7', 1, 'normal', '0o10'],
    ['12n', 1, 'fine', '13n'],
    ['0.1', 2, 'normal', '0.3'],
    ['1.005', 1000, 'normal', '2.005'],
  ])('of %s, %i times %s, is %s', (literal, steps, size, wanted) => {
    expect(stepped(literal, steps, size)).toBe(wanted);
  });

  it('is none where there is no number', () => {
    for (const text of ['', '.', '-', 'x', '1a', '1'.repeat(100)]) expect(stepped(text, 1, 'normal')).toBeNull();
  });

  it.each([
    ['a-1', 2, 'a- -1'],
    ['a- -1', 3, 'a- 1'],
    ['a+1', 2, 'a+ -1'],
    ['return-1', 7, 'return 1'],
    ['f(-1)', 2, 'f(1)'],
    ['2 ** 3', 0, '0 ** 3'],
    ['[1, 2]', 1, '[-1, 2]'],
  ])('leaves `%s` a program through zero', (line, column, wanted) => {
    const { start, end } = numberAt(line, column)!;
    const [before, literal, after] = [line.slice(0, start), line.slice(start, end), line.slice(end)];
    const steps = literal.startsWith('-') ? 2 : literal === '2' ? -4 : -2;
    expect(before + stepped(literal, steps, 'normal', { before: before.at(-1) ?? '', after }) + after).toBe(wanted);
  });

  it('comes back to the same digits, and adds up to what JavaScript says', () => {
    for (const literal of ['0.05', '900', '-3.25', '1e-3', '0x10']) {
      let text = literal;
      for (let n = 0; n < 40; n++) text = stepped(text, 1, 'normal')!;
      const step = Number(stepped(literal, 1, 'normal')) - Number(literal);
      expect(Number(text)).toBeCloseTo(Number(literal) + 40 * step, 9);
      for (let n = 0; n < 40; n++) text = stepped(text, -1, 'normal')!;
      expect(text).toBe(literal);
    }
  });
});

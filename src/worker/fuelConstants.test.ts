/**
 * The fuel is a 32-bit number with a sign, and loop counters are held as such because fuel ends their loops in time. Both
 * rest on constants that stand in different files: this holds them together.
 */
import { expect, it } from 'vitest';
import { Charges, LIBRARY_CALL_COST, MIN_COST } from '../compiler/cost.ts';
import { MAX_CODE_BYTES } from '../compiler/emit/engineLimits.ts';
import { FUEL_BYTES_SHIFT } from '../compiler/emit/functionParts.ts';
import { MAX_COUNTER_START, MAX_COUNTER_STEP } from '../compiler/resolve/loops.ts';
import { MAX_BLOCK_FUEL } from '../protocol/arena.ts';
import { AUDITION_FUEL, MAX_UNHEARD_BLOCK_FUEL, TOP_LEVEL_FUEL } from './shadow.ts';

const BUDGETS = [TOP_LEVEL_FUEL, AUDITION_FUEL, MAX_UNHEARD_BLOCK_FUEL, MAX_BLOCK_FUEL];
const END = 2 ** 31;

it('budgets are positive numbers of 32 bits with a sign', () => {
  for (const budget of BUDGETS)
    expect([budget > 0, budget < END, Number.isInteger(budget)]).toEqual([true, true, true]);
});

it('a counter cannot leave 32 bits before its loop is out of fuel', () => {
  // The shortest loop is charged this, and none less.
  expect(new Charges().of([])).toBe(MIN_COST);
  const turns = Math.floor(Math.max(...BUDGETS) / MIN_COST) + 1;
  expect(MAX_COUNTER_START + turns * MAX_COUNTER_STEP).toBeLessThan(END);
});

it('no single charge takes what is left, which is not below 0, to where it would be positive again', () => {
  // For the bytes of a fill or a copy, as many as 32 bits can name.
  expect(2 ** 32 / 2 ** FUEL_BYTES_SHIFT).toBeLessThanOrEqual(END);
  // For the instructions of the longest function that an engine takes: the dearest of them takes more than one byte.
  expect(MAX_CODE_BYTES * LIBRARY_CALL_COST).toBeLessThan(END);
});

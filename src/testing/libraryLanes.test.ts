/**
 * Banks of equal voices run two at a time in the second tier: the operations on pairs, and those on single numbers that
 * are left, in eight instances of a function that are added up. The sum itself is single: about a dozen operations.
 */
import { expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { printProgram } from '../optimise/print.ts';

const library = readLibrary();
const SUM = 20;

const bank = (make: string, call: string): string => `
const units = Array.from({ length: 8 }, (_, n) => ({ hz: 100 + 37 * n, run: ${make} }))
let t = 0
export default () => {
  t += 0.001
  let sum = 0
  for (const v of units) sum += ${call}
  return sum * 0.1
}`;

function operations(make: string, call: string): { pairs: number; single: number } {
  const { optimised } = twoTiers(bank(make, call), library);
  if (optimised.kind !== 'optimised') throw new Error(optimised.reason);
  const lines = printProgram(optimised.program).split('\n');
  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
  return { pairs: count(/f64x2\.(mul|add|sub|div)/), single: count(/ f64\.(mul|add|sub|div)/) };
}

it.each([
  ['sine', 'sine()', 'v.run(v.hz + t)', 80],
  ['fmPair', 'fmPair()', 'v.run(v.hz, 2, 1)', 160],
  ['svf', 'svf()', 'v.run(t % 1, v.hz + t, 2).low', 120],
  ['biquad', 'biquad()', 'v.run(t % 1, 0.1, 0.2, 0.1, -1.2, 0.001 * v.hz)', 20],
  ['adsr', 'adsr()', 'v.run((t + 0.01 * v.hz) % 1 - 0.5)', 24],
])('%s is all in pairs', (_, make, call, least) => {
  const { pairs, single } = operations(make, call);
  expect(pairs).toBeGreaterThanOrEqual(least);
  expect(single).toBeLessThanOrEqual(SUM);
});

/** What comes from memory, at a place of its own for each voice, is read one by one: there is no instruction for two. */
it.each([
  ['saw', 'saw()', 'v.run(v.hz + t)', 12],
  ['delayLine', 'delayLine(0.05)', 'v.run(t % 1, 0.02 + 0.00001 * (v.hz + t))', 100],
])('%s is in pairs but for what it reads', (_, make, call, least) => {
  expect(operations(make, call).pairs).toBeGreaterThanOrEqual(least);
});

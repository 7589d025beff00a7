/** The list of what patches print: lines, repeats, and what was only counted. */
import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { generation } from '../protocol/units.ts';
import { MAX_PRINTED_LINES, type PrintedLine, PrintLog } from './printLog.ts';

const TEXT = "console.log(1)\nconsole.warn('x')\n";
const printSites = [
  { span: { start: 0, end: 14 }, method: 'log' },
  { span: { start: 15, end: 32 }, method: 'warn' },
];
const number = (site: number, value: number) => [1, site, 2, value];

function printed(entries: readonly number[][], calls: Readonly<Record<number, number>>) {
  const counts = new Float64Array(256);
  for (const [site, count] of Object.entries(calls)) counts[Number(site)] = count;
  return { words: Float64Array.from(entries.flat()), counts };
}

function setUp() {
  const model = { printed: signal<readonly PrintedLine[]>([]) };
  const log = new PrintLog(model);
  return { log, lines: () => model.printed.value.map(({ text, line, count }) => `${line}: ${text} ×${count}`) };
}

it('lists what the top level printed once, and adds what frames print', () => {
  const { log, lines } = setUp();
  const top = printed([number(0, 1), number(0, 1), number(1, 2)], { 0: 2, 1: 1 });
  log.plays({ generation: 1, piece: 0 }, { printSites, printed: top }, TEXT);
  log.plays({ generation: 1, piece: 0 }, { printSites, printed: top }, TEXT);
  expect(lines()).toEqual(['1: 1 ×2', '2: 2 ×1']);
  log.metered({ generation: generation(1), printed: printed([number(0, 5)], { 0: 1000 }) });
  log.metered({ generation: generation(9), printed: printed([number(0, 6)], { 0: 1 }) });
  expect(lines()).toEqual(['1: 1 ×2', '2: 2 ×1', '1: 5 ×1000']);
});

it('forgets the oldest, and everything when another piece is opened', () => {
  const { log, lines } = setUp();
  log.plays({ generation: 1, piece: 0 }, { printSites, printed: null }, TEXT);
  for (let n = 0; n < 300; n++) log.metered({ generation: generation(1), printed: printed([number(0, n)], { 0: 1 }) });
  expect(lines()).toHaveLength(MAX_PRINTED_LINES);
  expect(lines().at(-1)).toBe('1: 299 ×1');
  log.plays({ generation: 2, piece: 0 }, { printSites, printed: null }, TEXT);
  expect(lines()).toHaveLength(MAX_PRINTED_LINES);
  log.plays({ generation: 3, piece: 1 }, { printSites, printed: null }, TEXT);
  expect(lines()).toEqual([]);
});

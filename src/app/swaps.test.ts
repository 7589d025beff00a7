/** What the dock says about swaps and code: true, short, and always in the same places. */
import { describe, expect, it } from 'vitest';
import type { CodeEvent, CodeRow, SwapReport } from '../protocol/compile.ts';
import { generation, slot } from '../protocol/units.ts';
import type { Swap } from './model.ts';
import {
  bytesText,
  changedUnits,
  durationText,
  libraryName,
  logLines,
  lossesOf,
  namesText,
  slotsText,
  swapFacts,
  swapLists,
} from './swaps.ts';

const report: SwapReport = {
  changed: ['shape'],
  kept: ['tone', 'gain', 'tones', 'default'],
  removed: [],
  stateKept: ['tones[0].phase', 'tones[1].phase'],
  stateReset: [],
  stateNew: [],
  ...{ batchBytes: 150, fadeFrames: 480, transition: 'fade', copiedBytes: 24, adoptedBytes: 0 },
};

const swap = (change: Partial<SwapReport> = {}, rest: Partial<Swap> = {}): Swap => ({
  ...{ serial: 3, cause: 'edit', latencyMs: 8.4, compileMs: 5.2, fadeMs: 10, transition: 'fade' },
  ...rest,
  report: { ...report, ...change },
});

const row = (unit: string, version = 1, rest: Partial<CodeRow> = {}): CodeRow => ({
  ...{ unit, version, slots: [slot(1)], codeBytes: 10, stateBytes: 0, tier: 1, span: null },
  ...rest,
});

describe('a swap', () => {
  it('is told in four lines', () => {
    expect(swapFacts(swap())).toEqual([
      { about: 'units', text: 'shape changed · 4 kept' },
      { about: 'state', text: '2 kept' },
      { about: 'transition', text: '10 ms fade · 24 B copied' },
      { about: 'time', text: 'heard after 8 ms · compiled in 5 ms' },
    ]);
  });

  it('names what was reset and what is gone, and counts the rest', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const facts = swapFacts(
      swap(
        {
          changed: names,
          removed: ['old'],
          kept: [],
          stateKept: ['x'],
          stateReset: [{ path: 'y', reason: 'edited' }],
          adoptedBytes: 23_040_000,
        },
        { transition: 'offset', fadeMs: 200 },
      ),
    );
    expect(facts.map(({ text }) => text).slice(0, 3)).toEqual([
      'a, b and 3 more changed · old removed',
      'y reset · 1 kept',
      'step smoothed over 200 ms · 24 B copied · 23 MB reused',
    ]);
  });

  it('shows what was lost, why, and in which unit', () => {
    const stateReset = [
      { path: 'tones[1].phase', reason: 'gone' },
      { path: 'y', reason: 'ambiguous' },
    ] as const;
    const tones = row('tones', 1, { span: { start: 3, end: 9 } });
    expect(lossesOf(swap({ stateReset }), [row('sin'), tones])).toEqual([
      { path: 'tones[1].phase', why: 'gone', row: tones },
      { path: 'y', why: 'could be one of several', row: null },
    ]);
    expect(lossesOf(swap({ stateReset }, { cause: 'restart from scratch' }), [tones])).toEqual([]);
  });

  it('has its lines also where there is nothing to say', () => {
    const nothing = { changed: [], kept: [], stateKept: [], copiedBytes: 0 };
    const facts = swapFacts(swap(nothing, { transition: 'cut', fadeMs: 0 }));
    expect(facts.map(({ text }) => text).slice(0, 3)).toEqual(['none', 'none', 'immediate, without a fade']);
  });

  it('has all names in lists, but no empty ones', () => {
    expect(swapLists(swap()).map(({ about, names }) => [about, names.length])).toEqual([
      ['changed', 1],
      ['kept', 4],
      ['state kept', 2],
    ]);
  });
});

describe('figures', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1200, '1.2 KB'],
    [12_345, '12 KB'],
    [2_345_678, '2.3 MB'],
  ])('%i bytes are %s', (sizeBytes, text) => expect(bytesText(sizeBytes)).toBe(text));

  it.each([
    [0, '0 ms'],
    [10, '10 ms'],
    [1000, '1 s'],
    [1234, '1.23 s'],
  ])('%i ms are %s', (ms, text) => expect(durationText(ms)).toBe(text));

  it.each([
    [[], ''],
    [[7], '7'],
    [[9, 7, 8], '7–9'],
    [[7, 3], '3, 7'],
    [[3, 9, 21], '3…21'],
  ])('slots %j are %s', (slots, text) => expect(slotsText(slots)).toBe(text));

  it('names three, and counts from the third where there are more', () => {
    expect(namesText(['a', 'b', 'c'])).toBe('a, b, c');
    expect(namesText(['a', 'b', 'c', 'd'])).toBe('a, b and 2 more');
  });
});

describe('changedUnits', () => {
  it('finds new units, versions and tiers, and nothing at first', () => {
    const before = [row('a'), row('b'), row('c'), row('gone')];
    const rows = [row('a'), row('b', 2), row('c', 1, { tier: 2 }), row('d')];
    expect([...changedUnits(before, rows)]).toEqual(['b', 'c', 'd']);
    expect(changedUnits([], rows).size).toBe(0);
    // Moved by an edit elsewhere, or with more state: the code is the same.
    expect(changedUnits([row('a')], [row('a', 1, { span: { start: 1, end: 2 }, stateBytes: 8 })]).size).toBe(0);
  });
});

describe('logLines', () => {
  it('puts what happened together in one line, the newest first', () => {
    const span = { start: 0, end: 1 };
    const event = (kind: CodeEvent['kind'], count: number, unit: string): CodeEvent => ({
      ...{ kind, generation: generation(count) },
      row: row(unit, 1, unit.startsWith('std/') ? {} : { span }),
    });
    const events = [
      ...[event('linked', 1, 'std/x'), event('linked', 1, 'a'), event('linked', 1, 'std/y'), event('linked', 1, 'b')],
      ...[event('committed', 1, 'a'), event('committed', 2, 'a'), event('retired', 1, 'a')],
    ];
    expect(logLines(events, 3).map(({ kind, generation: count, units }) => [kind, count, units])).toEqual([
      ['retired', 1, 'a'],
      ['committed', 2, 'a'],
      ['committed', 1, 'a'],
    ]);
    expect(logLines(events, 9).at(-1)?.units).toBe('a, b, library (2)');
  });

  it('names what is of the library shortly', () => {
    expect(libraryName('std/sin(number): number')).toBe('sin');
  });
});

/**
 * Every number of some of the whole patches, halved and doubled while it plays, at five moments each. In several files of tests, which
 * `--shard` can tell apart: together they take most of an hour. Tests only.
 */
import { describe, expect, it } from 'vitest';
import { faultsOf, MOMENTS, numberEdits, OwnSound } from './numberEdits.ts';
import { patches } from './texts.ts';

/** In parts that take about as long as each other. */
const PARTS = [
  ['03-plucked-string'],
  ['01-first-sine', '04-fm-bell', '06-bytebeat'],
  ['02-saw-pad', '05-freeverb-rhythm'],
];

export function testNumberEdits(part: number): void {
  describe.each(patches().filter(({ name }) => PARTS[part]!.includes(name)))('$name', ({ text }) => {
    const own = new OwnSound();

    it.each(numberEdits(text))('$name', async (edit) => {
      for (const moment of MOMENTS) expect([moment, await faultsOf(text, edit, moment, own)]).toEqual([moment, []]);
    });
  });
}

/** Whether no patch is left out. */
export function expectAllPatches(): void {
  expect(PARTS.flat().sort()).toEqual(patches().map(({ name }) => name));
}

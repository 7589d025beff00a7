/** A profile as it is shown: rows of units and lines, and their figures in little room. Pure. */

import type { Span } from '../protocol/diagnostic.ts';
import type { LineShare, Profile, UnitShare } from '../protocol/profile.ts';
import { carryThroughLines } from './carryThroughLines.ts';
import { libraryName } from './swaps.ts';

/** What is less than this is not listed. */
const LEAST_SHARE = 0.005;
const MAX_UNITS = 24;
const MAX_LINES = 12;

export const isLibraryUnit = (unit: string): boolean => unit.startsWith('std/');

/** `31 %`, `2.4 %`, `< 1 %`. */
export function shareText(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** How often in a frame: `100 ×`, `0.25 ×`. */
export const runsText = (runs: number): string => `${runs >= 100 ? Math.round(runs) : Number(runs.toPrecision(2))} ×`;

export interface UnitRow extends UnitShare {
  readonly name: string;
}

/** The dearest first. */
export const unitRows = ({ units }: Profile): readonly UnitRow[] =>
  units
    .filter(({ share }) => share >= LEAST_SHARE)
    .slice(0, MAX_UNITS)
    .map((row) => ({ ...row, name: isLibraryUnit(row.unit) ? libraryName(row.unit) : row.unit }));

export interface LineRow extends LineShare {
  readonly text: string;
  /** In the text of the profile, without the space in front. */
  readonly span: Span;
}

/** The dearest first. */
export function lineRows({ lines, text }: Profile): readonly LineRow[] {
  const all = text.split('\n');
  return lines
    .filter(({ share }) => share >= LEAST_SHARE)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MAX_LINES)
    .map((row) => {
      const line = all[row.line - 1] ?? '';
      const start = all.slice(0, row.line - 1).reduce((sum, { length }) => sum + length + 1, 0);
      const indent = line.length - line.trimStart().length;
      return { ...row, text: line.trim(), span: { start: start + indent, end: start + line.trimEnd().length } };
    });
}

/** The same where they now stand in a text; lines that were edited are not there. */
export function heatIn(profile: Profile, text: string): readonly (LineRow & { readonly line: number })[] {
  return lineRows(profile).flatMap((row) => {
    const place = carryThroughLines(profile.text, text, row.span);
    return place ? [{ ...row, span: place, line: text.slice(0, place.start).split('\n').length }] : [];
  });
}

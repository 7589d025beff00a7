/**
 * What a swap did, and the running code, in words and figures for the dock. Pure.
 *
 * In: outcomes, reports, rows and events of src/protocol/compile.ts. Out: what the panels show.
 */

import type { CompileOutcome } from '../engine/compileClient.ts';
import type { CodeEvent, CodeRow, StateReset } from '../protocol/compile.ts';
import type { Swap } from './model.ts';

/** The swap that an answer describes. `sampleRate` in Hz. */
export function swapOf(
  { generation, report, transition, compileMs }: Extract<CompileOutcome, { kind: 'committed' }>,
  cause: Swap['cause'],
  latencyMs: number,
  sampleRate: number,
): Swap {
  const fadeMs = transition === 'cut' ? 0 : (1000 * report.fadeFrames) / sampleRate;
  return { serial: generation, cause, latencyMs, compileMs, fadeMs, transition, report };
}

/** As many names as fit on a line of the dock, and how many more there are. */
const MAX_NAMES = 3;

export function namesText(names: readonly string[]): string {
  if (names.length <= MAX_NAMES) return names.join(', ');
  return `${names.slice(0, MAX_NAMES - 1).join(', ')} and ${names.length - MAX_NAMES + 1} more`;
}

/** Bytes as people read them: `640 B`, `12 KB`, `23 MB`. */
export function bytesText(sizeBytes: number): string {
  const [size, unit] =
    sizeBytes < 1000 ? [sizeBytes, 'B'] : sizeBytes < 1e6 ? [sizeBytes / 1000, 'KB'] : [sizeBytes / 1e6, 'MB'];
  return `${unit === 'B' || size >= 10 ? Math.round(size) : size.toFixed(1)} ${unit}`;
}

/** A length of time as the settings and the dock write it: `200 ms`, `4 s`. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(2))} s`;
}

/** One line of the dock: a topic, and the facts. */
export interface Fact {
  readonly about: string;
  readonly text: string;
}

/** A swap in a few lines, always the same ones in the same order. */
export function swapFacts({ report, transition, fadeMs, latencyMs, compileMs }: Swap): readonly Fact[] {
  const { changed, kept, removed, stateKept, stateReset, stateNew, copiedBytes, adoptedBytes } = report;
  const ways = {
    cut: 'immediate, without a fade',
    fade: `${durationText(fadeMs)} fade`,
    offset: `step smoothed over ${durationText(fadeMs)}`,
  };
  const facts: readonly (readonly [string, ...(string | false)[]])[] = [
    [
      'units',
      changed.length > 0 && `${namesText(changed)} changed`,
      removed.length > 0 && `${namesText(removed)} removed`,
      kept.length > 0 && `${kept.length} kept`,
    ],
    [
      'state',
      stateReset.length > 0 && `${namesText(stateReset.map(({ path }) => path))} reset`,
      stateKept.length > 0 && `${stateKept.length} kept`,
      stateNew.length > 0 && `${stateNew.length} new`,
    ],
    [
      'transition',
      ways[transition],
      copiedBytes > 0 && `${bytesText(copiedBytes)} copied`,
      adoptedBytes > 0 && `${bytesText(adoptedBytes)} reused`,
    ],
    ['time', `heard after ${durationText(latencyMs)}`, `compiled in ${durationText(compileMs)}`],
  ];
  return facts.map(([about, ...parts]) => ({ about, text: parts.filter(Boolean).join(' · ') || 'none' }));
}

const REASONS: Readonly<Record<StateReset['reason'], string>> = {
  edited: 'initial value edited',
  kind: 'holds something else now',
  ambiguous: 'could be one of several',
  gone: 'gone',
  restarted: 'restarted',
};

/** State that a swap has lost, with why, and the running unit in whose text it is; `null`: in none. */
export interface Loss {
  readonly path: string;
  readonly why: string;
  readonly row: CodeRow | null;
}

/** As many losses as the dock has room for. */
const MAX_LOSSES = 4;

/** What somebody meant to lose, by restarting, is no news. */
export function lossesOf({ report, cause }: Swap, rows: readonly CodeRow[]): readonly Loss[] {
  if (cause === 'restart from scratch') return [];
  return report.stateReset.slice(0, MAX_LOSSES).map(({ path, reason }) => {
    const [unit] = path.split(/[.[ ]/, 1);
    return { path, why: REASONS[reason], row: rows.find((row) => row.unit === unit && row.span !== null) ?? null };
  });
}

/** The long lists behind the facts, without the empty ones. */
export function swapLists({ report }: Swap): readonly { readonly about: string; readonly names: readonly string[] }[] {
  return [
    { about: 'state reset', names: report.stateReset.map(({ path, reason }) => `${path} (${REASONS[reason]})`) },
    { about: 'changed', names: report.changed },
    { about: 'removed', names: report.removed },
    { about: 'kept', names: report.kept },
    { about: 'state fitted', names: report.stateFitted ?? [] },
    { about: 'state kept', names: report.stateKept },
    { about: 'state new', names: report.stateNew },
  ].filter(({ names }) => names.length > 0);
}

/** Units whose code has changed; none if there was no code before. */
export function changedUnits(before: readonly CodeRow[], rows: readonly CodeRow[]): ReadonlySet<string> {
  if (before.length === 0) return new Set();
  const old = new Map(before.map((row) => [row.unit, row]));
  const isOther = ({ unit, version, tier, codeBytes }: CodeRow) => {
    const row = old.get(unit);
    return !row || row.version !== version || row.tier !== tier || row.codeBytes !== codeBytes;
  };
  return new Set(rows.filter(isOther).map(({ unit }) => unit));
}

/** Table entries in short form: `7`, `7–9`, `3, 7` and `3…21`. */
export function slotsText(slots: readonly number[]): string {
  if (slots.length <= 1) return String(slots[0] ?? '');
  const sorted = [...slots].sort((a, b) => a - b);
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  if (last - first === slots.length - 1) return `${first}–${last}`;
  return slots.length === 2 ? `${first}, ${last}` : `${first}…${last}`;
}

/** A unit of the library without its place and signature: `sin` for `std/sin(number): number`. */
export const libraryName = (unit: string): string => unit.replace(/^std\//, '').replace(/\(.*$/, '');

/** Events of the same kind and generation that follow each other are one line of the log. */
export interface LogLine {
  readonly serial: number;
  readonly kind: CodeEvent['kind'];
  readonly generation: number;
  /** Units of the patch by name; those of the library are counted at the end. */
  readonly units: string;
}

/** The last `count` lines, newest first. */
export function logLines(events: readonly CodeEvent[], count: number): readonly LogLine[] {
  const groups: { readonly serial: number; readonly first: CodeEvent; readonly rows: CodeRow[] }[] = [];
  for (const [serial, event] of events.entries()) {
    const last = groups.at(-1);
    if (last?.first.kind === event.kind && last.first.generation === event.generation) last.rows.push(event.row);
    else groups.push({ serial, first: event, rows: [event.row] });
  }
  return groups
    .slice(-count)
    .reverse()
    .map(({ serial, first: { kind, generation }, rows }) => ({ serial, kind, generation, units: unitsText(rows) }));
}

function unitsText(rows: readonly CodeRow[]): string {
  const own = rows.filter(({ span }) => span !== null).map(({ unit }) => unit);
  const count = rows.length - own.length;
  return [...own, ...(count > 0 ? [`library (${count})`] : [])].join(', ');
}

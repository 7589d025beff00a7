/**
 * Where a patch spends its time: code that counts (src/compiler/countWork.ts) plays a copy of the running arena on, in memory of
 * its own. In: the text that plays, its arena, and where symbols lie in it. Out: shares by unit and line. In small pieces, so
 * that whatever is more urgent comes first. Worker and Node; nothing that sounds is touched.
 */

import { Counters, countWork, NO_LINE } from '../compiler/countWork.ts';
import type { LoweredPatch, LoweredUnit } from '../compiler/lower/lower.ts';
import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import type { SymbolLayout } from '../linker/allocators.ts';
import { Linker } from '../linker/linker.ts';
import type { Draft } from '../linker/linkTypes.ts';
import {
  ACCESS_REACH_BYTES,
  GOT_ENTRY_BYTES,
  HEADER,
  IMPORTS,
  MAX_MEMORY_PAGES,
  PAGE_BYTES,
  type RenderFunction,
  SYMBOLS_START,
  TABLE_SLOTS,
} from '../protocol/arena.ts';
import type { LineShare, Profile, Profiled, UnitShare } from '../protocol/profile.ts';
import { linkInput } from './linkInput.ts';
import { type Emitter, ObjectStore } from './objects.ts';

export interface ProfileInput {
  readonly text: string;
  /** What that text becomes, with marks. */
  readonly lowered: LoweredPatch;
  readonly libraryUnits: readonly LoweredUnit[];
  /** Symbols of the functions that run; where the text has others, its arena is another. */
  readonly running: ReadonlySet<string>;
  readonly layout: SymbolLayout;
  /** As it was between two blocks, in one piece. */
  readonly arena: Uint8Array<ArrayBuffer>;
  readonly sampleRate: number;
  readonly emit: Emitter;
  /** Milliseconds on a monotonic clock; without it a second of sound is played. */
  readonly now: (() => number) | null;
}

/** At most a second of sound, and so much of the worker's time. */
const MAX_SECONDS = 1;
const MAX_MS = 400;
/** A piece takes no longer than some milliseconds, whatever the patch does: code that counts takes up to three times as long. */
const PIECE_FRAMES = 32;
const PIECE_MS = 4;
/** What a copy may burn in a piece: it has been heard already, and is only to end. */
const PIECE_FUEL = 2 ** 30;
const ALIGNMENT_BYTES = 64;

/** Rests after each piece. */
export function* profile(input: ProfileInput): Generator<void, Profiled, void> {
  const { lowered, libraryUnits, arena, layout, running, emit } = input;
  const live = [...libraryUnits, ...lowered.units].map(onlyLive);
  const names = live.flatMap(({ functions }) => functions.map(({ ir }) => ir.symbol));
  if (!names.every((name) => running.has(name)))
    return { none: 'The code that is playing is not the code in the editor.' };
  const counters = new Counters(Math.ceil(arena.length / ALIGNMENT_BYTES) * ALIGNMENT_BYTES);
  const units = live.map((unit) => counted(unit, counters));
  yield;
  const objects = new ObjectStore(emit).compile(units, lowered.strings);
  yield;
  const memoryBytes = MAX_MEMORY_PAGES * PAGE_BYTES;
  const linker = new Linker({ postsModules: false, memoryBytes, tableSlots: TABLE_SLOTS, layout });
  const draft = linker.link(linkInput(objects, { ...lowered, units }), null);
  const { render, memory, base } = start(draft, linker, input, counters);
  yield;
  const frames = yield* play(render, base, input);
  if (frames === 0) return { none: 'The patch stopped when it was run again for the profile.' };
  const values = new Float64Array(memory.buffer, base + counters.base, counters.all.length);
  return summed(input.text, counters, values, frames, live);
}

const onlyLive = (unit: LoweredUnit): LoweredUnit => ({
  ...unit,
  initialiser: null,
  functions: unit.functions.filter(({ isLive }) => isLive),
});

function counted(unit: LoweredUnit, counters: Counters): LoweredUnit {
  const functions = unit.functions.map((fn) => {
    const kind = unit.source === null ? 'library' : 'patch';
    const of = fn.ir.symbol === RENDER_SYMBOL ? 'frame' : kind;
    return { ...fn, isCounted: true, ir: countWork({ ir: fn.ir, unit: unit.name, of }, counters) };
  });
  return { ...unit, functions };
}

/** Memory with the arena and counters behind it, and the code in a table. */
function start(draft: Draft, linker: Linker, { arena }: ProfileInput, counters: Counters) {
  const base = Math.ceil(draft.gotBytes / PAGE_BYTES) * PAGE_BYTES;
  const pages = Math.ceil((base + counters.base + counters.sizeBytes) / PAGE_BYTES) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: MAX_MEMORY_PAGES });
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: linker.tableSlots + 1 });
  for (const { object, slots } of draft.newCode) {
    const { exports } = new WebAssembly.Instance(object.module.module, {
      [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: memory, [IMPORTS.TABLE]: table },
      [IMPORTS.SYMBOLS]: linker.symbolValues(object.module),
    });
    for (const [symbol, slot] of slots) table.set(slot, exports[symbol] as () => void);
  }
  new Uint8Array(memory.buffer).set(arena, base);
  const view = new DataView(memory.buffer);
  for (const { offset, value } of draft.words) if (offset < 0) view.setInt32(base + offset, value, true);
  view.setInt32(base + HEADER.GOT_ENTRIES, draft.gotBytes / GOT_ENTRY_BYTES, true);
  view.setInt32(base + HEADER.FUEL_PER_BLOCK, PIECE_FUEL, true);
  // It is in one piece here.
  view.setInt32(base + HEADER.POINTER_LIMIT, arena.length - ACCESS_REACH_BYTES - SYMBOLS_START, true);
  view.setInt32(base + HEADER.REACHABLE_COUNT, 0, true);
  return { render: table.get(draft.renderSlot) as RenderFunction, memory, base };
}

/** Returns how many frames were played. */
function* play(render: RenderFunction, base: number, { sampleRate, now }: ProfileInput): Generator<void, number, void> {
  let frames = 0;
  let spentMs = 0;
  let pieceMs = 0;
  while (frames < MAX_SECONDS * sampleRate && spentMs < MAX_MS) {
    const startMs = now?.() ?? 0;
    try {
      render(base, PIECE_FRAMES);
    } catch {
      return frames;
    }
    frames += PIECE_FRAMES;
    const tookMs = (now?.() ?? 0) - startMs;
    spentMs += tookMs;
    pieceMs += tookMs;
    if (pieceMs < PIECE_MS) continue;
    pieceMs = 0;
    yield;
  }
  return frames;
}

function summed(
  text: string,
  { all }: Counters,
  values: Float64Array,
  frames: number,
  units: readonly LoweredUnit[],
): Profile {
  const byUnit = new Map(units.filter(({ functions }) => functions.length > 0).map(({ name }) => [name, [0, 0]]));
  const byLine = new Map<number, { work: number; runs: number }>();
  /** How often each mark is passed, in all functions that the text there became. */
  const runs = new Map<number, Map<string, number>>();
  const lineOf = lineCounter(text);
  for (const [index, { unit, fn, work, begun, isEntry, isOwn }] of all.entries()) {
    const times = values[index]!;
    const own = unit === null ? undefined : byUnit.get(unit);
    for (const [offset, cost] of work) {
      if (own) own[0]! += times * cost;
      if (isOwn && offset !== NO_LINE) lineAt(byLine, lineOf(offset)).work += times * cost;
    }
    if (own && isEntry) own[1]! += times;
    for (const offset of isOwn ? begun : []) {
      const byFunction = runs.get(offset) ?? new Map<string, number>();
      runs.set(offset, byFunction.set(fn, Math.max(byFunction.get(fn) ?? 0, times)));
    }
  }
  // Among several statements in a line, the one that runs most often counts.
  for (const [offset, byFunction] of runs) {
    const line = lineAt(byLine, lineOf(offset));
    line.runs = Math.max(line.runs, sum(byFunction.values()));
  }
  const total = sum([...byUnit.values()].map(([work]) => work!));
  const shared = (work: number): number => (total > 0 ? work / total : 0);
  const lines = [...byLine].map(([line, { work, runs }]): LineShare => {
    return { line, share: shared(work), runs: runs / frames };
  });
  const taken = sum(lines.map(({ share }) => share));
  return {
    ...{ text, frames, outside: Math.max(0, 1 - taken) },
    units: [...byUnit]
      .map(([unit, [work, calls]]): UnitShare => ({ unit, share: shared(work!), calls: calls! / frames }))
      .sort((a, b) => b.share - a.share),
    lines: lines.sort((a, b) => a.line - b.line),
  };
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

function lineAt(byLine: Map<number, { work: number; runs: number }>, line: number) {
  const known = byLine.get(line);
  if (known) return known;
  const made = { work: 0, runs: 0 };
  byLine.set(line, made);
  return made;
}

/** The number of the line that an offset is in, from 1. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

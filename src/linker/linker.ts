/**
 * Objects → a generation. Gives every function its slot, every symbol its offset, the image its place, and keeps count of
 * who uses what, so that all of it is free again once no generation needs it. Pure: knows no thread and runs no code.
 *
 * Invariants:
 * - A symbol has one offset for as long as any generation names it; a function's slot changes only with its code.
 * - A unit whose code did not change keeps its object, its slots, and its module in the audio thread.
 * - What a generation retained is released exactly once: when it retires, is refused, or is discarded before it was sent.
 */

import { append } from '../compiler/append.ts';
import { importName, RENDER_SYMBOL } from '../compiler/symbols.ts';
import { ACCESS_REACH_BYTES, GOT_ENTRY_BYTES, SCRATCH_BYTES } from '../protocol/arena.ts';
import type { Appointment, BatchModule, CopyPlan, NewArenaBatch, ReinstatingBatch } from '../protocol/generation.ts';
import { arenaOffset, generation, type Slot } from '../protocol/units.ts';
import { align, SlotAllocator, type SymbolLayout, SymbolTable } from './allocators.ts';
import { Arenas } from './arenas.ts';
import { ByteRanges, sameBytes } from './bytes.ts';
import { MAX_CELLS, tooManyCells } from './cellCount.ts';
import { type Carryover, EMPTY_PLAN, withAhead } from './copyPlan.ts';
import { followUp } from './followUp.ts';
import { areAlike, type Contents, contentsOf, KnownCarryovers } from './knownCarryovers.ts';
import { CARRY_LIMITS, type CarryLimits } from './limits.ts';
import type {
  CompiledObject,
  Draft,
  LinkableUnit,
  LinkedCode,
  LinkedGeneration,
  LinkerOptions,
  LinkInput,
  ObjectModule,
  Placed,
  PlaceOptions,
  PlaceResult,
  Retained,
} from './linkTypes.ts';
import { findPlace, type Place, type PlaceInput } from './placement.ts';
import { ArenaState, namesIn } from './state.ts';
import { listNames, listState, type StateEntry } from './stateList.ts';
import { bpmOffsetOf } from './tempo.ts';
import { sizeOf, textWords } from './texts.ts';
import { holesOf, imageOf, outsideOf, type PlannedCopy, planBetween, planCopies, targetsOf } from './transfer.ts';

/** A place that was found for a draft, and how it follows what plays. */
type Settled = Omit<PlaceInput, 'arenas' | 'limits' | 'gotBytes'> &
  Extract<Place, { kind: 'settled' }> & { readonly before: LinkedGeneration | null };

/** Arenas begin here: address 0 belongs to nobody. */
const ARENAS_START = 1024;
/** The GOT grows in steps of so many bytes, so that few edits change the size of an arena. */
const GOT_STEP_BYTES = 256;

export class Linker {
  private readonly arenas: Arenas;
  private readonly slots = new SlotAllocator();
  private readonly symbols: SymbolTable;
  /** By unit name and the key of its code. */
  private readonly codes = new Map<string, LinkedCode>();
  /** How many generations name the symbols of each module. */
  private readonly moduleUsers = new Map<ObjectModule, number>();
  /** The units of drafts, by the keys of their code. */
  private readonly unitsByCode = new WeakMap<Draft, Map<string, LinkableUnit>>();
  private readonly states = new WeakMap<Draft, ArenaState>();
  /** What was found to have no more cells than it may. */
  #counted: Contents | null = null;
  private nextGeneration: number;
  private readonly postsModules: boolean;
  private readonly maxSlots: number;
  private readonly limits: CarryLimits;
  readonly #carryovers: KnownCarryovers;

  constructor({ postsModules, memoryBytes, tableSlots, lastGeneration = 0, layout, limits }: LinkerOptions) {
    this.postsModules = postsModules;
    this.limits = limits ?? CARRY_LIMITS;
    this.#carryovers = new KnownCarryovers(this.limits);
    this.arenas = new Arenas(ARENAS_START, memoryBytes);
    this.maxSlots = tableSlots;
    this.symbols = new SymbolTable(layout);
    this.nextGeneration = lastGeneration + 1;
  }

  /** Gives slots and offsets to what the program needs. `before`: what plays, to tell what changed. */
  link(input: LinkInput, before: LinkedGeneration | null): Draft {
    const retained: Retained = { codes: [], modules: [], symbols: [] };
    try {
      return this.draftOf(input, before, retained);
    } catch (thrown) {
      this.discard(retained);
      throw thrown;
    }
  }

  /** Notes in `retained` what has to be given back. */
  private draftOf(input: LinkInput, before: LinkedGeneration | null, retained: Retained): Draft {
    const { codes, modules: named, symbols } = retained;
    const newCode: LinkedCode[] = [];
    const modules = new Set<ObjectModule>();
    for (const unit of input.units) {
      if (unit.initialiser) modules.add(unit.initialiser.module);
      if (!unit.code) continue;
      const known = this.codes.get(unit.code.key);
      const code = known ?? this.addCode(unit.code);
      code.refCount++;
      codes.push(code);
      // Where code was compiled again, the functions of the first module are in the table.
      modules.add(code.object.module);
      if (!known) newCode.push(code);
    }
    for (const module of modules) {
      this.retain(module);
      named.push(module);
    }
    for (const { symbol, code } of input.staticClosures) {
      if (code === null || this.symbols.offsetOf(`closure:${symbol}`) === null) continue;
      this.symbols.retain(`function:${code}`);
      symbols.push(`function:${code}`);
    }
    const { changed, kept } = compareUnits(input.units, before?.draft.input.units ?? []);
    const words = this.words(codes, input);
    const renderSlot = codes.map((code) => code.slots.get(RENDER_SYMBOL)).find((found) => found !== undefined);
    if (renderSlot === undefined) throw new Error('linker: the program has no entry');
    return {
      input,
      codes,
      modules: named,
      symbols,
      newCode,
      changed,
      kept,
      words,
      heapStart: align(this.symbols.endOffset, 16),
      gotBytes: align(this.symbols.gotBytes, GOT_STEP_BYTES),
      renderSlot,
    };
  }

  /** Counts one more user of a module; the first one retains its symbols. */
  private retain(module: ObjectModule): void {
    const refCount = this.moduleUsers.get(module) ?? 0;
    const { imports, strings } = module;
    const wanted =
      refCount > 0 ? [] : imports.map(importName).map((name) => ({ name, sizeBytes: sizeOf(name, strings) }));
    this.moduleUsers.set(module, refCount + 1);
    for (const { name, sizeBytes } of wanted) this.symbols.retain(name, sizeBytes);
  }

  private releaseModule(module: ObjectModule): void {
    const refCount = (this.moduleUsers.get(module) ?? 0) - 1;
    if (refCount > 0) {
      this.moduleUsers.set(module, refCount);
      return;
    }
    this.moduleUsers.delete(module);
    for (const symbol of module.imports) this.symbols.release(importName(symbol));
  }

  private addCode(object: CompiledObject): LinkedCode {
    const slots = new Map(object.symbols.map((symbol) => [symbol, this.slots.allocate()]));
    const code: LinkedCode = { object, slots, sent: new Set(), refCount: 0 };
    this.codes.set(object.key, code);
    return code;
  }

  private words(codes: readonly LinkedCode[], input: LinkInput): { offset: number; value: number }[] {
    const words: { offset: number; value: number }[] = [];
    for (const code of codes) {
      for (const [symbol, slot] of code.slots) {
        const offset = this.symbols.offsetOf(`function:${symbol}`);
        if (offset !== null) words.push({ offset, value: slot });
      }
    }
    for (const { symbol, code } of input.staticClosures) {
      const offset = this.symbols.offsetOf(`closure:${symbol}`);
      const entry = code === null ? null : this.symbols.offsetOf(`function:${code}`);
      if (offset !== null) words.push({ offset, value: entry ?? 0 });
    }
    for (const [symbol, text] of input.strings) {
      const offset = this.symbols.offsetOf(`string:${symbol}`);
      if (offset !== null) append(words, textWords(offset, text));
    }
    return words;
  }

  /** What a module's imported globals are. */
  symbolValues(module: ObjectModule): Record<string, number> {
    const values: Record<string, number> = {};
    for (const symbol of module.imports) {
      const name = importName(symbol);
      values[name] = this.symbols.offsetOf(name) ?? 0;
    }
    return values;
  }

  offsetOf(name: string): number | null {
    return this.symbols.offsetOf(name);
  }

  /** Whether a program would sound no different: the same code, and an arena that is the same byte for byte. */
  isSame(draft: Draft, image: Uint8Array, before: LinkedGeneration): boolean {
    const isSameCode =
      draft.codes.length === before.draft.codes.length &&
      draft.codes.every((code, index) => code === before.draft.codes[index]);
    if (!isSameCode || image.length !== before.image.length) return false;
    return (
      sameBytes(image, 0, before.image, 0, image.length) && bpmOffsetOf({ draft, image }, this) === before.bpmOffset
    );
  }

  /** Takes over the names and places of a draft that is the same but for those, so that what is renamed later is found. */
  rename(linked: LinkedGeneration, draft: Draft): void {
    const spans = new Map(draft.input.units.map(({ name, span }) => [name, span]));
    for (const unit of linked.draft.input.units) unit.span = spans.get(unit.name) ?? unit.span;
    const renamed = new ArenaState(linked.image, draft.input, (name) => this.symbols.offsetOf(name));
    if (namesIn(renamed) !== namesIn(linked.state)) linked.state = renamed;
  }

  /** Gives the arena its place and makes what is sent to the audio thread. */
  place(
    draft: Draft,
    image: Uint8Array<ArrayBuffer>,
    before: LinkedGeneration | null,
    options: PlaceOptions,
  ): PlaceResult {
    const sizeBytes = image.length + (draft.input.allocatesPerFrame ? SCRATCH_BYTES : 0) + ACCESS_REACH_BYTES;
    const isTableFull = this.slots.tableSlots > this.maxSlots;
    const state = this.readState(draft, image);
    const { withoutStateOf = null } = options;
    const without = withoutStateOf === null ? null : (draft.input.roles?.usedBy(withoutStateOf) ?? null);
    const { isOtherPiece = false } = options;
    const isFresh = isOtherPiece || options.isFresh || (withoutStateOf !== null && without === null);
    const from = isFresh ? null : before;
    const lost = isOtherPiece ? null : before?.state;
    const carryover = this.#carryovers.between(from, { state, carried: null, without }, lost);
    const settled = isTableFull
      ? null
      : findPlace({
          arenas: this.arenas,
          limits: this.limits,
          carryover,
          state,
          from,
          sizeBytes,
          gotBytes: draft.gotBytes,
        });
    if (!settled) return { kind: 'full', neededBytes: sizeBytes };
    if (settled.kind === 'blocked') return settled;
    try {
      return this.placed(draft, image, { before, from, state, carryover, sizeBytes, ...settled }, options);
    } catch (thrown) {
      this.arenas.release(settled.tenancy);
      throw thrown;
    }
  }

  /** What is sent of a draft that has its place. */
  private placed(
    draft: Draft,
    image: Uint8Array<ArrayBuffer>,
    { before, from, state, carryover, sizeBytes, regions, outside, tenancy }: Settled,
    options: PlaceOptions,
  ): Placed {
    const { address, cleanFrom } = tenancy;
    const carried = new ByteRanges();
    carried.add(targetsOf(carryover));
    const arena = { address, image, state, carried, regions };
    const planned = planBetween(carryover, from, arena);
    const holes = holesOf(tenancy);
    const modules = this.batchModules(draft);
    const batchBytes = this.bytesOf(draft);
    const sends = new Map(draft.codes.map((code) => [code, this.unsent(code, draft)]));
    const made = generation(this.nextGeneration++);
    const { fits } = carryover;
    const bpmOffset = bpmOffsetOf({ draft, image }, this);
    const linked: LinkedGeneration = {
      ...{ generation: made, draft, ...arena, fits, sizeBytes, tenancy, holes, bpmOffset, batchBytes, sends },
    };
    const batch: NewArenaBatch = {
      generation: made,
      from: before?.generation ?? null,
      memoryBytes: Math.max(this.arenas.peakBytes, address + sizeBytes),
      tableSlots: this.slots.tableSlots,
      modules,
      arena: { address, sizeBytes, gotBytes: draft.gotBytes, cleanFrom: arenaOffset(cleanFrom) },
      image: imageOf(arena, made, gotOf(draft), holes, sizeBytes, outside),
      holes,
      outside: outsideOf(arena, outside),
      reinstates: null,
      plan: withAhead(planned.plan, this.limits),
      bpmOffset: bpmOffset === null ? null : arenaOffset(bpmOffset),
      render: draft.renderSlot,
      ...followUp(before, options, before !== null && sharesState(before, linked)),
    };
    for (const [code, symbols] of sends) for (const symbol of symbols) code.sent.add(symbol);
    return { kind: 'placed', linked, batch, planned };
  }

  /** Which variable leads to more pointers than an edit can follow; `null`: none. */
  tooManyCells(draft: Draft, image: Uint8Array): { readonly path: string } | null {
    const state = this.readState(draft, image);
    if (this.#counted && areAlike(this.#counted, state)) return null;
    const found = tooManyCells(state, MAX_CELLS);
    if (!found) this.#counted = contentsOf(state);
    return found;
  }

  /** Offsets do not change for as long as the draft retains them. */
  private readState(draft: Draft, image: Uint8Array): ArenaState {
    const known = this.states.get(draft);
    if (known?.image === image) return known;
    const state = new ArenaState(image, draft.input, (name) => this.symbols.offsetOf(name));
    this.states.set(draft, state);
    return state;
  }

  /**
   * Brings a generation back that still has its arena, as a new one. Its old number is not to be retired then, unless the
   * batch is refused: there is one owner of the arena.
   */
  reinstate(kept: LinkedGeneration, before: LinkedGeneration, options: PlaceOptions): Placed<ReinstatingBatch> {
    const made = generation(this.nextGeneration++);
    const carryover = options.isOtherPiece ? null : this.carryBack(before, kept);
    const planned = carryover ? planBetween(carryover, before, kept) : asItWas(kept);
    const fits = carryover?.fits ?? [];
    const linked: LinkedGeneration = { ...kept, fits, generation: made, batchBytes: 0, sends: new Map() };
    const batch: ReinstatingBatch = {
      generation: made,
      from: before.generation,
      memoryBytes: this.arenas.peakBytes,
      tableSlots: this.slots.tableSlots,
      arena: { address: kept.address, sizeBytes: kept.sizeBytes, gotBytes: kept.draft.gotBytes },
      reinstates: kept.generation,
      plan: planned.plan,
      bpmOffset: kept.bpmOffset === null ? null : arenaOffset(kept.bpmOffset),
      render: kept.draft.renderSlot,
      ...followUp(before, options, sharesState(before, kept)),
    };
    return { kind: 'placed', linked, batch, planned };
  }

  /** When and how a batch that waits is to follow what plays, after the settings have changed. */
  appointment(before: LinkedGeneration | null, linked: LinkedGeneration, options: PlaceOptions): Appointment {
    return followUp(before, options, before !== null && sharesState(before, linked));
  }

  /** How state goes back to a generation that still has its arena. */
  planBack(from: LinkedGeneration, to: LinkedGeneration): CopyPlan {
    return planCopies(this.carryBack(from, to), from, to);
  }

  /** What goes over to a generation that was placed before. Data that both use where it lies is in place already. */
  private carryBack(from: LinkedGeneration, to: LinkedGeneration): Carryover {
    const carryover = this.#carryovers.between(from, to);
    to.carried.add(targetsOf(carryover));
    return carryover;
  }

  private batchModules(draft: Draft): BatchModule[] {
    const exports = new Map<ObjectModule, { name: string; slot: Slot }[]>();
    for (const code of draft.codes) {
      const list = exports.get(code.object.module) ?? [];
      for (const symbol of this.unsent(code, draft)) list.push({ name: symbol, slot: code.slots.get(symbol)! });
      exports.set(code.object.module, list);
    }
    return [...exports]
      .filter(([, list]) => list.length > 0)
      .map(([module, list]) => ({
        code: this.postsModules ? module.module : module.bytes,
        symbols: this.symbolValues(module),
        exports: list,
      }));
  }

  private unsent(code: LinkedCode, draft: Draft): string[] {
    let units = this.unitsByCode.get(draft);
    if (!units) {
      units = new Map(draft.input.units.flatMap((unit) => (unit.code ? [[unit.code.key, unit]] : [])));
      this.unitsByCode.set(draft, units);
    }
    const live = units.get(code.object.key)?.live;
    return code.object.symbols.filter((symbol) => live?.has(symbol) && !code.sent.has(symbol));
  }

  private bytesOf(draft: Draft): number {
    const modules = new Set<ObjectModule>();
    for (const code of draft.codes) if (this.unsent(code, draft).length > 0) modules.add(code.object.module);
    let bytes = 0;
    for (const module of modules) bytes += module.bytes.length;
    return bytes;
  }

  /** Gives back what a draft retained that is not sent after all. */
  discard(draft: Pick<Draft, 'codes' | 'modules' | 'symbols'>): Slot[] {
    const freed: Slot[] = [];
    for (const code of draft.codes) {
      if (--code.refCount > 0) continue;
      this.codes.delete(code.object.key);
      for (const slot of code.slots.values()) freed.push(slot);
    }
    this.slots.release(freed);
    for (const module of draft.modules) this.releaseModule(module);
    for (const name of draft.symbols) this.symbols.release(name);
    return freed;
  }

  /** Gives back a generation that no block uses any more. Returns the slots to be emptied. */
  retire(linked: LinkedGeneration): Slot[] {
    this.arenas.release(linked.tenancy);
    return this.discard(linked.draft);
  }

  /** Gives back the place of a generation that is not sent after all, but not its draft. */
  unplace(linked: LinkedGeneration): void {
    for (const [code, symbols] of linked.sends) for (const symbol of symbols) code.sent.delete(symbol);
    this.arenas.release(linked.tenancy);
  }

  /** Gives back a generation that the audio thread did not take: it has none of the functions that came with it. */
  refuse(linked: LinkedGeneration): Slot[] {
    this.unplace(linked);
    return this.discard(linked.draft);
  }

  /** Where every symbol lies that a generation names. */
  get layout(): SymbolLayout {
    return this.symbols.layout;
  }

  /** How often what goes over was known from an edit before: for tests. */
  get knownCarryovers(): number {
    return this.#carryovers.knownCount;
  }

  get usedSlots(): number {
    return this.slots.usedSlots;
  }

  get tableSlots(): number {
    return this.slots.tableSlots;
  }

  get arenaPeakBytes(): number {
    return this.arenas.peakBytes;
  }

  /** Bytes that generations hold. */
  get arenaUsedBytes(): number {
    return this.arenas.usedBytes;
  }

  get moduleCount(): number {
    return new Set([...this.codes.values()].map((code) => code.object.module)).size;
  }
}

/** The GOT as it lies in front of the arena, the last entry first. */
function gotOf({ words, gotBytes }: Draft): Int32Array<ArrayBuffer> {
  const got = new Int32Array(gotBytes / GOT_ENTRY_BYTES);
  for (const { offset, value } of words) if (offset < 0) got[(gotBytes + offset) / GOT_ENTRY_BYTES] = value;
  return got;
}

/** Nothing goes over to it: it has the state with which it stopped. */
const asItWas = ({ state }: LinkedGeneration): PlannedCopy => ({
  ...{ plan: EMPTY_PLAN, kept: listNames(listState(state)), reset: [], fresh: [], fitted: [] },
  ...{ copiedBytes: 0, adoptedBytes: 0 },
});

/** Whether two generations write the same data, so that they must not sound together. */
export const sharesState = (a: LinkedGeneration, b: LinkedGeneration): boolean =>
  [...a.tenancy.blocks].some((block) => block.isWritten && b.tenancy.blocks.has(block));

/** All variables, fields and arrays of a generation that are state. */
export const stateOf = (linked: LinkedGeneration): StateEntry[] => listState(linked.state);

/** Units of the patch that were recompiled, and those that were not. */
export function compareUnits(
  units: readonly LinkableUnit[],
  before: readonly LinkableUnit[],
): { changed: string[]; kept: string[] } {
  const known = new Map(before.map((unit) => [unit.name, unit]));
  const changed: string[] = [];
  const kept: string[] = [];
  for (const unit of units) {
    if (unit.isLibrary) continue;
    const old = known.get(unit.name);
    const isKept =
      old !== undefined && old.code?.key === unit.code?.key && old.initialiser?.key === unit.initialiser?.key;
    (isKept ? kept : changed).push(unit.name);
  }
  return { changed, kept };
}

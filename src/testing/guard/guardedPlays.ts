/**
 * Plays texts in a guarded memory: each twice, alone at one address and between two that play at another, among canaries
 * of different kinds. In: texts. Out: what it came to (refused, or samples up to the end or a trap), and whatever shows
 * that code got where it must not:
 *
 * - a byte outside of its arena changed, or a part of its own arena that only the host may change;
 * - a trap that no check raised: an address outside the memory, a table entry that is none;
 * - other samples at another address, among other canaries, or from a heap that was not clear: something was read that
 *   is not the program's;
 * - what played beside it is not bit for bit what it is alone;
 * - if asked for, other samples or another memory from the code of the second tier.
 *
 * One compiler, memory and table for all texts, so that thousands can be tried. Tests only.
 */

import { compile } from '../../compiler/compile.ts';
import { emit } from '../../compiler/emit/emit.ts';
import type { IrFunction } from '../../compiler/ir.ts';
import type { LoweredPatch, LoweredUnit } from '../../compiler/lower/lower.ts';
import { BOX } from '../../compiler/memoryLayout.ts';
import { RENDER_SYMBOL } from '../../compiler/symbols.ts';
import { verifyPatch } from '../../compiler/verifyIr.ts';
import { extentsOf } from '../../linker/extents.ts';
import { Linker } from '../../linker/linker.ts';
import type { Draft, ObjectModule } from '../../linker/linkTypes.ts';
import { ArenaState } from '../../linker/state.ts';
import { IMPORTS, PAGE_BYTES, type RenderFunction } from '../../protocol/arena.ts';
import { linkInput } from '../../worker/linkInput.ts';
import { ObjectStore, type UnitObjects } from '../../worker/objects.ts';
import { runOptimiser } from '../../worker/optimiserJob.ts';
import { type FunctionsByName, functionsOf, siteOf } from '../../worker/trapMessages.ts';
import { testLibrary } from '../compileText.ts';
import { type ArenaTrap, GuardedArena, type Initialiser, type Runnable, SECOND_TIER_FUEL } from './guardedArena.ts';
import { farCanaries, GuardedMemory, nearCanaries } from './guardedMemory.ts';

const SAMPLE_RATE = 48_000;
const BLOCK_FRAMES = 16;
/** Texts after which the linker starts over, so that its symbols lie close together. */
const TEXTS_PER_LINKER = 200;
const PLACE_BYTES = 16 * PAGE_BYTES;
/** The place in the middle has one on each side. */
const [BEFORE, MIDDLE, BEHIND] = [0, 1, 2];

/** Code got where it must not. */
export class Escape extends Error {}

export interface Stopped {
  readonly isTopLevel: boolean;
  readonly frame: number;
  /** Code of the trap site; `stack-overflow` where the engine's own stack ran out. */
  readonly code: string;
}

export type Outcome =
  /** By the compiler; the codes of its errors. */
  | { readonly kind: 'refused'; readonly codes: readonly string[]; readonly report: string }
  | {
      readonly kind: 'played';
      /** As many as there are up to the trap, if there is one. */
      readonly left: Float64Array;
      readonly right: Float64Array;
      readonly trap: Stopped | null;
      /** Whether the second tier played it, too; `null`: that was not asked for, or the top level has not ended. */
      readonly isOptimised: boolean | null;
      /** What the verifier says of its IR. */
      readonly faults: readonly string[];
    };

interface Solo {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly bytes: Uint8Array;
}

/** A text that plays, and what it came to when it was alone. */
interface Linked extends Runnable {
  readonly text: string;
  readonly functions: FunctionsByName;
  solo: Solo | null;
}

export interface GuardedPlaysOptions {
  /** How much of each text is played. */
  readonly frames: number;
  /** Bytes of each place; 1 MiB if not given. */
  readonly placeBytes?: number;
  /** Whether others play beside the text the second time; if not given, they do. */
  readonly hasCompany?: boolean;
  /** Changes the code of functions before it is emitted, to try what the guard is good for. */
  readonly alter?: (ir: IrFunction) => IrFunction;
  /** Whether the code of the second tier plays each text as well; if not given, it does not. */
  readonly hasSecondTier?: boolean;
}

export class GuardedPlays {
  private readonly guarded: GuardedMemory;
  private readonly table = new WebAssembly.Table({ element: 'anyfunc', initial: 64 });
  private readonly frames: number;
  private readonly hasCompany: boolean;
  private readonly alter: ((ir: IrFunction) => IrFunction) | null;
  private readonly hasSecondTier: boolean;
  private objects = new ObjectStore(emit);
  private linker = newLinker();
  private textsLinked = 0;
  /** The last two that played to the end, for company. */
  private neighbours: Linked[] = [];

  constructor({
    frames,
    placeBytes = PLACE_BYTES,
    hasCompany = true,
    alter,
    hasSecondTier = false,
  }: GuardedPlaysOptions) {
    this.frames = frames;
    this.hasCompany = hasCompany;
    this.hasSecondTier = hasSecondTier;
    this.guarded = new GuardedMemory({ places: hasCompany ? 3 : 2, placeBytes });
    this.alter = alter ?? null;
  }

  /** @throws Escape */
  play(text: string): Outcome {
    const { diagnostics, lowered, libraryUnits } = compile(text, testLibrary());
    if (!lowered) {
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const report = errors.map(({ code, message }) => `${code}: ${message}`).join('\n');
      return { kind: 'refused', codes: errors.map(({ code }) => code), report };
    }
    const faults = verifyPatch(lowered, libraryUnits);
    const linked = this.link(text, lowered, libraryUnits);
    let isKept = false;
    try {
      const outcome: Outcome = { ...this.playTwice(linked), faults };
      isKept = this.hasCompany && outcome.trap === null;
      return outcome;
    } catch (thrown) {
      // They may be what is to blame, and would be for all that follow.
      while (this.neighbours.length > 0) this.unlink(this.neighbours.pop()!);
      throw thrown;
    } finally {
      if (isKept) this.neighbours.unshift(linked);
      else this.unlink(linked);
      while (this.neighbours.length > 2) this.unlink(this.neighbours.pop()!);
      if (++this.textsLinked >= TEXTS_PER_LINKER) this.begin();
    }
  }

  private begin(): void {
    this.neighbours = [];
    this.linker = newLinker();
    this.objects = new ObjectStore(emit);
    this.textsLinked = 0;
  }

  private playTwice(linked: Linked): Omit<Outcome & { kind: 'played' }, 'faults'> {
    const { guarded } = this;
    guarded.paint(farCanaries);
    const alone = new GuardedArena(guarded, MIDDLE, linked, { heapByte: 0, sampleRate: SAMPLE_RATE });
    this.run([alone]);
    this.examine(alone, [alone], linked);
    linked.solo = { left: alone.left, right: alone.right, bytes: alone.bytes };
    const isOptimised = this.hasSecondTier && !alone.trap?.isTopLevel ? this.playOptimised(linked, alone) : null;

    guarded.paint(nearCanaries);
    const [first, second] = this.neighbours;
    const setting = { heapByte: 0, sampleRate: SAMPLE_RATE };
    const again = new GuardedArena(guarded, first ? BEHIND : BEFORE, linked, { ...setting, heapByte: 0xc7 });
    const company: [Linked, GuardedArena][] = [];
    if (first) company.push([first, new GuardedArena(guarded, MIDDLE, first, setting)]);
    if (second) company.unshift([second, new GuardedArena(guarded, BEFORE, second, setting)]);
    const arenas = [...company.map(([, arena]) => arena), again].sort((a, b) => a.base - b.base);
    this.run(arenas);
    this.examine(again, arenas, linked);
    this.compareRuns(alone, again);
    for (const [neighbour, arena] of company) compareCompany(neighbour, arena);
    const trap = alone.trap ? this.describe(alone.trap, linked) : null;
    const [left, right] = [Float64Array.from(alone.left), Float64Array.from(alone.right)];
    return { kind: 'played', left, right, trap, isOptimised };
  }

  /** The same in the second tier, at the same address. Returns whether there is one. */
  private playOptimised(linked: Linked, first: GuardedArena): boolean {
    const { guarded, linker } = this;
    const firstState = first.state;
    guarded.paint(farCanaries);
    let render: RenderFunction | null = null;
    const runnable = { ...linked, render: (base: number, frames: number) => render!(base, frames) };
    const second = new GuardedArena(guarded, MIDDLE, runnable, { heapByte: 0, sampleRate: SAMPLE_RATE });
    second.runTopLevel();
    const offsets = [...linker.layout.symbols];
    const functions = [...linked.functions].map(([name, { ir }]) => [name.slice('function:'.length), ir] as const);
    const { image } = second;
    const offsetOf = (name: string) => linker.offsetOf(name);
    const extents = extentsOf(new ArenaState(image, linked.draft.input, offsetOf), linked.draft, offsetOf, []);
    const answer = runOptimiser({ functions, offsets, image, unknown: [], pointers: [], elsewhere: [], extents });
    if (answer.kind === 'refused') {
      if (/failed/.test(answer.reason)) throw new Error(`second tier: ${answer.reason}`);
      return false;
    }
    const module = new WebAssembly.Module(answer.bytes);
    const globals = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'global');
    const symbols = Object.fromEntries(globals.map(({ name }) => [name, linker.offsetOf(name) ?? 0]));
    render = new WebAssembly.Instance(module, {
      [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: guarded.memory, [IMPORTS.TABLE]: this.table },
      [IMPORTS.SYMBOLS]: symbols,
    }).exports[RENDER_SYMBOL] as RenderFunction;
    for (let frame = 0; frame < this.frames; frame += BLOCK_FRAMES) {
      second.render(Math.min(BLOCK_FRAMES, this.frames - frame));
    }
    this.examine(second, [second], linked, SECOND_TIER_FUEL);
    compareSecondTier(first, second);
    if (!first.trap && !isSameMemory(firstState, second.state)) throw new Escape('second tier: its memory is another');
    return true;
  }

  /** Block by block in turn, as the audio thread does it. */
  private run(arenas: readonly GuardedArena[]): void {
    const { frames } = this;
    for (const arena of arenas) arena.runTopLevel();
    for (let frame = 0; frame < frames; frame += BLOCK_FRAMES) {
      for (const arena of arenas) arena.render(Math.min(BLOCK_FRAMES, frames - frame));
    }
  }

  private examine(arena: GuardedArena, all: readonly GuardedArena[], linked: Linked, blockFuel?: number): void {
    const stray = this.guarded.firstStrayByte(all.map(({ owned }) => owned));
    if (stray >= 0) throw new Escape(`outside: the byte at ${stray - arena.base} from its base was written`);
    const broken = arena.brokenInside(SAMPLE_RATE, blockFuel);
    if (broken) throw new Escape(`own header: ${broken}`);
    if (arena.trap) this.describe(arena.trap, linked);
  }

  /** @throws Escape where no check raised the trap. */
  private describe(trap: ArenaTrap, { functions }: Linked): Stopped {
    const { isTopLevel, frame, reason } = trap;
    const site = siteOf(functions, (name) => this.linker.offsetOf(name), trap.trapSymbol, trap.trapSite);
    if (site) return { isTopLevel, frame, code: site.site.code };
    if (/stack/i.test(reason)) return { isTopLevel, frame, code: 'stack-overflow' };
    throw new Escape(`unchecked trap ${isTopLevel ? 'at the top level' : `in frame ${frame}`}: ${reason}`);
  }

  private compareRuns(alone: GuardedArena, again: GuardedArena): void {
    const [a, b] = [alone.trap, again.trap].map(
      (trap) => trap && `${trap.isTopLevel} ${trap.frame} ${trap.trapSymbol} ${trap.trapSite}`,
    );
    if (a !== b) throw new Escape(`elsewhere: stops otherwise (${a}, ${b})`);
    const at = firstDifference(alone, again);
    if (at >= 0) {
      const [one, other] = [alone, again].map(({ left, right }) => `[${left[at]}, ${right[at]}]`);
      throw new Escape(`elsewhere: frame ${at} is ${one} at one address and ${other} at another`);
    }
  }

  private link(text: string, lowered: LoweredPatch, libraryUnits: readonly LoweredUnit[]): Linked {
    const units = [...libraryUnits, ...lowered.units];
    const compiled = this.objects.compile(this.altered(units), lowered.strings);
    const draft = this.linker.link(linkInput(compiled, lowered), null);
    try {
      const initialisers = this.instantiate(draft, compiled);
      const render = this.table.get(draft.renderSlot) as RenderFunction;
      return { text, draft, offsets: this.linker, initialisers, render, functions: functionsOf(units), solo: null };
    } catch (thrown) {
      this.linker.discard(draft);
      throw thrown;
    }
  }

  private altered(units: readonly LoweredUnit[]): readonly LoweredUnit[] {
    const { alter } = this;
    if (!alter) return units;
    return units.map((unit) => ({
      ...unit,
      functions: unit.functions.map((fn) => {
        const ir = alter(fn.ir);
        // What is emitted otherwise gets its guards anew.
        return ir === fn.ir ? fn : { ...fn, ir, isCounted: true };
      }),
    }));
  }

  private instantiate(draft: Draft, compiled: readonly UnitObjects[]): Initialiser[] {
    if (this.linker.tableSlots > this.table.length) this.table.grow(this.linker.tableSlots - this.table.length + 64);
    const instances = new Map<ObjectModule, WebAssembly.Exports>();
    const exportsOf = (module: ObjectModule): WebAssembly.Exports => {
      let exports = instances.get(module);
      if (!exports) {
        exports = new WebAssembly.Instance(module.module, {
          [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: this.guarded.memory, [IMPORTS.TABLE]: this.table },
          [IMPORTS.SYMBOLS]: this.linker.symbolValues(module),
        }).exports;
        instances.set(module, exports);
      }
      return exports;
    };
    for (const { object, slots } of draft.newCode) {
      for (const [symbol, slot] of slots) this.table.set(slot, exportsOf(object.module)[symbol] as () => void);
    }
    return compiled.flatMap(({ initialiser }) =>
      initialiser ? [exportsOf(initialiser.module)[initialiser.symbols[0]!] as Initialiser] : [],
    );
  }

  private unlink({ draft }: Linked): void {
    for (const slot of this.linker.discard(draft)) if (slot < this.table.length) this.table.set(slot, null);
  }
}

const newLinker = (): Linker => new Linker({ postsModules: true, memoryBytes: 2 ** 30, tableSlots: 16_384 });

interface Samples {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** The first frame in which they differ, up to the end of the shorter one; -1: there is none. */
function firstDifference(a: Samples, b: Samples): number {
  for (let n = 0; n < Math.min(a.left.length, b.left.length); n++) {
    if (!Object.is(a.left[n], b.left[n]) || !Object.is(a.right[n], b.right[n])) return n;
  }
  return -1;
}

/** Where they trap, it is in the same block: variables that live in locals are as they were when it began. */
function compareSecondTier(first: GuardedArena, second: GuardedArena): void {
  const [a, b] = [first, second].map(({ trap }) => (trap ? Math.floor(trap.frame / BLOCK_FRAMES) : null));
  if (a !== b) throw new Escape(`second tier: stops in block ${b} and not in ${a}`);
  const at = firstDifference(first, second);
  if (at >= 0) {
    const [one, other] = [first, second].map(({ left, right }) => `[${left[at]}, ${right[at]}]`);
    throw new Escape(`second tier: frame ${at} is ${one} in the first and ${other} in the second`);
  }
}

function compareCompany({ solo, text }: Linked, arena: GuardedArena): void {
  if (solo === null) throw new Error('guardedPlays: a neighbour that was never alone');
  const isSame = arena.trap === null && firstDifference(solo, arena) < 0 && isSameMemory(solo.bytes, arena.bytes);
  if (!isSame) throw new Escape(`company: what plays beside it is not what it is alone:\n${text}`);
}

/**
 * The same bytes, but for what the bits of a NaN are: those are the engine's choice, and change with its tiers. What was
 * added to `undefined` may have the payload of that one. Two values that both stand for something else are not the same.
 */
export function isSameMemory(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  if (Buffer.compare(a, b) === 0) return true;
  const views = [a, b].map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const differs = (at: number): boolean => views[0]!.getUint8(at) !== views[1]!.getUint8(at);
  for (let at = 0; at < a.length; at++) {
    if (!differs(at)) continue;
    const [word, half] = [at - (at % 8), at - (at % 4)];
    if (word + 8 <= a.length && views.every((view) => Number.isNaN(view.getFloat64(word, true)))) {
      if (views.every((view) => BOXES.has(view.getInt32(word + 4, true)))) return false;
      continue;
    }
    const isNaN32 = half + 4 <= a.length && views.every((view) => Number.isNaN(view.getFloat32(half, true)));
    if (!isNaN32) return false;
  }
  return true;
}

/** Upper halves of NaNs that stand for `undefined`, `null`, a boolean or a string. */
const BOXES: ReadonlySet<number> = new Set(Object.values(BOX));

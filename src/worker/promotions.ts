/**
 * How what plays gets to tier 2: what the optimiser is to be asked, the trial of its answer, what the audio thread made of
 * it. In: the generation that plays, and events. Out: promotions, and which tier each generation is in. Worker and Node;
 * runs no code of its own but the trial's.
 *
 * A promotion is the same arena, the same state and other code, so it needs nothing to be placed: it belongs to its
 * generation and goes with it. At most one is worked at. What comes to nothing because of state that was otherwise than
 * taken for granted is tried once more, with nothing taken for granted.
 */

import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import { ByteRanges, withoutWords } from '../linker/bytes.ts';
import { planCarryover } from '../linker/copyPlan.ts';
import { extentsOf } from '../linker/extents.ts';
import type { Linker } from '../linker/linker.ts';
import type { LinkedGeneration } from '../linker/linkTypes.ts';
import { imageInPlace, sharedStateOf, targetsOf } from '../linker/transfer.ts';
import type { RenderFunction } from '../protocol/arena.ts';
import type { Cost } from '../protocol/compile.ts';
import type { Promotion } from '../protocol/generation.ts';
import type { Generation } from '../protocol/units.ts';
import { type Footprint, footprintOf, placeAside } from './footprint.ts';
import type { OptimiserAnswer, OptimiserJob } from './optimiserJob.ts';
import { writtenByHost } from './patchHost.ts';
import type { Sent } from './retainedGenerations.ts';
import { TierTrial, type TrialSpace } from './tierTrial.ts';
import { fastestRound, type Timing } from './timing.ts';

export interface PromotionOptions {
  readonly linker: Linker;
  readonly postsModules: boolean;
  /** Room for two such arenas, until the shadow is used for something else; `null`: there is none. */
  readonly spaceFor: (footprint: Footprint) => TrialSpace | null;
  readonly now: (() => number) | null;
}

/** What became of a generation's promotion. `again`: it may be tried once more. */
interface Outcome {
  state: 'sent' | 'promoted' | 'stays' | 'again';
  readonly isSecondTry: boolean;
  /** Why it stays in tier 1; empty otherwise. */
  readonly reason: string;
  /** What the code has of the image. */
  readonly constants: ByteRanges;
}

interface Work {
  readonly linked: LinkedGeneration;
  readonly isSecondTry: boolean;
  /** `null`: the optimiser has not answered yet. */
  made: { readonly promotion: Promotion; readonly constants: ByteRanges } | null;
  /** What is left of the trial; `null`: it has not begun. */
  trial: { readonly costs: Costs; readonly pieces: Iterator<void, string | null> } | null;
}

/** What stays in tier 1 without a trial, and is to be timed. */
interface Untimed {
  readonly linked: LinkedGeneration;
  /** `null`: it has not begun. */
  pieces: Iterator<void, Timing | null> | null;
}

type Costs = Readonly<Partial<Record<1 | 2, Cost>>>;

/** Reasons are told in the table of the running code, behind "tier 1:". */
const REASON = {
  BYTES: 'this browser cannot hand compiled modules to the audio thread',
  LARGE: 'its memory is too large to be tried in both tiers',
  STATE: 'its state is not as the optimised code needs it',
} as const;

/** A larger arena would take too long to be made twice and compared. */
const MAX_TRIAL_BYTES = 2 ** 26;
/** From the lowest byte that belongs to it to the highest; what is between is not touched. */
const MAX_TRIAL_SPAN_BYTES = 2 ** 28;

const FUNCTION_PREFIX = 'function:';

export class Promotions {
  private readonly options: PromotionOptions;
  private readonly outcomes = new Map<Generation, Outcome>();
  private readonly costs = new Map<Generation, Costs>();
  private work: Work | null = null;
  private untimed: Untimed | null = null;

  constructor(options: PromotionOptions) {
    this.options = options;
  }

  /** The generation that is worked at. */
  get working(): Generation | null {
    return this.work?.linked.generation ?? null;
  }

  /** Whether the audio thread still owes an answer about it. */
  isSent(generation: Generation | null): boolean {
    return generation !== null && this.outcomes.get(generation)?.state === 'sent';
  }

  /** Whether there is anything to be done for what plays. */
  isWanted({ linked: { generation } }: Sent): boolean {
    const state = this.outcomes.get(generation)?.state;
    return this.working !== generation && (state === undefined || state === 'again');
  }

  /** Begins to work at what plays alone: what the optimiser is to answer. `null`: it stays as it is. */
  begin({ linked, functions, host }: Sent): OptimiserJob | null {
    const { generation, regions, address, sizeBytes } = linked;
    const isSecondTry = this.outcomes.get(generation)?.state === 'again';
    this.work = null;
    this.untimed = null;
    const reason = !this.options.postsModules
      ? REASON.BYTES
      : sizeBytes > MAX_TRIAL_BYTES || isSpread(footprintOf(linked))
        ? REASON.LARGE
        : null;
    if (reason !== null) {
      this.stay(generation, reason);
      if (reason === REASON.BYTES) this.untimed = { linked, pieces: null };
      return null;
    }
    this.work = { linked, isSecondTry, made: null, trial: null };
    const carried = carriedInto(linked, writtenByHost(host.inputs));
    const elsewhere = regions.map(({ start, end, address: at }) => ({ start, end, offset: at - address }));
    const offsets = this.options.linker.layout.symbols;
    return {
      functions: [...functions].map(([name, { ir }]) => [name.slice(FUNCTION_PREFIX.length), ir]),
      offsets,
      image: imageInPlace(linked),
      elsewhere,
      extents: extentsOf(linked.state, linked.draft, (name) => this.options.linker.offsetOf(name), elsewhere),
      ...(isSecondTry ? { unknown: [...carried.unknown, ...wordsAt(carried.pointers)], pointers: [] } : carried),
    };
  }

  /** What the optimiser said of the generation that is worked at. */
  optimised(answer: OptimiserAnswer): void {
    const { work } = this;
    if (!work || work.made) return;
    const { generation } = work.linked;
    if (answer.kind === 'refused') {
      this.stay(generation, answer.reason);
      this.untimed = { linked: work.linked, pieces: null };
      return;
    }
    try {
      const module = new WebAssembly.Module(answer.bytes);
      const symbols = this.symbolsOf(module);
      const constants = new ByteRanges();
      constants.add(answer.constants);
      work.made = {
        promotion: { generation, module, symbols, render: RENDER_SYMBOL, checks: answer.checks },
        constants,
      };
    } catch (thrown) {
      this.stay(generation, failure(thrown));
    }
  }

  /** The next piece of the trial. Returns a promotion when it is over; it is to be sent. */
  step(): Promotion | 'working' | null {
    const { work } = this;
    if (this.untimed) return this.time(this.untimed);
    if (!work?.made) return null;
    const { linked, made, isSecondTry } = work;
    const { generation } = linked;
    try {
      work.trial ??= this.begun(linked, made.promotion);
      const step = work.trial?.pieces.next();
      if (step && !step.done) return 'working';
      if (work.trial?.costs[1] || work.trial?.costs[2]) this.costs.set(generation, work.trial.costs);
      if (step?.value !== null) {
        this.stay(generation, step?.value ?? REASON.LARGE);
        return null;
      }
    } catch (thrown) {
      this.stay(generation, failure(thrown));
      return null;
    }
    this.work = null;
    this.outcomes.set(generation, { state: 'sent', isSecondTry, reason: '', constants: made.constants });
    return made.promotion;
  }

  private begun(linked: LinkedGeneration, promotion: Promotion): Work['trial'] {
    const space = this.options.spaceFor(footprintOf(linked));
    if (!space) return null;
    const trial = new TierTrial(space, linked, promotion, this.options.now);
    return { costs: trial.costs, pieces: trial.run() };
  }

  /** A piece of finding out what tier 1 costs. */
  private time(untimed: Untimed): 'working' | null {
    const { linked } = untimed;
    const { now, spaceFor } = this.options;
    const footprint = footprintOf(linked);
    const space = untimed.pieces || isSpread(footprint) ? null : spaceFor(footprint);
    if (space && now) {
      const { memory, table, firstBase } = space;
      placeAside(memory, firstBase, footprint, linked);
      untimed.pieces = fastestRound(table.get(linked.draft.renderSlot) as RenderFunction, firstBase, memory, now);
    }
    const step = untimed.pieces?.next();
    if (step && !step.done) return 'working';
    this.untimed = null;
    if (step?.value) this.costs.set(linked.generation, { 1: step.value.cost });
    return null;
  }

  /** What each tier of a generation takes, as far as that is known. */
  costsOf(generation: Generation): Costs | null {
    return this.costs.get(generation) ?? null;
  }

  /** The shadow is needed for something else: the trial begins once more, later. */
  abandon(): void {
    if (this.work) this.work.trial = null;
    if (this.untimed) this.untimed.pieces = null;
  }

  /** Its code is in place. */
  promoted(generation: Generation): void {
    const outcome = this.outcomes.get(generation);
    if (outcome?.state === 'sent') outcome.state = 'promoted';
  }

  /** It was not put in place, or was left. */
  notPromoted(generation: Generation, why: 'gone' | 'state' | 'failed', detail = ''): void {
    const outcome = this.outcomes.get(generation);
    if (!outcome) return;
    if (why === 'failed') this.stay(generation, `the audio thread did not take its code (${detail})`);
    else if (why === 'state' && outcome.isSecondTry) this.stay(generation, REASON.STATE);
    else if (why === 'state') outcome.state = 'again';
    else this.outcomes.delete(generation);
  }

  /** Plays under another number from now on, with the code that it has. */
  reinstated(before: Generation, next: Generation): void {
    const outcome = this.outcomes.get(before);
    if (outcome) this.outcomes.set(next, outcome);
    const costs = this.costs.get(before);
    if (costs) this.costs.set(next, costs);
  }

  /** There are no others. */
  keepOnly(generations: readonly Generation[]): void {
    for (const generation of this.outcomes.keys()) {
      if (!generations.includes(generation)) this.outcomes.delete(generation);
    }
    for (const generation of this.costs.keys()) {
      if (!generations.includes(generation)) this.costs.delete(generation);
    }
  }

  retired(generation: Generation): void {
    this.outcomes.delete(generation);
    this.costs.delete(generation);
    if (this.working === generation) this.work = null;
    if (this.untimed?.linked.generation === generation) this.untimed = null;
  }

  /** Whether a swap, or another generation, may have written where its code has the image's values. */
  demotes(linked: LinkedGeneration): boolean {
    const constants = this.outcomes.get(linked.generation)?.constants;
    if (!constants) return false;
    const pairs = [...linked.carried.pairs, ...sharedStateOf(linked)];
    for (let n = 0; n < pairs.length; n += 2) if (constants.meets(pairs[n]!, pairs[n + 1]!)) return true;
    return false;
  }

  /** `reason`: why it stays in tier 1; `null`: it does not, or that is not known yet. */
  tierOf(generation: Generation): { readonly tier: 1 | 2; readonly reason: string | null } {
    const outcome = this.outcomes.get(generation);
    if (outcome?.state === 'promoted') return { tier: 2, reason: null };
    return { tier: 1, reason: outcome?.state === 'stays' ? outcome.reason : null };
  }

  /** The number of generations whose outcome is known. */
  get count(): number {
    return this.outcomes.size;
  }

  private stay(generation: Generation, reason: string): void {
    this.work = null;
    this.outcomes.set(generation, { state: 'stays', isSecondTry: false, reason, constants: new ByteRanges() });
  }

  private symbolsOf(module: WebAssembly.Module): Record<string, number> {
    const symbols: Record<string, number> = {};
    for (const { kind, name } of WebAssembly.Module.imports(module)) {
      if (kind === 'global') symbols[name] = this.options.linker.offsetOf(name) ?? 0;
    }
    return symbols;
  }
}

/**
 * What others than its own code may write into an arena: the host, and swaps: what the one before this did, and what a way back to it would, which is what this one
 * would carry over to one like itself.
 */
function carriedInto(
  linked: LinkedGeneration,
  written: readonly number[],
): {
  readonly unknown: readonly number[];
  readonly pointers: readonly number[];
} {
  const own = planCarryover(linked, linked);
  const pointers: number[] = [];
  for (let n = 1; n < own.pointers.length; n += 2) pointers.push(own.pointers[n]!);
  const unknown = new ByteRanges();
  unknown.add([...linked.carried.pairs, ...targetsOf(own), ...sharedStateOf(linked), ...written]);
  return { unknown: withoutWords(unknown.pairs, pointers), pointers };
}

const isSpread = ({ start, end }: Footprint): boolean => end - start > MAX_TRIAL_SPAN_BYTES;

const wordsAt = (offsets: readonly number[]): number[] => offsets.flatMap((offset) => [offset, offset + 4]);

const failure = (thrown: unknown): string =>
  `its optimised code failed (${thrown instanceof Error ? thrown.message : String(thrown)})`;

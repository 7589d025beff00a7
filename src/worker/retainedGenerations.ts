/**
 * The generations that the audio thread may still play or go back to: what plays, the batch under way, what is only kept,
 * and what becomes of each when the audio thread says so. In: batches that were sent, and events. Out: slots to be
 * emptied, generations to be given up. Worker and Node; runs no code.
 *
 * Requires that at most one batch is under way.
 */

import type { Tenancy } from '../linker/arenas.ts';
import type { Linker } from '../linker/linker.ts';
import type { LinkedGeneration } from '../linker/linkTypes.ts';
import type { CodeRow } from '../protocol/compile.ts';
import type { Span } from '../protocol/diagnostic.ts';
import type { CopyPlan } from '../protocol/generation.ts';
import type { PatchGraph } from '../protocol/graph.ts';
import type { Generation, Slot } from '../protocol/units.ts';
import type { CodeTable } from './codeTable.ts';
import { graphOf } from './graph/patchGraph.ts';
import type { PatchHost } from './patchHost.ts';
import type { FunctionsByName } from './trapMessages.ts';

/** A generation that was sent, until it retires. */
export interface Sent {
  readonly linked: LinkedGeneration;
  /** This and what is told of places in it are of the newest text that means the same. */
  text: string;
  functions: FunctionsByName;
  /** What is to be pointed at when it is about the whole. */
  span: Span;
  /** Part of the time there is that rendering takes; `null` where nobody measured. */
  readonly load: number | null;
  /** What the dearest block of the audition burned. */
  readonly fuel: number;
  /** Which piece it is of: no state goes from one to another. */
  readonly piece: number;
  /** What it has to do with the world outside. */
  host: PatchHost;
  /** What it took the place of. */
  readonly follows: Generation | null;
}

/** The batch that is neither committed nor refused yet, what plays until then, and what it brings back. */
interface UnderWay {
  readonly sent: Sent;
  replaces: Sent | null;
  readonly reinstates: Sent | null;
}

/** Generations that are kept may take up this much memory altogether; beyond it they are given up. */
const MAX_KEPT_BYTES = 256 * 2 ** 20;
/** As many fade out at a time. */
const MAX_FADING = 2;

export class RetainedGenerations {
  private readonly linker: Linker;
  private readonly code: CodeTable;
  private readonly emptied: (slots: readonly Slot[]) => void;
  /** What plays, or will once the batch under way commits. */
  private playing: Sent | null = null;
  private underWay: UnderWay | null = null;
  private fadingOut: readonly Sent[] = [];
  /** Every generation that has not retired, by when it was sent. */
  private readonly sent = new Map<Generation, Sent>();

  /** `emptied`: is told of slots that no generation uses any more. */
  constructor(linker: Linker, code: CodeTable, emptied: (slots: readonly Slot[]) => void) {
    this.linker = linker;
    this.code = code;
    this.emptied = emptied;
  }

  /** What plays, or will once the batch under way commits. */
  get current(): Sent | null {
    return this.playing;
  }

  /** What may still sound beside what plays: its fade was not over when the next one came. */
  get fading(): readonly Sent[] {
    return this.fadingOut;
  }

  get pending(): UnderWay | null {
    return this.underWay;
  }

  /** Those that hold any of this memory. */
  holding(tenancies: readonly Tenancy[]): readonly Generation[] {
    return this.all().flatMap(({ linked }) => (tenancies.includes(linked.tenancy) ? [linked.generation] : []));
  }

  /** `null`: it has retired, or was never sent. */
  of(generation: Generation): Sent | null {
    return this.sent.get(generation) ?? null;
  }

  /** All that were sent and have not retired, the oldest first. */
  all(): readonly Sent[] {
    return [...this.sent.values()];
  }

  /** What could be given up to make room. */
  spare(): readonly Generation[] {
    return [...this.sent.keys()].filter((generation) => generation !== this.playing?.linked.generation);
  }

  /** What the generation that plays took the place of, if it is still kept. */
  before(): Sent | null {
    const { playing } = this;
    return playing?.follows ? this.of(playing.follows) : null;
  }

  /** A batch goes to the audio thread. `reinstates`: the kept generation whose arena it takes over. */
  send(sent: Sent, reinstates: Sent | null): void {
    this.code.linked(sent.linked);
    this.sent.set(sent.linked.generation, sent);
    this.underWay = { sent, replaces: this.playing, reinstates };
    this.playing = sent;
  }

  /** Another text means the same: what is said of the generation is to be of that one, which people see. */
  retell(sent: Sent, { text, functions, span, host }: Pick<Sent, 'text' | 'functions' | 'span' | 'host'>): void {
    sent.text = text;
    sent.functions = functions;
    sent.span = span;
    sent.host = host;
  }

  /** The batch plays. Returns generations to be given up, since they take too much memory. */
  committed(generation: Generation): readonly Generation[] {
    const { underWay } = this;
    if (underWay?.sent.linked.generation !== generation) return [];
    this.underWay = null;
    if (underWay.replaces) this.fadingOut = [...this.fadingOut, underWay.replaces].slice(-MAX_FADING);
    // Its arena has a new owner.
    if (underWay.reinstates) this.forget(underWay.reinstates);
    this.code.committed(underWay.sent.linked, underWay.replaces?.linked ?? null);
    return this.tooMuch();
  }

  /** The oldest generations that are only kept, as long as what is kept takes too much memory. */
  private tooMuch(): Generation[] {
    const needed = new Set([this.playing, this.before()]);
    const kept = this.all().filter((sent) => !needed.has(sent));
    let bytes = 0;
    for (const { linked } of kept) bytes += linked.sizeBytes;
    const dropped: Generation[] = [];
    for (const { linked } of kept) {
      if (bytes <= MAX_KEPT_BYTES) break;
      bytes -= linked.sizeBytes;
      dropped.push(linked.generation);
    }
    return dropped;
  }

  /** What plays now plays alone. How state goes back from it to what played before, should it trap; `null`: none does. */
  rollbackPlan(): { readonly from: Generation; readonly to: Generation; readonly plan: CopyPlan } | null {
    this.fadingOut = [];
    const to = this.before();
    if (!this.playing || !to || this.underWay || to.piece !== this.playing.piece) return null;
    const plan = this.linker.planBack(this.playing.linked, to.linked);
    return { from: this.playing.linked.generation, to: to.linked.generation, plan };
  }

  /** No block uses the generation any more. Returns the slots to empty. */
  retired(generation: Generation): readonly Slot[] {
    const sent = this.of(generation);
    if (!sent) return [];
    return this.giveBack(sent, (linked) => this.linker.retire(linked));
  }

  /** The batch could not be taken; what played before still plays. Returns the slots to empty. */
  refused(generation: Generation): readonly Slot[] {
    const { underWay } = this;
    if (underWay?.sent.linked.generation !== generation) return [];
    this.playing = underWay.replaces;
    this.underWay = null;
    this.code.refused(underWay.sent.linked);
    if (underWay.reinstates) {
      this.forget(underWay.sent);
      return [];
    }
    return this.giveBack(underWay.sent, (linked) => this.linker.refuse(linked));
  }

  /** A generation stopped in the audio thread; `fallback` plays instead, which edits continue from now on. */
  trapped(generation: Generation, fallback: Generation | null): void {
    const playing = fallback === null ? null : this.of(fallback);
    const trapped = this.of(generation);
    if (trapped) this.code.rolledBack(trapped.linked);
    // A batch under way continues what no longer plays: it will be refused, and what plays instead stays.
    if (this.underWay?.replaces?.linked.generation === generation) this.underWay.replaces = playing;
    if (this.playing?.linked.generation !== generation) return;
    this.playing = playing;
    this.underWay = null;
  }

  /** The code that runs. */
  rows(): readonly CodeRow[] {
    return this.playing ? this.code.rows(this.playing.linked) : [];
  }

  /** The picture of what sounds; what waits for its beat does not yet. */
  graph(): PatchGraph | null {
    const sent = this.underWay ? this.underWay.replaces : this.playing;
    if (!sent) return null;
    const { linked, text, functions } = sent;
    const { generation, state, draft } = linked;
    const spans = new Map(draft.input.units.flatMap(({ name, span }) => (span ? [[name, span] as const] : [])));
    return graphOf({ generation, text, functions, state, spans, offsetOf: (name) => this.linker.offsetOf(name) });
  }

  private giveBack(sent: Sent, release: (linked: LinkedGeneration) => readonly Slot[]): readonly Slot[] {
    this.forget(sent);
    const slots = release(sent.linked);
    this.code.retired(sent.linked, slots);
    this.emptied(slots);
    return slots;
  }

  private forget(sent: Sent): void {
    this.sent.delete(sent.linked.generation);
  }
}

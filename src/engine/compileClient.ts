/**
 * The main thread's end of the compiler worker: sends texts, and matches answers to requests.
 *
 * In: texts. Out: one outcome per text, and unsolicited events. Main thread; the other end is
 * src/worker/worker.ts, the messages are in src/protocol/compile.ts.
 */

import type { CodeEvent, MainToWorker, Quantise, WorkerToMain } from '../protocol/compile.ts';
import type { MovedControl } from '../protocol/controls.ts';
import type { Span } from '../protocol/diagnostic.ts';
import type { Evaluated } from '../protocol/peek.ts';
import type { Profiled } from '../protocol/profile.ts';
import type { LoadedSample } from '../protocol/samples.ts';
import type { Generation } from '../protocol/units.ts';
import type { Watched } from '../protocol/watch.ts';

/** The outcome of a request. `failed`: the worker itself is broken, nothing more will be compiled. */
export type CompileOutcome =
  | Extract<WorkerToMain, { kind: 'rejected' | 'unchanged' | 'committed' }>
  | { readonly kind: 'failed'; readonly reason: string };

/** An outcome and the text that it is about: what was asked for, or what a newer request has asked for instead. */
export interface Compiled {
  readonly text: string;
  readonly outcome: CompileOutcome;
  /** The request that was answered: this one, or the newer one that took its place. */
  readonly answeredBy: 'itself' | 'update' | 'restore';
}

/** How swaps are made from now on. `fadeMs`: 0 to 10000. */
export interface SwapSettings {
  readonly fadeMs: number;
  readonly quantise: Quantise;
}

export interface UpdateOptions {
  readonly fresh?: boolean;
  readonly withoutStateOf?: string;
  readonly piece?: number;
}

export interface CompileEvents {
  /** The compiler has loaded. */
  ready(): void;
  /** The newest request waits, for its beat or bar or for the end of a fade. */
  waiting(event: Extract<WorkerToMain, { kind: 'waiting' }>): void;
  /** What a piece's controls were moved to, for texts to be tried with; asked before each request. */
  moved?(piece: number): readonly MovedControl[];
  /** The running code, unit by unit. */
  code(event: Extract<WorkerToMain, { kind: 'code' }>): void;
  cost(event: Extract<WorkerToMain, { kind: 'cost' }>): void;
  handleEvent(events: readonly CodeEvent[]): void;
  noticed(event: Extract<WorkerToMain, { kind: 'noticed' }>): void;
  trapped(event: Extract<WorkerToMain, { kind: 'trapped' }>): void;
  /** What is seen of the variable that is watched. */
  watched?(watched: Watched): void;
  /** The worker could not be loaded, or crashed. */
  failed(reason: string): void;
}

/** The part of `Worker` that is used here; src/engine/workerKeeper.ts has one that is replaced when it breaks. */
export type CompileWorker = Pick<EventTarget, 'addEventListener'> & { postMessage(message: MainToWorker): void };

/** Somebody who asked for a text to play, and the request whose answer is theirs: their own, or a newer one. */
interface Waiting {
  readonly id: number;
  readonly text: string;
  readonly kind: 'update' | 'restore';
  /** Whether a newer request took its place. */
  readonly isSuperseded: boolean;
  readonly resolve: (compiled: Compiled) => void;
}

export class CompileClient {
  readonly #worker: CompileWorker;
  readonly #events: CompileEvents;
  #waiting: Waiting[] = [];
  #lastId = 0;
  #lastWatch = 0;
  #failure: string | null = null;
  #settings: SwapSettings | null = null;
  #asking: { readonly id: number; readonly resolve: (evaluated: Evaluated) => void } | null = null;
  #profiling: { readonly id: number; readonly resolve: (profiled: Profiled) => void } | null = null;
  #toldMoved: string | null = null;

  constructor(worker: CompileWorker, events: CompileEvents) {
    this.#worker = worker;
    this.#events = events;
    worker.addEventListener('message', (event) => this.#receive((event as MessageEvent<WorkerToMain>).data));
    worker.addEventListener('error', (event) => this.#fail((event as ErrorEvent).message || 'it could not be loaded'));
    worker.addEventListener('messageerror', () => this.#fail('a message could not be read'));
  }

  /** Applies to future swaps, also before there is a connection. Unchanged settings are not sent. */
  configure({ fadeMs, quantise }: SwapSettings): void {
    if (this.#settings?.fadeMs === fadeMs && this.#settings.quantise === quantise) return;
    this.#settings = { fadeMs, quantise };
    this.#post({ kind: 'settings', fadeMs, quantise });
  }

  /** The page has loaded: whoever compiles may take time for what nobody waits for. */
  spareTime(): void {
    this.#post({ kind: 'spare' });
  }

  /**
   * Compiles `text` and swaps it in; `fresh` resets all state, `withoutStateOf` what this function uses, and another `piece`
   * than the one that plays starts from scratch. If a newer request replaces it before it is processed, the outcome is that
   * of the newer one.
   */
  update(text: string, { fresh = false, withoutStateOf, piece }: UpdateOptions = {}): Promise<Compiled> {
    const how = {
      ...(fresh && { fresh }),
      ...(withoutStateOf !== undefined && { withoutStateOf }),
      ...(piece !== undefined && { piece }),
    };
    this.#tellMoved(piece);
    return this.#ask(text, 'update', (id) => ({ kind: 'update', id, text, ...how }));
  }

  /** Brings back what was `generation`, which `text` was compiled to. What has not begun to play is taken back. */
  restore(text: string, generation: Generation, piece?: number): Promise<Compiled> {
    const of = piece === undefined ? {} : { piece };
    this.#tellMoved(piece);
    return this.#ask(text, 'restore', (id) => ({ kind: 'restore', id, text, generation, ...of }));
  }

  /** What the selection or the line at a place gives. The newest question counts: older ones have no answer then. */
  evaluate(text: string, place: Span): Promise<Evaluated> {
    if (this.#failure !== null) return Promise.resolve({ kind: 'none', reason: this.#failure });
    this.#asking?.resolve({ kind: 'none', reason: 'A newer request took its place.' });
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#asking = { id, resolve };
      this.#post({ kind: 'evaluate', id, text, place });
    });
  }

  /** Watches the variable that is named there in a text, until something else is watched or `offset` is null. */
  watch(text: string, offset: number | null): void {
    this.#post({ kind: 'watch', id: ++this.#lastWatch, text, offset });
  }

  /** Where what plays, which is of this text, spends its time. The newest question counts: older ones have no answer then. */
  profile(text: string): Promise<Profiled> {
    if (this.#failure !== null) return Promise.resolve({ none: this.#failure });
    this.#profiling?.resolve({ none: 'A newer request took its place.' });
    const id = (this.#profiling?.id ?? 0) + 1;
    return new Promise((resolve) => {
      this.#profiling = { id, resolve };
      this.#post({ kind: 'profile', id, text });
    });
  }

  /** A sound file that texts to come may play; null: it is gone. */
  giveSample(name: string, sample: LoadedSample | null): void {
    this.#post({ kind: 'sample', name, sample });
  }

  #tellMoved(piece = 0): void {
    const controls = this.#events.moved?.(piece) ?? [];
    const told = JSON.stringify([piece, controls]);
    if (told === this.#toldMoved || (this.#toldMoved === null && controls.length === 0)) return;
    this.#toldMoved = told;
    this.#post({ kind: 'moved', piece, controls });
  }

  #ask(text: string, kind: Waiting['kind'], message: (id: number) => MainToWorker): Promise<Compiled> {
    if (this.#failure !== null) {
      return Promise.resolve({ text, outcome: { kind: 'failed', reason: this.#failure }, answeredBy: 'itself' });
    }
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.push({ id, text, kind, isSuperseded: false, resolve });
      this.#post(message(id));
    });
  }

  #post(message: MainToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: WorkerToMain): void {
    switch (message.kind) {
      case 'ready':
        this.#events.ready();
        return;
      case 'trapped':
        this.#events.trapped(message);
        return;
      case 'superseded':
        this.#passOn(message.id);
        return;
      case 'rejected':
      case 'unchanged':
      case 'committed': {
        const answered = this.#waiting.filter(({ id }) => id === message.id);
        this.#waiting = this.#waiting.filter(({ id }) => id !== message.id);
        for (const { text, kind, isSuperseded, resolve } of answered) {
          const answeredBy = isSuperseded ? kind : 'itself';
          resolve({ text: message.kind === 'committed' ? message.text : text, outcome: message, answeredBy });
        }
        return;
      }
      case 'evaluated':
        if (message.id === this.#asking?.id) this.#asking.resolve(message.evaluated);
        return;
      case 'profiled':
        if (message.id === this.#profiling?.id) this.#profiling.resolve(message.profiled);
        return;
      case 'watched':
        if (message.id === this.#lastWatch) this.#events.watched?.(message.watched);
        return;
      case 'waiting':
        if (message.id === this.#lastId) this.#events.waiting(message);
        return;
      case 'code':
        this.#events.code(message);
        return;
      case 'cost':
        this.#events.cost(message);
        return;
      case 'events':
        this.#events.handleEvent(message.events);
        return;
      // For src/engine/languageClient.ts.
      case 'answer':
      // For src/engine/workerKeeper.ts.
      case 'pong':
      case 'checkpoint':
      case 'reuses':
      case 'leaves':
        return;
      case 'noticed':
        this.#events.noticed(message);
        return;
      default:
        message satisfies never;
    }
  }

  /** Requests for a superseded text wait for the next newer one. */
  #passOn(supersededId: number): void {
    const newer = this.#waiting.filter(({ id }) => id > supersededId).sort((a, b) => a.id - b.id)[0];
    if (!newer) return;
    const { id, text, kind } = newer;
    this.#waiting = this.#waiting.map((waiting) =>
      waiting.id === supersededId ? { ...waiting, id, text, kind, isSuperseded: true } : waiting,
    );
  }

  #fail(reason: string): void {
    if (this.#failure !== null) return;
    this.#failure = reason;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { text, resolve } of waiting) {
      resolve({ text, outcome: { kind: 'failed', reason }, answeredBy: 'itself' });
    }
    this.#events.failed(reason);
  }
}

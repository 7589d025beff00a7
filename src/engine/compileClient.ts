/**
 * The main thread's end of the compiler worker: sends texts, and matches what comes back to who asked.
 *
 * In: texts. Out: one outcome per text, and events that nobody asked for. Main thread; the other end is
 * src/worker/worker.ts, the messages are in src/protocol/compile.ts.
 */

import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';

/** What became of a text. `failed`: the worker itself is broken, nothing more will be compiled. */
export type CompileOutcome =
  | Extract<WorkerToMain, { kind: 'rejected' | 'unchanged' | 'committed' }>
  | { readonly kind: 'failed'; readonly reason: string };

/** An outcome and the text that it is about. */
export interface Compiled {
  readonly text: string;
  readonly outcome: CompileOutcome;
}

export interface CompileEvents {
  /** The compiler has loaded. */
  ready(): void;
  trapped(event: Extract<WorkerToMain, { kind: 'trapped' }>): void;
  /** The worker could not be loaded, or broke down. */
  failed(reason: string): void;
}

/** The part of `Worker` that is used here; src/engine/workerKeeper.ts has one that is replaced when it breaks. */
export type CompileWorker = Pick<EventTarget, 'addEventListener'> & { postMessage(message: MainToWorker): void };

/** Somebody who asked for a text, and the request whose answer is theirs: their own, or a newer one. */
interface Waiting {
  readonly id: number;
  readonly text: string;
  readonly resolve: (compiled: Compiled) => void;
}

export class CompileClient {
  readonly #worker: CompileWorker;
  readonly #events: CompileEvents;
  #waiting: Waiting[] = [];
  #lastId = 0;
  #failure: string | null = null;

  constructor(worker: CompileWorker, events: CompileEvents) {
    this.#worker = worker;
    this.#events = events;
    worker.addEventListener('message', (event) => this.#receive((event as MessageEvent<WorkerToMain>).data));
    worker.addEventListener('error', (event) => this.#fail((event as ErrorEvent).message || 'it could not be loaded'));
    worker.addEventListener('messageerror', () => this.#fail('a message could not be read'));
  }

  /**
   * Compiles `text` and swaps it in. When a newer text takes its place before it was looked at, the outcome is that of
   * the newer one.
   */
  update(text: string): Promise<Compiled> {
    if (this.#failure !== null) return Promise.resolve({ text, outcome: { kind: 'failed', reason: this.#failure } });
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.push({ id, text, resolve });
      this.#post({ kind: 'update', id, text });
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
        for (const { text, resolve } of answered) resolve({ text, outcome: message });
        return;
      }
      case 'waiting':
      case 'nothingToUndo':
      case 'code':
      case 'events':
      // For src/engine/workerKeeper.ts.
      case 'pong':
      case 'checkpoint':
      case 'noticed':
        return;
      default:
        message satisfies never;
    }
  }

  /** Those who asked for a superseded text wait for the next newer one. */
  #passOn(supersededId: number): void {
    const newer = this.#waiting.filter(({ id }) => id > supersededId).sort((a, b) => a.id - b.id)[0];
    if (!newer) return;
    const { id, text } = newer;
    this.#waiting = this.#waiting.map((waiting) => (waiting.id === supersededId ? { ...waiting, id, text } : waiting));
  }

  #fail(reason: string): void {
    if (this.#failure !== null) return;
    this.#failure = reason;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { text, resolve } of waiting) resolve({ text, outcome: { kind: 'failed', reason } });
    this.#events.failed(reason);
  }
}

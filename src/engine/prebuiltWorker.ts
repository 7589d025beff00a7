/**
 * In the place of the first compiler worker, as long as that has not loaded: answers for one text, with what the compiler said
 * about it when the page was built, and then leaves. What it has sent plays on, and the worker that comes takes it over with its
 * state, as after any other worker.
 *
 * In: messages for a worker. Out: those that a worker answers with, and `leaves`, at once where it cannot answer. Main thread.
 */

import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import { PREBUILT_MEMORY_BYTES, type PrebuiltPatch } from './prebuilt.ts';
import type { KeptWorker } from './workerKeeper.ts';

type Connect = Extract<MainToWorker, { kind: 'connect' }>;
type Update = Extract<MainToWorker, { kind: 'update' }>;

export interface PrebuiltParts {
  readonly text: string;
  /** What there is for the text; `null`: nothing that can be used. Never rejects. */
  find(sampleRate: number): Promise<PrebuiltPatch | null>;
  /** Milliseconds on the clock that the page has, too. */
  now(): number;
}

export class PrebuiltWorker extends EventTarget implements KeptWorker {
  readonly memoryBytes = PREBUILT_MEMORY_BYTES;
  readonly isInPage = true;
  readonly #parts: PrebuiltParts;
  #port: MessagePort | null = null;
  #patch: PrebuiltPatch | null = null;
  #isConnected = false;
  #asked: { readonly update: Update; readonly atMs: number } | null = null;
  #isSent = false;
  #isOver = false;

  constructor(parts: PrebuiltParts) {
    super();
    this.#parts = parts;
  }

  postMessage(message: MainToWorker): void {
    if (this.#isOver) return;
    switch (message.kind) {
      case 'connect':
        // The second time it is to another processor, of which it knows nothing.
        if (this.#port) this.#leave();
        else void this.#connect(message);
        return;
      case 'update':
        this.#update(message);
        return;
      case 'restore':
        this.#leave();
        return;
      case 'ping':
        this.#tell({ kind: 'pong', serial: message.serial });
        return;
      case 'moved':
        // It is built for where its text says that controls stand.
        if (message.controls.length > 0) this.#leave();
        return;
      case 'sample':
        this.#leave();
        return;
      case 'settings':
      case 'spare':
      // Asked in the editor, which comes after the compiler.
      case 'evaluate':
      case 'watch':
      case 'profile':
      case 'ask':
      case 'forget':
        return;
      default:
        message satisfies never;
    }
  }

  /** The port stays open until the next worker's takes its place. */
  terminate(): void {
    this.#isOver = true;
  }

  async #connect({ port, sampleRate }: Connect): Promise<void> {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => this.#hear(data);
    this.#patch = await this.#parts.find(sampleRate);
    if (!this.#patch) this.#leave();
    else this.#tell({ kind: 'ready', postsModules: false });
  }

  /** Asked for again, as by play, it is the newer request that gets the answer. */
  #update(update: Update): void {
    if (update.text !== this.#parts.text || update.resume) {
      this.#leave();
      return;
    }
    if (this.#asked) this.#tell({ kind: 'superseded', id: this.#asked.update.id });
    this.#asked = { update, atMs: this.#parts.now() };
    this.#send();
  }

  #hear(message: ProcessorToWorker): void {
    if (this.#isOver) return;
    switch (message.kind) {
      case 'connected':
        this.#isConnected = true;
        this.#send();
        return;
      case 'committed':
        this.#committed();
        return;
      case 'refused':
      case 'trapped':
        this.#leave();
        return;
      default:
        // The compiler will hear of what lasts.
        return;
    }
  }

  #send(): void {
    if (this.#isOver || this.#isSent || !this.#asked || !this.#isConnected || !this.#patch) return;
    this.#isSent = true;
    this.#port?.postMessage(this.#patch.batch satisfies WorkerToProcessor);
  }

  #committed(): void {
    if (!this.#asked || !this.#patch) return;
    const { update, atMs } = this.#asked;
    const { id, text, piece = 0 } = update;
    const nowMs = this.#parts.now();
    for (const message of this.#patch.messages) {
      if (message.kind === 'checkpoint') {
        this.#tell({ ...message, checkpoint: { ...message.checkpoint, text, piece } });
      } else if (message.kind === 'committed') {
        this.#tell({ ...message, id, text, atMs: nowMs, compileMs: nowMs - atMs });
      } else this.#tell(message);
    }
    this.#leave();
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#tell({ kind: 'leaves' });
    this.#isOver = true;
  }

  #tell(data: WorkerToMain): void {
    if (!this.#isOver) this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

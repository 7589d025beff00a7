/**
 * Asks the worker for sound files (src/sound/soundWorker.ts), which is there while something is asked of it. In: bytes, which are
 * transferred, and keys. Out: decoded samples. Main thread; never rejects.
 */

import type { PageToSoundWorker, ReadSound, SoundKey, SoundWorkerToPage } from '../protocol/soundFiles.ts';

export interface SampleFiles {
  /** WAV and AIFF are decoded, and kept at once. Null: it could not be read. */
  read(bytes: ArrayBuffer): Promise<ReadSound | null>;
  /** One that was kept; null: it is not there. */
  load(key: SoundKey): Promise<ReadSound | null>;
  /** Whether it was kept. */
  keep(key: SoundKey, bytes: ArrayBuffer): Promise<boolean>;
}

/** The part of `Worker` that is used here. */
export type SoundWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

type Body = PageToSoundWorker extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

export class SoundFileClient implements SampleFiles {
  readonly #start: () => SoundWorker;
  readonly #waiting = new Map<number, (answer: SoundWorkerToPage | null) => void>();
  #worker: SoundWorker | null = null;
  #asked = 0;
  /** While files are removed none is kept, so that it is not among them. */
  #tidied: Promise<unknown> = Promise.resolve();

  constructor(start: () => SoundWorker) {
    this.#start = start;
  }

  async read(bytes: ArrayBuffer): Promise<ReadSound | null> {
    await this.#tidied;
    return readIn(await this.#ask({ kind: 'read', bytes }, [bytes]));
  }

  async load(key: SoundKey): Promise<ReadSound | null> {
    return readIn(await this.#ask({ kind: 'load', key }));
  }

  async keep(key: SoundKey, bytes: ArrayBuffer): Promise<boolean> {
    await this.#tidied;
    const answer = await this.#ask({ kind: 'keep', key, bytes }, [bytes]);
    return answer?.kind === 'kept' && answer.isKept;
  }

  /** Removes the files that nobody has any more: all but these. */
  async forgetOthers(keys: readonly SoundKey[]): Promise<void> {
    this.#tidied = this.#ask({ kind: 'forgetOthers', keys });
    await this.#tidied;
  }

  #ask(body: Body, transfer: ArrayBuffer[] = []): Promise<SoundWorkerToPage | null> {
    const id = ++this.#asked;
    const worker = this.#worker ?? this.#begin();
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, ...body }, transfer);
    });
  }

  #begin(): SoundWorker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data }) => {
      const answer = data as SoundWorkerToPage;
      const resolve = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (this.#waiting.size === 0) this.#end();
      resolve?.(answer);
    });
    worker.addEventListener('error', () => {
      const waiting = [...this.#waiting.values()];
      this.#waiting.clear();
      this.#end();
      for (const resolve of waiting) resolve(null);
    });
    this.#worker = worker;
    return worker;
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}

const readIn = (answer: SoundWorkerToPage | null): ReadSound | null => (answer?.kind === 'read' ? answer.read : null);

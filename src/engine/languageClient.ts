/**
 * The main thread's end of the language service: sends questions to the compiler worker and matches the answers. In: a text and
 * a question. Out: the answer; `null` where there is none, because nobody needs it any more or the worker is not there.
 */

import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import type { AnswerTo, Question } from '../protocol/language.ts';

type Post = Extract<MainToWorker, { kind: 'ask' | 'forget' }>;

/** The part of the worker that is used here. */
export type AskedWorker = Pick<EventTarget, 'addEventListener'> & { postMessage(message: Post): void };

/** What tells that an answer is no longer needed. */
export interface Cancellation {
  readonly isCancelled: boolean;
  onCancel(call: () => void): void;
}

export class LanguageClient {
  readonly #worker: AskedWorker;
  readonly #open = new Map<number, (answer: AnswerTo<Question> | null) => void>();
  #lastId = 0;

  constructor(worker: AskedWorker) {
    this.#worker = worker;
    worker.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<WorkerToMain>;
      if (data.kind === 'answer') this.#settle(data.id, data.answer);
    });
    worker.addEventListener('error', () => {
      for (const id of [...this.#open.keys()]) this.#settle(id, null);
    });
  }

  /** Never rejects. */
  ask<Asked extends Question>(
    text: string,
    question: Asked,
    cancellation?: Cancellation,
  ): Promise<AnswerTo<Asked> | null> {
    if (cancellation?.isCancelled) return Promise.resolve(null);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#open.set(id, (answer) => resolve(answer as AnswerTo<Asked> | null));
      cancellation?.onCancel(() => {
        if (!this.#open.has(id)) return;
        this.#settle(id, null);
        this.#worker.postMessage({ kind: 'forget', id });
      });
      this.#worker.postMessage({ kind: 'ask', id, text, question });
    });
  }

  #settle(id: number, answer: AnswerTo<Question> | null): void {
    const resolve = this.#open.get(id);
    this.#open.delete(id);
    resolve?.(answer);
  }
}

/**
 * What happens when the audio thread hangs: the text in which it does is set aside, another output begins with the version
 * before, and where there is none, the page offers another tab. In: events of the sound. Out: the history, the status, and
 * the compiler's keeper. Main thread.
 *
 * In Chromium no page can be left while one of its audio threads hangs: reloading waits for that thread as well. So the
 * offer is a new tab, which has a process of its own.
 */

import type { WorkerKeeper } from '../engine/workerKeeper.ts';
import { frozenBy } from '../engine/workerKeeper.ts';
import type { FrozenTexts } from '../share/frozenTexts.ts';
import { problemOfRunning } from './messages.ts';
import type { PlaybackHistory } from './playbackHistory.ts';
import type { Status } from './status.ts';

export interface FreezeParts {
  readonly frozen: FrozenTexts;
  readonly history: Pick<PlaybackHistory, 'froze'>;
  readonly status: Pick<Status, 'found' | 'failed'>;
  readonly keeper: Pick<WorkerKeeper, 'processorHung' | 'processorGone'>;
  readonly readText: () => string;
}

export class Freezes {
  readonly #parts: FreezeParts;
  /** The text in which it hangs, while another output is on its way; null: none is, or there was no text. */
  #hung: string | null = null;

  constructor(parts: FreezeParts) {
    this.#parts = parts;
  }

  /** The audio thread no longer answers; another output is tried. */
  hung(): void {
    const { frozen, history, keeper } = this.#parts;
    const { hung, before } = keeper.processorHung();
    this.#hung = hung;
    if (hung === null) return;
    frozen.add({ text: hung, before });
    history.froze(hung);
    this.#tell(hung, before !== null);
  }

  /** There is another output, and what is to play in it plays. */
  resumed(): void {
    if (this.#hung !== null) this.#tell(this.#hung, false);
    this.#hung = null;
  }

  /** There is no other output. */
  gone(): void {
    this.#parts.keeper.processorGone();
    this.#parts.status.failed({ kind: 'frozen for good' });
  }

  #tell(hung: string, isRestarting: boolean): void {
    const problem = problemOfRunning(frozenBy(hung), hung, this.#parts.readText());
    this.#parts.status.found({ kind: 'frozen', problem, isRestarting, isTabStuck: true }, problem);
  }
}

/**
 * Play and stop, and the state of the sound as the page shows it.
 *
 *   play ─▶ evaluate what has not been compiled ─▶ sound
 *
 * In: wishes, and events of the sound. Out: the model's `state`. Main thread; the sound comes as what src/engine offers.
 */

import type { Sound, SoundState } from '../engine/sound.ts';
import type { FrozenTexts } from '../share/frozenTexts.ts';
import type { Evaluation } from './answers.ts';
import type { Conductor } from './conductor.ts';
import type { Model } from './model.ts';
import type { PlaybackHistory } from './playbackHistory.ts';
import type { Status } from './status.ts';

/** The part of `Sound` that is used here. */
export type SoundPart = Pick<Sound, 'prepare' | 'start' | 'stop' | 'underruns'>;

export interface TransportParts {
  readonly model: Pick<Model, 'state' | 'generation' | 'message'>;
  readonly status: Pick<Status, 'failed' | 'handleEvent'>;
  readonly history: Pick<PlaybackHistory, 'isTried'>;
  readonly conductor: Pick<Conductor, 'evaluate' | 'playInstead'>;
  /** Texts in which the audio hung. */
  readonly frozen: Pick<FrozenTexts, 'of'>;
  /** Resolves when the sound is there and the compiler is connected to it. */
  readonly sound: Promise<SoundPart>;
  readonly readText: () => string;
}

export class Transport {
  readonly #parts: TransportParts;
  #sound: SoundPart | null = null;
  #soundState: SoundState = 'stopped';
  #hasFailed = false;
  #isReady = false;
  #isStarting = false;
  /** Rises with each start and each stop, so that a start that was stopped meanwhile can tell. */
  #lastStart = 0;

  constructor(parts: TransportParts) {
    this.#parts = parts;
    parts.sound.then(
      (sound) => {
        this.#sound = sound;
        this.#updateState();
      },
      (error: unknown) => this.soundFailed(error instanceof Error ? error.message : String(error)),
    );
  }

  /**
   * Starts the sound, and compiles first what has not been compiled. Resolves when it sounds, or was stopped meanwhile.
   * @throws Error when there is nothing that could sound.
   */
  play(): Promise<void> {
    return this.#start(async () => {
      const { model, history, conductor, frozen, readText } = this.#parts;
      await this.#parts.sound;
      if (model.generation.value === null || !history.isTried(readText())) await conductor.evaluate({ byHand: false });
      const before = frozen.of(readText())?.before ?? null;
      if (model.generation.value === null && before !== null) await conductor.playInstead(before);
      if (model.generation.value !== null) return true;
      throw new Error(model.message.value?.text ?? 'Nothing to play yet.');
    });
  }

  /**
   * What the key does: evaluates, and starts the sound where it is stopped, unless the text has mistakes. Resolves when
   * the evaluation has its answer. Never rejects.
   */
  async evaluateAndPlay({ fresh = false } = {}): Promise<Evaluation> {
    const { conductor } = this.#parts;
    if (this.#soundState !== 'stopped' || this.#isStarting) return conductor.evaluate({ fresh });
    return new Promise((resolve) => {
      const started = this.#start(async () => {
        const evaluation = await conductor.evaluate({ fresh });
        resolve(evaluation);
        return evaluation.ok;
      });
      // Why it does not sound is in the status line already.
      void started.catch(() => undefined);
    });
  }

  /** `prepare` tells whether there is something that is to sound now. */
  async #start(prepare: () => Promise<boolean>): Promise<void> {
    // First thing, while the browser still counts this as the visitor's own doing.
    this.#sound?.prepare();
    const serial = ++this.#lastStart;
    this.#isStarting = true;
    this.#updateState();
    try {
      const isToSound = await prepare();
      if (serial !== this.#lastStart || !isToSound) return;
      const sound = await this.#parts.sound;
      this.#isStarting = false;
      await sound.start();
    } catch (error) {
      if (serial === this.#lastStart) throw error;
    } finally {
      if (serial === this.#lastStart) this.#isStarting = false;
      this.#updateState();
    }
  }

  /** Ends the sound, also one that is only about to begin. */
  stop(): void {
    this.#lastStart++;
    this.#isStarting = false;
    this.#sound?.stop();
    this.#updateState();
  }

  /** Times the output ran dry; null where the browser does not say. */
  underruns(): number | null {
    return this.#sound?.underruns() ?? null;
  }

  /** The compiler has loaded. */
  ready(): void {
    this.#isReady = true;
    this.#updateState();
  }

  soundChanged(state: SoundState): void {
    this.#soundState = state;
    this.#updateState();
  }

  soundFailed(reason: string): void {
    this.#hasFailed = true;
    this.#parts.status.failed({ kind: 'no sound', reason });
    this.#updateState();
  }

  /** The audio thread hangs, and there is no other. */
  soundGone(): void {
    this.#hasFailed = true;
    this.#updateState();
  }

  /** The output broke, and another one plays the patch. */
  soundRebuilt(reason: string): void {
    this.#parts.status.handleEvent({ kind: 'sound rebuilt', reason, wasSounding: this.#isSounding });
    this.#updateState();
  }

  /** The compiler's worker ended, and another one has taken over. */
  compilerRestarted(reason: string): void {
    this.#parts.status.handleEvent({ kind: 'compiler restarted', reason, wasSounding: this.#isSounding });
  }

  compilerFailed(reason: string): void {
    this.#parts.status.failed({ kind: 'no compiler', reason });
    this.#isReady = true;
    this.#updateState();
  }

  get #isSounding(): boolean {
    return this.#soundState !== 'stopped';
  }

  #updateState(): void {
    const { state } = this.#parts.model;
    if (this.#hasFailed) state.value = 'stopped';
    else if (this.#isSounding) state.value = this.#soundState;
    else if (this.#isStarting) state.value = 'starting';
    else state.value = this.#sound && this.#isReady ? 'stopped' : 'loading';
  }
}

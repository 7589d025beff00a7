/**
 * Numbers in the text that move under a hand, swapped in as they move: one swap under way at a time, the newest text after
 * it, at once and with a short fade, so that it follows the hand whatever swaps wait for otherwise. In: moves. Out:
 * evaluations. Main thread.
 */

import type { SwapSettings } from '../engine/compileClient.ts';
import type { Conductor } from './conductor.ts';
import type { Model } from './model.ts';
import type { PlaybackHistory } from './playbackHistory.ts';
import { editedToken } from './tokenEdit.ts';

export interface TurningParts {
  readonly model: Pick<Model, 'settings'>;
  readonly history: Pick<PlaybackHistory, 'text'>;
  readonly conductor: Pick<Conductor, 'evaluate'>;
  readonly compiler: { configure(settings: SwapSettings): void };
  readonly readText: () => string;
}

/** Long enough to be no click, and short enough to follow a hand. */
const FADE_MS = 10;

export class Turning {
  readonly #parts: TurningParts;
  #gesture = 0;
  #isUnderWay = false;
  #isMoved = false;

  constructor(parts: TurningParts) {
    this.#parts = parts;
  }

  /**
   * The text has moved. Where it differs from what plays in more than one number, it is an edit like any other, which
   * waits for a pause or for a key.
   */
  moved(gesture: number): void {
    const { history, readText } = this.#parts;
    const sounding = history.text;
    const text = readText();
    if (sounding === null || (sounding !== text && !editedToken(sounding, text))) return;
    this.#gesture = gesture;
    this.#isMoved = true;
    if (!this.#isUnderWay) void this.#follow();
  }

  async #follow(): Promise<void> {
    const { model, conductor, compiler } = this.#parts;
    this.#isUnderWay = true;
    while (this.#isMoved) {
      this.#isMoved = false;
      const { fadeMs } = model.settings.value;
      compiler.configure({ fadeMs: Math.min(fadeMs, FADE_MS), quantise: 'off' });
      await conductor.evaluate({ byHand: false, gesture: this.#gesture });
    }
    this.#isUnderWay = false;
    compiler.configure(model.settings.value);
  }
}

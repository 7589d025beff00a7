/**
 * Which input the patch hears. In: wishes, from clicks; what becomes of the input. Out: the model's `input`, and once a warning of
 * feedback. Main thread.
 */

import type { InputDevice, InputState, SoundInput } from '../engine/soundInput.ts';
import type { Model } from './model.ts';
import type { Say } from './notes.ts';

export interface InputShown {
  readonly state: InputState;
  readonly devices: readonly InputDevice[];
  /** The one that is open. */
  readonly chosen: string | null;
  /** Why the patch hears silence. */
  readonly trouble: string | null;
}

export const NO_INPUT: InputShown = { state: 'off', devices: [], chosen: null, trouble: null };

type Input = Pick<SoundInput, 'state' | 'devices' | 'chosen' | 'trouble' | 'open' | 'close'>;

export interface ListeningParts {
  readonly model: Pick<Model, 'input'>;
  readonly sound: Promise<{ readonly input: Input }>;
  readonly say: Say;
}

const FEEDBACK = {
  tone: 'warning',
  text: 'The patch can hear the input now. Use headphones: loudspeakers may feed back into a microphone.',
} as const;

export class Listening {
  readonly #parts: ListeningParts;
  #isWarned = false;

  constructor(parts: ListeningParts) {
    this.#parts = parts;
  }

  /** Lets the patch hear an input, the usual one if none is named. To be called in the handler of a click: the browser asks. */
  open(deviceId?: string): void {
    void this.#parts.sound
      .then(async ({ input }) => {
        await input.open(deviceId);
        if (input.state !== 'on' || this.#isWarned) return;
        this.#isWarned = true;
        this.#parts.say(FEEDBACK, () => this.#parts.model.input.value.state === 'on');
      })
      .catch(() => undefined);
  }

  close(): void {
    void this.#parts.sound.then(({ input }) => input.close()).catch(() => undefined);
  }

  /** To be told whenever the input has changed. */
  changed({ state, devices, chosen, trouble }: Input): void {
    this.#parts.model.input.value = { state, devices, chosen, trouble };
  }
}

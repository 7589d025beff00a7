/**
 * The profile on demand. In: the command, and edits. Out: the model's `profile`, until the text is edited, something else plays, or
 * it is switched off. Main thread.
 */

import { effect } from '@preact/signals';
import type { Profiled } from '../protocol/profile.ts';
import type { Model } from './model.ts';
import type { Say } from './notes.ts';

export interface ProfilingParts {
  readonly model: Pick<Model, 'state' | 'code' | 'generation' | 'profile'>;
  readonly compiler: { profile(text: string): Promise<Profiled> };
  readonly say: Say;
}

export class Profiling {
  readonly #parts: ProfilingParts;
  /** Rises with whatever makes an answer stale. */
  #serial = 0;
  #generation: number | null = null;

  constructor(parts: ProfilingParts) {
    this.#parts = parts;
    const { model } = parts;
    effect(() => {
      const { value } = model.generation;
      if (value !== this.#generation) this.end();
      this.#generation = value;
    });
  }

  /** Never rejects. */
  async toggle(): Promise<void> {
    const { model, compiler, say } = this.#parts;
    if (model.profile.peek() !== null) {
      this.end();
      return;
    }
    if (model.state.peek() !== 'playing') {
      say({ tone: 'note', text: 'Press play first: the profile measures what is playing.' });
      return;
    }
    const serial = ++this.#serial;
    model.profile.value = 'counting';
    const profiled = await compiler.profile(model.code.peek().text);
    if (serial !== this.#serial) return;
    if ('none' in profiled) {
      model.profile.value = null;
      say({ tone: 'note', text: profiled.none });
    } else model.profile.value = profiled;
  }

  end(): void {
    this.#serial++;
    this.#parts.model.profile.value = null;
  }
}

/**
 * From one generation to the next without a step: the crossfade, what is faded out by it, and the offset that takes a step
 * away where there is no fade. In: samples of what sounds, in the memory. Out: one sound. Audio thread and Node; allocates
 * only when a fade begins or ends.
 */

import { HEADER, MAX_BLOCK_FRAMES } from '../src/protocol/arena.ts';
import { Crossfade } from './crossfade.ts';
import { Declicker } from './declicker.ts';
import { f64Index } from './memoryViews.ts';
import { MAX_OLD, OldSide } from './oldSide.ts';
import type { Running } from './running.ts';

export class Mixer {
  readonly old = new OldSide<Running>();
  readonly #fade = new Crossfade();
  readonly #step = new Declicker();
  readonly #oldSamples = new Float64Array(MAX_BLOCK_FRAMES);
  /** Over this time a step goes away that nobody has asked for. */
  readonly #stepFrames: number;

  constructor(stepFrames: number) {
    this.#stepFrames = stepFrames;
  }

  get isFading(): boolean {
    return this.#fade.isActive;
  }

  /**
   * What plays is faded out from now on. During a fade it is so together with what was, in the proportion that they have got
   * to; where those are too many, the one that is heard least is returned, and sounds no more.
   */
  beginFade(playing: Running | null, frames: number): Running | null {
    let dropped: Running | null = null;
    if (this.isFading) {
      this.old.add(playing, this.#fade.gain);
      if (this.old.count > MAX_OLD) {
        dropped = this.old.least;
        // What was never heard leaves no step.
        if (this.old.remove(dropped) > 0) this.removeStep();
      }
    } else this.old.begin(playing);
    this.#fade.begin(frames);
    return dropped;
  }

  /** One that is faded out comes back, and what plays goes, from where the fade is now, at the pace of a fade of `frames`. */
  reverseFade(coming: Running, playing: Running | null, frames: number): void {
    const { gain } = this.#fade;
    const part = this.old.remove(coming) * (1 - gain);
    this.old.add(playing, gain / (1 - part));
    this.#fade.beginFrom(part, frames);
  }

  /** Ends the fade, if there is one. Returns what was faded out, the oldest first. */
  endFade(): readonly Running[] {
    const { members } = this.old;
    this.#fade.end();
    this.old.clear();
    return members;
  }

  /** The next sample begins something else: the step to it decays. */
  removeStep(frames = this.#stepFrames): void {
    this.#step.begin(frames);
  }

  /** Lets what is left of a step go at once. */
  stopStep(): void {
    this.#step.stop();
  }

  /** Writes `frames` frames from `start` on. `live`: null is silence. Returns whether the fade is over. */
  process(
    f64: Float64Array,
    live: Running | null,
    left: Float64Array,
    right: Float64Array,
    start: number,
    frames: number,
  ): boolean {
    if (live === null) {
      left.fill(0, start, start + frames);
      right.fill(0, start, start + frames);
    } else {
      this.#mix(f64, live, left, start, frames, HEADER.OUTPUT_LEFT);
      this.#mix(f64, live, right, start, frames, HEADER.OUTPUT_RIGHT);
    }
    this.#step.process(left, right, start, frames);
    return this.#fade.advance(frames);
  }

  #mix(
    f64: Float64Array,
    { base }: Running,
    channel: Float64Array,
    start: number,
    frames: number,
    outputOffset: number,
  ): void {
    if (this.isFading) this.old.mix(this.#oldSamples, frames, f64, outputOffset);
    this.#fade.mix(channel, start, frames, f64, f64Index(base + outputOffset), this.#oldSamples);
  }
}

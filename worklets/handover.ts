/**
 * From one worker's renderer to the next one's. A worker begins with empty memory, so it gets a renderer of its own; the
 * one before sounds on until the new one has committed something, then the two are crossfaded, and time continues.
 *
 * In: renderers, and what state is to go over between their memories. Out: samples. Audio thread; allocates only when a
 * worker connects or a block is longer than any before.
 */

import type { Inheritance } from '../src/protocol/audio.ts';
import type { Generation } from '../src/protocol/units.ts';
import type { Renderer } from './renderer.ts';

export class Handover {
  readonly #fadeFrames: number;
  #playing: Renderer | null = null;
  /** The renderer of a new worker that has nothing to play yet. */
  #coming: Renderer | null = null;
  #inheritance: Inheritance | null = null;
  /** What is faded out, and how far that has got. */
  #leaving: Renderer | null = null;
  #fadedFrames = 0;
  #left = new Float64Array(0);
  #right = new Float64Array(0);

  /** `fadeFrames`: length of the crossfade from one renderer to the next, at least 1. */
  constructor(fadeFrames: number) {
    this.#fadeFrames = fadeFrames;
  }

  /** What is heard; null before the first worker is connected. */
  get renderer(): Renderer | null {
    return this.#playing;
  }

  /** What plays; null: silence. */
  get generation(): Generation | null {
    return this.#playing?.generation ?? null;
  }

  /** What made samples in the last block that are not finite; null: nothing did. */
  get nonFinite(): Generation | null {
    return this.#playing?.nonFinite ?? null;
  }

  /** Whether two generations sound together. */
  get isFading(): boolean {
    return this.#leaving !== null || (this.#playing?.isFading ?? false);
  }

  /** A new worker is there. What the one before had sent and is not committed yet is dropped. */
  connect(renderer: Renderer): void {
    this.#playing?.abandon();
    this.#inheritance = null;
    if (this.generation === null) {
      if (this.#playing) renderer.continueFrom(this.#playing);
      this.#playing = renderer;
      this.#coming = null;
    } else {
      this.#coming = renderer;
    }
  }

  /** State for the first batch of the renderer that comes. */
  inherit(inheritance: Inheritance): void {
    if (this.#coming) this.#inheritance = inheritance;
  }

  /** Commits what waits without a fade: for while nobody hears it. */
  commitUnheard(): void {
    const { coming, playing } = { coming: this.#coming, playing: this.#playing };
    this.#leaving = null;
    if (!coming || !playing) {
      playing?.commitUnheard();
      return;
    }
    playing.commitUnheard();
    coming.continueFrom(playing);
    coming.commitUnheard();
    if (coming.generation === null) return;
    this.#takeOver(playing, coming);
    this.#leaving = null;
  }

  /** Renders the next `frames` frames, any number, into the beginning of `left` and `right`. */
  process(left: Float64Array, right: Float64Array, frames: number): void {
    const { coming, playing } = { coming: this.#coming, playing: this.#playing };
    if (coming && playing) {
      coming.continueFrom(playing);
      coming.beginBlock();
      if (coming.generation !== null) this.#takeOver(playing, coming);
    }
    if (this.#playing === null) {
      left.fill(0, 0, frames);
      right.fill(0, 0, frames);
      return;
    }
    this.#playing.process(left, right, frames);
    if (this.#leaving) this.#fade(this.#leaving, left, right, frames);
  }

  /** What the last block took. */
  recordBlockTime(busyMs: number, frames: number): void {
    if (!this.isFading) this.#playing?.recordBlockTime(busyMs, frames);
  }

  #takeOver(from: Renderer, to: Renderer): void {
    const inherits = this.#inheritance;
    if (inherits && inherits.generation === from.generation) to.inheritFrom(from, inherits.plan);
    this.#playing = to;
    this.#coming = null;
    this.#inheritance = null;
    this.#leaving = from;
    this.#fadedFrames = 0;
  }

  #fade(leaving: Renderer, left: Float64Array, right: Float64Array, frames: number): void {
    if (frames > this.#left.length) {
      this.#left = new Float64Array(frames);
      this.#right = new Float64Array(frames);
    }
    leaving.process(this.#left, this.#right, frames);
    const fading = Math.min(frames, this.#fadeFrames - this.#fadedFrames - 1);
    for (let n = 0; n < fading; n++) {
      const gain = (this.#fadedFrames + n + 1) / this.#fadeFrames;
      // What is the same in both stays the same bits.
      if (left[n] !== this.#left[n]) left[n] = this.#left[n] + (left[n] - this.#left[n]) * gain;
      if (right[n] !== this.#right[n]) right[n] = this.#right[n] + (right[n] - this.#right[n]) * gain;
    }
    this.#fadedFrames += frames;
    if (this.#fadedFrames >= this.#fadeFrames) this.#leaving = null;
  }
}

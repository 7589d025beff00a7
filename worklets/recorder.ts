/**
 * Copies what is really output into memory laid out beforehand. In: blocks as they go to the loudspeaker. Out: finished
 * recordings, for the processor to post, not too many a second. Audio thread; allocates when a recording is asked for, not
 * while it runs.
 */

import { MAX_RECORD_FRAMES, MAX_RECORDINGS } from '../src/protocol/audio.ts';

export interface Recording {
  readonly id: number;
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  /** Frames that are in. */
  frames: number;
}

export class Recorder {
  readonly #recordings: Recording[] = [];
  readonly #pauseFrames: number;
  readonly #finish: (recording: Recording) => void;
  /** Frames to wait before the next full recording may be handed over. */
  #waitFrames = 0;

  /** `finish` is given each recording when it is full, at most one in `pauseFrames` frames. */
  constructor(pauseFrames: number, finish: (recording: Recording) => void) {
    this.#pauseFrames = pauseFrames;
    this.#finish = finish;
  }

  /**
   * Records the next `frames` frames. Several recordings may be under way.
   * @throws RangeError when that is too many, or there is no memory for them.
   */
  start(id: number, frames: number): void {
    const length = Math.max(0, Math.floor(frames) || 0);
    let total = length;
    for (const { left } of this.#recordings) total += left.length;
    if (total > MAX_RECORD_FRAMES) throw new RangeError(`more than ${MAX_RECORD_FRAMES} frames at a time`);
    if (this.#recordings.length === MAX_RECORDINGS) throw new RangeError(`more than ${MAX_RECORDINGS} at a time`);
    this.#recordings.push({ id, left: new Float32Array(length), right: new Float32Array(length), frames: 0 });
  }

  /** Takes in a block. `right` may be the same array as `left`. */
  process(left: Float32Array, right: Float32Array): void {
    let full = -1;
    for (let n = 0; n < this.#recordings.length; n++) {
      const recording = this.#recordings[n];
      const frames = Math.min(left.length, recording.left.length - recording.frames);
      for (let i = 0; i < frames; i++) {
        recording.left[recording.frames + i] = left[i];
        recording.right[recording.frames + i] = right[i];
      }
      recording.frames += frames;
      if (full < 0 && recording.frames === recording.left.length) full = n;
    }
    this.#waitFrames = Math.max(0, this.#waitFrames - left.length);
    if (full < 0 || this.#waitFrames > 0) return;
    this.#waitFrames = this.#pauseFrames;
    this.#finish(this.#recordings.splice(full, 1)[0]);
  }
}

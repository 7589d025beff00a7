/**
 * Copies what is really output into memory laid out beforehand. In: blocks as they go to the loudspeaker. Out: finished
 * recordings, for the processor to post. Audio thread; allocates when a recording is asked for, not while it runs.
 */

export interface Recording {
  readonly id: number;
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  /** Frames that are in. */
  frames: number;
}

/** Recordings longer than this are cut: half an hour at 48 kHz. */
export const MAX_RECORDING_FRAMES = 30 * 60 * 48_000;

export class Recorder {
  readonly #recordings: Recording[] = [];
  readonly #finish: (recording: Recording) => void;

  /** `finish` is given each recording when it is full. */
  constructor(finish: (recording: Recording) => void) {
    this.#finish = finish;
  }

  /** Records the next `frames` frames. Several recordings may be under way. */
  start(id: number, frames: number): void {
    const length = Math.min(MAX_RECORDING_FRAMES, Math.max(0, Math.floor(frames) || 0));
    const recording = { id, left: new Float32Array(length), right: new Float32Array(length), frames: 0 };
    if (length === 0) this.#finish(recording);
    else this.#recordings.push(recording);
  }

  /** Takes in a block. `right` may be the same array as `left`. */
  process(left: Float32Array, right: Float32Array): void {
    // Backwards, because full ones are taken out on the way.
    for (let n = this.#recordings.length - 1; n >= 0; n--) {
      const recording = this.#recordings[n];
      const frames = Math.min(left.length, recording.left.length - recording.frames);
      for (let i = 0; i < frames; i++) {
        recording.left[recording.frames + i] = left[i];
        recording.right[recording.frames + i] = right[i];
      }
      recording.frames += frames;
      if (recording.frames < recording.left.length) continue;
      this.#recordings.splice(n, 1);
      this.#finish(recording);
    }
  }
}

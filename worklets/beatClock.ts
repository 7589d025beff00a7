/**
 * Beats since the sound began. In: the tempo of what takes over, and the frame in which it does. Out: the fields of its arena
 * from which code computes `currentBeat`, and the frames on which beats begin. Audio thread and Node; allocates nothing.
 *
 *   beat = position at the last change + (frame - frame of that change) * bpm / (60 * sample rate)
 *
 * A change of tempo leaves the position where it is, and changes how fast it rises. Whoever keeps the tempo keeps the bits, too:
 * only a change sets position and frame.
 */

import { DEFAULT_BPM, HEADER } from '../src/protocol/arena.ts';
import { f64Index } from './memoryViews.ts';

/** Swaps wait for the beats of a tempo in this range only: nobody waits for minutes. */
const MIN_BPM = 1;
const MAX_BPM = 10_000;
/** Hours. */
const MAX_WAIT_FRAMES = 2 ** 30 - 1;
/** The quotients are off by their last bits, if at all. */
const MAX_CORRECTIONS = 4;

export class BeatClock {
  readonly #sampleRate: number;
  #position = 0;
  #frame = 0;
  #bpm = DEFAULT_BPM;
  readonly #now = new Float64Array(1);

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  get bpm(): number {
    return this.#bpm;
  }

  /** The beat at `frame`, as compiled code has it. */
  at(frame: number): number {
    return this.#position + ((frame - this.#frame) * this.#bpm) / (60 * this.#sampleRate);
  }

  /** Sets up an arena that is to play from `frame` on at `bpm`. The clock itself stays as it is. */
  writeTo(f64: Float64Array, base: number, bpm: number, frame: number): void {
    const isChange = bpm !== this.#bpm;
    const position = isChange ? this.at(frame) : this.#position;
    const isUsable = Number.isFinite(position);
    f64[f64Index(base + HEADER.BEAT_POSITION)] = isUsable ? position : this.#position;
    f64[f64Index(base + HEADER.BEAT_FRAME)] = isChange ? frame : this.#frame;
    f64[f64Index(base + HEADER.BPM)] = bpm;
  }

  /** Goes by what plays in this arena from now on. */
  follow(f64: Float64Array, base: number): void {
    this.#position = f64[f64Index(base + HEADER.BEAT_POSITION)];
    this.#frame = f64[f64Index(base + HEADER.BEAT_FRAME)];
    this.#bpm = f64[f64Index(base + HEADER.BPM)];
  }

  /** Continues where another one is. */
  continueFrom(other: BeatClock): void {
    this.#position = other.#position;
    this.#frame = other.#frame;
    this.#bpm = other.#bpm;
  }

  /**
   * Frames from `frame` until a beat begins whose number is a multiple of `quantumBeats`; 0: it begins there. `asBpm`: counts as
   * if this had been the tempo since the last change; 0: by the tempo that there is. 0 without a tempo to wait for.
   */
  framesTo(frame: number, quantumBeats: number, asBpm: number): number {
    this.#now[0] = frame;
    return this.#framesToBeat(Float64Array.of(quantumBeats, asBpm));
  }

  /**
   * The same from the frame that an arena is at; `quantum`: beats and tempo. Allocates nothing: a number that is handed on may
   * become an object on the heap.
   */
  framesFrom(f64: Float64Array, base: number, quantum: Float64Array): number {
    this.#now[0] = f64[f64Index(base + HEADER.CURRENT_FRAME)];
    return this.#framesToBeat(quantum);
  }

  #framesToBeat(quantum: Float64Array): number {
    const frame = this.#now[0];
    const quantumBeats = quantum[0];
    const asBpm = quantum[1];
    const bpm = asBpm > 0 ? asBpm : this.#bpm;
    if (!(bpm >= MIN_BPM && bpm <= MAX_BPM) || !(quantumBeats > 0)) return 0;
    const position = this.#position;
    const changed = this.#frame;
    const minute = 60 * this.#sampleRate;
    const before = position + ((frame - 1 - changed) * bpm) / minute;
    const target = (Math.floor(before / quantumBeats) + 1) * quantumBeats;
    let due = Math.max(frame, changed + Math.ceil(((target - position) * minute) / bpm));
    // What counts is the beat as the patch has it.
    for (let n = 0; n < MAX_CORRECTIONS; n++) {
      if (position + ((due - changed) * bpm) / minute < target) due++;
      else if (due > frame && position + ((due - 1 - changed) * bpm) / minute >= target) due--;
    }
    // A small integer is no object on the heap. Whoever waits longer asks again.
    return Math.min(due - frame, MAX_WAIT_FRAMES) | 0;
  }
}

/**
 * What reaches patches from outside while they play. In: events with their times, from the page or the command line. Out: values in
 * the cells of every arena that sounds, between the two frames that they belong between. Whoever drives blocks calls `begin` and
 * `end` around each; in between, renderers split their chunks at events and have them delivered. Audio thread and Node; allocates
 * only when an event comes.
 */

import type { HostEvent } from '../src/protocol/hostEvents.ts';
import { EventQueue } from './eventQueue.ts';
import { f64Index } from './memoryViews.ts';
import { deliverMidi } from './midiInbox.ts';
import { MovedControls } from './movedControls.ts';
import type { Running } from './running.ts';

const ALL_NOTES_OFF: HostEvent = { kind: 'allNotesOff' };

/** By so much rounding may put a time behind the frame that it is. */
const SLACK_FRAMES = 1e-6;

/** The first frame at or after a time. */
export const frameAt = (seconds: number, sampleRate: number): number => Math.ceil(seconds * sampleRate - SLACK_FRAMES);

export class Host {
  readonly #queue: EventQueue;
  readonly #moved = new MovedControls();
  /** From which frame on a button may be pressed or released again: each press is heard for one frame, and so is each release. */
  readonly #buttonFree = new Map<string, number>();
  /** Events of the block that have taken effect. */
  #heard = 0;
  #frames = 0;
  #left: Float32Array | null = null;
  #right: Float32Array | null = null;
  #isSilent = false;
  /** Whether there was a note. */
  #hasPlayed = false;

  /** `room`: how many events may wait. */
  constructor(room?: number) {
    this.#queue = new EventQueue(room);
  }

  /** Takes an event; without a frame, and where that is past, it takes effect in the next frame there is. */
  post(event: HostEvent, dueFrame: number | null): void {
    const { nextFrame } = this.#queue;
    let due = dueFrame === null || Number.isNaN(dueFrame) ? nextFrame : Math.max(nextFrame, dueFrame);
    if (event.kind === 'control' && this.#moved.of(event.name)?.kind === 'button') {
      due = Math.max(due, this.#buttonFree.get(event.name) ?? 0);
      this.#buttonFree.set(event.name, due + 1);
    }
    this.#queue.add(event, due);
  }

  /** The next `frames` frames are about to be rendered, or, where it `isSilent`, to pass without: notes are not played then. */
  begin(startFrame: number, frames: number, isSilent = false): void {
    // What was held when the sound stopped may have been let go meanwhile.
    if (this.#isSilent && !isSilent && this.#hasPlayed) this.#queue.add(ALL_NOTES_OFF, Number.NEGATIVE_INFINITY);
    this.#isSilent = isSilent;
    this.#queue.begin(startFrame, frames);
    this.#heard = 0;
    this.#frames = frames;
  }

  /** Frames from the start of the block to its event number `index`; infinite where there is none. */
  framesTo(index: number): number {
    return this.#queue.framesTo(index);
  }

  /** What comes in during the block, from its first frame on; behind the end, and where there is none, it is silence. */
  listen(left: Float32Array | null, right: Float32Array | null): void {
    this.#left = left;
    this.#right = right;
  }

  /** Brings what comes in during a chunk into an arena. `start`: of the chunk in the block; `frame`: on the clock of the patch. */
  bringSound(f64: Float64Array, { base, inputs }: Running, start: number, frames: number, frame: number): void {
    const { sound } = inputs;
    if (sound === null) return;
    f64[f64Index(base + sound.startOffset)] = frame;
    const left = f64Index(base + sound.leftOffset);
    const right = f64Index(base + sound.rightOffset);
    for (let n = 0; n < frames; n++) {
      f64[left + n] = this.#left !== null && start + n < this.#left.length ? this.#left[start + n] : 0;
      f64[right + n] = this.#right !== null && start + n < this.#right.length ? this.#right[start + n] : 0;
    }
  }

  /** Brings an event of the block into an arena. */
  deliver(index: number, f64: Float64Array, { base, inputs }: Running): void {
    const event = this.#queue.at(index);
    if (event === null) return;
    if (index >= this.#heard) this.#hear(event);
    this.#heard = Math.max(this.#heard, index + 1);
    if (event.kind === 'control' || event.kind === 'release') this.#moved.writeTo(f64, base, inputs, event.name);
    else if (event.kind !== 'settle' && !this.#isSilent) {
      this.#hasPlayed ||= event.kind === 'note';
      deliverMidi(event, f64, base, inputs);
    }
  }

  /** The block was rendered, or there was nothing to render. */
  end(): void {
    for (; this.#queue.framesTo(this.#heard) < this.#frames; this.#heard++) {
      const event = this.#queue.at(this.#heard);
      if (event !== null) this.#hear(event);
    }
    this.#queue.end(this.#frames);
  }

  /** This begins to play: its controls stand where they were moved to, and else where its text says. */
  adopt(f64: Float64Array, { base, inputs }: Running): void {
    this.#moved.adopt(inputs);
    this.#moved.writeTo(f64, base, inputs);
  }

  #hear(event: HostEvent): void {
    switch (event.kind) {
      case 'control':
        this.#moved.move(event.name, event.value);
        return;
      case 'release':
        this.#moved.release(event.name);
        return;
      case 'settle':
        this.#moved.settle(event.name);
        return;
      default:
        return;
    }
  }
}

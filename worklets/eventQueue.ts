/**
 * Events from outside that wait for their frame. In: events with the frame in which they take effect, on the clock of whoever
 * drives the block. Out: those of a block, in order, with their place in it. Audio thread and Node; the queue itself allocates
 * nothing, and is as long as it may be from the start.
 */

import { type HostEvent, MAX_WAITING_EVENTS } from '../src/protocol/hostEvents.ts';
import { MIDI_ROOM } from '../src/protocol/hostInputs.ts';

export class EventQueue {
  readonly #events: (HostEvent | null)[];
  readonly #dueFrames: Float64Array;
  #count = 0;
  /** The block: its first frame, and how many of the events that wait belong to it. */
  #startFrame = 0;
  #dueCount = 0;

  constructor(room = MAX_WAITING_EVENTS) {
    this.#events = new Array<HostEvent | null>(room).fill(null);
    this.#dueFrames = new Float64Array(room);
  }

  get count(): number {
    return this.#count;
  }

  /** The first frame of the block that comes next. */
  get nextFrame(): number {
    return this.#startFrame;
  }

  /** Behind all that are due no later. Where there is no room, it is not taken. */
  add(event: HostEvent, dueFrame: number): void {
    if (this.#count === this.#events.length) return;
    let at = this.#count++;
    for (; at > 0 && this.#dueFrames[at - 1] > dueFrame; at--) {
      this.#dueFrames[at] = this.#dueFrames[at - 1];
      this.#events[at] = this.#events[at - 1];
    }
    this.#dueFrames[at] = dueFrame;
    this.#events[at] = event;
  }

  /** A block of so many frames begins. What was due before is due in its first frame. */
  begin(startFrame: number, frames: number): void {
    this.#startFrame = startFrame;
    this.#dueCount = 0;
    if (this.#count > MIDI_ROOM) this.#spread();
    while (this.#dueCount < this.#count && this.#dueFrames[this.#dueCount] < startFrame + frames) this.#dueCount++;
  }

  /** No frame gets more events than an arena has room for: those beyond come a frame later. */
  #spread(): void {
    let frame = Number.NEGATIVE_INFINITY;
    let inFrame = 0;
    for (let index = 0; index < this.#count; index++) {
      const due = Math.max(this.#dueFrames[index], this.#startFrame, frame);
      inFrame = due === frame ? inFrame + 1 : 1;
      frame = due;
      if (inFrame > MIDI_ROOM) {
        frame += 1;
        inFrame = 1;
      }
      this.#dueFrames[index] = frame;
    }
  }

  /** Frames from the start of the block to its event number `index`; infinite where it has no such event. */
  framesTo(index: number): number {
    if (index >= this.#dueCount) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#dueFrames[index] - this.#startFrame);
  }

  at(index: number): HostEvent | null {
    return this.#events[index];
  }

  /** The block is over: its events are gone. */
  end(frames: number): void {
    const gone = this.#dueCount;
    this.#events.copyWithin(0, gone, this.#count);
    this.#dueFrames.copyWithin(0, gone, this.#count);
    this.#count -= gone;
    this.#events.fill(null, this.#count, this.#count + gone);
    this.#dueCount = 0;
    this.#startFrame += frames;
  }
}

/**
 * Writes down all that is really output, into blocks that the page has given, and hands over those that are full. In: blocks
 * of samples as they go to the loudspeaker. Out: messages to the page. Audio thread; allocates only for a message, of which
 * there is one a second, or one for each block while somebody meters.
 *
 * The page gives back as many blocks as it gets. Where it does not (it hangs), there are none left after a while: then frames
 * are lost, and counted.
 */

import { TAPE_BLOCKS_PER_SECOND, type TapeBlock, type Taped } from '../src/protocol/audio.ts';

/** More than these are not kept: they would be a page's mistake. */
const MAX_BLOCKS = 1024;

export class Tape {
  readonly #send: (taped: Taped) => void;
  /** The first `#emptyCount` are empty. Places are reused, so that taking one from them allocates nothing. */
  readonly #empty: (TapeBlock | null)[] = new Array<TapeBlock | null>(MAX_BLOCKS).fill(null);
  #emptyCount = 0;
  readonly #full: (TapeBlock | null)[] = new Array<TapeBlock | null>(TAPE_BLOCKS_PER_SECOND).fill(null);
  #fullCount = 0;
  #current: TapeBlock | null = null;
  /** Frames that are in the current block. */
  #frames = 0;
  /** Frames for which there was no block, before the first of those that are not yet sent. */
  #lostFrames = 0;
  #isLive = false;

  constructor(send: (taped: Taped) => void) {
    this.#send = send;
  }

  give(blocks: readonly TapeBlock[]): void {
    for (const block of blocks) {
      if (this.#emptyCount < MAX_BLOCKS) this.#empty[this.#emptyCount++] = block;
    }
  }

  /** Whether each block is sent as soon as it is full. */
  set isLive(isLive: boolean) {
    this.#isLive = isLive;
  }

  /** Sends what there is, so that what comes next begins with a block of its own. */
  cut(serial: number): void {
    this.#sendAll(serial);
  }

  process(left: Float32Array, right: Float32Array): void {
    for (let done = 0; done < left.length; ) {
      const block = this.#current ?? this.#take();
      if (block === null) {
        // What is lost lies before the first block of a message, and not among them.
        if (this.#fullCount > 0) this.#sendAll(null);
        this.#lostFrames += left.length - done;
        return;
      }
      const blockFrames = block.length / 2;
      const frames = Math.min(blockFrames - this.#frames, left.length - done);
      for (let n = 0; n < frames; n++) {
        block[this.#frames + n] = left[done + n];
        block[blockFrames + this.#frames + n] = right[done + n];
      }
      this.#frames += frames;
      done += frames;
      if (this.#frames === blockFrames) this.#filled(block);
    }
  }

  /** An empty block, to be the current one; null: there is none. */
  #take(): TapeBlock | null {
    if (this.#emptyCount === 0) return null;
    const block = this.#empty[--this.#emptyCount];
    this.#empty[this.#emptyCount] = null;
    this.#current = block;
    this.#frames = 0;
    return block;
  }

  #filled(block: TapeBlock): void {
    this.#full[this.#fullCount++] = block;
    this.#current = null;
    this.#frames = 0;
    if (this.#isLive || this.#fullCount === TAPE_BLOCKS_PER_SECOND) this.#sendAll(null);
  }

  #sendAll(cut: number | null): void {
    const blocks: TapeBlock[] = [];
    for (let n = 0; n < this.#fullCount; n++) {
      const block = this.#full[n];
      if (block) blocks.push(block);
      this.#full[n] = null;
    }
    const lastFrames = this.#current ? this.#frames : null;
    if (this.#current) blocks.push(this.#current);
    const lostFrames = this.#lostFrames;
    this.#current = null;
    this.#frames = 0;
    this.#fullCount = 0;
    this.#lostFrames = 0;
    this.#send({ kind: 'taped', blocks, lastFrames, lostFrames, cut });
  }
}

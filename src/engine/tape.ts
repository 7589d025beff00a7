/**
 * What was played, as the processor hands it over: the last minute is always here, and whoever listens gets what comes from
 * then on. In: `taped` messages. Out: samples of both channels, none left out or twice. Main thread.
 *
 * All blocks are made here and go round: empty ones to the processor, full ones back, to lie here until a minute later they
 * are empty ones again. So after the first minute nothing is allocated on either side but the messages.
 */

import { type MainToProcessor, TAPE_BLOCKS_PER_SECOND, type TapeBlock, type Taped } from '../protocol/audio.ts';

export const KEPT_SECONDS = 60;
/** So long may the page be busy with something else without anything being lost. */
const POOL_SECONDS = 6;
/** Cuts make short blocks; no more than these are kept, however short. */
const MAX_KEPT_BLOCKS = 2 * KEPT_SECONDS * TAPE_BLOCKS_PER_SECOND;

export interface TapeListener {
  /** The next samples. Both arrays are used again afterwards. */
  heard(left: Float32Array, right: Float32Array): void;
  /** Something is missing here; silence of that length takes its place. */
  lost?(frames: number): void;
  /** Another output has begun, maybe at another rate: what follows does not continue what came before. */
  restarted?(sampleRate: number): void;
}

export interface TapePiece {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  readonly sampleRate: number;
}

interface Kept {
  /** Null: silence, where something is missing. */
  readonly block: TapeBlock | null;
  readonly frames: number;
}

type Post = (message: MainToProcessor, transfer: Transferable[]) => void;

export class Tape {
  readonly #post: Post;
  #sampleRate = 0;
  #blockFrames = 0;
  readonly #kept: Kept[] = [];
  #keptFrames = 0;
  readonly #listeners = new Set<TapeListener>();
  #liveListeners = 0;
  #lastCut = 0;
  readonly #cuts = new Map<number, () => void>();
  /** Whether there is a processor that answers. */
  #isThere = false;

  constructor(post: Post) {
    this.#post = post;
  }

  get sampleRate(): number {
    return this.#sampleRate;
  }

  /** There is another processor, which has no blocks yet. What was kept stays, if the rate is the same. */
  begin(sampleRate: number): void {
    if (sampleRate !== this.#sampleRate) {
      this.#kept.length = 0;
      this.#keptFrames = 0;
    }
    this.#sampleRate = sampleRate;
    this.#blockFrames = Math.round(sampleRate / TAPE_BLOCKS_PER_SECOND);
    // The old one has answered all that it will.
    this.end();
    this.#isThere = true;
    for (const listener of [...this.#listeners]) listener.restarted?.(sampleRate);
    this.#give(Array.from({ length: POOL_SECONDS * TAPE_BLOCKS_PER_SECOND }, () => this.#newBlock()));
    if (this.#liveListeners > 0) this.#post({ kind: 'tapeLive', isLive: true }, []);
  }

  /** Nothing comes any more: whoever waits for an answer has it now. */
  end(): void {
    this.#isThere = false;
    for (const answered of this.#cuts.values()) answered();
    this.#cuts.clear();
  }

  taped({ blocks, lastFrames, lostFrames, cut }: Taped): void {
    if (lostFrames > 0) this.#lost(lostFrames);
    for (const [n, block] of blocks.entries()) {
      this.#heard(block, (n === blocks.length - 1 ? lastFrames : null) ?? this.#blockFrames);
    }
    if (blocks.length > 0) this.#give(this.#emptied(blocks.length));
    if (cut === null) return;
    this.#cuts.get(cut)?.();
    this.#cuts.delete(cut);
  }

  /** `listener` hears what comes, in pieces of a second, or of a tenth if it is live. Returns a function that ends it. */
  listen(listener: TapeListener, { isLive = false } = {}): () => void {
    this.#listeners.add(listener);
    if (isLive && ++this.#liveListeners === 1) this.#post({ kind: 'tapeLive', isLive: true }, []);
    return () => {
      if (!this.#listeners.delete(listener) || !isLive) return;
      if (--this.#liveListeners === 0) this.#post({ kind: 'tapeLive', isLive: false }, []);
    };
  }

  /** Resolves when everything that has been played by now was heard here. */
  cut(): Promise<void> {
    if (!this.#isThere) return Promise.resolve();
    return new Promise((resolve) => {
      this.#cuts.set(++this.#lastCut, resolve);
      this.#post({ kind: 'cutTape', serial: this.#lastCut }, []);
    });
  }

  /** What was played in the last minute, up to now; less where less was played. */
  async lastMinute(): Promise<TapePiece> {
    await this.cut();
    const frames = Math.min(this.#keptFrames, KEPT_SECONDS * this.#sampleRate);
    const piece = { left: new Float32Array(frames), right: new Float32Array(frames), sampleRate: this.#sampleRate };
    let at = frames - this.#keptFrames;
    for (const kept of this.#kept) {
      const skipped = Math.max(0, -at);
      if (kept.block && skipped < kept.frames) {
        const half = kept.block.length / 2;
        piece.left.set(kept.block.subarray(skipped, kept.frames), at + skipped);
        piece.right.set(kept.block.subarray(half + skipped, half + kept.frames), at + skipped);
      }
      at += kept.frames;
    }
    return piece;
  }

  #heard(block: TapeBlock, frames: number): void {
    this.#keep({ block, frames });
    if (this.#listeners.size === 0) return;
    const half = block.length / 2;
    const [left, right] = [block.subarray(0, frames), block.subarray(half, half + frames)];
    for (const listener of [...this.#listeners]) listener.heard(left, right);
  }

  #lost(frames: number): void {
    this.#keep({ block: null, frames });
    for (const listener of [...this.#listeners]) listener.lost?.(frames);
  }

  #keep(kept: Kept): void {
    this.#kept.push(kept);
    this.#keptFrames += kept.frames;
  }

  /** As many empty blocks: those whose time is over, or else new ones. */
  #emptied(count: number): TapeBlock[] {
    const blocks: TapeBlock[] = [];
    while (this.#isOldestOver()) {
      const oldest = this.#kept.shift();
      this.#keptFrames -= oldest?.frames ?? 0;
      if (oldest?.block && blocks.length < count && oldest.block.length === 2 * this.#blockFrames) {
        blocks.push(oldest.block);
      }
    }
    while (blocks.length < count) blocks.push(this.#newBlock());
    return blocks;
  }

  #isOldestOver(): boolean {
    if (this.#kept.length === 0) return false;
    return (
      this.#kept.length > MAX_KEPT_BLOCKS || this.#keptFrames - this.#kept[0].frames >= KEPT_SECONDS * this.#sampleRate
    );
  }

  #newBlock(): TapeBlock {
    return new Float32Array(2 * this.#blockFrames);
  }

  #give(blocks: readonly TapeBlock[]): void {
    this.#post(
      { kind: 'tape', blocks },
      blocks.map(({ buffer }) => buffer),
    );
  }
}

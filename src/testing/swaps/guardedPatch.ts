/**
 * A patch that plays in a memory filled with a pattern. After every block all that the live generations do not own must be
 * as it was: other generations that are kept, what is free, and the holes that belong to others. Tests only.
 */

import type { CarryLimits } from '../../linker/limits.ts';
import type { GenerationBatch } from '../../protocol/generation.ts';
import type { Generation } from '../../protocol/units.ts';
import { LivePatch } from '../live.ts';
import type { Render } from '../oracle.ts';

const PATTERN = 0xa5;
const PAGE_BYTES = 65_536;

export interface GuardOptions {
  readonly fadeFrames: number;
  /** From which sizes on state is not copied. */
  readonly limits?: CarryLimits;
  /** Of the memory that is watched; 16 if not given. */
  readonly memoryPages?: number;
}

interface Owned {
  readonly start: number;
  readonly end: number;
}

export class GuardedPatch {
  readonly live: LivePatch;
  /** The memory as it has to be, outside of what may be written. */
  private known: Uint8Array;
  /** What the generation that plays may write, and the one before it while both sound. */
  private playing: readonly Owned[] = [];
  private fading: readonly Owned[] = [];
  private readonly fadeFrames: number;
  /** What each generation may write, for when it is brought back. */
  private readonly owned = new Map<Generation, readonly Owned[]>();

  private constructor(live: LivePatch, fadeFrames: number) {
    this.live = live;
    this.fadeFrames = fadeFrames;
    this.known = new Uint8Array(live.memory.buffer).slice();
  }

  static async create(text: string, options: GuardOptions): Promise<GuardedPatch> {
    const { fadeFrames, memoryPages = 16 } = options;
    const live = await LivePatch.silent(options);
    live.memory.grow(memoryPages - live.memory.buffer.byteLength / PAGE_BYTES);
    new Uint8Array(live.memory.buffer).fill(PATTERN);
    const guarded = new GuardedPatch(live, fadeFrames);
    guarded.swap(text);
    return guarded;
  }

  /** Compiles a text and stages it. */
  swap(text: string): ReturnType<LivePatch['compile']> {
    const result = this.live.compile(text);
    if (result.batch) this.stage(result.batch);
    return result;
  }

  /** Brings the generation before back; `null`: there is none. */
  undo(): GenerationBatch | null {
    const undone = this.live.session.undo();
    if (undone) this.stage(undone.batch);
    return undone?.batch ?? null;
  }

  private stage(batch: GenerationBatch): void {
    const { address, sizeBytes, cleanFrom = sizeBytes } = batch.arena;
    const memory = new Uint8Array(this.live.memory.buffer);
    if (address + sizeBytes > memory.length) throw new Error('the test has too little memory');
    const used = memory.subarray(address + cleanFrom, address + sizeBytes).findIndex((byte) => byte !== PATTERN);
    if (used >= 0 && batch.reinstates === null) throw new Error(`${address + cleanFrom + used} was used before`);
    const owned = (batch.reinstates !== null && this.owned.get(batch.reinstates)) || ownedBy(batch);
    // Nothing is clean here.
    const { cleanFrom: _, ...arena } = batch.arena;
    const outside = batch.outside.map((at, n) => (n % 3 === 2 ? batch.outside[n - 1]! : at));
    this.live.renderer.receive({ ...batch, arena, outside });
    this.live.renderer.stageAll();
    // Data that was taken over is the new generation's too.
    const adopted = batch.transition === 'offset' ? this.playing : [];
    this.check([...this.playing, ...owned], 'staging');
    this.fading = batch.transition === 'fade' ? this.playing : [];
    this.playing = [...owned, ...adopted];
    this.owned.set(batch.generation, this.playing);
  }

  render(frames: number): Render {
    const left = new Float64Array(frames);
    const right = new Float64Array(frames);
    for (let frame = 0; frame < frames; frame += 32) {
      const part = this.live.render(32, 32);
      left.set(part.left, frame);
      right.set(part.right, frame);
      this.check([...this.playing, ...this.fading], `frame ${this.live.renderer.currentFrame}`);
      if (frame + 32 >= this.fadeFrames) this.fading = [];
    }
    return { left, right };
  }

  /** Nothing but these ranges may have changed. */
  private check(owned: readonly Owned[], when: string): void {
    const memory = new Uint8Array(this.live.memory.buffer);
    for (const { start, end } of owned) this.known.set(memory.subarray(start, end), start);
    if (Buffer.compare(memory, this.known) === 0) return;
    const at = memory.findIndex((byte, index) => byte !== this.known[index]);
    throw new Error(`${when}: byte ${at} belongs to nobody who plays, and was written`);
  }
}

/** Its arena, but for what belongs to others, and what it has outside of it. */
function ownedBy({ arena: { address, sizeBytes }, holes, outside }: GenerationBatch): readonly Owned[] {
  const owned: Owned[] = [];
  for (let n = 0; n < outside.length; n += 3) {
    owned.push({ start: address + outside[n]!, end: address + outside[n + 1]! });
  }
  let start = 0;
  for (let n = 0; n < holes.length; n += 2) {
    owned.push({ start: address + start, end: address + holes[n]! });
    start = holes[n + 1]!;
  }
  owned.push({ start: address + start, end: address + sizeBytes });
  return owned;
}

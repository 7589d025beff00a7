/**
 * A patch that plays in a memory filled with a pattern. After every block all that the live generations do not own must be
 * as it was: other generations that are kept, what is free, and the holes that belong to others; and of what plays, what
 * only the host sets. Tests only.
 */

import { CARRY_LIMITS, type CarryLimits } from '../../linker/limits.ts';
import { HEADER, NULL_GUARD_BYTES, SYMBOLS_START } from '../../protocol/arena.ts';
import type { GenerationBatch, NewArenaBatch } from '../../protocol/generation.ts';
import { LivePatch } from '../live.ts';
import type { Render } from '../oracle.ts';

const PATTERN = 0xa5;
/** Size of the memory that is watched. */
export const MEMORY_PAGES = 16;
const PAGE_BYTES = 65_536;

/** The parts of an arena's header that the host alone sets, once and for all. */
const FIXED: readonly (readonly [start: number, end: number])[] = [
  [0, NULL_GUARD_BYTES],
  [HEADER.HEAP_LIMIT, HEADER.FUEL],
  [HEADER.FUEL_PER_BLOCK, HEADER.TRAP_SYMBOL],
  [HEADER.TRAP_SITE + 4, HEADER.SAMPLE_RATE],
  [HEADER.POINTER_LIMIT, HEADER.BEAT_POSITION],
  [HEADER.BPM + 8, HEADER.OUTPUT_LEFT],
  [HEADER.REACHABLE, SYMBOLS_START],
];

interface Owned {
  readonly start: number;
  readonly end: number;
}

/** Whether all from `start` up to `end` is in one of these ranges or another. */
function covers(ranges: readonly Owned[], start: number, end: number): boolean {
  for (let at = start; at < end; ) {
    const range = ranges.find((one) => one.start <= at && at < one.end);
    if (!range) return false;
    at = range.end;
  }
  return true;
}

export class GuardedPatch {
  readonly live: LivePatch;
  /** The memory as it has to be, outside of what may be written. */
  private known: Uint8Array;
  /** What the generation that plays may write, and the one before it while both sound. */
  private playing: readonly Owned[] = [];
  private fading: readonly Owned[] = [];
  private readonly fadeFrames: number;
  /** How often data was taken over where it lay. */
  adoptions = 0;
  /** What the arenas at these addresses own. */
  private readonly tenancies = new Map<number, readonly Owned[]>();
  /** The GOT and header of all arenas in use, by their addresses, as the host made them. */
  private readonly headers = new Map<number, { readonly got: Uint8Array; readonly header: Uint8Array }>();

  private constructor(live: LivePatch, fadeFrames: number) {
    this.live = live;
    this.fadeFrames = fadeFrames;
    this.known = new Uint8Array(live.memory.buffer).slice();
  }

  /** `memoryPages`: for patches with large arrays more than one MiB. `limits`: from which sizes on state is not copied. */
  static async create(
    text: string,
    fadeFrames: number,
    memoryPages = MEMORY_PAGES,
    limits: CarryLimits = CARRY_LIMITS,
  ): Promise<GuardedPatch> {
    const live = await LivePatch.silent({ fadeFrames, limits });
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
    const { address, sizeBytes, gotBytes, cleanFrom = sizeBytes } = batch.arena;
    const memory = new Uint8Array(this.live.memory.buffer);
    if (address + sizeBytes > memory.length) throw new Error('the test has too little memory');
    const clean = memory.subarray(address + cleanFrom, address + sizeBytes);
    const isClean = Buffer.compare(clean, Buffer.alloc(clean.length, PATTERN)) === 0;
    if (!isClean && batch.reinstates === null) throw new Error(`from ${address + cleanFrom} on memory was used before`);
    // Nothing is clean here.
    const { cleanFrom: _, ...arena } = batch.arena;
    this.live.renderer.receive(batch.reinstates === null ? { ...batch, arena, outside: allDirty(batch) } : batch);
    this.live.renderer.stageAll();
    const owned = batch.reinstates === null ? this.ownedBy(batch) : (this.tenancies.get(address) ?? []);
    this.tenancies.set(address, owned);
    if (batch.reinstates === null) this.forgetHeaders(owned);
    this.check([...this.playing, ...owned], 'staging');
    this.headers.set(address, {
      got: memory.slice(address - gotBytes, address),
      header: memory.slice(address, address + SYMBOLS_START),
    });
    this.fading = batch.transition === 'fade' ? this.playing : [];
    this.playing = owned;
  }

  /** What its arena has of its own, and the data of others that the header lists, where that was somebody's who played. */
  private ownedBy({ arena: { address, sizeBytes, gotBytes }, holes, outside }: NewArenaBatch): readonly Owned[] {
    const pieces: Owned[] = [{ start: address - gotBytes, end: address }];
    for (let n = 0; n < outside.length; n += 3) {
      pieces.push({ start: address + outside[n]!, end: address + outside[n + 1]! });
    }
    let start = 0;
    for (let n = 0; n < holes.length; n += 2) {
      pieces.push({ start: address + start, end: address + holes[n]! });
      start = holes[n + 1]!;
    }
    pieces.push({ start: address + start, end: address + sizeBytes });
    const view = new DataView(this.live.memory.buffer);
    const count = view.getInt32(address + HEADER.REACHABLE_COUNT, true);
    for (let n = 0; n < count; n++) {
      const from = address + view.getInt32(address + HEADER.REACHABLE + 8 * n, true);
      const end = from + view.getInt32(address + HEADER.REACHABLE + 8 * n + 4, true);
      if (covers(pieces, from, end)) continue;
      // Data that has grown where it lay ends in what is new.
      if (!covers([...this.playing, ...pieces], from, end)) {
        throw new Error(`staging: ${from} to ${end} belongs to nobody who plays, and may be written`);
      }
      this.adoptions++;
      pieces.push({ start: from, end });
    }
    return pieces;
  }

  /** Arenas that began here are gone. */
  private forgetHeaders(owned: readonly Owned[]): void {
    for (const address of this.headers.keys()) {
      if (owned.some(({ start, end }) => start <= address && address < end)) this.headers.delete(address);
    }
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
    for (const { start } of owned) this.checkHeader(start, when);
    for (const { start, end } of owned) this.known.set(memory.subarray(start, end), start);
    if (Buffer.compare(memory, this.known) === 0) return;
    const at = memory.findIndex((byte, index) => byte !== this.known[index]);
    throw new Error(`${when}: byte ${at} belongs to nobody who plays, and was written`);
  }
  /** `address`: of an arena, or of a part of one. */
  private checkHeader(address: number, when: string): void {
    const made = this.headers.get(address);
    if (!made) return;
    const { got, header } = made;
    const memory = new Uint8Array(this.live.memory.buffer);
    if (Buffer.compare(memory.subarray(address - got.length, address), got) !== 0)
      throw new Error(`${when}: an entry of the GOT was written`);
    for (const [start, end] of FIXED) {
      for (let at = start; at < end; at++) {
        if (memory[address + at] !== header[at])
          throw new Error(`${when}: byte ${at} of the header is the host's, and was written`);
      }
    }
  }
}

/** What lies outside of the arena, as if all of it had been used before. */
const allDirty = ({ outside }: NewArenaBatch): Int32Array<ArrayBuffer> =>
  outside.map((at, n) => (n % 3 === 2 ? outside[n - 1]! : at));

/**
 * What is known of an arena before the first frame: the bytes that the top level left, and where what a frame makes is put.
 * In: the image of a generation as it was placed. Out: values at offsets from the base of the arena, which are those in the
 * image but for data that lies elsewhere: that may be anywhere, also in front of the base. Pure.
 */

import type { Access } from '../compiler/ir.ts';
import { HEADER, SYMBOLS_START } from '../protocol/arena.ts';

export const ACCESS_BYTES: Readonly<Record<Access, number>> = {
  f64: 8,
  i64: 8,
  f32: 4,
  i32: 4,
  i16: 2,
  u16: 2,
  i8: 1,
  u8: 1,
};

/** Header fields that hold what they do for as long as a generation lives. */
const LASTING: ReadonlySet<number> = new Set([
  HEADER.SCRATCH_START,
  HEADER.HEAP_LIMIT,
  HEADER.POINTER_LIMIT,
  HEADER.SAMPLE_RATE,
]);

/** A part of the image, [start, end), whose bytes lie elsewhere than the rest: from this offset on. */
export interface Elsewhere {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

export class KnownImage {
  readonly scratchStart: number;
  readonly heapLimit: number;
  private readonly view: DataView;
  /** Bytes that a swap writes when it carries state over: not what the image says. By offset, [from, to). */
  private readonly carried: readonly (readonly [from: number, to: number])[];

  private readonly elsewhere: readonly Elsewhere[];

  constructor(
    image: Uint8Array<ArrayBuffer>,
    carried: readonly (readonly [from: number, to: number])[],
    elsewhere: readonly Elsewhere[] = [],
  ) {
    this.elsewhere = elsewhere;
    this.view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    this.carried = carried;
    this.scratchStart = this.view.getInt32(HEADER.SCRATCH_START, true);
    this.heapLimit = this.view.getInt32(HEADER.HEAP_LIMIT, true);
  }

  get sizeBytes(): number {
    return this.view.byteLength;
  }

  /** Whether so many bytes are those of the image when a generation begins, and no header field that somebody else sets. */
  isKnown(offset: number, bytes: number): boolean {
    if (offset >= 0 && offset < SYMBOLS_START) return LASTING.has(offset);
    const at = this.locate(offset, bytes);
    return at !== null && !this.carried.some(([from, to]) => from < at + bytes && at < to);
  }

  /** Where these bytes are in the image; `null`: they are none of it, or not in one piece. */
  protected locate(offset: number, bytes: number): number | null {
    const end = offset + bytes;
    for (const part of this.elsewhere) {
      if (part.offset <= offset && end <= part.offset + part.end - part.start) return offset - part.offset + part.start;
    }
    return offset >= SYMBOLS_START && end <= this.view.byteLength && this.isInPlace(offset, end) ? offset : null;
  }

  private isInPlace(offset: number, end: number): boolean {
    return !this.elsewhere.some((part) => part.start < end && offset < part.end);
  }

  /** Whether code may reach so many bytes: symbols, heap, and what frames allocate. */
  isReachable(offset: number, bytes: number): boolean {
    const end = offset + bytes;
    if (this.locate(offset, bytes) !== null) return true;
    const limit = Math.max(this.heapLimit, this.view.byteLength);
    return offset >= SYMBOLS_START && end <= limit && this.isInPlace(offset, end);
  }

  /** `null`: bits that a JavaScript number does not keep, or none of the image. */
  read(access: Access, at: number): number | bigint | null {
    const { view } = this;
    const offset = this.elsewhere.length === 0 ? at : (this.locate(at, ACCESS_BYTES[access]) ?? at);
    if (offset < 0 || offset + ACCESS_BYTES[access] > view.byteLength) return null;
    switch (access) {
      case 'f64': {
        const value = view.getFloat64(offset, true);
        return Number.isNaN(value) ? null : value;
      }
      case 'f32': {
        const value = view.getFloat32(offset, true);
        return Number.isNaN(value) ? null : value;
      }
      case 'i64':
        return view.getBigInt64(offset, true);
      case 'i32':
        return view.getInt32(offset, true);
      case 'i16':
        return view.getInt16(offset, true);
      case 'u16':
        return view.getUint16(offset, true);
      case 'i8':
        return view.getInt8(offset);
      case 'u8':
        return view.getUint8(offset);
    }
  }
}

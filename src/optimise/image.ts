/**
 * What is known of an arena before the first frame: the bytes that the top level left, and where what a frame makes is put.
 * In: the image of a generation as it was placed. Out: values at offsets. Pure.
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

export class KnownImage {
  readonly scratchStart: number;
  readonly heapLimit: number;
  private readonly view: DataView;
  /** Bytes that a swap writes when it carries state over: not what the image says. By offset, [from, to). */
  private readonly carried: readonly (readonly [from: number, to: number])[];

  constructor(image: Uint8Array<ArrayBuffer>, carried: readonly (readonly [from: number, to: number])[]) {
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
    if (offset < SYMBOLS_START) return LASTING.has(offset);
    if (offset + bytes > this.view.byteLength) return false;
    return !this.carried.some(([from, to]) => from < offset + bytes && offset < to);
  }

  /** Whether code may reach so many bytes: symbols, heap, and what frames allocate. */
  isReachable(offset: number, bytes: number): boolean {
    return offset >= SYMBOLS_START && offset + bytes <= Math.max(this.heapLimit, this.view.byteLength);
  }

  /** `null`: bits that a JavaScript number does not keep. */
  read(access: Access, offset: number): number | bigint | null {
    const { view } = this;
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

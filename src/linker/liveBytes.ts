/**
 * Memory of an arena as far as it has been fetched. In: what was copied from the audio thread. Out: values, and which lines are
 * missing for those that were asked for in vain, so that they can be fetched, too. Pure.
 */

/** Bytes that are fetched together; a value never lies in two lines. */
export const LINE_BYTES = 64;

/** Memory that values are read from. */
export type ReadableBytes = Pick<LiveBytes, 'i32' | 'f64' | 'read'>;

const NOTHING = new DataView(new ArrayBuffer(8));

export class LiveBytes {
  /** By the offset of their first byte. */
  private readonly lines = new Map<number, DataView>();
  private readonly used = new Set<number>();
  private readonly missed = new Set<number>();

  /** Pairs (offset, size), whole lines, and the bytes of all of them. */
  fill(ranges: Int32Array, bytes: Uint8Array<ArrayBuffer>): void {
    let at = 0;
    for (let n = 0; n < ranges.length; n += 2) {
      for (let offset = 0; offset < ranges[n + 1]!; offset += LINE_BYTES) {
        this.lines.set(ranges[n]! + offset, new DataView(bytes.buffer, bytes.byteOffset + at, LINE_BYTES));
        at += LINE_BYTES;
      }
    }
  }

  /** Whether something was asked for that is not here. */
  get isMissing(): boolean {
    return this.missed.size > 0;
  }

  i32(offset: number): number {
    const view = this.line(offset);
    return view.getInt32(view === NOTHING ? 0 : offset & (LINE_BYTES - 1) & ~3, true);
  }

  f64(offset: number): number {
    const view = this.line(offset);
    return view.getFloat64(view === NOTHING ? 0 : offset & (LINE_BYTES - 1) & ~7, true);
  }

  /** A number of so many bytes as the reader of a DataView gives it. */
  read(offset: number, read: (view: DataView, at: number) => number): number {
    const view = this.line(offset);
    return read(view, view === NOTHING ? 0 : offset & (LINE_BYTES - 1));
  }

  private line(offset: number): DataView {
    const start = offset & ~(LINE_BYTES - 1);
    this.used.add(start);
    const view = this.lines.get(start);
    if (view) return view;
    this.missed.add(start);
    return NOTHING;
  }

  /** What has been asked for, as pairs (offset, size) in rising order; neighbours are one. At most so many lines. */
  wanted(maxLines: number): Int32Array<ArrayBuffer> {
    const ranges: number[] = [];
    let end = Number.NaN;
    for (const start of [...this.used].sort((a, b) => a - b).slice(0, maxLines)) {
      if (start === end) ranges[ranges.length - 1]! += LINE_BYTES;
      else ranges.push(start, LINE_BYTES);
      end = start + LINE_BYTES;
    }
    return Int32Array.from(ranges);
  }
}

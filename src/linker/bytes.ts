/** Comparing bytes of images word by word: an image may be tens of megabytes. */

/** Part of an image that is filled with these bytes, and that nothing writes. */
interface Filled {
  readonly start: number;
  readonly source: Uint8Array;
  /** Whether the bytes are not there yet: the image has zeros instead. */
  isDue: boolean;
}

/** Sound files, mostly: to copy and to compare a hundred megabytes of them would take longer than all else about an edit. */
const filled = new WeakMap<Uint8Array, Filled[]>();

/** For tests: how many bytes have been put into images. */
export const filling = { bytes: 0 };

/**
 * Fills a part of an image that nothing is going to write: images that are filled from one source are the same there. The bytes are put
 * there when somebody asks for them (`completed`): most images are only compared with others, and what both have is sent for none.
 */
export function fillImage(image: Uint8Array, start: number, source: Uint8Array): void {
  const part = { start, source, isDue: true };
  const known = filled.get(image);
  if (known) known.push(part);
  else filled.set(image, [part]);
}

/** The same image, with all its bytes from `start` to `end`. */
export function completed<Bytes extends Uint8Array>(image: Bytes, start = 0, end = image.length): Bytes {
  for (const part of filled.get(image) ?? []) fill(image, part, start, end);
  return image;
}

/** A copy with all its bytes. The image itself may go without. */
export function completeCopy(image: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = image.slice();
  for (const part of filled.get(image) ?? []) fill(copy, { ...part }, 0, copy.length);
  return copy;
}

/** What of it lies between `from` and `to`: a few bytes at its ends are sent with what lies beside them. */
function fill(image: Uint8Array, part: Filled, from: number, to: number): void {
  const { start, source, isDue } = part;
  const [first, last] = [Math.max(from, start), Math.min(to, start + source.length)];
  if (!isDue || first >= last) return;
  const size = last - first;
  image.set(size === source.length ? source : source.subarray(first - start, last - start), first);
  if (size === source.length) part.isDue = false;
  filling.bytes += size;
}

/** Whether `sizeBytes` bytes of `a` from `aStart` on are those of `b` from `bStart` on. */
export function sameBytes(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number, sizeBytes: number): boolean {
  const [ofA, ofB] = [filled.get(a) ?? [], filled.get(b) ?? []];
  const isWithin = ({ start, source }: Filled): boolean =>
    start >= aStart && start + source.length <= aStart + sizeBytes;
  const other = ({ start, source }: Filled): Filled | undefined =>
    ofB.find((part) => part.source === source && part.start - bStart === start - aStart);
  const both = ofA.filter((part) => isWithin(part) && other(part));
  for (const part of ofA) if (!both.includes(part)) fill(a, part, aStart, aStart + sizeBytes);
  for (const part of ofB) {
    const isBoth = both.some((one) => other(one) === part);
    if (!isBoth) fill(b, part, bStart, bStart + sizeBytes);
  }
  let [from, isSame] = [0, true];
  for (const { start, source } of both.toSorted((one, another) => one.start - another.start)) {
    const until = start - aStart;
    isSame &&= sameStretch(a, aStart + from, b, bStart + from, until - from);
    from = until + source.length;
  }
  return isSame && sameStretch(a, aStart + from, b, bStart + from, sizeBytes - from);
}

function sameStretch(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number, sizeBytes: number): boolean {
  const isAligned = ((a.byteOffset + aStart) & 3) === 0 && ((b.byteOffset + bStart) & 3) === 0;
  const wordCount = isAligned ? sizeBytes >> 2 : 0;
  if (wordCount > 0) {
    const [left, right] = [wordsAt(a, aStart, wordCount), wordsAt(b, bStart, wordCount)];
    for (let index = 0; index < wordCount; index++) if (left[index] !== right[index]) return false;
  }
  for (let at = 4 * wordCount; at < sizeBytes; at++) if (a[aStart + at] !== b[bStart + at]) return false;
  return true;
}

const wordsAt = (bytes: Uint8Array, start: number, count: number): Int32Array =>
  new Int32Array(bytes.buffer, bytes.byteOffset + start, count);

/** The same for one cell of 4 or 8 bytes at multiples of 4, without making views. */
export const sameCell = (a: Int32Array, aOffset: number, b: Int32Array, bOffset: number, sizeBytes: number): boolean =>
  a[aOffset >> 2] === b[bOffset >> 2] && (sizeBytes === 4 || a[(aOffset >> 2) + 1] === b[(bOffset >> 2) + 1]);

/** The index of the first word from `index` on that is not zero, or `end`. Most of a large image is zero. */
export function skipZeros(words: Int32Array, index: number, end: number): number {
  let at = index;
  if (at >= end || words[at] !== 0) return at;
  for (const lastWhole = end - ZEROS; at <= lastWhole; at += ZEROS) {
    const low = words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!;
    const high = words[at + 4]! | words[at + 5]! | words[at + 6]! | words[at + 7]!;
    if ((low | high) !== 0) break;
  }
  while (at < end && words[at] === 0) at++;
  return at;
}

/** So many words are looked at together. */
const ZEROS = 8;

const COPY_WORDS = 4096;

/**
 * The same bytes. Where there are only zeros the copy takes no memory of the machine's, which gives it none before it is written.
 * `zeros`: pairs (start, end) in rising order, where there are no others, so that nobody need look.
 */
export function copyOf(bytes: Uint8Array, zeros: readonly number[] = []): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  let from = 0;
  for (let n = 0; n < zeros.length; n += 2) {
    copyWords(bytes, copy, from, zeros[n]!);
    from = zeros[n + 1]!;
  }
  copyWords(bytes, copy, from, bytes.length);
  return copy;
}

function copyWords(bytes: Uint8Array, copy: Uint8Array, from: number, to: number): void {
  const firstWord = (from + 3) >> 2;
  const lastWord = to >> 2;
  if (firstWord >= lastWord) {
    copy.set(bytes.subarray(from, to), from);
    return;
  }
  copy.set(bytes.subarray(from, 4 * firstWord), from);
  const words = wordsAt(bytes, 0, lastWord);
  for (let index = skipZeros(words, firstWord, lastWord); index < lastWord; ) {
    const end = Math.min(lastWord, index + COPY_WORDS);
    copy.set(bytes.subarray(4 * index, 4 * end), 4 * index);
    index = skipZeros(words, end, lastWord);
  }
  copy.set(bytes.subarray(4 * lastWord, to), 4 * lastWord);
}

const MAX_RANGES = 2 ** 22;

/** Sorted ranges of bytes, to be asked whether some bytes are among them. */
export class ByteRanges {
  private starts: number[] = [];
  private ends: number[] = [];

  /** Pairs (start, end) in rising order. */
  get pairs(): number[] {
    return this.starts.flatMap((start, n) => [start, this.ends[n]!]);
  }

  /** `ranges`: pairs (start, end) in any order, each below 2^31. */
  add(ranges: readonly number[]): void {
    const all = this.pairs;
    for (const at of ranges) all.push(at);
    // Sorted as numbers, which is much faster than as pairs.
    const order = new Float64Array(all.length / 2);
    for (let n = 0; n < order.length; n++) order[n] = all[2 * n]! * MAX_RANGES + n;
    if (order.length > MAX_RANGES) {
      // Too many to be told apart: all from the first to the last.
      this.starts = [all.reduce((least, at) => Math.min(least, at))];
      this.ends = [all.reduce((most, at) => Math.max(most, at))];
      return;
    }
    order.sort();
    this.starts = [];
    this.ends = [];
    for (const packed of order) {
      const n = packed % MAX_RANGES;
      const [start, end] = [all[2 * n]!, all[2 * n + 1]!];
      const last = this.ends.length - 1;
      if (last >= 0 && start <= this.ends[last]!) this.ends[last] = Math.max(this.ends[last]!, end);
      else {
        this.starts.push(start);
        this.ends.push(end);
      }
    }
  }

  /** Whether any byte from `start` up to `end` is in one of the ranges. */
  meets(start: number, end: number): boolean {
    if (this.starts.length === 0) return false;
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! < end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && start < this.ends[low - 1]!;
  }
}

/** Pairs (start, end) in rising order, without these words of four bytes. */
export function withoutWords(pairs: readonly number[], words: readonly number[]): number[] {
  const holes = words.toSorted((a, b) => a - b);
  const rest: number[] = [];
  let hole = 0;
  for (let n = 0; n < pairs.length; n += 2) {
    let [start, end] = [pairs[n]!, pairs[n + 1]!];
    while (hole < holes.length && holes[hole]! < start) hole++;
    for (let at = hole; at < holes.length && holes[at]! < end; at++) {
      if (holes[at]! > start) rest.push(start, holes[at]!);
      start = holes[at]! + 4;
    }
    if (start < end) rest.push(start, end);
  }
  return rest;
}

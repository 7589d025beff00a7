/**
 * The optimiser as a question and an answer that can be posted: it takes up to a second and cannot be interrupted, so it
 * runs in a thread of its own where there are threads. In: what a generation is made of, and what of its arena a swap
 * writes. Out: the bytes of a module and what it takes for granted, or why there is none. Pure; nothing thrown leaves it.
 */

import type { IrFunction } from '../compiler/ir.ts';
import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import { ByteRanges, withoutWords } from '../linker/bytes.ts';
import type { Assumptions } from '../optimise/assumptions.ts';
import { type Elsewhere, KnownImage } from '../optimise/image.ts';
import { emitOptimised } from '../optimise/module.ts';
import { optimise } from '../optimise/optimise.ts';
import { MAX_CHECK_WORDS } from '../protocol/generation.ts';

export interface OptimiserJob {
  /** Functions that run while the patch sounds, with those of the library. */
  readonly functions: readonly (readonly [symbol: string, ir: IrFunction])[];
  /** By import name. */
  readonly offsets: readonly (readonly [name: string, offset: number])[];
  /** With the words in it that depend on where it was placed. */
  readonly image: Uint8Array<ArrayBuffer>;
  readonly elsewhere: readonly Elsewhere[];
  /** See `OptimiserInput`. */
  readonly extents: readonly number[];
  /** All that follows is in offsets of the image. Pairs (start, end): bytes that hold anything when this code takes over, or when state comes back later. */
  readonly unknown: readonly number[];
  /** Words that a swap writes, too, but which point at objects of this arena: taken to be as in the image, and checked. */
  readonly pointers: readonly number[];
}

export type OptimiserAnswer =
  | {
      readonly kind: 'optimised';
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** See `Promotion.checks`. */
      readonly checks: Int32Array<ArrayBuffer>;
      /** Pairs (start, end): bytes of the image whose values there are part of the code. */
      readonly constants: readonly number[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

export function runOptimiser(job: OptimiserJob): OptimiserAnswer {
  const { functions, offsets, image, elsewhere, extents, unknown, pointers } = job;
  const irOf = new Map(functions);
  const offsetOf = new Map(offsets);
  const byEntry = new Map(functions.map(([symbol, ir]) => [offsetOf.get(`function:${symbol}`), ir]));
  const known = new RecordingImage(image, unknown, elsewhere);
  const input = {
    render: irOf.get(RENDER_SYMBOL)!,
    functions: irOf,
    offsetOf: (name: string) => offsetOf.get(name) ?? 0,
    functionAt: (offset: number) => byEntry.get(offset),
    image: known,
    extents,
  };
  try {
    const optimised = optimise(input);
    if (optimised.kind === 'refused') return optimised;
    const bytes = emitOptimised(optimised.program, input);
    const checks = checksOf(pointers, optimised.assumptions, known);
    if (!checks) return { kind: 'refused', reason: 'too much depends on what its variables point at' };
    return { kind: 'optimised', bytes, checks, constants: known.constants(pointers) };
  } catch (thrown) {
    // A mistake of ours costs speed, not sound.
    return { kind: 'refused', reason: `the optimiser failed (${thrown instanceof Error ? thrown.message : thrown})` };
  }
}

/** Notes which bytes were taken to be as they are in the image, in offsets of the image. */
class RecordingImage extends KnownImage {
  private readonly unknown = new ByteRanges();
  /** Where ranges that were asked for begin, and how far the longest of them goes. */
  private readonly ends = new Map<number, number>();

  constructor(image: Uint8Array<ArrayBuffer>, unknown: readonly number[], elsewhere: readonly Elsewhere[]) {
    super(image, [], elsewhere);
    this.unknown.add(unknown);
  }

  override isKnown(offset: number, bytes: number): boolean {
    if (!super.isKnown(offset, bytes)) return false;
    const at = this.locate(offset, bytes) ?? offset;
    if (this.unknown.meets(at, at + bytes)) return false;
    this.ends.set(at, Math.max(this.ends.get(at) ?? 0, at + bytes));
    return true;
  }

  /** Whether anything has depended on this word. */
  isUsed(word: number): boolean {
    const end = this.ends.get(word) ?? 0;
    return end > word || this.used().meets(word, word + 4);
  }

  private ranges: ByteRanges | null = null;

  private used(): ByteRanges {
    if (!this.ranges) {
      this.ranges = new ByteRanges();
      this.ranges.add([...this.ends].flat());
    }
    return this.ranges;
  }

  /** Pairs (start, end), without these words. */
  constants(words: readonly number[]): number[] {
    return withoutWords(this.used().pairs, words);
  }
}

/** `null`: there are too many. */
function checksOf(
  pointers: readonly number[],
  { assumedPointers }: Assumptions,
  image: RecordingImage,
): Int32Array<ArrayBuffer> | null {
  const checks: number[] = [];
  for (const word of pointers) {
    if (!image.isUsed(word)) continue;
    const assumed = assumedPointers.get(word);
    // Anything may be there.
    if (assumed === null) continue;
    const values = assumed ?? [Number(image.read('i32', word))];
    checks.push(word, values.length, ...values);
    if (checks.length > MAX_CHECK_WORDS) return null;
  }
  return Int32Array.from(checks);
}

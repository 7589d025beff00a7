/**
 * Batches written by hand, for tests of loader, renderer and player that must not depend on the compiler. They keep to
 * the layout of src/protocol/arena.ts. Tests only.
 *
 * The program they hold, two units linked through the table:
 *
 *   phase = start                            // a variable of the arena
 *   step = () => phase += increment          // the unit `step`, which the root calls by its GOT entry
 *   root = () => [gain * step(), currentFrame]
 *
 * so that the left channel shows state and code, the right one time.
 */

import binaryen from 'binaryen';
import { ARENA_ALIGNMENT_BYTES, HEADER, SYMBOLS_START } from '../protocol/arena.ts';
import type { ArenaImage, BatchModule, CopyPlan, NewArenaBatch } from '../protocol/generation.ts';
import { address, generation, slot } from '../protocol/units.ts';

/** Offsets of the program's symbols in its arena. */
export const SYMBOL = { root: SYMBOLS_START, step: SYMBOLS_START + 4, phase: SYMBOLS_START + 8 } as const;
/** Free space for a test's own use, after the symbols. */
export const HEAP_START = SYMBOLS_START + 16;

export const emptyPlan = (): CopyPlan => ({
  ...{
    ahead: new Int32Array(),
    copies: new Int32Array(),
    pointers: new Int32Array(),
    objects: new Int32Array(),
    rings: new Int32Array(),
    fits: new Int32Array(),
  },
});

/** Bytes of an image, and where they go. */
export interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export const imageOf = (pieces: readonly Piece[]): ArenaImage => ({
  runs: Int32Array.from(pieces.flatMap(({ offset, bytes }) => [offset, bytes.length])),
  bytes: Uint8Array.from(pieces.flatMap(({ bytes }) => [...bytes])),
});

/** The plan that keeps `phase`. */
export const phasePlan = (): CopyPlan => ({ ...emptyPlan(), copies: Int32Array.of(SYMBOL.phase, SYMBOL.phase, 8) });

export interface RootOptions {
  /** Factor of the left channel; 1 if not given. */
  readonly gain?: number;
  /** Factor of the right channel; 1 if not given. */
  readonly rightGain?: number;
  /** Traps when it is about to render this frame. */
  readonly trapFrame?: number;
}

const f64 = (value: number) => (Object.is(value, -0) ? '-0' : Number.isNaN(value) ? 'nan' : String(value));

/** Exports `render` and `root`. */
export function rootWat({ gain = 1, rightGain = 1, trapFrame = Number.NaN }: RootOptions): string {
  return `(module
    (type $step (func (param i32) (result f64)))
    (import "env" "memory" (memory 1))
    (import "env" "table" (table 1 funcref))
    (import "symbol" "step" (global $step i32))
    (func (export "render") (param $base i32) (param $frames i32)
      (local $n i32) (local $now f64)
      (loop $next
        (local.set $now (f64.load offset=${HEADER.CURRENT_FRAME} (local.get $base)))
        (if (f64.eq (local.get $now) (f64.const ${f64(trapFrame)})) (then
          (i32.store offset=${HEADER.TRAP_SYMBOL} (local.get $base) (i32.const ${SYMBOL.root}))
          (i32.store offset=${HEADER.TRAP_SITE} (local.get $base) (i32.const 7))
          (unreachable)))
        (f64.store offset=${HEADER.OUTPUT_LEFT}
          (i32.add (local.get $base) (i32.shl (local.get $n) (i32.const 3)))
          (f64.mul (f64.const ${f64(gain)})
            (call_indirect (type $step) (local.get $base)
              (i32.load (i32.add (local.get $base) (global.get $step))))))
        (f64.store offset=${HEADER.OUTPUT_RIGHT}
          (i32.add (local.get $base) (i32.shl (local.get $n) (i32.const 3)))
          (f64.mul (f64.const ${f64(rightGain)}) (local.get $now)))
        (f64.store offset=${HEADER.CURRENT_FRAME} (local.get $base) (f64.add (local.get $now) (f64.const 1)))
        (br_if $next (i32.lt_u
          (local.tee $n (i32.add (local.get $n) (i32.const 1)))
          (local.get $frames))))))`;
}

/** Exports `step`. */
export function stepWat(increment: number): string {
  return `(module
    (import "env" "memory" (memory 1))
    (import "symbol" "phase" (global $phase i32))
    (func (export "step") (param $base i32) (result f64)
      (local $at i32) (local $value f64)
      (local.set $at (i32.add (local.get $base) (global.get $phase)))
      (local.set $value (f64.add (f64.load (local.get $at)) (f64.const ${f64(increment)})))
      (f64.store (local.get $at) (local.get $value))
      (local.get $value)))`;
}

const assembled = new Map<string, Uint8Array<ArrayBuffer>>();

/** WebAssembly text to bytes. */
export function assemble(wat: string): Uint8Array<ArrayBuffer> {
  let bytes = assembled.get(wat);
  if (bytes === undefined) {
    const module = binaryen.parseText(wat);
    bytes = new Uint8Array(module.emitBinary());
    module.dispose();
    assembled.set(wat, bytes);
  }
  return bytes;
}

export const rootModule = (renderSlot: number, options: RootOptions): BatchModule => ({
  code: assemble(rootWat(options)),
  symbols: { step: SYMBOL.step },
  exports: [{ name: 'render', slot: slot(renderSlot) }],
});

export const stepModule = (stepSlot: number, increment: number): BatchModule => ({
  code: assemble(stepWat(increment)),
  symbols: { phase: SYMBOL.phase },
  exports: [{ name: 'step', slot: slot(stepSlot) }],
});

const ARENA_BYTES = Math.ceil((HEAP_START + 1024) / ARENA_ALIGNMENT_BYTES) * ARENA_ALIGNMENT_BYTES;

export interface ProgramOptions extends RootOptions {
  readonly generation: number;
  readonly from?: number | null;
  readonly base: number;
  readonly renderSlot: number;
  readonly stepSlot: number;
  /** Added to `phase` each frame; no module is made for `step` when this is null, its slot is in use already. */
  readonly increment: number | null;
  /** Value of `phase` in the image. */
  readonly start?: number;
  readonly fadeFrames?: number;
  readonly plan?: NewArenaBatch['plan'];
  /** Bytes of the image beside GOT and phase. */
  readonly extra?: readonly Piece[];
}

/** A batch that is ready to be posted. */
export function programBatch(options: ProgramOptions): NewArenaBatch {
  const { base, renderSlot, stepSlot, increment, from = null } = options;
  const symbols = new DataView(new ArrayBuffer(HEAP_START - SYMBOLS_START));
  symbols.setInt32(SYMBOL.root - SYMBOLS_START, renderSlot, true);
  symbols.setInt32(SYMBOL.step - SYMBOLS_START, stepSlot, true);
  symbols.setFloat64(SYMBOL.phase - SYMBOLS_START, options.start ?? 0, true);
  return {
    generation: generation(options.generation),
    from: from === null ? null : generation(from),
    memoryBytes: base + ARENA_BYTES,
    tableSlots: Math.max(renderSlot, stepSlot) + 1,
    modules: [rootModule(renderSlot, options), ...(increment === null ? [] : [stepModule(stepSlot, increment)])],
    arena: { address: address(base), sizeBytes: ARENA_BYTES, gotBytes: 0 },
    image: imageOf([{ offset: SYMBOLS_START, bytes: new Uint8Array(symbols.buffer) }, ...(options.extra ?? [])]),
    plan: options.plan ?? (from === null ? emptyPlan() : phasePlan()),
    render: slot(renderSlot),
    fadeFrames: options.fadeFrames ?? 0,
    transition: options.fadeFrames ? 'fade' : 'cut',
    ...{ quantumBeats: 0, quantumBpm: 0, bpmOffset: null },
    holes: new Int32Array(),
    outside: new Int32Array(),
    reinstates: null,
  };
}

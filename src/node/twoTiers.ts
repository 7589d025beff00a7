/**
 * A patch in both tiers, each in an arena of its own, without the engine around it: for comparing what they play, and how
 * long they take. In: a text. Out: two renders. Tests and benchmarks; Node and worker alike.
 */

import { emit } from '../compiler/emit/emit.ts';
import type { LibrarySource } from '../compiler/library.ts';
import { RENDER_SYMBOL } from '../compiler/symbols.ts';
import { extentsOf } from '../linker/extents.ts';
import { Linker } from '../linker/linker.ts';
import type { ObjectModule } from '../linker/linkTypes.ts';
import { ArenaState } from '../linker/state.ts';
import { bpmOffsetOf } from '../linker/tempo.ts';
import { KnownImage } from '../optimise/image.ts';
import type { OptimiserInput } from '../optimise/input.ts';
import { emitOptimised } from '../optimise/module.ts';
import { type AfterPass, type Optimised, optimise } from '../optimise/optimise.ts';
import {
  DEFAULT_BPM,
  GOT_ENTRY_BYTES,
  HEADER,
  IMPORTS,
  MAX_BLOCK_FRAMES,
  MAX_BURST_FUEL,
  MAX_MEMORY_PAGES,
  PAGE_BYTES,
  type RenderFunction,
  SCRATCH_BYTES,
  TABLE_SLOTS,
} from '../protocol/arena.ts';
import { PatchCompiler } from '../worker/patchCompiler.ts';

/** A patch with mistakes. */
export class RejectedPatch extends Error {}

export interface TierOptions {
  readonly sampleRate?: number;
  readonly seed?: number;
  /** Leaves out the second. */
  readonly firstOnly?: boolean;
  /** Sees the program after each pass. */
  readonly after?: AfterPass;
  /** The second is not made. */
  readonly isFirstAlone?: boolean;
}

/** One tier of a patch. */
export interface Tier {
  /** Renders the next frames (1 to 128) into both arrays. @throws where the patch traps. */
  render(left: Float64Array, right: Float64Array, frames: number): void;
  /** The same without the copy: the samples stay in the arena. */
  run(frames: number): void;
  /** The arena as it is. */
  arena(): Uint8Array;
}

export interface TwoTiers {
  readonly first: Tier;
  /** `null`: it stays in the first. */
  readonly second: Tier | null;
  readonly optimised: Optimised;
  /** Milliseconds that the optimiser took. */
  readonly optimiserMs: number;
  readonly moduleBytes: number;
}

export function twoTiers(text: string, library: readonly LibrarySource[], options: TierOptions = {}): TwoTiers {
  const { sampleRate = 48_000, seed = 1 } = options;
  const linker = new Linker({
    ...{ postsModules: true, memoryBytes: MAX_MEMORY_PAGES * PAGE_BYTES, tableSlots: TABLE_SLOTS },
  });
  const compiler = new PatchCompiler({ sampleRate, seed, library, allowsNonFinite: true }, emit, linker);
  const made = compiler.compile(text, null);
  if (made.kind === 'rejected') throw new RejectedPatch(made.diagnostics.map(({ message }) => message).join('\n'));
  const { draft, image, functions } = made;
  const irOf = new Map([...functions].map(([name, { ir }]) => [name.slice('function:'.length), ir]));
  const byEntry = new Map([...irOf].map(([symbol, ir]) => [linker.offsetOf(`function:${symbol}`), ir]));
  const startOfArena = Math.ceil((PAGE_BYTES + draft.gotBytes) / PAGE_BYTES) * PAGE_BYTES;
  const bpmOffset = bpmOffsetOf({ draft, image }, linker);
  const bpm = bpmOffset === null ? DEFAULT_BPM : new DataView(image.buffer).getFloat64(bpmOffset, true);
  const pages = Math.ceil((startOfArena + image.length + SCRATCH_BYTES + PAGE_BYTES) / PAGE_BYTES);
  const tierOf = (second: { module: WebAssembly.Module; symbols: Record<string, number> } | null): Tier => {
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: linker.tableSlots + 1 });
    const memory = new WebAssembly.Memory({ initial: pages, maximum: MAX_MEMORY_PAGES });
    new Uint8Array(memory.buffer).set(image, startOfArena);
    const view = new DataView(memory.buffer);
    view.setFloat64(startOfArena + HEADER.BPM, bpm, true);
    // Without the engine nothing is left over by the blocks before, which a transform of a whole window takes.
    const own = view.getInt32(startOfArena + HEADER.FUEL_PER_BLOCK, true);
    view.setInt32(startOfArena + HEADER.FUEL_PER_BLOCK, Math.max(own, MAX_BURST_FUEL), true);
    view.setInt32(startOfArena + HEADER.GOT_ENTRIES, draft.gotBytes / GOT_ENTRY_BYTES, true);
    for (const { offset, value } of draft.words) if (offset < 0) view.setInt32(startOfArena + offset, value, true);
    const instantiate = (module: WebAssembly.Module, symbols: Readonly<Record<string, number>>) =>
      new WebAssembly.Instance(module, {
        [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: memory, [IMPORTS.TABLE]: table },
        [IMPORTS.SYMBOLS]: symbols,
      }).exports;
    // The second tier has the first beside it.
    const instances = new Map<ObjectModule, WebAssembly.Exports>();
    for (const { object, slots } of draft.newCode) {
      const { module } = object;
      const exports = instances.get(module) ?? instantiate(module.module, linker.symbolValues(module));
      instances.set(module, exports);
      for (const [symbol, slot] of slots) table.set(slot, exports[symbol] as () => void);
    }
    const entry = second ? instantiate(second.module, second.symbols)[RENDER_SYMBOL] : table.get(draft.renderSlot);
    const render = entry as RenderFunction;
    const channel = (field: number) => new Float64Array(memory.buffer, startOfArena + field, MAX_BLOCK_FRAMES);
    const [outLeft, outRight] = [channel(HEADER.OUTPUT_LEFT), channel(HEADER.OUTPUT_RIGHT)];
    return {
      run: (frames) => render(startOfArena, frames),
      render(left, right, frames) {
        render(startOfArena, frames);
        for (let n = 0; n < frames; n++) {
          left[n] = outLeft[n]!;
          right[n] = outRight[n]!;
        }
      },
      arena: () => new Uint8Array(memory.buffer, startOfArena, image.length),
    };
  };
  const first = tierOf(null);
  if (options.firstOnly) {
    return { first, second: null, optimised: { kind: 'refused', reason: '' }, optimiserMs: 0, moduleBytes: 0 };
  }
  const offsetOf = (name: string) => linker.offsetOf(name);
  const input: OptimiserInput = {
    render: irOf.get(RENDER_SYMBOL)!,
    functions: irOf,
    offsetOf: (name) => offsetOf(name) ?? 0,
    functionAt: (offset) => byEntry.get(offset),
    image: new KnownImage(image, []),
    extents: extentsOf(new ArenaState(image, draft.input, offsetOf), draft, offsetOf, []),
  };
  const startMs = performance.now();
  const optimised: Optimised = options.isFirstAlone
    ? { kind: 'refused', reason: 'it was not asked for' }
    : optimise(input, options.after);
  const optimiserMs = performance.now() - startMs;
  if (optimised.kind === 'refused') return { first, second: null, optimised, optimiserMs, moduleBytes: 0 };
  const bytes = emitOptimised(optimised.program, input);
  const module = new WebAssembly.Module(bytes);
  const symbols = Object.fromEntries(
    WebAssembly.Module.imports(module)
      .filter(({ kind }) => kind === 'global')
      .map(({ name }) => [name, linker.offsetOf(name) ?? 0]),
  );
  const second = tierOf({ module, symbols });
  return { first, second, optimised, optimiserMs, moduleBytes: bytes.length };
}

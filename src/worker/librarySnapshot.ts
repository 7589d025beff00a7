/**
 * Keeps what the top level of the library makes, such as wave tables, from edit to edit: it comes before all that the patch
 * does, and depends on nothing that the patch does. In: the arena in the shadow before the initialisers of the library run,
 * and after. Out: the same bytes the next time, if the same initialisers with the same code would put them at the same
 * place. Worker and Node.
 */

import { importName } from '../compiler/symbols.ts';
import { copyOf } from '../linker/bytes.ts';
import { toRuns } from '../linker/image.ts';
import type { Linker } from '../linker/linker.ts';
import type { Draft, LinkableUnit, ObjectModule } from '../linker/linkTypes.ts';
import { HEADER, SYMBOLS_START } from '../protocol/arena.ts';
import type { ArenaImage } from '../protocol/generation.ts';

/** The unit that marks variables of the patch as not declared yet. */
const UNSET_UNIT = 'std/unset';

/** Units that run alike in every patch. */
const isSame = ({ isLibrary, name }: LinkableUnit): boolean => isLibrary && name !== UNSET_UNIT;

/** Units with something to do at the top level, those of the library first; the rest in their order. */
export function initialisersOf(draft: Draft): { readonly library: LinkableUnit[]; readonly own: LinkableUnit[] } {
  const units = draft.input.units.filter(({ initialiser }) => initialiser !== null);
  return { library: units.filter(isSame), own: units.filter((unit) => !isSame(unit)) };
}

/** What decides which bytes there will be. */
interface Key {
  readonly heapStart: number;
  /** Keys of code and of initialisers, which are what they do; and names of modules' symbols with their offsets. */
  readonly parts: readonly (string | number | null)[];
}

interface Snapshot extends Key {
  readonly heapBytes: number;
  /** Without its long stretches of zeros, which are room for sound files, mostly. */
  readonly heap: ArenaImage;
  /** Words of the symbols that were written. */
  readonly words: readonly { readonly offset: number; readonly value: number }[];
}

/** What is run in less is not worth keeping: instructions in loops and calls. */
const LEAST_FUEL = 20_000;

export class LibrarySnapshots {
  private last: Snapshot | null = null;

  /** Puts what is known into an arena that is as `Shadow.prepare` makes it. Returns whether it did. */
  restore(draft: Draft, linker: Linker, memory: ArrayBuffer, base: number): boolean {
    const { last } = this;
    if (!last || !isEqual(last, keyOf(draft, linker))) return false;
    const view = new DataView(memory);
    const heapEnd = last.heapStart + last.heapBytes;
    if (heapEnd > view.getInt32(base + HEADER.HEAP_LIMIT, true)) return false;
    const { runs, bytes } = last.heap;
    for (let n = 0, at = 0; n < runs.length; n += 2) {
      const sizeBytes = runs[n + 1]!;
      new Uint8Array(memory).set(bytes.subarray(at, at + sizeBytes), base + last.heapStart + runs[n]!);
      at += sizeBytes;
    }
    for (const { offset, value } of last.words) view.setInt32(base + offset, value, true);
    view.setInt32(base + HEADER.HEAP_POINTER, heapEnd, true);
    return true;
  }

  /** Runs the initialisers of the library by `run`, and keeps what they make if that takes long. */
  keep(draft: Draft, linker: Linker, memory: WebAssembly.Memory, base: number, run: () => void): void {
    const { heapStart } = draft;
    const before = new Int32Array(memory.buffer, base, heapStart >> 2).slice();
    run();
    const view = new DataView(memory.buffer);
    const word = (at: number): number => before[at >> 2]!;
    const fuel = word(HEADER.FUEL) - view.getInt32(base + HEADER.FUEL, true);
    const hasDrawn = word(HEADER.RANDOM_STATE) !== view.getInt32(base + HEADER.RANDOM_STATE, true);
    if (fuel < LEAST_FUEL || hasDrawn) return;
    const words: { offset: number; value: number }[] = [];
    for (let offset = SYMBOLS_START; offset < heapStart; offset += 4) {
      const value = view.getInt32(base + offset, true);
      if (value !== word(offset)) words.push({ offset, value });
    }
    const heapEnd = view.getInt32(base + HEADER.HEAP_POINTER, true);
    const heap = toRuns(copyOf(new Uint8Array(memory.buffer, base + heapStart, heapEnd - heapStart)));
    this.last = { ...keyOf(draft, linker), heap, heapBytes: heapEnd - heapStart, words };
  }
}

function keyOf(draft: Draft, linker: Linker): Key {
  const parts: (string | number | null)[] = [];
  const modules = new Set<ObjectModule>();
  for (const unit of draft.input.units) {
    if (!isSame(unit)) continue;
    const { name, code, initialiser } = unit;
    parts.push(name, code?.key ?? null, initialiser?.key ?? null);
    for (const object of [code, initialiser]) if (object) modules.add(object.module);
  }
  for (const module of modules) for (const symbol of module.imports) parts.push(linker.offsetOf(importName(symbol)));
  return { heapStart: draft.heapStart, parts };
}

function isEqual(a: Key, b: Key): boolean {
  return (
    a.heapStart === b.heapStart &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, index) => part === b.parts[index])
  );
}

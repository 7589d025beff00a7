/**
 * All variables, fields and arrays of an arena that are state, with their paths. In: an image with its shapes. Out: entries, and names
 * for people.
 *
 * A path is made of the names in the text: `voices[2].osc.phase` is the variable `phase` of the closure that the member
 * `osc` of element 2 of `voices` holds. Paths are for people; `match.ts` finds state again
 * without them.
 */

import type { CellShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { isBookkeeping } from './keyedEntries.ts';
import { bytesOfImage, keyedPaths } from './keyedPaths.ts';
import type { ReadableBytes } from './liveBytes.ts';
import { OffsetMap } from './offsetMap.ts';
import { type ArenaState, cellBytes, isPlain, leadOf } from './state.ts';

/** One variable, field or array that is state. */
export interface StateEntry {
  /** Where a name hides another one in the text, the two have the same path. */
  readonly path: string;
  /** The top-level variable that leads to it. */
  readonly root: string;
  /** Offset of the cell, or of an array's descriptor. */
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * Lists the state of an arena, each entry under the first path that leads to it. `isState`: whether a cell, or the array
 * whose descriptor is at the offset, counts although no frame writes it.
 */
export function listState(state: ArenaState, isState: (offset: number) => boolean = () => false): StateEntry[] {
  return new Listing(state, isState).entries;
}

/** Reports are read by people. */
const MAX_NAMES = 2000;
/** A list of links has ever longer paths: what lies further in has the path of what leads there. */
const MAX_PATH_CHARS = 200;

/** Paths, each with a number behind it from the second time on. */
export function listNames(entries: readonly StateEntry[]): string[] {
  const counts = new Map<string, number>();
  const names = entries.slice(0, MAX_NAMES).map(({ path }) => {
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    return count > 1 ? `${path} (${count})` : path;
  });
  if (entries.length > MAX_NAMES) names.push(`and ${entries.length - MAX_NAMES} more`);
  return names;
}

const isOfLibrary = ({ path }: RootShape): boolean => path.startsWith('std/');

interface Pending {
  readonly path: string;
  readonly root: string;
  readonly pointer: number;
  readonly object: ObjectShape;
}

class Listing {
  readonly entries: StateEntry[] = [];
  private readonly state: ArenaState;
  private readonly isState: (offset: number) => boolean;
  private readonly seen = new OffsetMap();
  private readonly bytes: ReadableBytes;
  /** Pointers still to be followed, so that long chains of objects need no deep recursion. */
  private readonly pending: Pending[] = [];

  constructor(state: ArenaState, isState: (offset: number) => boolean) {
    this.state = state;
    this.isState = isState;
    this.bytes = bytesOfImage(state);
    for (const { shape, offset } of state.roots) {
      // What the library keeps for itself has no name in the text.
      if (!isOfLibrary(shape)) this.cell(shape.path, shape.path, offset, shape.cell, shape.written);
    }
    for (let index = 0; index < this.pending.length; index++) this.object(this.pending[index]!);
  }

  private cell(path: string, root: string, offset: number, cell: CellShape, written: boolean): void {
    if (written || this.isState(offset)) this.add(path, root, offset, cellBytes(cell));
    const lead = leadOf(this.state, cell, offset);
    if (lead) this.pending.push({ path, root, ...lead });
  }

  private add(path: string, root: string, offset: number, sizeBytes: number): void {
    this.entries.push({ path, root, offset, sizeBytes });
  }

  private object({ path, root, pointer, object }: Pending): void {
    if (this.seen.get(pointer) !== 0) return;
    this.seen.set(pointer, 1);
    const { state } = this;
    switch (object.kind) {
      case 'record': {
        const keyed = keyedPaths(state, object, pointer, path, this.bytes);
        if (!keyed) this.fields(path, root, pointer, object.fields);
        for (const { path: own, field } of keyed ?? []) {
          this.cell(own, root, pointer + field.offset, field.cell, field.written);
        }
        return;
      }
      case 'typedArray':
        if (object.written || this.isState(pointer)) {
          this.add(path, root, pointer, state.lengthOf(pointer) * object.elementBytes);
        }
        return;
      case 'array': {
        const { element, elementBytes, written } = object;
        const count = state.lengthOf(pointer);
        if (isPlain(element)) {
          if (written || this.isState(pointer)) this.add(path, root, pointer, count * elementBytes);
          return;
        }
        const data = state.dataOf(pointer);
        for (let n = 0; n < count; n++) {
          const own = path.length < MAX_PATH_CHARS ? `${path}[${n}]` : path;
          this.cell(own, root, data + n * elementBytes, element, written);
        }
        return;
      }
      case 'function': {
        const member = state.memberAt(pointer, object);
        if (member) this.fields(path, root, pointer, member.fields);
        return;
      }
    }
  }

  private fields(path: string, root: string, pointer: number, fields: readonly FieldShape[]): void {
    for (const field of fields) {
      const { name, offset, cell, written } = field;
      if (isBookkeeping(field)) continue;
      // A frame record has no name: its variables belong to the closure that carries it.
      const isLonger = name !== '' && path.length < MAX_PATH_CHARS;
      this.cell(isLonger ? `${path}.${name}` : path, root, pointer + offset, cell, written);
    }
  }
}

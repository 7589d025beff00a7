/**
 * Where a patch says its tempo: the number that its top level declares as `bpm` or `tempo`, in beats per minute, if no frame
 * writes it. In: a program and its image. Out: the place in the arena, since what is there at a commit may have been carried over.
 */

import type { LinkedGeneration } from './linkTypes.ts';

/** The names by which a patch says it, the first one first. */
const TEMPO_NAMES = ['bpm', 'tempo'];

export interface Timed extends Pick<LinkedGeneration, 'draft'> {
  readonly image: Uint8Array;
}

/** Where symbols lie. */
interface Offsets {
  offsetOf(name: string): number | null;
}

/** `null`: the patch has no tempo. */
export function bpmOffsetOf(program: Timed, offsets: Offsets): number | null {
  for (const name of TEMPO_NAMES) {
    const found = numberOf(program, offsets, name);
    if (found && !found.isWritten) return found.offset;
  }
  return null;
}

/** A top-level number as the top level left it; `null`: there is none, or it is not finite. */
export function numberOf(
  { draft, image }: Timed,
  offsets: Offsets,
  name: string,
): { readonly offset: number; readonly value: number; readonly isWritten: boolean } | null {
  const root = draft.input.roots.find(({ path }) => path === name);
  if (root?.cell.kind !== 'number') return null;
  const offset = offsets.offsetOf(`variable:${root.symbol}`);
  if (offset === null) return null;
  const value = new DataView(image.buffer, image.byteOffset).getFloat64(offset, true);
  return Number.isFinite(value) ? { offset, value, isWritten: root.written } : null;
}

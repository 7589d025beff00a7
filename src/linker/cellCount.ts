/**
 * How much an edit has to follow in an image: pointers, to objects or to strings, the objects themselves, and their fields and what closures
 * capture. Every edit goes through all of them, some times over, to find what state goes where: a patch that makes millions at the
 * top level would take seconds and gigabytes for that. Numbers in arrays are not followed. Pure.
 */

import type { CellShape, FieldShape } from '../compiler/shape.ts';
import { OffsetMap } from './offsetMap.ts';
import { type ArenaState, isPlain, leadOf, objectsIn } from './state.ts';

/** More than this are refused: the most that an edit follows in some hundred milliseconds. */
export const MAX_CELLS = 400_000;

/** The top-level variable by way of which there is more than `limit`; `null` where there is not. */
export function tooManyCells(state: ArenaState, limit: number): { readonly path: string } | null {
  const seen = new OffsetMap();
  let count = 0;
  for (const { shape, offset } of state.roots) {
    const cells: CellShape[] = [shape.cell];
    const offsets: number[] = [offset];
    const addFields = (pointer: number, fields: readonly FieldShape[]): void => {
      count += fields.length;
      for (const field of fields) {
        if (objectsIn(field.cell).length === 0) continue;
        cells.push(field.cell);
        offsets.push(pointer + field.offset);
      }
    };
    for (let cell = cells.pop(); cell; cell = cells.pop()) {
      const at = offsets.pop()!;
      if (objectsIn(cell).length === 0) continue;
      if (++count > limit) return { path: shape.path };
      const lead = leadOf(state, cell, at);
      if (!lead || seen.get(lead.pointer) !== 0) continue;
      const { pointer, object } = lead;
      seen.set(pointer, 1);
      count++;
      if (object.kind === 'record') addFields(pointer, object.fields);
      if (object.kind === 'function') addFields(pointer, state.memberAt(pointer, object)?.fields ?? []);
      if (object.kind !== 'array' || isPlain(object.element)) continue;
      const length = state.lengthOf(pointer);
      if (count + length > limit) return { path: shape.path };
      if (object.element.kind === 'string') {
        count += length;
        continue;
      }
      const data = state.dataOf(pointer);
      for (let n = 0; n < length; n++) {
        cells.push(object.element);
        offsets.push(data + n * object.elementBytes);
      }
    }
  }
  return null;
}

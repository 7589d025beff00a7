/**
 * Entries of a `Map` or a `Set` (src/library/keyed.ts). In: the records of an old and a new arena, as their top levels left them. Out:
 * whether they are entries of different keys, which have nothing to do with each other: neither the value nor whether the key is in.
 */

import type { RecordShape } from '../compiler/shape.ts';
import { sameCell } from './bytes.ts';
import { type ArenaState, cellBytes, isObject } from './state.ts';

const NAMES = ['key', 'value', 'isIn', 'turn'];

export const isKeyedEntry = ({ fields }: RecordShape): boolean =>
  fields.length === NAMES.length && fields.every(({ name }) => NAMES.includes(name));

export function areOfOtherKeys(
  old: ArenaState,
  oldPointer: number,
  oldShape: RecordShape,
  next: ArenaState,
  newPointer: number,
  newShape: RecordShape,
): boolean {
  if (!isKeyedEntry(oldShape) || !isKeyedEntry(newShape)) return false;
  const [a, b] = [oldShape, newShape].map(({ fields }) => fields.find(({ name }) => name === 'key')!);
  if (!a || !b || a.cell.kind !== b.cell.kind) return true;
  const [from, to] = [oldPointer + a.offset, newPointer + b.offset];
  // What objects and texts on the heap are is not known by where they are.
  if (a.cell.kind === 'pointer' || a.cell.kind === 'box') return false;
  if (a.cell.kind === 'string' && isObject(old.word(from)) && isObject(next.word(to))) return false;
  return !sameCell(old.words, from, next.words, to, cellBytes(a.cell));
}

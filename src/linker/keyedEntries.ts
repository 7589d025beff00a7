/**
 * Entries of a `Map`, a `Set` or a dictionary (src/library/keyed.ts, src/library/dictionaries.ts). In: the records of an old and a new arena, as their top levels left them. Out:
 * whether they are entries of different keys, which have nothing to do with each other: neither the value nor whether the key is in.
 */

import type { FieldShape, RecordShape } from '../compiler/shape.ts';
import { sameCell } from './bytes.ts';
import { type ArenaState, cellBytes, isObject } from './state.ts';

const NAMES = ['key', 'value', 'isIn', 'turn'];
/** What entries of dictionaries have as well. */
const NUMBER = 'number';

export const isKeyedEntry = ({ fields }: RecordShape): boolean =>
  (fields.length === NAMES.length || (fields.length === NAMES.length + 1 && isDictionaryEntry(fields))) &&
  fields.every(({ name }) => name === NUMBER || NAMES.includes(name));

export const isDictionaryEntry = (fields: readonly FieldShape[]): boolean => fields.some(({ name }) => name === NUMBER);

const MAKERS: ReadonlySet<string> = new Set(['newMap', 'newSet', 'newDictionary']);

/** By what the library finds its entries: it says nothing that those do not, and is made again from them. */
export const isKeyedTable = ({ name, owner }: FieldShape): boolean => name === 'table' && MAKERS.has(owner);

/** What says nothing to people. */
export const isBookkeeping = (field: FieldShape): boolean =>
  isKeyedTable(field) || (field.name === 'changedIn' && MAKERS.has(field.owner));

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

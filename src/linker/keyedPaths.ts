/**
 * Paths into a `Map`, a `Set` or an object with keys of its own as the text would write them: `levels.get('bd')` in place of where
 * the library keeps that (src/library/keyed.ts, src/library/dictionaries.ts). In: a record, its path, and memory. Out: the path of
 * what is in it, and which of its fields say anything to people. Pure.
 */

import type { CellShape, FieldShape, RecordShape } from '../compiler/shape.ts';
import { isKeyedEntry } from './keyedEntries.ts';
import type { ReadableBytes } from './liveBytes.ts';
import type { ArenaState } from './state.ts';
import { valueText } from './valueText.ts';

const MEMBER_NAMES = ['key', 'number', 'value'];
/** The method by which the entries were found, the library's own list of them, and which it is. */
const INSIDE_MAP = /\.\w+\.entries\[\d+\]$/;
const INSIDE_DICTIONARY = /\.\w+\.members\[\d+\]$/;

const isMember = ({ fields }: RecordShape): boolean =>
  fields.length === MEMBER_NAMES.length && fields.every(({ name }) => MEMBER_NAMES.includes(name));

/** Fields of an entry, each with its path. */
export type KeyedPaths = readonly { readonly path: string; readonly field: FieldShape }[];

/** `null`: it is no entry of any of them. */
export function keyedPaths(
  state: ArenaState,
  record: RecordShape,
  pointer: number,
  path: string,
  memory: ReadableBytes,
): KeyedPaths | null {
  const isMapEntry = INSIDE_MAP.test(path) && isKeyedEntry(record);
  if (!isMapEntry && !(INSIDE_DICTIONARY.test(path) && isMember(record))) return null;
  const [key, value] = ['key', 'value'].map((name) => record.fields.find((field) => field.name === name));
  if (!key || !value) return null;
  const written = String(valueText(state, key.cell, pointer + key.offset, memory));
  if (!isMapEntry) return [{ path: path.replace(INSIDE_DICTIONARY, '') + memberText(written), field: value }];
  const map = path.replace(INSIDE_MAP, '');
  const isIn = record.fields.find(({ name }) => name === 'isIn');
  // What a frame sets is in; only where none does is it worth a word whether it is.
  return [
    { path: `${map}.get(${written})`, field: value },
    ...(isIn && !value.written ? [{ path: `${map}.has(${written})`, field: isIn }] : []),
  ];
}

/** How a member is read whose name is this, in quotes. */
function memberText(quoted: string): string {
  const name = quoted.slice(1, -1);
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return `.${name}`;
  return /^(0|[1-9]\d*)$/.test(name) ? `[${name}]` : `[${quoted}]`;
}

/** Whether an array is the list in which a dictionary has its members. */
export const isMemberList = (path: string, element: CellShape): boolean =>
  path.endsWith('.members') &&
  element.kind === 'pointer' &&
  element.object.kind === 'record' &&
  isMember(element.object);

/** How many members a dictionary has, which the values tell. */
export const isBookkeeping = ({ name, owner }: FieldShape): boolean => name === 'count' && owner === 'newDictionary';

/** The image of an arena, as its top level left it. */
export function bytesOfImage({ image }: ArenaState): ReadableBytes {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const within = <T>(offset: number, bytes: number, read: () => T, none: T): T =>
    offset >= 0 && offset + bytes <= image.byteLength ? read() : none;
  return {
    i32: (offset) => within(offset, 4, () => view.getInt32(offset, true), 0),
    f64: (offset) => within(offset, 8, () => view.getFloat64(offset, true), 0),
    read: (offset, read) => within(offset, 8, () => read(view, offset), 0),
  };
}

/**
 * Paths into a `Map`, a `Set` or an object with keys of its own as the text would write them: `levels.get('bd')` in place of where
 * the library keeps that (src/library/keyed.ts, src/library/dictionaries.ts). In: a record, its path, and memory. Out: the path of
 * what is in it, and which of its fields say anything to people. Pure.
 */

import type { FieldShape, RecordShape } from '../compiler/shape.ts';
import { isDictionaryEntry, isKeyedEntry } from './keyedEntries.ts';
import type { ReadableBytes } from './liveBytes.ts';
import type { ArenaState } from './state.ts';
import { valueText } from './valueText.ts';

/** The method by which the entries were found, the library's own list of them, and which it is. */
const INSIDE = /\.\w+\.entries\[\d+\]$/;

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
  if (!INSIDE.test(path) || !isKeyedEntry(record)) return null;
  const field = (name: string): FieldShape => record.fields.find((each) => each.name === name)!;
  const [key, value, isIn] = [field('key'), field('value'), field('isIn')];
  const written = String(valueText(state, key.cell, pointer + key.offset, memory));
  const whole = path.replace(INSIDE, '');
  const isMember = isDictionaryEntry(record.fields);
  // What a frame sets is in; only where none does is it worth a word whether it is.
  const has = isMember ? `${written} in ${whole}` : `${whole}.has(${written})`;
  return [
    { path: isMember ? whole + memberText(written) : `${whole}.get(${written})`, field: value },
    ...(value.written ? [] : [{ path: has, field: isIn }]),
  ];
}

/** How a member is read whose name is this, in quotes. */
function memberText(quoted: string): string {
  const name = quoted.slice(1, -1);
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return `.${name}`;
  return /^(0|[1-9]\d*)$/.test(name) ? `[${name}]` : `[${quoted}]`;
}

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

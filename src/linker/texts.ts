/** Texts of a patch: symbols of the arena that hold an array of UTF-16 code units. */

import { ARRAY, CELL_BYTES } from '../compiler/memoryLayout.ts';

const STRING_PREFIX = 'string:';

/** Bytes of a symbol in the arena. */
export function sizeOf(name: string, strings: ReadonlyMap<string, string>): number {
  const text = name.startsWith(STRING_PREFIX) ? strings.get(name.slice(STRING_PREFIX.length)) : undefined;
  return text === undefined ? CELL_BYTES : ARRAY.SIZE_BYTES + 2 * text.length;
}

/** A text as it lies in the arena: an array of UTF-16 code units. */
export function textWords(offset: number, text: string): { offset: number; value: number }[] {
  const words = [
    { offset: offset + ARRAY.DATA, value: offset + ARRAY.SIZE_BYTES },
    { offset: offset + ARRAY.LENGTH, value: text.length },
    { offset: offset + ARRAY.CAPACITY, value: text.length },
    { offset: offset + ARRAY.HASH, value: hashOf(text) },
  ];
  for (let index = 0; index < text.length; index += 2) {
    const high = index + 1 < text.length ? text.charCodeAt(index + 1) : 0;
    words.push({ offset: offset + ARRAY.SIZE_BYTES + 2 * index, value: text.charCodeAt(index) | (high << 16) });
  }
  return words;
}

/** What `stringHash` of src/library/strings.ts makes of it. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash === 0 ? 1 : hash;
}

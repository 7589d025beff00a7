/** How values lie in memory: what the code reads and writes, and the linker walks and fills in. */

import { POINTER_TAGS } from '../protocol/generation.ts';

/**
 * The upper halves of the bits of boxed kinds; the lower half of a boolean is 0 or 1, that of a string its handle. They
 * are NaNs, and no arithmetic exposes their payloads.
 */
export const BOX = {
  undefined: 0x7ffc0001,
  null: 0x7ffc0002,
  boolean: 0x7ffc0003,
  string: POINTER_TAGS.STRING,
} as const;

/** The same of objects, by their kind; the lower half is the pointer. Between them and the others lies `UNSET.number`. */
export const OBJECT_BOX = {
  list: POINTER_TAGS.FIRST_OBJECT,
  typed: 0x7ffc0007,
  record: 0x7ffc0008,
  function: POINTER_TAGS.LAST_OBJECT,
} as const;

/** Whether the upper half of a box says that the lower one is a pointer to an object. */
export const isObjectTag = (tag: number): boolean => tag >= OBJECT_BOX.list && tag <= OBJECT_BOX.function;

/** What a variable holds until its declaration has run, where that can be seen: the upper half of a number, or an i32. */
export const UNSET = { number: 0x7ffc0005, boolean: 2, pointer: 8 } as const;

/** Every variable, field and capture takes one such cell, so that its place does not depend on the types of others. */
export const CELL_BYTES = 8;

/**
 * An array is a descriptor: where its elements are, how many, and how many there is room for. The elements of a fresh
 * array follow it. A text of the patch is the same, with UTF-16 code units for elements, and with its hash, or 0 as long as
 * nobody has asked for that.
 */
export const ARRAY = { DATA: 0, LENGTH: 4, CAPACITY: 8, HASH: 12, SIZE_BYTES: 16 } as const;

/** A closure's record: the GOT offset of its code (for calls through a family), then its captures, a cell each. */
export const CLOSURE = { CODE: 0, CAPTURES: 8 } as const;

/** The handle of a single character is -1 minus its UTF-16 code unit: from here to -1. */
export const LOWEST_CHARACTER = -0x1_0000;

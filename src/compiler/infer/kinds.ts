/** The kinds of values, as bits of a type's mask. */

export const NUMBER = 1;
export const BOOLEAN = 2;
export const UNDEFINED = 4;
export const NULL = 8;
export const STRING = 16;
/** All of the above: what is no object. */
export const PRIMITIVES = 31;

/** Kinds of objects, where a value may also be something else: an array, one of numbers, an object, a function. */
export const LIST = 32;
export const TYPED = 64;
export const RECORD = 128;
export const FUNCTION = 256;
export const OBJECTS = LIST | TYPED | RECORD | FUNCTION;

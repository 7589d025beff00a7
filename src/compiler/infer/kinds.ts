/** The primitive kinds of values, as bits of a type's mask. */

export const NUMBER = 1;
export const BOOLEAN = 2;
export const UNDEFINED = 4;
export const NULL = 8;
export const STRING = 16;

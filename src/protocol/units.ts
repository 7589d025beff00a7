/**
 * Branded numbers, so that a byte address is never taken for a table slot or a time. They cost nothing at run time.
 * Made in one place each: addresses and slots by the linker, generations by the session.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = number & { readonly [brand]: Name };

/** A byte address in a WebAssembly memory, counted from the start of that memory. */
export type Address = Branded<'Address'>;

/** A byte offset from the base of an arena: what every pointer inside an arena is. */
export type ArenaOffset = Branded<'ArenaOffset'>;

/** An index into the one function table. */
export type Slot = Branded<'Slot'>;

/** A count that names one compiled state of the patch, rising by one with each batch; 1 is the first. */
export type Generation = Branded<'Generation'>;

export const address = (bytes: number): Address => bytes as Address;
export const arenaOffset = (bytes: number): ArenaOffset => bytes as ArenaOffset;
export const slot = (index: number): Slot => index as Slot;
export const generation = (count: number): Generation => count as Generation;

/**
 * What the modules of src/library ask of the compiler, for the type checker's sake: the compiler strips imports of this file
 * and emits a few instructions for each call instead. Nothing here is ever run.
 */

/** An array with room for `length` elements, all of which are set before anybody reads them. */
export declare function allocate<Element>(length: number): { readonly length: number; [index: number]: Element };

/** The same, of the kind of `model`: an array, or a typed array of its type. */
export declare function allocateLike<Element>(
  model: { readonly length: number },
  length: number,
): { readonly length: number; [index: number]: Element };

/** An element that is known to be there. */
export declare function elementAt<Element>(
  array: { readonly length: number; [index: number]: Element },
  index: number,
): Element;

/** Characters of the string behind a handle. */
export declare function stringLength(text: number): number;

/** The code of a character that is known to be there. */
export declare function stringUnit(text: number, index: number): number;

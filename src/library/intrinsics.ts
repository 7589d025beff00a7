/**
 * What the modules of src/library ask of the compiler, for the type checker's sake: the compiler strips imports of this file
 * and emits a few instructions for each call instead. Nothing here is ever run.
 */

type Elements<Element> = { readonly length: number; readonly [index: number]: Element };

/** An array with room for `length` elements, all of which are set before anybody reads them. */
export declare function allocate<Element>(length: number): Elements<Element>;

/** The same, of the kind of `model`: an array, or a typed array of its type. */
export declare function allocateLike<Element>(model: Elements<unknown>, length: number): Elements<Element>;

/** An element that is known to be there. */
export declare function elementAt<Element>(array: Elements<Element>, index: number): Element;

/** Writes an element that is known to be there. */
export declare function setElementAt<Element>(array: Elements<Element>, index: number, value: Element): void;

/** Writes an element behind the last one. */
export declare function append<Element>(array: Elements<Element>, value: Element): void;

/** Makes an array shorter. */
export declare function setLength(array: Elements<unknown>, length: number): void;

/** Gives back the room behind the last element of a fresh array, if nothing has been allocated since. */
export declare function trim(array: Elements<unknown>): void;

/** Gives back an array that nobody uses any more, if nothing has been allocated since. */
export declare function discard(array: Elements<unknown>): void;

/** Copies elements between arrays of one type, which may overlap. All of them are known to be there. */
export declare function moveElements(
  target: Elements<unknown>,
  start: number,
  source: Elements<unknown>,
  from: number,
  count: number,
): void;

/** A typed array on `count` elements of another. */
export declare function view(array: Elements<number>, from: number, count: number): Elements<number>;

/** Stops with a message unless there is an element to begin with. */
export declare function requireElements(test: boolean): void;

/** Stops with a message unless all elements that are to be written are there. */
export declare function requireInside(test: boolean): void;

/** Stops with a message where a key would be added while frames run. */
export declare function requireKey(test: boolean): void;

/** Whether frames run, and not the top level. In an `if`, each branch is compiled for its time alone. */
export declare function isPlaying(): boolean;

/** A number that no other generation of the patch has. */
export declare function generation(): number;

/** Is a mistake where frames run, at the call in the patch that led there. */
export declare function requireTopLevel(): void;

/** Whether a value is an array or a typed array whose elements are of one kind. In an `if`, only the branch that may run is compiled. */
export declare function isList(value: unknown): value is readonly unknown[];

/** Whether an object has a text of its own: a method `toString`. In an `if`, only the branch that may run is compiled. */
export declare function hasText(value: unknown): value is { toString(): string };

/** Whether an object is a `Map`, a `Set`, or one whose members the program names. In an `if`, only the branch that may run is compiled. */
export declare function isMap<Key, Item>(value: unknown): value is Visited<(item: Item, key: Key) => void>;
export declare function isSet<Key>(value: unknown): value is Visited<(key: Key) => void>;
/** What `new Error('…')` and its like make. */
export declare function isError(value: unknown): value is { readonly name: string; readonly message: string };
export declare function isDictionary(value: unknown): value is Readonly<Record<string, unknown>>;

type Visited<Visit> = { readonly size: number; forEach(visit: Visit): void };

/** Calls a function with the name and the value of each member of an object, and with a number. */
export declare function eachMember(
  value: unknown,
  callback: (name: string, member: unknown, depth: number) => void,
  depth: number,
): void;

/** The characters of a string from one place to another, both known to be there. Without any it is empty. */
export declare function cut(text: string, from: number, to: number): string;

/** The text of the first `count` units of an array, which nobody changes any more. */
export declare function textOfUnits(units: Uint16Array, count: number): string;

/** Is a mistake, at the call in the patch that led there, for what has no text: functions and typed arrays. */
export declare function requirePrintable(value: unknown): void;

/** A whole number that equal keys of a `Map` share and others hardly ever do. */
export declare function hashOf(key: unknown): number;

/** Characters of the string behind a handle. */
export declare function stringLength(text: number): number;

/** The code of a character that is known to be there. */
export declare function stringUnit(text: number, index: number): number;

/** What the rest of the library is to the text that is being resolved. Worker and Node. */

import type { Binding, Patch, UnitHome, Variable } from '../ast.ts';

/** Size of a sound file that has been loaded. */
export interface SampleSize {
  readonly frames: number;
  readonly channels: number;
  /** Frames per second. */
  readonly rate: number;
}

/** Sound files by name. */
export type SampleSizes = ReadonlyMap<string, SampleSize>;

/** The standard library, as a patch sees it. */
export interface LibraryNames {
  /** What a name of the standard library stands for; reads the module that it is in. `null`: there is none. */
  find(name: string): Binding | null;
  /** Whether there is such a name. Reads nothing. */
  has(name: string): boolean;
  /** What a function that names something outside stands for, for one such name (src/language/hostNames.ts). */
  findFor(functionName: string, name: string, size?: SampleSize): Binding | null;
  /** What a module has that is for the compiler's own use. */
  findInternal(path: string, name: string): Binding | null;
  names(): Iterable<string>;
  /** The units that declare these variables, with all that those use, and what of that runs in every frame. */
  used(variables: Iterable<Variable>): Pick<Patch, 'libraryUnits' | 'beforeFrames'>;
}

/** A module of the library that is being resolved. */
export interface LibraryModule {
  readonly home: Exclude<UnitHome, 'patch'>;
  /** Its path below src/library, without `.ts`. */
  readonly name: string;
  /** There are others made of the same text: even what it exports is called by its name. */
  readonly isOneOfMany: boolean;
  /** What the module that an import names exports; `null` for intrinsics. */
  imported(specifier: string): ReadonlyMap<string, Binding> | null;
}

/**
 * Functions of the library by which a patch names what is outside of it: controls, sound files, probes. The name has to be known
 * when the patch is compiled, and each name has a module of the library of its own (src/compiler/libraryModules.ts).
 */

export interface NamingFunction {
  /** What it names; the modules are called `host/control:cutoff` and the like. */
  readonly what: 'control' | 'sample' | 'probe';
  /** The module that is there once for each name, below src/library. */
  readonly module: string;
  /** Which argument is the name. */
  readonly nameIndex: number;
}

const sample: NamingFunction = { what: 'sample', module: 'dsp/host/samples.ts', nameIndex: 0 };
const control: NamingFunction = { what: 'control', module: 'dsp/host/controls.ts', nameIndex: 0 };

export const NAMING_FUNCTIONS: ReadonlyMap<string, NamingFunction> = new Map([
  ['slider', control],
  ['knob', control],
  ['toggle', control],
  ['button', control],
  ['select', control],
  ['xy', control],
  ['sample', sample],
  ['samplePlayer', sample],
  ['probe', { what: 'probe', module: 'dsp/host/probes.ts', nameIndex: 1 }],
]);

/**
 * The last part of a module's name: letters, digits and blanks as they are, all else as its number between two backslashes, so that no
 * two names have the same.
 */
export const asSymbol = (name: string): string =>
  name.replace(/[^\p{L}\p{N}_ -]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)}\\`);

/** The name of a module, as it is in front of the names of what is in it. */
export const hostModule = (what: NamingFunction['what'], name: string): string => `host/${what}:${asSymbol(name)}`;

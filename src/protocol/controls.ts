/**
 * Controls: values of a patch that are moved by hand. What a patch declares (worker → page), what the page shows, and what it
 * sends when one is moved (page → processor). Types only; the arithmetic of ranges and curves is in controlRange.ts.
 *
 * How the page gets at it: the signal `controls` of the model (src/app/model.ts) lists the controls of the patch that plays,
 * as `ControlState`s in the order in which the patch declares them. `ControlBoard` (src/app/controlBoard.ts) moves them:
 * `move(name, value)` while a hand is on it, `release(name)` back to what the text says, `writtenBack(name)` when the text has been changed to say
 * its value. It
 * remembers what was moved; `Sound.sendEvent` only passes it to the processor. No compiler is asked and no generation is made. `window.segue.controls()`, `.set(name, value)` do the same for programs.
 */

import type { Span } from './diagnostic.ts';
import type { PrintedWords } from './printed.ts';

export const CONTROL_KINDS = ['slider', 'knob', 'toggle', 'button', 'select', 'xy'] as const;
export type ControlKind = (typeof CONTROL_KINDS)[number];

/** From the position of the hand, 0 to 1, to the value; a number is the exponent of a power. */
export type ControlCurve = 'linear' | 'log' | number;

/**
 * The value of one control. `slider`, `knob`: in its unit; `toggle`, `button`: 0 or 1; `select`: the index of an option;
 * `xy`: both coordinates, 0 to 1.
 */
export type ControlValue = number | readonly [x: number, y: number];

/** Values from `min` to `max`, in steps if `step` is above 0. */
export interface ControlRange {
  readonly min: number;
  readonly max: number;
  /** 0: none. */
  readonly step: number;
  readonly curve: ControlCurve;
}

/** A control as the patch declares it; where it is declared twice, the first time. */
export interface ControlDeclaration extends ControlRange {
  readonly kind: ControlKind;
  /** What tells it from others, and what it is called on the page. */
  readonly name: string;
  /** Shown behind the value; empty: none. */
  readonly unit: string;
  /** What a `select` offers; empty for the others. */
  readonly options: readonly string[];
  /** Already within the range. */
  readonly defaultValue: ControlValue;
  /** Time constant of its smoothing, in seconds; 0: none. */
  readonly smooth: number;
  /** The call that declares it, `slider('cutoff', 900)`, in the text that plays. */
  readonly span: Span;
  /** The argument that says its default value; for `xy` that of x. Null where there is none, and where it is no plain number. */
  readonly valueSpan: Span | null;
  /** For `xy`, the argument that says the default of y. */
  readonly secondValueSpan: Span | null;
}

/** A control as the page shows it. */
export interface ControlState {
  readonly declaration: ControlDeclaration;
  /** Where it stands: what it was moved to, or else the default. */
  readonly value: ControlValue;
  /** Moved by hand, so that another default in the text does not count. */
  readonly isMoved: boolean;
}

/** What somebody moved; it holds for every patch with a control of that name. */
export interface MovedControl {
  readonly name: string;
  readonly value: ControlValue;
}

/** What else a patch gets from outside or shows. */
export interface HostDeclarations {
  readonly controls: readonly ControlDeclaration[];
  /** In the order of the numbers that `probes` messages name them by. */
  readonly probes: readonly { readonly name: string; readonly span: Span }[];
  /** Where it prints, by number, and what its top level has printed. */
  readonly printSites: readonly { readonly span: Span; readonly method: string }[];
  readonly printed: PrintedWords | null;
  /** Names of the sound files that it plays. */
  readonly samples: readonly string[];
  /** Whether it listens to the input. */
  readonly hasInput: boolean;
  /** Whether it plays notes, bends or controllers. */
  readonly hasNotes: boolean;
}

export const NO_HOST_DECLARATIONS: HostDeclarations = {
  controls: [],
  probes: [],
  printSites: [],
  printed: null,
  samples: [],
  hasInput: false,
  hasNotes: false,
};

/** The most controls of one patch, which is refused beyond that. */
export const MAX_CONTROLS = 128;
/** Length of a name, in UTF-16 code units. */
export const MAX_CONTROL_NAME = 64;
/** Options of all lists of a patch that are shown; further ones can be chosen by a default, and not by hand. */
export const MAX_OPTIONS = 2048;

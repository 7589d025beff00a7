/** What the views of controls can do: what src/app offers of it. */

import type { ControlDeclaration, ControlState, ControlValue } from '../../protocol/controls.ts';

export interface ControlHands {
  move(name: string, value: ControlValue): void;
  /** Back to what the text says. */
  release(name: string): void;
  /** Writes values into the text: of these, or of all that were moved. */
  writeBack(names?: readonly string[]): void;
}

export interface ControlProps {
  readonly state: ControlState;
  readonly hands: ControlHands;
  /** Within a line of code, where there is little room. */
  readonly isInline?: boolean;
}

/** The value of a control that has one number. */
export const numberOf = (value: ControlValue): number => (typeof value === 'number' ? value : value[0]);

/** A control that is one coordinate of an `xy`. */
export const isPair = ({ kind }: ControlDeclaration): boolean => kind === 'xy';

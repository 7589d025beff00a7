/** A control in the line that declares it: what a hand moves, and the value. */

import type { ReadonlySignal } from '@preact/signals';
import type { ControlDeclaration, ControlState } from '../../protocol/controls.ts';
import { ControlFace } from './control.tsx';
import type { ControlHands } from './hands.ts';

interface InlineControlProps {
  readonly name: string;
  readonly controls: ReadonlySignal<readonly ControlState[]>;
  readonly hands: ControlHands;
}

export function InlineControl({ name, controls, hands }: InlineControlProps) {
  const state = controls.value.find(({ declaration }) => declaration.name === name);
  if (!state) return null;
  return (
    <span class={`inline inline-${state.declaration.kind}`} data-moved={state.isMoved}>
      <ControlFace state={state} hands={hands} isInline />
    </span>
  );
}

/** In CSS pixels. */
export function inlineWidthOf({ kind }: ControlDeclaration): number {
  return { slider: 172, knob: 172, toggle: 36, button: 36, select: 96, xy: 36 }[kind];
}

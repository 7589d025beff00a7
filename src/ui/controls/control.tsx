/** One control in its panel: its name, what a hand moves, and what can be done about a value that was moved. */

import { Icon } from '../icons.tsx';
import type { ControlProps } from './hands.ts';
import { PadControl } from './padControl.tsx';
import { SliderControl } from './sliderControl.tsx';
import { ButtonControl, SelectControl, ToggleControl } from './switchControls.tsx';

export function Control({ state, hands }: ControlProps) {
  const { name, kind } = state.declaration;
  return (
    <div class={`control control-${kind}`} data-moved={state.isMoved}>
      {kind !== 'button' && (
        <span class="control-name" title={name}>
          {name}
        </span>
      )}
      <ControlFace state={state} hands={hands} />
      {kind !== 'button' && <WriteButton state={state} hands={hands} />}
    </div>
  );
}

/** What a hand moves, without its name. */
export function ControlFace(props: ControlProps) {
  switch (props.state.declaration.kind) {
    case 'slider':
    case 'knob':
      return <SliderControl {...props} />;
    case 'toggle':
      return <ToggleControl {...props} />;
    case 'button':
      return <ButtonControl {...props} />;
    case 'select':
      return <SelectControl {...props} />;
    case 'xy':
      return <PadControl {...props} />;
  }
}

/** Keeps its place where there is nothing to write, so that nothing jumps when a hand moves. */
function WriteButton({ state: { declaration, isMoved }, hands }: ControlProps) {
  return (
    <button
      type="button"
      class="write"
      disabled={!isMoved}
      aria-label={`write ${declaration.name} into the text`}
      title="write this value into the text"
      onClick={() => hands.writeBack([declaration.name])}
    >
      <Icon name="write" />
    </button>
  );
}

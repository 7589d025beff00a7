/** One control in its panel: its name, what a hand moves, and what can be done about a value that was moved. */

import { useSignal } from '@preact/signals';
import type { MidiHands } from '../../app/midiHands.ts';
import type { Model } from '../../app/model.ts';
import { Icon } from '../icons.tsx';
import { ControlMenu } from './controlMenu.tsx';
import type { ControlProps } from './hands.ts';
import { PadControl } from './padControl.tsx';
import { SliderControl } from './sliderControl.tsx';
import { ButtonControl, SelectControl, ToggleControl } from './switchControls.tsx';

interface PanelControlProps extends ControlProps {
  readonly model: Pick<Model, 'midi'>;
  readonly midi: Pick<MidiHands, 'learn' | 'forget'>;
}

export function Control({ state, hands, model, midi }: PanelControlProps) {
  const { name, kind } = state.declaration;
  const isOpen = useSignal(false);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has borders and a legend of its own.
    <div
      role="group"
      aria-label={name}
      class={`control control-${kind}`}
      data-moved={state.isMoved}
      onContextMenu={(event) => {
        event.preventDefault();
        isOpen.value = !isOpen.value;
      }}
    >
      {kind !== 'button' && (
        <span class="control-name" title={name}>
          {name}
        </span>
      )}
      <ControlFace state={state} hands={hands} />
      {kind !== 'button' && <WriteButton state={state} hands={hands} />}
      {isOpen.value && (
        <ControlMenu
          name={name}
          state={model.midi.value}
          midi={midi}
          hands={hands}
          onClose={() => {
            isOpen.value = false;
          }}
        />
      )}
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

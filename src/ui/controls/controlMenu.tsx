/** What else can be done with a control, in place below it: its default, and a MIDI controller or a part of a gamepad that moves it. */

import { controllerText, learnedBy, type MidiHands, type MidiState } from '../../app/midiHands.ts';
import { MidiTrouble } from '../play/midiChoice.tsx';
import type { ControlHands } from './hands.ts';

export interface ControlMenuProps {
  readonly name: string;
  readonly state: MidiState;
  readonly midi: Pick<MidiHands, 'learn' | 'forget'>;
  readonly hands: ControlHands;
  readonly onClose: () => void;
}

export function ControlMenu({ name, state, midi, hands, onClose }: ControlMenuProps) {
  const controller = learnedBy(state.learned, name);
  const isLearning = state.learning === name;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has borders and a legend of its own.
    <div
      class="control-menu"
      role="group"
      aria-label={`${name}, more`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        midi.learn(null);
        onClose();
      }}
    >
      <button
        type="button"
        class="chip"
        onClick={() => {
          hands.release(name);
          onClose();
        }}
      >
        default
      </button>
      <button
        type="button"
        class="chip"
        aria-pressed={isLearning}
        title="a MIDI controller, or a stick or button of a gamepad"
        onClick={() => midi.learn(isLearning ? null : name)}
      >
        {isLearning ? 'move a controller …' : 'learn'}
      </button>
      {controller && (
        <button type="button" class="chip" onClick={() => midi.forget(name)}>
          {`forget ${controllerText(controller)}`}
        </button>
      )}
      <MidiTrouble access={state.access} />
    </div>
  );
}

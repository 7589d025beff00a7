/** The controls of the patch that plays. There is no panel where there are none. */

import type { MidiHands } from '../../app/midiHands.ts';
import type { Model } from '../../app/model.ts';
import { Control } from './control.tsx';
import type { ControlHands } from './hands.ts';

interface ControlPanelProps {
  readonly model: Pick<Model, 'controls' | 'midi'>;
  readonly hands: ControlHands;
  readonly midi: Pick<MidiHands, 'learn' | 'forget'>;
}

export function ControlPanel({ model, hands, midi }: ControlPanelProps) {
  const controls = model.controls.value;
  if (controls.length === 0) return null;
  const isAnyMoved = controls.some(({ isMoved }) => isMoved);
  return (
    <section class="panel panel-controls for-hands" aria-label="controls">
      <h2 class="panel-head">
        <span>controls</span>
        <button
          type="button"
          class="write-all"
          disabled={!isAnyMoved}
          title="write all moved values into the text"
          onClick={() => hands.writeBack()}
        >
          write all
        </button>
      </h2>
      <div class="controls">
        {controls.map((state) => (
          <Control key={state.declaration.name} state={state} hands={hands} model={model} midi={midi} />
        ))}
      </div>
    </section>
  );
}

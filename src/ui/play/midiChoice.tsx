/** Which MIDI device plays. Nothing is asked for before somebody presses here. */

import type { MidiHands, MidiState } from '../../app/midiHands.ts';
import type { Model } from '../../app/model.ts';

export interface MidiChoiceProps {
  readonly model: Pick<Model, 'midi'>;
  readonly midi: Pick<MidiHands, 'open' | 'choose'>;
}

const ALL = '';

export function MidiChoice({ model, midi }: MidiChoiceProps) {
  const { access, devices, chosen } = model.midi.value;
  switch (access) {
    case 'missing':
      return null;
    case 'refused':
    case 'off':
      return (
        <button type="button" class="chip" onClick={() => midi.open()}>
          MIDI …
        </button>
      );
    case 'on':
      if (devices.length === 0) return <span class="midi-none">no MIDI device</span>;
      return (
        <select
          class="pick"
          aria-label="MIDI device"
          value={chosen ?? ALL}
          onChange={({ currentTarget }) => midi.choose(currentTarget.value === ALL ? null : currentTarget.value)}
        >
          <option value={ALL}>all MIDI devices</option>
          {devices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      );
  }
}

/** Why there is no MIDI, and what can be done about it. */
export function MidiTrouble({ access }: Pick<MidiState, 'access'>) {
  if (access === 'missing')
    return <p class="panel-trouble">This browser has no MIDI: use Chrome, Edge or Firefox on a computer or Android.</p>;
  if (access !== 'refused') return null;
  return (
    <p class="panel-trouble">
      The browser does not let this page use MIDI. Allow it in its address bar, and try again.
    </p>
  );
}

/** Which MIDI device plays. Nothing is asked for before somebody presses here. */

import type { MidiHands } from '../../app/midiHands.ts';
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
      return <span class="midi-none">This browser has no MIDI.</span>;
    case 'refused':
      return <span class="midi-none">The browser refused MIDI.</span>;
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

/** What a patch that wants notes is played with: devices, a piano, the computer's keys. There is none where it wants none. */

import { useSignal } from '@preact/signals';
import type { MidiHands } from '../../app/midiHands.ts';
import type { Model } from '../../app/model.ts';
import { MidiChoice, MidiTrouble } from './midiChoice.tsx';
import { Piano } from './piano.tsx';

export interface PlayPanelProps {
  readonly model: Pick<Model, 'host' | 'midi'>;
  readonly midi: Pick<MidiHands, 'open' | 'choose' | 'play'>;
}

export function PlayPanel({ model, midi }: PlayPanelProps) {
  const keysAreOn = useSignal(false);
  if (!model.host.value.hasNotes) return null;
  return (
    <section class="panel panel-play for-hands" aria-label="notes">
      <h2 class="panel-head">
        <span>notes</span>
        <button
          type="button"
          class="chip"
          aria-pressed={keysAreOn.value}
          title="play with the computer's keys A to K, while nobody types"
          onClick={() => {
            keysAreOn.value = !keysAreOn.value;
          }}
        >
          keys A–K
        </button>
        <MidiChoice model={model} midi={midi} />
      </h2>
      <MidiTrouble access={model.midi.value.access} />
      <Piano keysAreOn={keysAreOn.value} onNote={(note, velocity) => midi.play({ kind: 'note', note, velocity })} />
    </section>
  );
}

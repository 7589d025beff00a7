/**
 * Bar and beat of the patch that plays, while it has a tempo: as a number, and as one light for each beat of the bar. Main
 * thread.
 */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { barAndBeat, lightsFor } from '../app/beat.ts';
import type { Model } from '../app/model.ts';
import { clockMs } from '../protocol/clock.ts';

export function BeatLights({ model }: { readonly model: Model }) {
  const shownBar = useSignal(1);
  const shownBeat = useSignal(-1);
  const { beatsPerBar } = model.code.value;
  const isPlaying = model.state.value === 'playing';
  useEffect(() => {
    if (beatsPerBar === null || !isPlaying) return;
    let request = 0;
    const look = () => {
      const told = model.beat.peek();
      const now = told && barAndBeat(told, clockMs(), beatsPerBar);
      shownBeat.value = now?.beat ?? -1;
      shownBar.value = now?.bar ?? 1;
      request = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(request);
  }, [model, shownBar, shownBeat, beatsPerBar, isPlaying]);
  if (beatsPerBar === null || !isPlaying) return null;
  return (
    <span class="beats" role="img" aria-label="beat">
      <span class="beat-count">{shownBeat.value < 0 ? '' : `${shownBar.value}.${shownBeat.value + 1}`}</span>
      {Array.from({ length: lightsFor(beatsPerBar) }, (_, n) => (
        <i key={`${n}`} data-lit={n === shownBeat.value} />
      ))}
    </span>
  );
}

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
  const bar = useSignal(1);
  const beat = useSignal(-1);
  const { beatsPerBar } = model.code.value;
  const isPlaying = model.state.value === 'playing';
  useEffect(() => {
    if (beatsPerBar === null || !isPlaying) return;
    let request = 0;
    const look = () => {
      const told = model.beat.peek();
      const now = told && barAndBeat(told, clockMs(), beatsPerBar);
      beat.value = now?.beat ?? -1;
      bar.value = now?.bar ?? 1;
      request = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(request);
  }, [model, bar, beat, beatsPerBar, isPlaying]);
  if (beatsPerBar === null || !isPlaying) return null;
  return (
    <span class="beats" role="img" aria-label="beat">
      <span class="beat-count">{beat.value < 0 ? '' : `${bar.value}.${beat.value + 1}`}</span>
      {Array.from({ length: lightsFor(beatsPerBar) }, (_, n) => (
        <i key={`${n}`} data-lit={n === beat.value} />
      ))}
    </span>
  );
}

/** One light for each beat of the bar, and the one that it is now: of the patch that plays, while it has a tempo. Main thread. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { lightsFor, litAt } from '../app/beat.ts';
import type { Model } from '../app/model.ts';
import { clockMs } from '../protocol/clock.ts';

export function BeatLights({ model }: { readonly model: Model }) {
  const lit = useSignal(-1);
  const { beatsPerBar } = model.code.value;
  const isPlaying = model.state.value === 'playing';
  useEffect(() => {
    if (beatsPerBar === null || !isPlaying) return;
    let request = 0;
    const look = () => {
      const told = model.beat.peek();
      lit.value = told === null ? -1 : litAt(told, clockMs(), beatsPerBar);
      request = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(request);
  }, [model, lit, beatsPerBar, isPlaying]);
  if (beatsPerBar === null || !isPlaying) return null;
  return (
    <span class="beats wide" role="img" aria-label="beat">
      {Array.from({ length: lightsFor(beatsPerBar) }, (_, n) => (
        <i key={`${n}`} data-lit={n === lit.value} />
      ))}
    </span>
  );
}

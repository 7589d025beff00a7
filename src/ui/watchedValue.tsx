/** What is seen of a watched variable, at its line. Pressed, it stays when the cursor leaves; pressed again, it goes. */

import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { WatchedReading } from '../app/watching.ts';
import { extentText, shortNumber } from './extent.ts';
import { Trace } from './trace.tsx';

const NARROW = '(max-width: 520px)';

/** Room for a trace, numbers and their range. A narrow page has less. */
export function watchedPx({ seen }: WatchedReading): number {
  if (window.matchMedia(NARROW).matches) return 260;
  return (seen?.places.length ?? 1) > 1 ? 420 : 344;
}

interface WatchedValueProps {
  readonly watched: ReadonlySignal<WatchedReading | null>;
  readonly toggle: () => void;
}

export function WatchedValue({ watched, toggle }: WatchedValueProps) {
  const trace = useMemo(() => computed(() => watched.value?.trace ?? []), []);
  const reading = watched.value;
  if (!reading?.seen) return null;
  const { name, isKept, seen } = reading;
  const paths = seen.places.map(({ path }) => path).join(', ');
  return (
    <button
      type="button"
      class="watched"
      aria-pressed={isKept}
      title={`${paths}${seen.isMore ? ' and more' : ''}: press to ${isKept ? 'no longer keep it' : 'keep it'}`}
      onClick={toggle}
    >
      <span class="watched-dot" aria-hidden="true" />
      {trace.value.length > 0 && <Trace label={name} values={trace} />}
      <output aria-label={name}>{valuesText(seen)}</output>
      {seen.range && seen.range.low < seen.range.high && <small>{extentText(seen.range)}</small>}
    </button>
  );
}

function valuesText({ places, isMore }: NonNullable<WatchedReading['seen']>): string {
  const texts = places.map(({ value }) => (typeof value === 'number' ? shortNumber(value) : value));
  return [...texts, ...(isMore ? ['…'] : [])].join('  ');
}

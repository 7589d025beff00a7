/** What a probe sees, at its line: how it went, its value now, and between which values it was. */

import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ProbeReading } from '../app/probes.ts';
import { extentText, shortNumber } from './extent.ts';
import { Trace } from './trace.tsx';

export const PROBE_PX = 320;

interface ProbeValueProps {
  readonly name: string;
  readonly place: number;
  readonly probes: ReadonlySignal<readonly ProbeReading[]>;
}

export function ProbeValue({ name, place, probes }: ProbeValueProps) {
  const trace = useMemo(() => computed(() => probes.value[place]?.trace ?? []), [place]);
  const reading = probes.value[place];
  if (!reading) return null;
  const range = Number.isNaN(reading.low) ? '' : extentText(reading);
  return (
    <span class="probe" title={name}>
      <Trace label={name} values={trace} />
      <output aria-label={name}>{shortNumber(reading.last)}</output>
      <small>{range}</small>
    </span>
  );
}

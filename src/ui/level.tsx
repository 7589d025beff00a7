/** How loud it is, left above right: up at once, down slowly, the peak held. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Model } from '../app/model.ts';
import { FLOOR_DB, MeterNeedle, peakOf, toDb } from './measure.ts';
import { type Draw, type Frame, Picture } from './picture.tsx';
import type { SoundPictureProps } from './scope.tsx';
import { type Taps, Waves } from './taps.ts';

const BAR_PX = 8;
const GAP_PX = 4;
const PEAK_PX = 2;
/** Figures change so often at most that they can be read. */
const FIGURE_SECONDS = 0.15;

export function Level(props: SoundPictureProps) {
  const peakDb = useMemo(() => signal<number | null>(null), []);
  return (
    <section class="panel panel-level">
      <h2 class="panel-head">
        level
        <Figure peakDb={peakDb} />
      </h2>
      <LevelMeter {...props} peakDb={peakDb} />
    </section>
  );
}

function Figure({ peakDb }: { readonly peakDb: ReadonlySignal<number | null> }) {
  const db = peakDb.value;
  return <span class="figure">{db === null ? '' : `peak ${db.toFixed(1).replace('-', '−')} dB`}</span>;
}

/** The meter alone. `peakDb` is told the held peak, null at rest. */
export function LevelMeter({ model, taps, peakDb }: SoundPictureProps & { readonly peakDb?: Signal<number | null> }) {
  const [draw, wake] = useMemo(
    () => [drawing(model, taps, peakDb), computed(() => [model.state.value, taps.value])],
    [],
  );
  return <Picture label="level" draw={draw} wake={wake} />;
}

function drawing(model: Model, taps: ReadonlySignal<Taps | null>, peakDb: Signal<number | null> | undefined): Draw {
  const needles = [new MeterNeedle(), new MeterNeedle()];
  const waves = new Waves();
  let sinceFigure = 0;
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    if (tapsNow && isPlaying) waves.read(tapsNow);
    for (const [n, needle] of needles.entries()) {
      const wave = n === 0 ? waves.left : waves.right;
      needle.step(isPlaying ? toDb(peakOf(wave)) : Number.NEGATIVE_INFINITY, frame.seconds);
      bar(frame, needle, n * (BAR_PX + GAP_PX));
    }
    const atRest = needles.every((needle) => needle.isAtRest);
    sinceFigure += frame.seconds;
    if (peakDb && (sinceFigure >= FIGURE_SECONDS || atRest)) {
      sinceFigure = 0;
      peakDb.value = atRest ? null : Math.max(...needles.map((needle) => needle.peak));
    }
    return isPlaying || !atRest;
  };
}

function bar({ context, width, colours }: Frame, { level, peak }: MeterNeedle, y: number): void {
  const xOf = (db: number) => Math.max(0, Math.min(1, 1 - db / FLOOR_DB)) * width;
  context.fillStyle = colours.line;
  context.fillRect(0, y, width, BAR_PX);
  context.fillStyle = colours.accent;
  context.fillRect(0, y, xOf(level), BAR_PX);
  if (peak <= FLOOR_DB) return;
  context.fillStyle = peak > 0 ? colours.error : colours.text;
  context.fillRect(Math.min(xOf(peak), width - PEAK_PX), y, PEAK_PX, BAR_PX);
}

/**
 * How loud it is, left above right: up at once, down slowly, the peak held. Between the two, from the right: the
 * limiter's gain reduction.
 */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Model } from '../app/model.ts';
import { FLOOR_DB, MeterNeedle, peakOf, ReductionNeedle, toDb } from './measure.ts';
import { type Draw, type Frame, Picture } from './picture.tsx';
import { type SoundPictureProps, type Taps, Waves } from './taps.ts';

const BAR_PX = 8;
const GAP_PX = 4;
const PEAK_PX = 2;
const REDUCTION_PX = 2;
/** Less than this is shown as 0.0. */
const LEAST_REDUCTION_DB = 0.05;
/** Figures change no more often than they can be read. */
const FIGURE_SECONDS = 0.15;

/** The meter's figures; null at rest. */
interface Figures {
  readonly peakDb: number | null;
  readonly reductionDb: number | null;
}

export function Level(props: SoundPictureProps) {
  const figures = useMemo(() => signal<Figures>({ peakDb: null, reductionDb: null }), []);
  return (
    <section class="panel panel-level">
      <h2 class="panel-head">
        level
        <Limiter model={props.model} figures={figures} />
        <Peak figures={figures} />
      </h2>
      <LevelMeter {...props} figures={figures} />
    </section>
  );
}

const decibels = (db: number): string => `${db.toFixed(1).replace('-', '−')} dB`;

function Peak({ figures }: { readonly figures: ReadonlySignal<Figures> }) {
  const { peakDb } = figures.value;
  return <span class="figure">{peakDb === null ? '' : `peak ${decibels(peakDb)}`}</span>;
}

function Limiter({ model, figures }: { readonly model: Model; readonly figures: ReadonlySignal<Figures> }) {
  const { reductionDb } = figures.value;
  if (!model.settings.value.limiterIsOn) return <span class="figure limiter">limiter off</span>;
  if (reductionDb === null) return null;
  return <span class="figure limiter">{`limiter ${decibels(-reductionDb)}`}</span>;
}

/** The meter alone. `figures` is told what it shows. */
export function LevelMeter({ model, taps, figures }: SoundPictureProps & { readonly figures?: Signal<Figures> }) {
  const [draw, wake, use] = useMemo(() => {
    const isPlaying = computed(() => model.state.value === 'playing');
    return [
      drawing(model, taps, figures),
      computed(() => [isPlaying.value, taps.value]),
      () => (isPlaying.value && taps.value?.use('wave')) || (() => undefined),
    ];
  }, []);
  return <Picture label="level" draw={draw} wake={wake} use={use} />;
}

function drawing(model: Model, taps: ReadonlySignal<Taps | null>, figures: Signal<Figures> | undefined): Draw {
  const needles = [new MeterNeedle(), new MeterNeedle()];
  const reduction = new ReductionNeedle();
  const waves = new Waves();
  let sinceFigure = 0;
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    if (tapsNow && isPlaying) waves.read(tapsNow.pair('wave'));
    for (const [n, needle] of needles.entries()) {
      const wave = n === 0 ? waves.left : waves.right;
      needle.step(isPlaying ? toDb(peakOf(wave)) : Number.NEGATIVE_INFINITY, frame.seconds);
      bar(frame, needle, n * (BAR_PX + GAP_PX));
    }
    reduction.step(isPlaying ? model.reductionDb.peek() : 0, frame.seconds);
    turnedDown(frame, reduction);
    const atRest = needles.every((needle) => needle.isAtRest) && reduction.isAtRest;
    sinceFigure += frame.seconds;
    if (figures && (sinceFigure >= FIGURE_SECONDS || atRest)) {
      sinceFigure = 0;
      const peakDb = atRest ? null : Math.max(...needles.map((needle) => needle.peak));
      const reductionDb = reduction.heldDb < LEAST_REDUCTION_DB ? null : reduction.heldDb;
      const now = figures.peek();
      if (now.peakDb !== peakDb || now.reductionDb !== reductionDb) figures.value = { peakDb, reductionDb };
    }
    return isPlaying || !atRest;
  };
}

/** Drawn on the scale of the level: as long as the reduction. */
function turnedDown({ context, width, colours }: Frame, { reductionDb }: ReductionNeedle): void {
  if (reductionDb < LEAST_REDUCTION_DB) return;
  const length = Math.max(PEAK_PX, Math.min(1, -reductionDb / FLOOR_DB) * width);
  context.fillStyle = colours.warning;
  context.fillRect(width - length, BAR_PX + (GAP_PX - REDUCTION_PX) / 2, length, REDUCTION_PX);
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

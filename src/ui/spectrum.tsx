/** The spectrum of the louder channel, logarithmic in frequency and level; the pointer names the peak near it. */

import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Model } from '../app/model.ts';
import { LogAxis } from './measure.ts';
import { type Draw, type Frame, Picture } from './picture.tsx';
import type { SoundPictureProps } from './scope.tsx';
import { highestBetween, louderLevels, spectralPeak } from './spectrumLevels.ts';
import type { Taps } from './taps.ts';

const LOW_HZ = 20;
const HIGH_HZ = 20_000;
const TOP_DB = 0;
const BOTTOM_DB = -96;
const TRACE_PX = 1.5;
/** A peak is searched for this far to both sides of the pointer. */
const REACH_PX = 16;

export function Spectrum({ model, taps }: SoundPictureProps) {
  const [draw, wake] = useMemo(() => [drawing(model, taps), computed(() => [model.state.value, taps.value])], []);
  return (
    <section class="panel panel-spectrum">
      <h2 class="panel-head">spectrum</h2>
      <Picture label="spectrum" draw={draw} wake={wake} />
    </section>
  );
}

function drawing(model: Model, taps: ReadonlySignal<Taps | null>): Draw {
  let bins = new Float32Array(0);
  let others = new Float32Array(0);
  const read = ({ longLeft, longRight }: Taps): void => {
    if (bins.length !== longLeft.frequencyBinCount) {
      bins = new Float32Array(longLeft.frequencyBinCount);
      others = new Float32Array(longLeft.frequencyBinCount);
    }
    longLeft.getFloatFrequencyData(bins);
    longRight.getFloatFrequencyData(others);
    louderLevels(bins, others);
  };
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    const axis = new LogAxis(LOW_HZ, HIGH_HZ, frame.width);
    if (frame.pointer) grid(frame, axis);
    if (tapsNow && isPlaying) {
      read(tapsNow);
      const binHz = tapsNow.longLeft.context.sampleRate / tapsNow.longLeft.fftSize;
      trace(frame, axis, bins, binHz);
      if (frame.pointer) namePeak(frame, axis, bins, binHz, frame.pointer.x);
    } else {
      rest(frame);
    }
    return isPlaying;
  };
}

function yOf(levelDb: number, height: number): number {
  const part = (levelDb - BOTTOM_DB) / (TOP_DB - BOTTOM_DB);
  return (1 - Math.max(0, Math.min(1, part))) * (height - 2) + 1;
}

function trace({ context, width, height, colours }: Frame, axis: LogAxis, bins: Float32Array, binHz: number): void {
  context.beginPath();
  for (let x = 0; x <= width; x++) {
    const level = highestBetween(bins, axis.hzAt(x - 0.5) / binHz, axis.hzAt(x + 0.5) / binHz);
    context.lineTo(x, yOf(level, height));
  }
  context.strokeStyle = colours.accent;
  context.lineWidth = TRACE_PX;
  context.lineJoin = 'round';
  context.stroke();
}

function grid({ context, width, height, colours }: Frame, axis: LogAxis): void {
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const hz of [100, 1000, 10_000]) {
    const x = Math.round(axis.xOf(hz)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  for (const db of [-24, -48, -72]) {
    const y = Math.round(yOf(db, height)) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.stroke();
  label({ context, colours }, '100 Hz', axis.xOf(100) + 4, height - 2, 'left');
  label({ context, colours }, '1 k', axis.xOf(1000) + 4, height - 2, 'left');
  label({ context, colours }, '10 k', axis.xOf(10_000) + 4, height - 2, 'left');
}

function namePeak(frame: Frame, axis: LogAxis, bins: Float32Array, binHz: number, x: number): void {
  const peak = spectralPeak(bins, axis.hzAt(x - REACH_PX) / binHz, axis.hzAt(x + REACH_PX) / binHz);
  if (!peak || peak.levelDb < BOTTOM_DB) return;
  const { context, width, height, colours } = frame;
  const hz = peak.bin * binHz;
  context.beginPath();
  context.arc(axis.xOf(hz), yOf(peak.levelDb, height), 3, 0, 2 * Math.PI);
  context.fillStyle = colours.text;
  context.fill();
  label(
    frame,
    `${hz.toFixed(hz < 1000 ? 1 : 0)} Hz   ${peak.levelDb.toFixed(1).replace('-', '−')} dB`,
    width,
    12,
    'right',
  );
}

function label(
  { context, colours }: Pick<Frame, 'context' | 'colours'>,
  text: string,
  x: number,
  bottom: number,
  align: CanvasTextAlign,
): void {
  context.fillStyle = colours.quiet;
  context.font = colours.font;
  context.textAlign = align;
  context.textBaseline = 'bottom';
  context.fillText(text, x, bottom);
}

function rest({ context, width, height, colours }: Frame): void {
  context.beginPath();
  context.moveTo(0, height - 0.5);
  context.lineTo(width, height - 0.5);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.stroke();
}

/** The spectrum of the louder channel, logarithmic in frequency and level; the pointer names the peak near it. */

import { useMemo } from 'preact/hooks';
import { LogAxis } from '../measure.ts';
import { decibels, hzText, noteText } from '../meters/notes.ts';
import { highestBetween, louderLevels, spectralPeak } from '../meters/spectrumLevels.ts';
import type { Draw, Frame } from '../picture.tsx';
import type { Taps } from '../taps.ts';
import { BELOW_PX, BESIDE_PX, crosshair, horizontal, label, reading, TRACE_PX, vertical } from './drawing.ts';
import { type PanelProps, PicturePanel } from './picturePanel.tsx';

export const LOW_HZ = 20;
export const HIGH_HZ = 20_000;
const TOP_DB = 0;
const BOTTOM_DB = -96;
/** A peak is searched for this far to both sides of the pointer. */
const REACH_PX = 16;

export function Spectrum(props: PanelProps) {
  const draw = useMemo(() => drawing(props), []);
  return <PicturePanel {...props} name="spectrum" draw={draw} use={(taps) => taps.use('spectrum')} />;
}

function drawing({ model, taps }: PanelProps): Draw {
  let bins = new Float32Array(0);
  let others = new Float32Array(0);
  let binHz = 0;
  const read = (tapsNow: Taps): void => {
    const { left, right } = tapsNow.pair('spectrum');
    if (bins.length !== left.frequencyBinCount) {
      bins = new Float32Array(left.frequencyBinCount);
      others = new Float32Array(left.frequencyBinCount);
    }
    left.getFloatFrequencyData(bins);
    right.getFloatFrequencyData(others);
    louderLevels(bins, others);
    binHz = tapsNow.sampleRate / left.fftSize;
  };
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    const area = { width: frame.width - BESIDE_PX, height: frame.height - BELOW_PX };
    const axis = new LogAxis(LOW_HZ, HIGH_HZ, area.width);
    axes(frame, axis, area);
    if (tapsNow && isPlaying && !frame.isFrozen) read(tapsNow);
    if (binHz > 0 && (isPlaying || frame.isFrozen)) {
      trace(frame, axis, area, bins, binHz);
      if (frame.pointer) readAt(frame, axis, area, bins, binHz);
    }
    return isPlaying;
  };
}

interface Area {
  readonly width: number;
  readonly height: number;
}

function yOf(levelDb: number, { height }: Area): number {
  const part = (levelDb - BOTTOM_DB) / (TOP_DB - BOTTOM_DB);
  return (1 - Math.max(0, Math.min(1, part))) * (height - 2) + 1;
}

function trace({ context, colours }: Frame, axis: LogAxis, area: Area, bins: Float32Array, binHz: number): void {
  context.beginPath();
  for (let x = 0; x <= area.width; x++) {
    const level = highestBetween(bins, axis.hzAt(x - 0.5) / binHz, axis.hzAt(x + 0.5) / binHz);
    context.lineTo(x, yOf(level, area));
  }
  context.strokeStyle = colours.accent;
  context.lineWidth = TRACE_PX;
  context.lineJoin = 'round';
  context.stroke();
}

const FREQUENCIES: readonly (readonly [hz: number, text: string])[] = [
  [20, '20'],
  [50, '50'],
  [100, '100'],
  [200, '200'],
  [500, '500'],
  [1000, '1k'],
  [2000, '2k'],
  [5000, '5k'],
  [10_000, '10k'],
  [20_000, '20k'],
];
/** Labels nearer to each other than this are left out, but for the decades. */
const LABEL_PX = 34;
const DB_STEPS: readonly number[] = [6, 12, 24, 48];
const DB_LABEL_PX = 22;

function axes(frame: Frame, axis: LogAxis, area: Area): void {
  const { width, height } = area;
  const isRoomy = axis.xOf(50) - axis.xOf(20) > LABEL_PX;
  for (const [hz, text] of FREQUENCIES) {
    const isDecade = Number.isInteger(Math.log10(hz));
    const x = axis.xOf(hz);
    if (hz > LOW_HZ && hz < HIGH_HZ && (isDecade || isRoomy)) vertical(frame, x, 0, height);
    if (!isDecade && !isRoomy) continue;
    if (hz === HIGH_HZ) continue;
    label(frame, text, Math.max(x, 8), height + BELOW_PX / 2 + 1, { align: 'center' });
  }
  label(frame, 'Hz', width, height + BELOW_PX / 2 + 1, { align: 'center' });
  const step = DB_STEPS.find((db) => (db / (TOP_DB - BOTTOM_DB)) * height > DB_LABEL_PX) ?? 48;
  label(frame, 'dB', width + 6, 6);
  for (let db = -step; db > BOTTOM_DB; db -= step) {
    const y = yOf(db, area);
    horizontal(frame, y, 0, width);
    if (y > DB_LABEL_PX / 2 + 6) label(frame, decibels(db, 0), width + 6, y);
  }
  horizontal(frame, height - 1, 0, width);
}

function readAt(frame: Frame, axis: LogAxis, area: Area, bins: Float32Array, binHz: number): void {
  const { context, colours, pointer } = frame;
  if (!pointer || pointer.x > area.width) return;
  const near = (x: number) => axis.hzAt(x) / binHz;
  const peak = spectralPeak(bins, near(pointer.x - REACH_PX), near(pointer.x + REACH_PX));
  const isHeard = peak !== null && peak.levelDb >= BOTTOM_DB;
  const hz = isHeard ? peak.bin * binHz : axis.hzAt(pointer.x);
  const levelDb = isHeard ? peak.levelDb : highestBetween(bins, near(pointer.x - 0.5), near(pointer.x + 0.5));
  const [x, y] = [axis.xOf(hz), yOf(levelDb, area)];
  crosshair(frame, x, y, area.width, area.height);
  context.beginPath();
  context.arc(x, y, 3, 0, 2 * Math.PI);
  context.fillStyle = colours.text;
  context.fill();
  reading(frame, `${hzText(hz)}   ${noteText(hz)}   ${decibels(Math.max(levelDb, -200))} dB`, area.width);
}

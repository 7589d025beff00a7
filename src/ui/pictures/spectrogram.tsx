/** The spectrum over time: frequency upwards, now at the right, the louder the brighter; the pointer reads any place of it. */

import { useMemo } from 'preact/hooks';
import { LogAxis } from '../measure.ts';
import { decibels, hzText, noteText } from '../meters/notes.ts';
import type { Draw, Frame } from '../picture.tsx';
import { BELOW_PX, BESIDE_PX, crosshair, label, reading, vertical } from './drawing.ts';
import { type PanelProps, PicturePanel } from './picturePanel.tsx';
import { COLUMNS_PER_SECOND, SpectrogramImage } from './spectrogramImage.ts';
import { HIGH_HZ, LOW_HZ } from './spectrum.tsx';

export function Spectrogram(props: PanelProps) {
  const draw = useMemo(() => drawing(props), []);
  return <PicturePanel {...props} name="spectrogram" draw={draw} use={(taps) => taps.use('spectrogram')} />;
}

function drawing({ model, taps }: PanelProps): Draw {
  const image = new SpectrogramImage(LOW_HZ, HIGH_HZ);
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    const [width, height] = [frame.width - BESIDE_PX, frame.height - BELOW_PX];
    image.fit(Math.round(width * frame.ratio), Math.round(height * frame.ratio), frame.colours);
    if (tapsNow && isPlaying && !frame.isFrozen) {
      image.advance(tapsNow.pair('spectrogram'), tapsNow.sampleRate, frame.seconds * frame.ratio);
    }
    image.draw(frame.context, width, height);
    const axis = new LogAxis(LOW_HZ, HIGH_HZ, height);
    axes(frame, axis, width, height);
    const { pointer } = frame;
    if (pointer && pointer.x < width && pointer.y < height) {
      crosshair(frame, pointer.x, pointer.y, width, height);
      const hz = axis.hzAt(height - pointer.y);
      const db = image.levelAt(pointer.x / width, pointer.y / height);
      const ago = `${((width - pointer.x) / COLUMNS_PER_SECOND).toFixed(1)} s ago`;
      reading(frame, `${hzText(hz)}   ${noteText(hz)}   ${db === null ? '' : `${decibels(db, 0)} dB   `}${ago}`, width);
    }
    return isPlaying;
  };
}

const FREQUENCIES: readonly (readonly [hz: number, text: string])[] = [
  [50, '50'],
  [100, '100'],
  [200, '200'],
  [500, '500'],
  [1000, '1k'],
  [2000, '2k'],
  [5000, '5k'],
  [10_000, '10k'],
];
/** Frequencies that are not decades are named where there is so much room. */
const ROOMY_PX = 220;
const SECOND_STEPS: readonly number[] = [1, 2, 5, 10];
const SECONDS_PX = 56;

function axes(frame: Frame, axis: LogAxis, width: number, height: number): void {
  label(frame, 'Hz', width + 6, height + BELOW_PX / 2 + 2);
  for (const [hz, text] of FREQUENCIES) {
    if (!Number.isInteger(Math.log10(hz)) && height < ROOMY_PX) continue;
    const y = height - axis.xOf(hz);
    frame.context.fillStyle = frame.colours.quiet;
    frame.context.fillRect(width, Math.round(y), 4, 1);
    label(frame, text, width + 6, y);
  }
  const step = SECOND_STEPS.find((seconds) => seconds * COLUMNS_PER_SECOND > SECONDS_PX) ?? 10;
  for (let seconds = step; seconds * COLUMNS_PER_SECOND < width - 16; seconds += step) {
    const x = width - seconds * COLUMNS_PER_SECOND;
    vertical(frame, x, height, height + 4);
    label(frame, `−${seconds} s`, x, height + BELOW_PX / 2 + 2, { align: 'center' });
  }
}

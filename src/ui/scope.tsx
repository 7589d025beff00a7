/** The wave of the sound, standing still where it is periodic: the left channel, and behind it the right one. */

import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Model } from '../app/model.ts';
import { FLOOR_DB, peakOf, toDb, triggerFrame } from './measure.ts';
import { type Draw, type Frame, Picture } from './picture.tsx';
import { type Taps, Waves } from './taps.ts';

const WINDOW_SECONDS = 0.025;
const TRACE_PX = 1.5;

export interface SoundPictureProps {
  readonly model: Model;
  readonly taps: ReadonlySignal<Taps | null>;
}

export function Scope({ model, taps }: SoundPictureProps) {
  const [draw, wake] = useMemo(() => [drawing(model, taps), computed(() => [model.state.value, taps.value])], []);
  return (
    <section class="panel panel-scope">
      <h2 class="panel-head">scope</h2>
      <Picture label="scope" draw={draw} wake={wake} />
    </section>
  );
}

function drawing(model: Model, taps: ReadonlySignal<Taps | null>): Draw {
  const waves = new Waves();
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    line(frame, frame.height / 2);
    if (tapsNow && isPlaying) {
      waves.read(tapsNow);
      const { left, right } = waves;
      const isLeftSilent = toDb(peakOf(left)) < FLOOR_DB;
      const windowFrames = WINDOW_SECONDS * tapsNow.left.context.sampleRate;
      const start = triggerFrame(isLeftSilent ? right : left, windowFrames);
      const { accent, accentFaint } = frame.colours;
      trace(frame, right.subarray(start), windowFrames, isLeftSilent ? accent : accentFaint);
      if (!isLeftSilent) trace(frame, left.subarray(start), windowFrames, accent);
    }
    if (frame.pointer) axis(frame, frame.pointer);
    return isPlaying;
  };
}

/** Full scale is drawn slightly inside the picture, so that anything beyond it is visible. */
const yOf = (sample: number, height: number): number => height / 2 - sample * (height / 2 - 6);

function trace({ context, width, height }: Frame, samples: Float32Array, frames: number, colour: string): void {
  context.beginPath();
  for (let n = 0; n <= frames; n++) {
    context.lineTo((n / frames) * width, Math.max(1, Math.min(height - 1, yOf(samples[n], height))));
  }
  context.strokeStyle = colour;
  context.lineWidth = TRACE_PX;
  context.lineJoin = 'round';
  context.stroke();
}

function axis(frame: Frame, { x, y }: { x: number; y: number }): void {
  const { context, width, height, colours } = frame;
  for (const level of [-1, -0.5, 0.5, 1]) line(frame, yOf(level, height));
  const ms = 1000 * WINDOW_SECONDS * (x / width);
  const level = (height / 2 - y) / (height / 2 - 6);
  context.fillStyle = colours.quiet;
  context.font = colours.font;
  context.textBaseline = 'top';
  context.textAlign = 'right';
  context.fillText(`${ms.toFixed(1)} ms   ${level.toFixed(2)}`, width, 0);
}

function line({ context, width, colours }: Frame, y: number): void {
  context.beginPath();
  context.moveTo(0, Math.round(y) + 0.5);
  context.lineTo(width, Math.round(y) + 0.5);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.stroke();
}

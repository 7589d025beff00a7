/** The wave of the sound, standing still where it is periodic. */

import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Model } from '../app/model.ts';
import { triggerFrame } from './measure.ts';
import { type Draw, type Frame, Picture } from './picture.tsx';
import type { Taps } from './taps.ts';

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
  let samples = new Float32Array(0);
  return (frame) => {
    const tap = taps.peek()?.mix;
    const isPlaying = model.state.peek() === 'playing';
    line(frame, frame.height / 2);
    const windowFrames = WINDOW_SECONDS * (tap?.context.sampleRate ?? 0);
    if (tap && isPlaying) {
      if (samples.length !== tap.fftSize) samples = new Float32Array(tap.fftSize);
      tap.getFloatTimeDomainData(samples);
      trace(frame, samples, triggerFrame(samples, windowFrames), windowFrames);
    }
    if (frame.pointer) axis(frame, frame.pointer);
    return isPlaying;
  };
}

/** Full scale is drawn a little inside the picture, so that what goes beyond can be seen to. */
const yOf = (sample: number, height: number): number => height / 2 - sample * (height / 2 - 6);

function trace({ context, width, height, colours }: Frame, samples: Float32Array, start: number, frames: number): void {
  context.beginPath();
  for (let n = 0; n <= frames; n++) {
    context.lineTo((n / frames) * width, Math.max(1, Math.min(height - 1, yOf(samples[start + n], height))));
  }
  context.strokeStyle = colours.accent;
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

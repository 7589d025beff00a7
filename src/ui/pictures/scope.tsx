/**
 * The wave of the sound, standing still where it is periodic: the left channel, and behind it the right one. It begins where the
 * wave rises through zero, or through a level that is set at its left edge; the time base goes by buttons, wheel and arrow keys.
 */

import { useMemo } from 'preact/hooks';
import { timeBaseFrom } from '../../app/pictureSettings.ts';
import { FLOOR_DB, peakOf, toDb } from '../measure.ts';
import { decibels, signed } from '../meters/notes.ts';
import { autoTrigger, levelTrigger } from '../meters/trigger.ts';
import type { Draw, Frame } from '../picture.tsx';
import { crosshair, horizontal, label, reading, TRACE_PX, vertical } from './drawing.ts';
import { type PanelProps, PicturePanel } from './picturePanel.tsx';
import { isScrolling } from './scrolling.ts';
import { TriggerLevel } from './triggerLevel.tsx';
import { WaveSource } from './waveSource.ts';

/** Full scale is drawn slightly inside the picture, so that anything beyond it is visible. */
const MARGIN_PX = 6;
/** Wheels turn in small steps; and who scrolls the dock does not mean the scope that comes under the pointer. */
const WHEEL_PX = 60;

export const msText = (seconds: number): string => (seconds >= 1 ? `${seconds} s` : `${Math.round(1000 * seconds)} ms`);

export function Scope(props: PanelProps) {
  const { model, actions } = props;
  const { scopeSeconds, scopeTrigger } = model.settings.value;
  const step = (direction: 1 | -1) =>
    actions.set({ scopeSeconds: timeBaseFrom(model.settings.peek().scopeSeconds, direction) });
  const [source, draw, onWheel, onKeyDown] = useMemo(() => {
    const made = new WaveSource();
    let turned = 0;
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0 || isScrolling()) return;
      event.preventDefault();
      turned += event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : WHEEL_PX * Math.sign(event.deltaY);
      if (Math.abs(turned) < WHEEL_PX) return;
      step(turned > 0 ? 1 : -1);
      turned = 0;
    };
    const key = (event: KeyboardEvent) => {
      const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!direction) return;
      event.preventDefault();
      step(direction as 1 | -1);
    };
    return [made, drawing(props, made), wheel, key];
  }, []);
  return (
    <PicturePanel
      {...props}
      name="scope"
      draw={draw}
      use={(taps) => source.use(taps, model.settings.peek().scopeSeconds)}
      follows={() => `${model.settings.value.scopeSeconds} ${model.settings.value.scopeTrigger}`}
      onWheel={onWheel}
      onKeyDown={onKeyDown}
    >
      <TriggerLevel
        level={scopeTrigger}
        onChange={(level) => actions.set({ scopeTrigger: level })}
        heightPx={model.settings.value.heightsPx.scope}
        marginPx={MARGIN_PX}
      />
      <span class="stepper">
        <button type="button" aria-label="shorter time base" title="shorter (←)" onClick={() => step(-1)}>
          −
        </button>
        <span>{msText(scopeSeconds)}</span>
        <button type="button" aria-label="longer time base" title="longer (→)" onClick={() => step(1)}>
          +
        </button>
      </span>
    </PicturePanel>
  );
}

function drawing({ model, taps }: PanelProps, source: WaveSource): Draw {
  let isKept = false;
  let drawnSeconds = 0;
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    const { scopeSeconds, scopeTrigger } = model.settings.peek();
    if (!frame.isFrozen) {
      isKept = false;
      drawnSeconds = scopeSeconds;
      if (tapsNow && isPlaying) source.read(tapsNow);
    } else if (!isKept) {
      isKept = true;
      source.keep();
    }
    const middle = yOf(0, frame.height);
    horizontal(frame, middle, 0, frame.width);
    if (frame.pointer) grid(frame, drawnSeconds);
    if (isPlaying || frame.isFrozen) {
      const frames = drawnSeconds * source.sampleRate;
      const isLeftSilent = toDb(peakOf(source.left)) < FLOOR_DB;
      const from = isLeftSilent ? source.right : source.left;
      const start =
        (scopeTrigger === null ? autoTrigger(from, frames + 2) : levelTrigger(from, frames + 2, scopeTrigger)) ??
        Math.max(0, from.length - frames - 2);
      const { accent, accentFaint } = frame.colours;
      trace(frame, source.right, start, frames, isLeftSilent ? accent : accentFaint);
      if (!isLeftSilent) trace(frame, source.left, start, frames, accent);
    }
    if (frame.pointer) readAt(frame, frame.pointer, drawnSeconds);
    return isPlaying;
  };
}

const yOf = (sample: number, height: number): number => height / 2 - sample * (height / 2 - MARGIN_PX);

/** From a place between two samples on. Where many samples share a column, what is drawn of it is lowest and highest. */
function trace(frame: Frame, samples: Float32Array, start: number, frames: number, colour: string): void {
  const { context, width, height, ratio } = frame;
  const clamp = (y: number) => Math.max(1, Math.min(height - 1, y));
  context.beginPath();
  if (frames <= 2 * width) {
    // Samples that are far apart are joined by a curve.
    const steps = Math.max(1, Math.min(16, Math.round((width / frames) * ratio)));
    for (let n = 0; n <= frames * steps; n++) {
      const place = start + n / steps;
      context.lineTo(
        (n / steps / frames) * width,
        clamp(yOf(steps === 1 ? between(samples, place) : curve(samples, place), height)),
      );
    }
  } else {
    const columns = Math.round(width * ratio);
    for (let column = 0; column < columns; column++) {
      const from = Math.floor(start + (column * frames) / columns);
      const to = Math.min(samples.length - 1, Math.floor(start + ((column + 1) * frames) / columns));
      let [low, high] = [samples[from], samples[from]];
      for (let n = from + 1; n <= to; n++) {
        low = Math.min(low, samples[n]);
        high = Math.max(high, samples[n]);
      }
      context.lineTo(column / ratio, clamp(yOf(low, height)));
      context.lineTo(column / ratio, clamp(yOf(high, height)));
    }
  }
  context.strokeStyle = colour;
  context.lineWidth = frames <= 2 * width ? TRACE_PX : 1;
  context.lineJoin = 'round';
  context.stroke();
}

function between(samples: Float32Array, place: number): number {
  const n = Math.floor(place);
  const next = samples[Math.min(n + 1, samples.length - 1)];
  return samples[n] + (place - n) * (next - samples[n]);
}

/** Through four samples, as Catmull and Rom have it. */
function curve(samples: Float32Array, place: number): number {
  const n = Math.floor(place);
  const part = place - n;
  const last = samples.length - 1;
  const [a, b] = [samples[Math.max(0, n - 1)], samples[n]];
  const [c, d] = [samples[Math.min(last, n + 1)], samples[Math.min(last, n + 2)]];
  return b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)));
}

const DIVISIONS = 4;

function grid(frame: Frame, seconds: number): void {
  const { width, height } = frame;
  for (const level of [-1, -0.5, 0.5, 1]) horizontal(frame, yOf(level, height), 0, width);
  for (let n = 1; n < DIVISIONS; n++) {
    const x = (n / DIVISIONS) * width;
    vertical(frame, x, 0, height);
    label(frame, `${Number((1000 * seconds * (n / DIVISIONS)).toPrecision(3))} ms`, x + 3, height - 7);
  }
}

function readAt(frame: Frame, { x, y }: { x: number; y: number }, seconds: number): void {
  const { width, height } = frame;
  const level = (height / 2 - y) / (height / 2 - MARGIN_PX);
  crosshair(frame, x, y, width, height);
  const ms = 1000 * seconds * (x / width);
  const digits = seconds < 0.01 ? 3 : seconds < 0.1 ? 2 : 1;
  reading(frame, `${ms.toFixed(digits)} ms   ${signed(level, 2)}   ${decibels(toDb(Math.abs(level)))} dB`, width);
}

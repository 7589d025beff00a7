/**
 * The stereo field: left and right against each other, turned so that what both have alike stands upright (a goniometer), and
 * how alike they are, from -1 to 1.
 */

import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { peakOf } from '../measure.ts';
import { CorrelationMeter } from '../meters/correlation.ts';
import { signed } from '../meters/notes.ts';
import type { Draw, Frame } from '../picture.tsx';
import { Waves } from '../taps.ts';
import { label, reading } from './drawing.ts';
import { type PanelProps, PicturePanel } from './picturePanel.tsx';

/** Frames that are drawn: some 40 ms. */
const DRAWN_FRAMES = 2048;
const SCALE_PX = 26;
const BAR_PX = 6;
const FIGURE_SECONDS = 0.15;
/** What is quiet is drawn larger, by powers of two up to this. */
const MAX_GAIN = 64;

export function Stereo(props: PanelProps) {
  const figures = useMemo(() => signal(''), []);
  const draw = useMemo(() => drawing(props, (text) => (figures.value = text)), []);
  return (
    <PicturePanel {...props} name="stereo" draw={draw} use={(taps) => taps.use('wave')}>
      <Figure text={figures} />
    </PicturePanel>
  );
}

const Figure = ({ text }: { readonly text: { readonly value: string } }) => <span class="figure">{text.value}</span>;

function drawing({ model, taps }: PanelProps, tell: (text: string) => void): Draw {
  const waves = new Waves();
  const meter = new CorrelationMeter();
  let sinceFigure = FIGURE_SECONDS;
  let gain = 1;
  return (frame) => {
    const tapsNow = taps.peek();
    const isPlaying = model.state.peek() === 'playing';
    if (tapsNow && isPlaying && !frame.isFrozen) {
      waves.read(tapsNow.pair('wave'));
      meter.add(waves.left, waves.right, frame.seconds);
      gain = gainFor(Math.max(peakOf(waves.left), peakOf(waves.right)), gain);
    }
    const isDrawn = (isPlaying || frame.isFrozen) && waves.left.length > 0;
    const { correlation } = meter;
    field(frame, isDrawn ? waves : null, gain);
    scale(frame, isDrawn ? correlation : null);
    if (frame.pointer) readAt(frame, gain);
    sinceFigure += frame.seconds;
    if (sinceFigure >= FIGURE_SECONDS || !isDrawn) {
      sinceFigure = 0;
      const balance = meter.balanceDb;
      const side = balance === null || Math.abs(balance) < 0.05 ? '' : balance > 0 ? 'R ' : 'L ';
      tell(
        !isDrawn || correlation === null || balance === null
          ? ''
          : `${side}${Math.abs(balance).toFixed(1)} dB   correlation ${signed(correlation, 2)}`,
      );
    }
    return isPlaying;
  };
}

/** So that the peak fills between a half and all of the field; it does not change back and forth. */
function gainFor(peak: number, gain: number): number {
  let next = gain;
  while (next > 1 && peak * next > 1) next /= 2;
  while (next < MAX_GAIN && peak * next < 0.4 && peak > 1 / 4096) next *= 2;
  return next;
}

interface Field {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

function fieldOf({ width, height }: Frame): Field {
  const side = Math.min(width, height - SCALE_PX);
  return { x: width / 2, y: (height - SCALE_PX) / 2, radius: Math.max(4, side / 2 - 2) };
}

function field(frame: Frame, waves: Waves | null, gain: number): void {
  const { context, colours } = frame;
  const { x, y, radius } = fieldOf(frame);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
  const half = radius / 2;
  for (const [dx, dy] of [
    [half, half],
    [half, -half],
  ]) {
    context.moveTo(x - dx, y - dy);
    context.lineTo(x + dx, y + dy);
  }
  context.stroke();
  label(frame, 'L', x - half - 5, y - half - 5, { align: 'right' });
  label(frame, 'R', x + half + 5, y - half - 5);
  if (gain > 1 && waves) label(frame, `×${gain}`, 0, 6);
  if (!waves) return;
  const { left, right } = waves;
  context.beginPath();
  for (let n = Math.max(0, left.length - DRAWN_FRAMES); n < left.length; n++) {
    const [l, r] = [clipped(left[n] * gain), clipped(right[n] * gain)];
    context.lineTo(x + ((r - l) / 2) * radius, y - ((l + r) / 2) * radius);
  }
  context.strokeStyle = colours.accent;
  context.globalAlpha = 0.6;
  context.lineJoin = 'bevel';
  context.stroke();
  context.globalAlpha = 1;
}

const clipped = (sample: number): number => Math.max(-1, Math.min(1, sample));

/** -1, 0 and 1, and where the correlation is: in the colour of a warning where a mono sum would lose some of the sound. */
function scale(frame: Frame, correlation: number | null): void {
  const { context, width, height, colours } = frame;
  const [top, xOf] = [height - SCALE_PX + 4, (value: number) => ((value + 1) / 2) * (width - 2) + 1];
  context.fillStyle = colours.line;
  context.fillRect(0, top, width, BAR_PX);
  if (correlation !== null) {
    const [from, to] = [xOf(Math.min(0, correlation)), xOf(Math.max(0, correlation))];
    context.fillStyle = correlation < 0 ? colours.warning : colours.accent;
    context.fillRect(from, top, Math.max(2, to - from), BAR_PX);
  }
  context.fillStyle = colours.quiet;
  context.fillRect(Math.round(xOf(0)), top, 1, BAR_PX);
  for (const [value, align] of [
    [-1, 'left'],
    [0, 'center'],
    [1, 'right'],
  ] as const) {
    label(frame, signed(value), value === 0 ? xOf(0) : value < 0 ? 0 : width, height - 6, { align });
  }
}

function readAt(frame: Frame, gain: number): void {
  const { pointer } = frame;
  if (!pointer) return;
  const { x, y, radius } = fieldOf(frame);
  if (pointer.y > frame.height - SCALE_PX) {
    const value = Math.max(-1, Math.min(1, (2 * pointer.x) / frame.width - 1));
    reading(frame, `correlation ${signed(value, 2)}`, frame.width);
    return;
  }
  const [side, middle] = [(pointer.x - x) / radius, (y - pointer.y) / radius];
  const [l, r] = [(middle - side) / gain, (middle + side) / gain];
  if (Math.abs(l) <= 1 && Math.abs(r) <= 1) reading(frame, `L ${signed(l, 2)}   R ${signed(r, 2)}`, frame.width);
}

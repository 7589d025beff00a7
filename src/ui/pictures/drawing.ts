/** What several pictures draw alike: lines, labels of axes, and what is read under the pointer. Main thread. */

import type { Frame } from '../picture.tsx';

type Canvas = Pick<Frame, 'context' | 'colours'>;

export const TRACE_PX = 1.5;
/** Heights of the figures below a picture, and widths of those beside it. */
export const BELOW_PX = 15;
export const BESIDE_PX = 30;

export function horizontal({ context, colours }: Canvas, y: number, from: number, to: number): void {
  context.fillStyle = colours.line;
  context.fillRect(from, Math.round(y), to - from, 1);
}

export function vertical({ context, colours }: Canvas, x: number, from: number, to: number): void {
  context.fillStyle = colours.line;
  context.fillRect(Math.round(x), from, 1, to - from);
}

export interface LabelPlace {
  readonly align?: CanvasTextAlign;
  readonly baseline?: CanvasTextBaseline;
}

export function label(
  { context, colours }: Canvas,
  text: string,
  x: number,
  y: number,
  { align = 'left', baseline = 'middle' }: LabelPlace = {},
): void {
  context.fillStyle = colours.quiet;
  context.font = colours.font;
  context.textAlign = align;
  context.textBaseline = baseline;
  context.fillText(text, x, y);
}

const READING_PX = 18;

/** What is read at the pointer, in the corner that it is not in, on a ground of its own. */
export function reading({ context, colours, pointer }: Frame, text: string, right: number): void {
  context.font = colours.font;
  const width = Math.ceil(context.measureText(text).width) + 10;
  const isAtTop = (pointer?.y ?? 0) < READING_PX + 4 && (pointer?.x ?? 0) > right - width - 12;
  const x = isAtTop ? 0 : right - width;
  context.globalAlpha = 0.85;
  context.fillStyle = colours.raised;
  context.fillRect(x, 0, width, READING_PX);
  context.globalAlpha = 1;
  context.fillStyle = colours.text;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, x + 5, READING_PX / 2 + 0.5);
}

/** Lines through the pointer, as far as the picture goes. */
export function crosshair(frame: Frame, x: number, y: number, right: number, bottom: number): void {
  const { context, colours } = frame;
  context.globalAlpha = 0.5;
  context.fillStyle = colours.quiet;
  context.fillRect(Math.round(x), 0, 1, bottom);
  context.fillRect(0, Math.round(y), right, 1);
  context.globalAlpha = 1;
}

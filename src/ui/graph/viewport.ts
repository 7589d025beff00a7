/** Which part of a picture is seen, and how large. In: gestures. Out: the next view. Pure; all in CSS pixels. */

import type { Place } from './size.ts';

/** A point of the picture at p lies on the screen at offset + scale * p. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
}

const MIN_SCALE = 0.15;
const MAX_SCALE = 3;
/** Around what is seen, in pixels. */
export const MARGIN = 10;
/** What is fitted is not made larger than it is meant to be. */
const FULL_SCALE = 1;

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** All of it, in the middle. */
export function fitted({ left, top, width, height }: Extent, room: Room): Viewport {
  const scale = within(
    Math.min((room.width - 2 * MARGIN) / width, (room.height - 2 * MARGIN) / height),
    MIN_SCALE,
    FULL_SCALE,
  );
  return {
    scale,
    x: room.width / 2 - scale * (left + width / 2),
    y: room.height / 2 - scale * (top + height / 2),
  };
}

/** Larger or smaller around a point of the screen. */
export function zoomed({ scale, x, y }: Viewport, factor: number, around: Place): Viewport {
  const next = within(scale * factor, MIN_SCALE, MAX_SCALE);
  const by = next / scale;
  return { scale: next, x: around.x - by * (around.x - x), y: around.y - by * (around.y - y) };
}

export const panned = (view: Viewport, dx: number, dy: number): Viewport => ({
  ...view,
  x: view.x + dx,
  y: view.y + dy,
});

/** Moved as little as it takes to see a place with so much around it. */
export function showing(view: Viewport, { x, y }: Place, halfWidth: number, halfHeight: number, room: Room): Viewport {
  const shift = (centre: number, half: number, size: number): number => {
    const [low, high] = [centre - half, centre + half];
    if (low < MARGIN) return MARGIN - low;
    return high > size - MARGIN ? Math.max(size - MARGIN - high, MARGIN - low) : 0;
  };
  const dx = shift(view.x + view.scale * x, view.scale * halfWidth, room.width);
  const dy = shift(view.y + view.scale * y, view.scale * halfHeight, room.height);
  return dx === 0 && dy === 0 ? view : panned(view, dx, dy);
}

/** The nearest of some places in the direction of an arrow key; `null`: there is none. */
export function neighbour(
  from: string,
  places: Readonly<Record<string, Place>>,
  direction: { readonly x: number; readonly y: number },
): string | null {
  const start = places[from];
  if (!start) return null;
  let best: { readonly id: string; readonly distance: number } | null = null;
  for (const [id, { x, y }] of Object.entries(places)) {
    const along = direction.x * (x - start.x) + direction.y * (y - start.y);
    const aside = Math.abs(direction.y * (x - start.x)) + Math.abs(direction.x * (y - start.y));
    if (id === from || along <= 1) continue;
    const distance = along + 2 * aside;
    if (!best || distance < best.distance) best = { id, distance };
  }
  return best?.id ?? null;
}

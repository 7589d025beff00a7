/**
 * What is seen of the picture of the patch, as wheel, fingers and pointer move it. In: the drawing and what is in it. Out: the view,
 * and ways to change it. Main thread.
 */

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isScrolling } from '../pictures/scrolling.ts';
import { BOX_HEIGHT, BOX_WIDTH, type Place } from './size.ts';
import { type Extent, fitted, MARGIN, panned, type Room, showing, type Viewport, zoomed } from './viewport.ts';

interface Viewing {
  readonly view: Viewport;
  readonly room: Room | null;
  zoom(factor: number): void;
  fitAll(): void;
  /** Moves as little as it takes to see a place. */
  reveal(place: Place, halfWidth: number, halfHeight: number): void;
}

/** A turn of the wheel by so many pixels doubles the size. */
const DOUBLING_PX = 400;
const LINE_PX = 16;
/** Smaller than this nobody can read it: what does not fit then is cut, and dragged into sight. */
const LEGIBLE_SCALE = 0.8;
/** A pointer that moved less has clicked. */
const CLICK_PX = 4;

/** `front`: where the picture begins, if not all of it can be seen. */
export function useViewport(svg: RefObject<SVGSVGElement | null>, extent: Extent | null, front: Place | null): Viewing {
  const [room, setRoom] = useState<Room | null>(null);
  const [view, setView] = useState<Viewport | null>(null);
  useLayoutEffect(() => {
    const element = svg.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setRoom({ width: element.clientWidth, height: element.clientHeight }));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  const seen = view ?? (extent && room ? atFirst(extent, room, front) : { scale: 1, x: 0, y: 0 });
  const latest = useRef({ seen, room });
  latest.current = { seen, room };
  useLayoutEffect(() => {
    const element = svg.current;
    if (!element) return;
    const change = (next: (view: Viewport) => Viewport) => setView((now) => next(now ?? latest.current.seen));
    return listen(element, change);
  }, []);
  return {
    view: seen,
    room,
    zoom: (factor) => {
      if (room) setView(zoomed(seen, factor, { x: room.width / 2, y: room.height / 2 }));
    },
    fitAll: () => {
      if (room && extent) setView(fitted(extent, room));
    },
    reveal: (place, halfWidth, halfHeight) => {
      if (room) setView(showing(seen, place, halfWidth, halfHeight, room));
    },
  };
}

/** All of it, if that can be read; else from the front on, with what lies around it in the middle. */
function atFirst(extent: Extent, room: Room, front: Place | null): Viewport {
  const all = fitted(extent, room);
  if (all.scale >= LEGIBLE_SCALE || !front) return all;
  const scale = LEGIBLE_SCALE;
  /** `at`: the front's centre; `half`: as much of it lies before that. */
  const start = (at: number, half: number, low: number, size: number, of: number, isAlong: boolean): number => {
    if (scale * size <= of - 2 * MARGIN) return of / 2 - scale * (low + size / 2);
    const wanted = isAlong ? MARGIN - scale * (at - half) : of / 2 - scale * at;
    return Math.max(of - MARGIN - scale * (low + size), Math.min(MARGIN - scale * low, wanted));
  };
  const { left, top, width, height } = extent;
  const isToRight = width / room.width >= height / room.height;
  return {
    scale,
    x: start(front.x, BOX_WIDTH / 2, left, width, room.width, isToRight),
    y: start(front.y, BOX_HEIGHT / 2, top, height, room.height, !isToRight),
  };
}

type Change = (next: (view: Viewport) => Viewport) => void;

/** Returns a function that ends it. */
function listen(element: SVGSVGElement, change: Change): () => void {
  const pointers = new Map<number, Place>();
  let hasMoved = false;
  const at = (event: MouseEvent): Place => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const onWheel = (event: WheelEvent) => {
    // Who scrolls the dock does not mean the picture that comes under the pointer.
    if (isScrolling() && !event.ctrlKey) return;
    event.preventDefault();
    const px = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : LINE_PX * event.deltaY;
    // A pinch on a touchpad comes as small turns with Ctrl.
    const factor = 2 ** ((-px * (event.ctrlKey ? 4 : 1)) / DOUBLING_PX);
    const around = at(event);
    change((view) => zoomed(view, factor, around));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    hasMoved = false;
    pointers.set(event.pointerId, at(event));
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    if (!hasMoved && pointers.size === 1 && Math.hypot(now.x - before.x, now.y - before.y) < CLICK_PX) return;
    // Not before it moves: a captured pointer would click on nothing.
    if (!hasMoved) element.setPointerCapture(event.pointerId);
    hasMoved = true;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (!other) {
      change((view) => panned(view, now.x - before.x, now.y - before.y));
      return;
    }
    const [from, to] = [
      Math.hypot(before.x - other.x, before.y - other.y),
      Math.hypot(now.x - other.x, now.y - other.y),
    ];
    if (from > 0) change((view) => zoomed(view, to / from, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }));
  };
  const onPointerUp = (event: PointerEvent) => void pointers.delete(event.pointerId);
  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('pointerdown', onPointerDown);
  element.addEventListener('pointermove', onPointerMove);
  element.addEventListener('pointerup', onPointerUp);
  element.addEventListener('pointercancel', onPointerUp);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('pointerdown', onPointerDown);
    element.removeEventListener('pointermove', onPointerMove);
    element.removeEventListener('pointerup', onPointerUp);
    element.removeEventListener('pointercancel', onPointerUp);
  };
}

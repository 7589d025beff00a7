/**
 * A canvas that is drawn at the display's rate and pixel ratio while there is something to see: not while hidden or scrolled
 * out of sight, not while frozen, and not once the drawing has come to rest. What it reads is in use only as long. Main thread.
 */

import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Colours, coloursOn } from './colours.ts';
import { themeInForce } from './theme.ts';

export interface Frame {
  /** Scaled so that one unit is one CSS pixel. */
  readonly context: CanvasRenderingContext2D;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels to a CSS pixel. */
  readonly ratio: number;
  /** Since the previous frame; 0 after a rest. */
  readonly seconds: number;
  /** The pointer's position over the picture, in CSS pixels. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
  /** What was read last is to be drawn, and nothing else read. */
  readonly isFrozen: boolean;
  readonly colours: Colours;
}

/** Draws one frame on a cleared canvas; returns whether the next one may look different. The frame is used again. */
export type Draw = (frame: Frame) => boolean;

export interface PictureProps {
  readonly label: string;
  readonly draw: Draw;
  /** Drawing restarts whenever this changes. */
  readonly wake: ReadonlySignal<unknown>;
  /** Begins to use what is drawn, and returns a function that ends it; called again when `wake` changes. */
  readonly use?: () => () => void;
  /** A click or tap changes it. Absent: the picture cannot be frozen. */
  readonly frozen?: Signal<boolean>;
  readonly heightPx?: number;
  readonly onWheel?: (event: WheelEvent) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** A finger that has moved further than this has read the picture, and not tapped on it. */
const TAP_PX = 8;

export function Picture({ label, draw, wake, use, frozen, heightPx, onWheel, onKeyDown }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const loop = new Loop(canvas.current, draw, frozen);
    const unfollow = effect(() => {
      void wake.value;
      void themeInForce.value;
      void frozen?.value;
      loop.restyle();
    });
    const unuse = effect(() => {
      void wake.value;
      if (use && loop.isSeen.value && !frozen?.value) return use();
    });
    return () => {
      unfollow();
      unuse();
      loop.end();
    };
  }, [draw, wake, frozen]);
  useEffect(() => {
    const element = canvas.current;
    if (!element || !onWheel) return;
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [onWheel]);
  const keys = frozen && {
    tabIndex: 0,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === ' ' || event.key === 'Enter') {
        frozen.value = !frozen.value;
        event.preventDefault();
      } else onKeyDown?.(event);
    },
  };
  const height = heightPx === undefined ? {} : { style: { '--picture': `${heightPx}px` } };
  return <canvas ref={canvas} role="img" aria-label={label} {...keys} {...height} />;
}

class Loop {
  /** Whether any of it is on the screen. */
  readonly isSeen = signal(false);
  readonly #canvas: HTMLCanvasElement;
  readonly #draw: Draw;
  readonly #frozen: Signal<boolean> | undefined;
  readonly #sizes: ResizeObserver;
  readonly #sights: IntersectionObserver;
  readonly #view: { -readonly [Key in keyof Frame]: Frame[Key] } | null;
  #pressed: { readonly x: number; readonly y: number } | null = null;
  #request: number | null = null;
  #lastMs: number | null = null;

  constructor(canvas: HTMLCanvasElement, draw: Draw, frozen: Signal<boolean> | undefined) {
    this.#canvas = canvas;
    this.#draw = draw;
    this.#frozen = frozen;
    const context = canvas.getContext('2d');
    this.#view = context && {
      ...{ context, width: 0, height: 0, ratio: 1, seconds: 0, pointer: null },
      ...{ isFrozen: false, colours: coloursOn(canvas) },
    };
    this.#sizes = new ResizeObserver(() => {
      if (!this.#view) return;
      this.#view.width = canvas.clientWidth;
      this.#view.height = canvas.clientHeight;
      // Redrawn at once: setting the size clears the canvas, which would flicker.
      if (this.isSeen.peek()) this.#frame(performance.now());
    });
    this.#sizes.observe(canvas);
    this.#sights = new IntersectionObserver((entries) => {
      this.isSeen.value = entries.at(-1)?.isIntersecting ?? false;
      if (this.isSeen.peek()) this.#wake();
    });
    this.#sights.observe(canvas);
    canvas.onpointermove = (event) => this.#point(event);
    canvas.onpointerdown = (event) => {
      this.#pressed = { x: event.offsetX, y: event.offsetY };
      this.#point(event);
    };
    canvas.onpointerup = (event) => this.#release(event);
    // What a finger has frozen it goes on reading when it is gone.
    canvas.onpointerleave = ({ pointerType }) => {
      if (pointerType === 'mouse' || !this.#frozen?.peek()) this.#unpoint();
    };
    canvas.onpointercancel = () => this.#unpoint();
  }

  restyle(): void {
    if (this.#view) this.#view.colours = coloursOn(this.#canvas);
    this.#wake();
  }

  end(): void {
    this.#sizes.disconnect();
    this.#sights.disconnect();
    if (this.#request !== null) cancelAnimationFrame(this.#request);
    this.#request = null;
  }

  #point({ offsetX, offsetY }: PointerEvent): void {
    if (this.#view) this.#view.pointer = { x: offsetX, y: offsetY };
    this.#wake();
  }

  #unpoint(): void {
    this.#pressed = null;
    if (this.#view) this.#view.pointer = null;
    this.#wake();
  }

  #release(event: PointerEvent): void {
    const pressed = this.#pressed;
    this.#pressed = null;
    if (!pressed || !this.#frozen || event.button !== 0) return;
    if (Math.hypot(event.offsetX - pressed.x, event.offsetY - pressed.y) > TAP_PX) return;
    this.#frozen.value = !this.#frozen.peek();
  }

  #wake(): void {
    if (this.isSeen.peek()) this.#request ??= requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }

  #frame(nowMs: number): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request);
    this.#request = null;
    const view = this.#view;
    if (!view || view.width === 0 || view.height === 0 || !this.isSeen.peek()) {
      this.#lastMs = null;
      return;
    }
    view.ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(view.width * view.ratio), Math.round(view.height * view.ratio)];
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    view.context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    view.context.clearRect(0, 0, view.width, view.height);
    view.seconds = this.#lastMs === null ? 0 : Math.max(0, nowMs - this.#lastMs) / 1000;
    view.isFrozen = this.#frozen?.peek() ?? false;
    const goesOn = this.#draw(view) && !view.isFrozen;
    this.#lastMs = goesOn ? nowMs : null;
    if (goesOn) this.#wake();
  }
}

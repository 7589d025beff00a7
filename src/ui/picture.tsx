/**
 * A canvas that is drawn at the display's rate and pixel ratio while there is something to see: not while hidden, and
 * not once the drawing has come to rest. Main thread.
 */

import { effect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { themeInForce } from './theme.ts';

/** The page's colours, for drawing. */
export interface Colours {
  readonly ground: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly accentFaint: string;
  readonly error: string;
  readonly warning: string;
  readonly font: string;
}

export interface Frame {
  /** Scaled so that one unit is one CSS pixel. */
  readonly context: CanvasRenderingContext2D;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Since the previous frame; 0 after a rest. */
  readonly seconds: number;
  /** The pointer's position over the picture, in CSS pixels. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
  readonly colours: Colours;
}

/** Draws one frame on a cleared canvas; returns whether the next one may look different. */
export type Draw = (frame: Frame) => boolean;

export interface PictureProps {
  readonly label: string;
  readonly draw: Draw;
  /** Drawing restarts whenever this changes. */
  readonly wake: ReadonlySignal<unknown>;
}

export function Picture({ label, draw, wake }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const loop = new Loop(canvas.current, draw);
    const unfollow = effect(() => {
      void wake.value;
      void themeInForce.value;
      loop.restyle();
    });
    return () => {
      unfollow();
      loop.end();
    };
  }, [draw, wake]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

class Loop {
  readonly #canvas: HTMLCanvasElement;
  readonly #draw: Draw;
  readonly #sizes: ResizeObserver;
  #colours: Colours;
  #width = 0;
  #height = 0;
  #pointer: Frame['pointer'] = null;
  #request: number | null = null;
  #lastMs: number | null = null;

  constructor(canvas: HTMLCanvasElement, draw: Draw) {
    this.#canvas = canvas;
    this.#draw = draw;
    this.#colours = coloursOn(canvas);
    this.#sizes = new ResizeObserver(() => {
      this.#width = canvas.clientWidth;
      this.#height = canvas.clientHeight;
      // Redrawn at once: setting the size clears the canvas, which would flicker.
      this.#frame(performance.now());
    });
    this.#sizes.observe(canvas);
    canvas.onpointermove = ({ offsetX, offsetY }) => this.#point({ x: offsetX, y: offsetY });
    canvas.onpointerleave = () => this.#point(null);
  }

  restyle(): void {
    this.#colours = coloursOn(this.#canvas);
    this.#wake();
  }

  end(): void {
    this.#sizes.disconnect();
    if (this.#request !== null) cancelAnimationFrame(this.#request);
  }

  #point(pointer: Frame['pointer']): void {
    this.#pointer = pointer;
    this.#wake();
  }

  #wake(): void {
    this.#request ??= requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }

  #frame(nowMs: number): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request);
    this.#request = null;
    const context = this.#canvas.getContext('2d');
    if (this.#width === 0 || this.#height === 0 || !context) {
      this.#lastMs = null;
      return;
    }
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(this.#width * ratio), Math.round(this.#height * ratio)];
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#width, this.#height);
    const goesOn = this.#draw({
      context,
      width: this.#width,
      height: this.#height,
      seconds: this.#lastMs === null ? 0 : Math.max(0, nowMs - this.#lastMs) / 1000,
      pointer: this.#pointer,
      colours: this.#colours,
    });
    this.#lastMs = goesOn ? nowMs : null;
    if (goesOn) this.#wake();
  }
}

function coloursOn(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: token('ground'),
    line: token('line'),
    text: token('text'),
    quiet: token('quiet'),
    accent: token('accent'),
    accentFaint: token('accent-faint'),
    error: token('error'),
    warning: token('warning'),
    font: `11px ${token('font-ui')}`,
  };
}

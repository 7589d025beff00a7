/**
 * The image behind the spectrogram: a ring of columns, one written at a time, so that nothing is moved or drawn again. In: what
 * analysers read. Out: pixels, and levels at places. Main thread; allocates only when its size changes.
 */

import type { Colours } from '../colours.ts';
import { LogAxis } from '../measure.ts';
import { highestBetween, louderLevels } from '../meters/spectrumLevels.ts';
import type { TapPair } from '../taps.ts';

/** In CSS pixels: pixels of the display go by faster where there are more of them. */
export const COLUMNS_PER_SECOND = 40;
const TOP_DB = 0;
const BOTTOM_DB = -96;
const SHADES = 256;
/** Never more at a time: after a pause it continues from there. */
const MAX_COLUMNS = 32;

export class SpectrogramImage {
  readonly #lowHz: number;
  readonly #highHz: number;
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d');
  #column: ImageData | null = null;
  #pixels = new Uint32Array(0);
  /** Shades, one column after the other; 0: nothing was heard there yet. */
  #shades = new Uint8Array(0);
  #palette = new Uint32Array(SHADES);
  #colours: Colours | null = null;
  /** The next column to be written. */
  #at = 0;
  #dueColumns = 0;
  #bins = new Float32Array(0);
  #others = new Float32Array(0);

  constructor(lowHz: number, highHz: number) {
    this.#lowHz = lowHz;
    this.#highHz = highHz;
  }

  /** In pixels of the display. Another size or theme keeps what is there, as well as that goes. */
  fit(width: number, height: number, colours: Colours): void {
    const isResized = this.#canvas.width !== width || this.#canvas.height !== height;
    if (width <= 0 || height <= 0 || (!isResized && colours === this.#colours)) return;
    if (colours !== this.#colours) {
      this.#colours = colours;
      this.#palette = palette(colours);
      if (!isResized) this.#repaint();
    }
    if (isResized) this.#resize(width, height);
  }

  #resize(width: number, height: number): void {
    const [oldWidth, oldHeight, old] = [this.#canvas.width, this.#canvas.height, this.#shades];
    const hasOld = old.length === oldWidth * oldHeight && old.length > 0;
    const shades = new Uint8Array(width * height);
    if (hasOld) {
      // The newest columns stay; heights are stretched.
      for (let n = 1; n <= Math.min(width, oldWidth); n++) {
        const from = ((this.#at - n + oldWidth) % oldWidth) * oldHeight;
        const to = (width - n) * height;
        for (let y = 0; y < height; y++) shades[to + y] = old[from + Math.floor((y * oldHeight) / height)];
      }
    }
    this.#shades = shades;
    this.#at = 0;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#column = new ImageData(1, height);
    this.#pixels = new Uint32Array(this.#column.data.buffer);
    this.#repaint();
  }

  #repaint(): void {
    const { width, height } = this.#canvas;
    for (let x = 0; x < width; x++) this.#paint(x, height);
  }

  #paint(x: number, height: number): void {
    if (!this.#column) return;
    for (let y = 0; y < height; y++) this.#pixels[y] = this.#palette[this.#shades[x * height + y]];
    this.#context?.putImageData(this.#column, x, 0);
  }

  /** `seconds` have passed, times the pixels of the display to one of the picture. */
  advance(pair: TapPair, sampleRate: number, seconds: number): void {
    this.#dueColumns = Math.min(MAX_COLUMNS, this.#dueColumns + seconds * COLUMNS_PER_SECOND);
    if (this.#dueColumns < 1 || this.#shades.length === 0) return;
    this.#read(pair, sampleRate);
    for (; this.#dueColumns >= 1; this.#dueColumns--) {
      this.#write();
    }
  }

  #rowLevels = new Uint8Array(0);

  #read({ left, right }: TapPair, sampleRate: number): void {
    if (this.#bins.length !== left.frequencyBinCount) {
      this.#bins = new Float32Array(left.frequencyBinCount);
      this.#others = new Float32Array(left.frequencyBinCount);
    }
    left.getFloatFrequencyData(this.#bins);
    right.getFloatFrequencyData(this.#others);
    louderLevels(this.#bins, this.#others);
    const { height } = this.#canvas;
    if (this.#rowLevels.length !== height) this.#rowLevels = new Uint8Array(height);
    const axis = new LogAxis(this.#lowHz, this.#highHz, height);
    const binHz = sampleRate / left.fftSize;
    for (let y = 0; y < height; y++) {
      const up = height - y - 0.5;
      const level = highestBetween(this.#bins, axis.hzAt(up - 0.5) / binHz, axis.hzAt(up + 0.5) / binHz);
      this.#rowLevels[y] = shadeOf(level);
    }
  }

  #write(): void {
    const { width, height } = this.#canvas;
    this.#shades.set(this.#rowLevels, this.#at * height);
    this.#paint(this.#at, height);
    this.#at = (this.#at + 1) % width;
  }

  /** Into the upper left corner, as large as that in CSS pixels. */
  draw(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { width: columns, height: rows } = this.#canvas;
    if (this.#shades.length === 0 || !this.#column) return;
    const older = ((columns - this.#at) / columns) * width;
    context.imageSmoothingEnabled = false;
    if (this.#at < columns) {
      context.drawImage(this.#canvas, this.#at, 0, columns - this.#at, rows, 0, 0, older, height);
    }
    if (this.#at > 0) context.drawImage(this.#canvas, 0, 0, this.#at, rows, older, 0, width - older, height);
  }

  /** In dB, at a place given from the upper left corner, 0 to 1; null: nothing was heard there. */
  levelAt(x: number, y: number): number | null {
    const { width, height } = this.#canvas;
    const column = (this.#at + Math.min(width - 1, Math.floor(x * width))) % width;
    const shade = this.#shades[column * height + Math.min(height - 1, Math.floor(y * height))] ?? 0;
    return shade === 0 ? null : BOTTOM_DB + ((shade - 1) / (SHADES - 2)) * (TOP_DB - BOTTOM_DB);
  }
}

/** 1 is silence. */
function shadeOf(levelDb: number): number {
  const part = (levelDb - BOTTOM_DB) / (TOP_DB - BOTTOM_DB);
  return 1 + Math.round(Math.max(0, Math.min(1, part)) * (SHADES - 2));
}

/** From the ground over the accent to the text's colour, which is the brightest in the dark and the darkest in the light. */
function palette({ ground, accent, text }: Colours): Uint32Array<ArrayBuffer> {
  const stops = [ground, ground, accent, text].map(rgb);
  const places = [0, 0.12, 0.75, 1];
  const shades = new Uint32Array(SHADES);
  for (let shade = 0; shade < SHADES; shade++) {
    const part = Math.max(0, (shade - 1) / (SHADES - 2));
    const n = Math.max(
      1,
      places.findIndex((place) => place >= part),
    );
    const between = (part - places[n - 1]) / (places[n] - places[n - 1]);
    const [r, g, b] = stops[n - 1].map((from, k) => Math.round(from + between * (stops[n][k] - from)));
    shades[shade] = 0xff000000 | (b << 16) | (g << 8) | r;
  }
  return shades;
}

/** Red, green and blue of `#rrggbb`, 0 to 255. */
const rgb = (colour: string): [number, number, number] => {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

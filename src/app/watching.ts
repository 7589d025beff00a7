/**
 * Watches the variable at the cursor: its value, range and a trace stand at its line while it plays. In: where the cursor is, and
 * what the compiler says of the variable. Out: the model's `watched`. One that is kept stays when the cursor leaves. Main thread.
 */

import { effect } from '@preact/signals';
import type { Span } from '../protocol/diagnostic.ts';
import type { Watched } from '../protocol/watch.ts';
import { carryThroughLines } from './carryThroughLines.ts';
import type { Model } from './model.ts';
import type { Say } from './notes.ts';

export interface WatchedReading {
  readonly name: string;
  /** The name, in the text that plays. */
  readonly place: Span;
  readonly isKept: boolean;
  /** Null until something has been read, and where there is nothing to be read. */
  readonly seen: Extract<Watched, { kind: 'values' }> | null;
  /** The oldest first: each time the lowest and the highest. */
  readonly trace: readonly number[];
}

export interface WatchingParts {
  readonly model: Pick<Model, 'state' | 'code' | 'watched'>;
  readonly compiler: { watch(text: string, offset: number | null): void };
  readonly readText: () => string;
  readonly say: Say;
  /** Calls later, and returns what takes that back. */
  readonly later: (call: () => void, ms: number) => () => void;
}

/** The cursor rests: nothing comes and goes while it only passes. */
const REST_MS = 200;
/** Values of a trace: eight seconds. */
const KEPT = 128;

export class Watching {
  readonly #parts: WatchingParts;
  #cursor = 0;
  #cancel: () => void = () => undefined;
  /** The text in which the variable was asked for last; null: none was. */
  #askedIn: string | null = null;
  /** Whether the answer is to be told where there is nothing to see: it was asked for by hand. */
  #isByHand = false;

  constructor(parts: WatchingParts) {
    this.#parts = parts;
    const { model } = parts;
    effect(() => {
      void model.code.value.text;
      if (model.state.value === 'playing') this.#swapped();
      else this.#end();
    });
  }

  cursorMoved(offset: number): void {
    this.#cursor = offset;
    this.#cancel();
    if (this.#kept) return;
    this.#cancel = this.#parts.later(() => this.#lookAt(offset), REST_MS);
  }

  /** Keeps the variable at the cursor, or no longer the one that is kept. */
  toggle(): void {
    const { model } = this.#parts;
    this.#cancel();
    const shown = model.watched.peek();
    if (shown?.isKept) {
      model.watched.value = null;
      this.#lookAt(this.#cursor);
      return;
    }
    this.#isByHand = true;
    const isFound = this.#lookAt(this.#cursor);
    const { value } = model.watched;
    if (value) model.watched.value = { ...value, isKept: true };
    else if (!isFound) this.#say('To watch a variable, put the cursor on one in the code that is playing.');
  }

  told(watched: Watched): void {
    const { model } = this.#parts;
    const shown = model.watched.peek();
    if (!shown || shown.name !== watched.name) return;
    if (watched.kind === 'none') {
      if (this.#isByHand || shown.isKept) this.#say(watched.reason);
      this.#isByHand = false;
      model.watched.value = null;
      return;
    }
    this.#isByHand = false;
    const { range } = watched;
    const trace = range ? [...shown.trace, range.low, range.high].slice(-KEPT) : [];
    model.watched.value = { ...shown, seen: watched, trace };
  }

  get #kept(): boolean {
    return this.#parts.model.watched.peek()?.isKept ?? false;
  }

  #say(text: string): void {
    this.#parts.say({ tone: 'note', text });
  }

  /** Whether there is a name that is also in what plays. */
  #lookAt(offset: number): boolean {
    const { model, readText } = this.#parts;
    const text = readText();
    const word = wordAt(text, offset);
    const { text: playing } = model.code.peek();
    const place = word && model.state.peek() === 'playing' ? carryThroughLines(text, playing, word) : null;
    if (!place) {
      this.#end();
      return false;
    }
    const name = playing.slice(place.start, place.end);
    const shown = model.watched.peek();
    const isShown = shown?.name === name && shown.place.start === place.start && this.#askedIn === playing;
    if (!isShown) this.#ask({ name, place, isKept: false, seen: null, trace: [] });
    return true;
  }

  #ask(reading: WatchedReading): void {
    const { model, compiler } = this.#parts;
    const { text } = model.code.peek();
    this.#askedIn = text;
    model.watched.value = reading;
    compiler.watch(text, reading.place.start);
  }

  /** Other code plays, or the same in another tier, or told by another worker, which has to be asked again. */
  #swapped(): void {
    const { model } = this.#parts;
    const shown = model.watched.peek();
    const { text } = model.code.peek();
    if (!shown || this.#askedIn === null) {
      this.cursorMoved(this.#cursor);
      return;
    }
    const place = carryThroughLines(this.#askedIn, text, shown.place) ?? nearest(this.#askedIn, text, shown);
    if (place) this.#ask({ ...shown, place });
    else this.#end();
  }

  #end(): void {
    this.#cancel();
    if (this.#askedIn === null && this.#parts.model.watched.peek() === null) return;
    this.#askedIn = null;
    this.#parts.model.watched.value = null;
    this.#parts.compiler.watch('', null);
  }
}

/** The name that the offset touches. */
function wordAt(text: string, offset: number): Span | null {
  const before = /[\w$]*$/.exec(text.slice(Math.max(0, offset - 256), offset))?.[0] ?? '';
  const behind = /^[\w$]*/.exec(text.slice(offset, offset + 256))?.[0] ?? '';
  const word = before + behind;
  return /^[A-Za-z_$]/.test(word) ? { start: offset - before.length, end: offset + behind.length } : null;
}

/** The name where it now stands nearest to the line in which it was. */
function nearest(before: string, text: string, { name, place }: Pick<WatchedReading, 'name' | 'place'>): Span | null {
  const wanted = lineBreaks(before, 0, place.start);
  let best: Span | null = null;
  let bestLines = Number.POSITIVE_INFINITY;
  let line = 0;
  let counted = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    // From the last one on: a long text may have the name everywhere.
    line += lineBreaks(text, counted, at);
    counted = at;
    const word = wordAt(text, at);
    const lines = Math.abs(line - wanted);
    if (word?.start !== at || word.end !== at + name.length || lines >= bestLines) continue;
    best = word;
    bestLines = lines;
  }
  return best;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) count++;
  return count;
}

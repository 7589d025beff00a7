/**
 * What the patch prints by `console.log`, as the page lists it: lines with a count, the newest last. In: what the top level printed, with
 * the running code; what frames print, with meters. Out: the model's `printed`. Main thread.
 */

import type { Meter } from '../engine/sound.ts';
import { readPrinted } from '../language/printed.ts';
import type { HostDeclarations } from '../protocol/controls.ts';
import type { Span } from '../protocol/diagnostic.ts';
import type { PrintedWords } from '../protocol/printed.ts';
import type { Model } from './model.ts';

export interface PrintedLine {
  readonly serial: number;
  readonly text: string;
  readonly method: string;
  /** From 1, in the text that printed it. */
  readonly line: number;
  readonly span: Span;
  /** How often this was printed in a row; calls that only were counted are among them. */
  readonly count: number;
}

/** Older ones are forgotten. */
export const MAX_PRINTED_LINES = 200;

type Sites = HostDeclarations['printSites'];

export class PrintLog {
  readonly #model: Pick<Model, 'printed'>;
  #sites: Sites = [];
  #text = '';
  /** The lines of the places that have printed: a text may be long, and a place prints again and again. */
  readonly #lines = new Map<number, number>();
  #generation: number | null = null;
  #piece: number | null = null;
  #serial = 0;

  constructor(model: Pick<Model, 'printed'>) {
    this.#model = model;
  }

  /** Another generation plays, made from this text; told again of the same one, nothing is printed twice. */
  plays(
    { generation, piece }: { readonly generation: number; readonly piece: number },
    { printSites, printed }: Pick<HostDeclarations, 'printSites' | 'printed'>,
    text: string,
  ): void {
    if (piece !== this.#piece && this.#model.printed.peek().length > 0) this.clear();
    this.#piece = piece;
    const isNew = this.#generation === null || generation > this.#generation;
    this.#generation = generation;
    this.#sites = printSites;
    this.#text = text;
    this.#lines.clear();
    if (isNew && printed) this.#add(printed);
  }

  metered({ printed, generation }: Pick<Meter, 'printed' | 'generation'>): void {
    // What another generation printed has other places.
    if (printed && generation === this.#generation) this.#add(printed);
  }

  clear(): void {
    this.#model.printed.value = [];
  }

  #add(words: PrintedWords): void {
    const { entries, counts } = readPrinted(words);
    const lines = [...this.#model.printed.peek()];
    const missed = new Map(counts);
    for (const { site, text } of entries) {
      missed.set(site, (missed.get(site) ?? 1) - 1);
      const place = this.#sites[site];
      if (!place) continue;
      const last = lines.at(-1);
      if (last?.text === text && last.span.start === place.span.start) lines[lines.length - 1] = more(last, 1);
      else
        lines.push({
          serial: this.#serial++,
          text,
          method: place.method,
          line: this.#lineOf(place.span),
          span: place.span,
          count: 1,
        });
    }
    for (const [site, count] of missed) {
      const at = lines.findLastIndex(({ span }) => span.start === this.#sites[site]?.span.start);
      if (count > 0 && at >= 0) lines[at] = more(lines[at]!, count);
    }
    this.#model.printed.value = lines.slice(-MAX_PRINTED_LINES);
  }

  #lineOf({ start }: Span): number {
    const known = this.#lines.get(start);
    if (known !== undefined) return known;
    const line = this.#text.slice(0, start).split(/\r\n|\r|\n/).length;
    this.#lines.set(start, line);
    return line;
  }
}

const more = (line: PrintedLine, count: number): PrintedLine => ({ ...line, count: line.count + count });

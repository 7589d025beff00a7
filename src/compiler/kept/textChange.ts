/** Where two texts differ. In: a text and the one after it. Out: where a place of the first is in the second. Pure. */

import type { Diagnostic, Span } from '../../protocol/diagnostic.ts';

export class TextChange {
  /** Where the first place is that differs. */
  private start: number;
  /** In the first text, where what differs ends. */
  private end: number;
  /** How much longer the second text is. */
  readonly growth: number;
  readonly isNone: boolean;

  /** Whether what begins or ends at the borders of the difference does so in both texts. */
  private isWhole = false;

  /** A whole token of the first text that is another one in the second. */
  static ofToken({ start, end }: Span, before: string, after: string): TextChange {
    const change = new TextChange(before, after);
    change.start = start;
    change.end = end;
    change.isWhole = true;
    return change;
  }

  constructor(before: string, after: string) {
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
    let same = 0;
    while (
      same < shorter - start &&
      before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
    )
      same++;
    this.start = start;
    this.end = before.length - same;
    this.growth = after.length - before.length;
    this.isNone = start === shorter && this.growth === 0;
  }

  /** In the first text. */
  get place(): Span {
    return { start: this.start, end: this.end };
  }

  /** Where an offset has moved to; `null`: it touches what differs. */
  offset(at: number): number | null {
    if (at < this.start || this.isNone || (this.isWhole && at === this.start)) return at;
    return at > this.end || (this.isWhole && at === this.end) ? at + this.growth : null;
  }

  span(span: Span): Span | null {
    const start = this.offset(span.start);
    const end = this.offset(span.end);
    if (start === null || end === null) return null;
    return start === span.start && end === span.end ? span : { start, end };
  }

  /** Whether a span has no part of what differs within it, nor touches it. */
  isOutside({ start, end }: Span): boolean {
    return this.isNone || end < this.start || start > this.end;
  }

  /** A diagnostic that speaks of nothing that differs; `null`: it may. */
  diagnostic(diagnostic: Diagnostic): Diagnostic | null {
    const { span, related = [], fix } = diagnostic;
    if (fix || !this.isOutside(span) || !related.every((place) => this.isOutside(place.span))) return null;
    const places = related.map((place) => ({ ...place, span: this.span(place.span)! }));
    return { ...diagnostic, span: this.span(span)!, ...(diagnostic.related && { related: places }) };
  }
}

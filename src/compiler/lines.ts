/** The lines of a text, for asking often: which one a character is in, and how far that is indented. Pure. */
export class Lines {
  private readonly text: string;
  private readonly starts: readonly number[];
  private readonly indents = new Map<number, number>();

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    this.starts = starts;
  }

  /** From 0. */
  of(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Blanks at the beginning of the line that the character is in. */
  indentAt(offset: number): number {
    const line = this.of(offset);
    let indent = this.indents.get(line);
    if (indent === undefined) {
      const start = this.starts[line]!;
      let end = start;
      while (this.text[end] === ' ' || this.text[end] === '\t') end++;
      indent = end - start;
      this.indents.set(line, indent);
    }
    return indent;
  }
}

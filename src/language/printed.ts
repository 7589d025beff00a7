/**
 * What a patch has printed, as text. In: the words of src/library/dsp/internal/console.ts. Out: entries, in their order, and how often
 * each place printed altogether. Pure; nothing is believed of the words but that they are numbers.
 */

import type { PrintedWords } from '../protocol/printed.ts';

export interface PrintedEntry {
  /** The number of the place. */
  readonly site: number;
  readonly text: string;
}

export interface Printed {
  readonly entries: readonly PrintedEntry[];
  /** Calls by place, those that became entries among them. */
  readonly counts: ReadonlyMap<number, number>;
}

const TAG = {
  ENTRY: 1,
  NUMBER: 2,
  BOOLEAN: 3,
  UNDEFINED: 4,
  NULL: 5,
  TEXT: 6,
  FUNCTION: 7,
  ARRAY: 8,
  OBJECT: 9,
  KEY: 10,
  END: 11,
  MAP: 12,
  SET: 13,
} as const;

export function readPrinted({ words, counts }: PrintedWords): Printed {
  const reader = new Reader(words);
  const entries: PrintedEntry[] = [];
  while (!reader.isAtEnd) {
    if (reader.next() !== TAG.ENTRY) continue;
    const site = reader.next();
    const values: string[] = [];
    while (!reader.isAtEnd && reader.peek() !== TAG.ENTRY) values.push(reader.value(false));
    entries.push({ site, text: values.join(' ') });
  }
  const all = new Map<number, number>();
  counts.forEach((count, site) => {
    if (count > 0) all.set(site, count);
  });
  return { entries, counts: all };
}

class Reader {
  private at = 0;
  private readonly words: Float64Array;

  constructor(words: Float64Array) {
    this.words = words;
  }

  get isAtEnd(): boolean {
    return this.at >= this.words.length;
  }

  peek(): number {
    return this.words[this.at] ?? TAG.END;
  }

  next(): number {
    return this.words[this.at++] ?? TAG.END;
  }

  /** One value. Texts within others are in quotes, as a console has it. */
  value(isInside: boolean): string {
    switch (this.next()) {
      case TAG.NUMBER: {
        const number = this.next();
        return Object.is(number, -0) ? '-0' : String(number);
      }
      case TAG.BOOLEAN:
        return this.next() > 0 ? 'true' : 'false';
      case TAG.UNDEFINED:
        return 'undefined';
      case TAG.NULL:
        return 'null';
      case TAG.TEXT: {
        const text = this.text();
        return isInside ? `'${text}'` : text;
      }
      case TAG.FUNCTION:
        return 'ƒ';
      case TAG.ARRAY:
        return this.array();
      case TAG.OBJECT:
        return this.object();
      case TAG.MAP:
        return this.keyed('Map', () => `${this.value(true)} => ${this.value(true)}`);
      case TAG.SET:
        return this.keyed('Set', () => this.value(true));
      default:
        return '…';
    }
  }

  private text(): string {
    const length = this.next();
    let text = '';
    for (let left = this.next(); left > 0 && !this.isAtEnd; left--) text += String.fromCharCode(this.next());
    return text.length < length ? `${text}…` : text;
  }

  private array(): string {
    const length = this.next();
    const elements: string[] = [];
    while (!this.isAtEnd && this.peek() !== TAG.END) elements.push(this.value(true));
    this.next();
    if (elements.length === 0 && length > 0) return `Array(${length})`;
    if (elements.length < length) elements.push(`… ${length - elements.length} more`);
    return `[${elements.join(', ')}]`;
  }

  private keyed(name: string, entry: () => string): string {
    const size = this.next();
    const entries: string[] = [];
    while (!this.isAtEnd && this.peek() !== TAG.END) entries.push(entry());
    this.next();
    if (size === 0) return `${name}(0) {}`;
    if (entries.length === 0) return `${name}(${size}) {…}`;
    if (entries.length < size) entries.push(`… ${size - entries.length} more`);
    return `${name}(${size}) { ${entries.join(', ')} }`;
  }

  private object(): string {
    const members: [name: string, value: string][] = [];
    while (!this.isAtEnd && this.peek() !== TAG.END) {
      if (this.next() !== TAG.KEY || this.next() !== TAG.TEXT) continue;
      const name = this.text();
      members.push([name, this.value(true)]);
    }
    this.next();
    // An array of mixed kinds.
    if (members.length > 0 && members.every(([name], index) => name === String(index))) {
      return `[${members.map(([, value]) => value).join(', ')}]`;
    }
    return members.length === 0 ? '{…}' : `{ ${members.map(([name, value]) => `${name}: ${value}`).join(', ')} }`;
  }
}

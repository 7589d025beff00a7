/**
 * Keeps the syntax trees of top-level declarations from text to text, so that only the edited declaration is parsed
 * again. Declarations that merely moved keep their trees, with shifted positions.
 */

import type { Statement } from '@babel/types';

interface Positioned {
  start?: number | null;
  end?: number | null;
}

interface Entry {
  readonly statements: readonly Statement[];
  /** All of its parts that have positions, however deep; listed when it moves for the first time, as it will move again. */
  parts: Positioned[] | null;
  /** The offset in the text that the tree's positions refer to. */
  offset: number;
  /** The last text that had this piece. */
  usedIn: number;
}

export class ParseCache {
  private readonly entries = new Map<string, Entry>();
  private texts = 0;

  /** To be called before the pieces of a text are looked up. */
  begin(): void {
    this.texts++;
  }

  /**
   * The statements of a piece of text that begins at `offset`, if it was parsed before. A piece that is in the text
   * twice is found once: two places cannot share one tree.
   */
  find(piece: string, offset: number): readonly Statement[] | null {
    const entry = this.entries.get(piece);
    if (!entry || entry.usedIn === this.texts) return null;
    if (entry.offset !== offset) {
      entry.parts ??= partsOf(entry.statements);
      shift(entry.parts, offset - entry.offset);
      entry.offset = offset;
    }
    entry.usedIn = this.texts;
    return entry.statements;
  }

  add(piece: string, offset: number, statements: readonly Statement[]): void {
    this.entries.set(piece, { statements, parts: null, offset, usedIn: this.texts });
  }

  /** Forgets what the last text did not have. */
  end(): void {
    for (const [piece, entry] of this.entries) if (entry.usedIn !== this.texts) this.entries.delete(piece);
  }
}

/** Moves every position. Only `start` and `end` are read by later passes. */
function shift(parts: readonly Positioned[], by: number): void {
  for (const part of parts) {
    if (typeof part.start === 'number') part.start += by;
    if (typeof part.end === 'number') part.end += by;
  }
}

function partsOf(statements: readonly Statement[]): Positioned[] {
  const parts: Positioned[] = [];
  const waiting: object[] = [...statements];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = next as Positioned & Record<string, unknown>;
    if (typeof node.start === 'number' || typeof node.end === 'number') parts.push(node);
    for (const key in node) {
      if (key === 'loc' || key === 'extra' || key.endsWith('Comments')) continue;
      const child = node[key];
      if (typeof child === 'object' && child !== null) waiting.push(child);
    }
  }
  return parts;
}

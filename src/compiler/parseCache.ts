/**
 * Keeps the syntax trees of top-level declarations from text to text, so that only the edited declaration is parsed
 * again. Declarations that merely moved keep their trees, with shifted positions.
 */

import type { Statement } from '@babel/types';

interface Entry {
  readonly statements: readonly Statement[];
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
      shift(entry.statements, offset - entry.offset);
      entry.offset = offset;
    }
    entry.usedIn = this.texts;
    return entry.statements;
  }

  add(piece: string, offset: number, statements: readonly Statement[]): void {
    this.entries.set(piece, { statements, offset, usedIn: this.texts });
  }

  /** Forgets what the last text did not have. */
  end(): void {
    for (const [piece, entry] of this.entries) if (entry.usedIn !== this.texts) this.entries.delete(piece);
  }
}

/** Moves every position in a tree, however deep. Only `start` and `end` are read by later passes. */
function shift(statements: readonly Statement[], by: number): void {
  const waiting: object[] = [...statements];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const node = next as Record<string, unknown>;
    if (typeof node.start === 'number') node.start += by;
    if (typeof node.end === 'number') node.end += by;
    for (const key in node) {
      if (key === 'loc' || key === 'extra' || key.endsWith('Comments')) continue;
      const child = node[key];
      if (typeof child === 'object' && child !== null) waiting.push(child);
    }
  }
}

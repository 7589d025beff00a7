/**
 * Changes of a tree that is kept from text to text, so that what was made from it can still be asked about the text that it was
 * made from. In: values to be put into a tree. Out: a tree that may be read as it was at any version that somebody holds.
 */

/** A field of a node, and the value that is not in it. */
export interface Swap {
  readonly holder: object;
  readonly field: string;
  value: unknown;
}

/** What a tree is at one text. A version holds those after it, and none before it: what nobody asks about is forgotten. */
export class TreeVersion {
  private changes: readonly Swap[] = [];
  private next: TreeVersion | null = null;

  /** Puts values into the tree. Returns the version that it is then; only the newest one may be changed. */
  change(swaps: readonly Swap[]): TreeVersion {
    if (this.next) throw new Error('kept: an old version of a tree does not change');
    this.changes = swaps;
    this.next = new TreeVersion();
    for (const swap of swaps) exchange(swap);
    return this.next;
  }

  /** Runs `work` while the tree is what it was at this version. */
  during<Result>(work: () => Result): Result {
    const since: Swap[] = [];
    for (let version: TreeVersion = this; version.next; version = version.next) {
      for (const swap of version.changes) since.push(swap);
    }
    for (let n = since.length - 1; n >= 0; n--) exchange(since[n]!);
    try {
      return work();
    } finally {
      for (const swap of since) exchange(swap);
    }
  }
}

function exchange(swap: Swap): void {
  const fields = swap.holder as Record<string, unknown>;
  const { [swap.field]: before } = fields;
  fields[swap.field] = swap.value;
  swap.value = before;
}

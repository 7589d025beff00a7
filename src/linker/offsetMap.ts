/**
 * From offsets of an arena, which are multiples of four, to numbers other than 0. There may be hundreds of thousands, mostly
 * close together: they lie in pages, which are made where something is.
 */
export class OffsetMap {
  private readonly pages: (Int32Array | undefined)[] = [];

  /** 0: nothing is there. */
  get(offset: number): number {
    const page = offset < 0 ? undefined : this.pages[offset >> PAGE_SHIFT];
    return page === undefined ? 0 : page[(offset & PAGE_MASK) >> 2]!;
  }

  set(offset: number, value: number): void {
    let page = this.pages[offset >> PAGE_SHIFT];
    if (page === undefined) {
      page = new Int32Array(PAGE_WORDS);
      this.pages[offset >> PAGE_SHIFT] = page;
    }
    page[(offset & PAGE_MASK) >> 2] = value;
  }

  /** Calls `visit` for all that is there, by rising offsets. */
  forEach(visit: (offset: number, value: number) => void): void {
    // A hole in the list is skipped.
    this.pages.forEach((page, index) => {
      if (page === undefined) return;
      for (let n = 0; n < PAGE_WORDS; n++) {
        const value = page[n]!;
        if (value !== 0) visit(index * 4 * PAGE_WORDS + 4 * n, value);
      }
    });
  }
}

const PAGE_SHIFT = 9;
const PAGE_WORDS = 1 << (PAGE_SHIFT - 2);
const PAGE_MASK = (1 << PAGE_SHIFT) - 1;

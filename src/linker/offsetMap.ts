/**
 * From offsets of an arena, which are multiples of four, to numbers other than 0. There may be hundreds of thousands, close
 * together or kilobytes apart: they lie in small pages, which are made where something is, all in one array, so that neither
 * their number nor how far apart they are costs objects, and each costs a cache line at most.
 */
export class OffsetMap {
  /** The number of each page; 0: there is none. */
  private pages = new Int32Array(FIRST_PAGES);
  private words = new Int32Array(FIRST_PAGES * PAGE_WORDS);
  /** Page 0 stays empty. */
  private pageCount = 1;

  /** 0: nothing is there. */
  get(offset: number): number {
    const index = offset >> PAGE_SHIFT;
    if (offset < 0 || index >= this.pages.length) return 0;
    return this.words[this.pages[index]! * PAGE_WORDS + ((offset & PAGE_MASK) >> 2)]!;
  }

  set(offset: number, value: number): void {
    const index = offset >> PAGE_SHIFT;
    if (index >= this.pages.length) this.pages = grown(this.pages, index + 1);
    let page = this.pages[index]!;
    if (page === 0) {
      page = this.pageCount++;
      this.pages[index] = page;
      if (this.pageCount * PAGE_WORDS > this.words.length) this.words = grown(this.words, this.pageCount * PAGE_WORDS);
    }
    this.words[page * PAGE_WORDS + ((offset & PAGE_MASK) >> 2)] = value;
  }

  /** Calls `visit` for all that is there, by rising offsets. */
  forEach(visit: (offset: number, value: number) => void): void {
    for (let index = 0; index < this.pages.length; index++) {
      const page = this.pages[index]!;
      if (page === 0) continue;
      for (let n = 0; n < PAGE_WORDS; n++) {
        const value = this.words[page * PAGE_WORDS + n]!;
        if (value !== 0) visit(4 * (index * PAGE_WORDS + n), value);
      }
    }
  }
}

const PAGE_SHIFT = 6;
const PAGE_WORDS = 1 << (PAGE_SHIFT - 2);
const PAGE_MASK = (1 << PAGE_SHIFT) - 1;
const FIRST_PAGES = 4;

/** At least twice as long. */
function grown(list: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const made = new Int32Array(Math.max(length, 2 * list.length));
  made.set(list);
  return made;
}

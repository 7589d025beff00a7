/**
 * How far arrays go, where nothing else tells: what the linker lists of the image, and what frames make. In: pairs (offset,
 * sizeBytes), and allocations. Out: sizes.
 */

export class Extents {
  private readonly known = new Map<number, number>();
  private readonly made = new Map<number, number>();

  constructor(pairs: readonly number[]) {
    for (let n = 0; n < pairs.length; n += 2) set(this.known, pairs[n]!, pairs[n + 1]!);
  }

  /** A frame makes something there; on another way it may make something else in the same place. */
  allocate(offset: number, bytes: number): void {
    set(this.made, offset, bytes);
  }

  /** Bytes that an array has whose first element is there; `null`: there is none. */
  from(offset: number): number | null {
    const known = this.known.get(offset);
    if (known !== undefined) return known;
    for (const [start, bytes] of this.made)
      if (start <= offset && offset < start + bytes) return start + bytes - offset;
    return null;
  }
}

/** Views of the same elements may be of several lengths. */
function set(map: Map<number, number>, offset: number, bytes: number): void {
  map.set(offset, Math.max(bytes, map.get(offset) ?? 0));
}

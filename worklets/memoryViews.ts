/**
 * Typed views of the one WebAssembly.Memory. Growing a memory detaches its buffer, so whoever is about to read or write
 * calls `refresh` once before a run of accesses. Audio thread and Node; allocates only after the memory has grown.
 */

export class MemoryViews {
  readonly memory: WebAssembly.Memory;
  bytes!: Uint8Array;
  i32!: Int32Array;
  f64!: Float64Array;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.#make();
  }

  refresh(): void {
    if (this.bytes.buffer !== this.memory.buffer) this.#make();
  }

  #make(): void {
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f64 = new Float64Array(buffer);
  }
}

/** Index in `i32` of the field at this address, which is a multiple of 4. */
export const i32Index = (addressBytes: number): number => addressBytes >>> 2;

/** Index in `f64` of the field at this address, which is a multiple of 8. */
export const f64Index = (addressBytes: number): number => addressBytes >>> 3;

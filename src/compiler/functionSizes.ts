/**
 * Bytes of machine-independent code per exported function, read from a module's own sections. In: a module as `emit` makes
 * it, which imports no functions. The format: WebAssembly Core Specification, section 5.5.
 */

const HEADER_BYTES = 8;
const EXPORT_SECTION = 7;
const CODE_SECTION = 10;
const FUNCTION_EXPORT = 0;

/** Sizes of the bodies in bytes, by export name. */
export function functionSizes(bytes: Uint8Array): ReadonlyMap<string, number> {
  const reader = new Reader(bytes);
  const exported: [string, number][] = [];
  const sizes: number[] = [];
  reader.at = HEADER_BYTES;
  while (reader.at < bytes.length) {
    const section = bytes[reader.at++];
    const end = reader.unsigned() + reader.at;
    if (section === EXPORT_SECTION) {
      for (let count = reader.unsigned(); count > 0; count--) {
        const name = reader.name();
        const kind = bytes[reader.at++];
        const index = reader.unsigned();
        if (kind === FUNCTION_EXPORT) exported.push([name, index]);
      }
    } else if (section === CODE_SECTION) {
      for (let count = reader.unsigned(); count > 0; count--) {
        const size = reader.unsigned();
        sizes.push(size);
        reader.at += size;
      }
    }
    reader.at = end;
  }
  return new Map(exported.map(([name, index]) => [name, sizes[index] ?? 0]));
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** LEB128. */
  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  name(): string {
    const length = this.unsigned();
    const start = this.at;
    this.at += length;
    return new TextDecoder().decode(this.#bytes.subarray(start, this.at));
  }
}

/** Bytes in the encodings of the WebAssembly Core Specification, section 5.2: LEB128 integers, little-endian floats, names. */

/** As many as an engine keeps in its own heap: most writers get no further, and memory outside costs far more. */
const FIRST_BYTES = 64;
const GROWTH = 4;

const encoder = new TextEncoder();
/** A float on its way to its bytes. */
const float = new DataView(new ArrayBuffer(8));
const floatBytes = new Uint8Array(float.buffer);

export class ByteWriter {
  private bytes = new Uint8Array(FIRST_BYTES);
  private count = 0;

  get length(): number {
    return this.count;
  }

  private reserve(sizeBytes: number): void {
    if (this.count + sizeBytes <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(GROWTH * this.bytes.length, this.count + sizeBytes));
    larger.set(this.bytes.subarray(0, this.count));
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.count++] = value;
  }

  /** An opcode, or a prefix and one. */
  op(code: number): void {
    if (code > 0xff) this.byte(code >> 8);
    this.byte(code & 0xff);
  }

  /** Unsigned, below 2^32. */
  u32(value: number): void {
    let left = value;
    while (left >= 0x80) {
      this.byte((left & 0x7f) | 0x80);
      left = Math.floor(left / 0x80);
    }
    this.byte(left);
  }

  /** 32 bits, signed or not: the encoding is that of the signed number. */
  i32(value: number): void {
    let left = value | 0;
    for (;;) {
      const low = left & 0x7f;
      left >>= 7;
      if ((left === 0 && low < 0x40) || (left === -1 && low >= 0x40)) {
        this.byte(low);
        return;
      }
      this.byte(low | 0x80);
    }
  }

  /** 64 bits, signed or not: the encoding is that of the signed number. */
  i64(value: bigint): void {
    let left = BigInt.asIntN(64, value);
    for (;;) {
      const low = Number(left & 0x7fn);
      left >>= 7n;
      if ((left === 0n && low < 0x40) || (left === -1n && low >= 0x40)) {
        this.byte(low);
        return;
      }
      this.byte(low | 0x80);
    }
  }

  f32(value: number): void {
    float.setFloat32(0, value, true);
    this.append(floatBytes.subarray(0, 4));
  }

  f64(value: number): void {
    float.setFloat64(0, value, true);
    this.append(floatBytes);
  }

  /** UTF-8, behind its length. */
  name(text: string): void {
    const encoded = encoder.encode(text);
    this.u32(encoded.length);
    this.append(encoded);
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.count);
    this.count += bytes.length;
  }

  /** Behind their number of bytes. */
  sized(content: ByteWriter): void {
    this.u32(content.length);
    this.append(content.written());
  }

  /** What was written so far; valid until more is. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.count);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.count);
  }
}

/**
 * What a module asks for and what it offers, read from its bytes: the part of a WebAssembly module that decides whether it
 * may be instantiated at all. The JavaScript API tells neither types nor whether a module runs code or writes to table and
 * memory when it is instantiated, so the sections are read here (WebAssembly core specification 2.0, chapter 5).
 *
 * In: any bytes; of those that are a module, `WebAssembly.Module` decides. Out: the shape, or `null` when there is anything
 * in it that the emitter (src/compiler/emit/emit.ts) never makes: a start function, segments, memories, tables or globals of its
 * own, imported functions. Worker and Node.
 */

import type { ResultType, ValueType } from '../compiler/ir.ts';
import { IMPORTS } from '../protocol/arena.ts';

export interface ModuleShape {
  /** Names of the imported offsets: immutable i32 globals. Beside them, memory and table are imported and nothing else. */
  readonly symbols: ReadonlySet<string>;
  /** The exported functions, by name, as `signatureKey` writes their types. */
  readonly functions: ReadonlyMap<string, string>;
}

export const signatureKey = (parameters: readonly ValueType[], result: ResultType): string =>
  `${parameters.join(' ')} > ${result}`;

const SECTION = { CUSTOM: 0, TYPE: 1, IMPORT: 2, FUNCTION: 3, EXPORT: 7, CODE: 10 } as const;
const KIND = { FUNCTION: 0, TABLE: 1, MEMORY: 2, GLOBAL: 3 } as const;
const FUNCTION_TYPE = 0x60;
const FUNCREF = 0x70;
const I32 = 0x7f;
const IMMUTABLE = 0;
/** All that 32 bits address: as good as no maximum. */
const MAX_PAGES = 65_536;
const PREAMBLE_BYTES = 8;
const VALUE_TYPES: ReadonlyMap<number, ValueType> = new Map([
  [I32, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
]);

/** Something that the emitter does not make. */
class Foreign extends Error {}

export function shapeOf(bytes: Uint8Array): ModuleShape | null {
  try {
    return read(new Reader(bytes));
  } catch (thrown) {
    if (thrown instanceof Foreign) return null;
    throw thrown;
  }
}

function read(reader: Reader): ModuleShape {
  const types: string[] = [];
  const typeIndices: number[] = [];
  const symbols = new Set<string>();
  const functions = new Map<string, string>();
  reader.at = PREAMBLE_BYTES;
  while (!reader.isAtEnd) {
    const section = reader.byte();
    const sizeBytes = reader.u32();
    const end = reader.at + sizeBytes;
    switch (section) {
      case SECTION.TYPE:
        reader.each(() => types.push(readType(reader)));
        break;
      case SECTION.IMPORT:
        readImports(reader, symbols);
        break;
      case SECTION.FUNCTION:
        reader.each(() => typeIndices.push(reader.u32()));
        break;
      case SECTION.EXPORT:
        reader.each(() => {
          const name = reader.name();
          reader.expect(KIND.FUNCTION);
          functions.set(name, types[typeIndices[reader.u32()] ?? -1] ?? '');
        });
        break;
      case SECTION.CUSTOM:
      case SECTION.CODE:
        break;
      default:
        throw new Foreign();
    }
    reader.at = end;
  }
  return { symbols, functions };
}

function readType(reader: Reader): string {
  reader.expect(FUNCTION_TYPE);
  const parameters: ValueType[] = [];
  const results: ValueType[] = [];
  reader.each(() => parameters.push(reader.valueType()));
  reader.each(() => results.push(reader.valueType()));
  if (results.length > 1) throw new Foreign();
  return signatureKey(parameters, results[0] ?? 'void');
}

/** Memory and table, each with no demands on its size, and offsets. */
function readImports(reader: Reader, symbols: Set<string>): void {
  reader.each(() => {
    const from = reader.name();
    const name = reader.name();
    const kind = reader.byte();
    if (from === IMPORTS.SYMBOLS && kind === KIND.GLOBAL) {
      reader.expect(I32);
      reader.expect(IMMUTABLE);
      symbols.add(name);
      return;
    }
    if (from !== IMPORTS.MODULE) throw new Foreign();
    if (name === IMPORTS.TABLE && kind === KIND.TABLE) reader.expect(FUNCREF);
    else if (name !== IMPORTS.MEMORY || kind !== KIND.MEMORY) throw new Foreign();
    const hasMaximum = reader.byte();
    if (reader.u32() !== 0 || (hasMaximum === 1 && reader.u32() !== MAX_PAGES) || hasMaximum > 1) throw new Foreign();
  });
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #text = new TextDecoder();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new Foreign();
    return byte;
  }

  expect(byte: number): void {
    if (this.byte() !== byte) throw new Foreign();
  }

  /** LEB128. */
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Foreign();
  }

  each(read: () => void): void {
    for (let left = this.u32(); left > 0; left--) read();
  }

  name(): string {
    const sizeBytes = this.u32();
    const start = this.at;
    this.at += sizeBytes;
    return this.#text.decode(this.#bytes.subarray(start, this.at));
  }

  valueType(): ValueType {
    const type = VALUE_TYPES.get(this.byte());
    if (!type) throw new Foreign();
    return type;
  }
}

/**
 * IR → a WebAssembly module, in the binary format (WebAssembly Core Specification, section 5.5).
 *
 * Functions of one unit call each other directly; all other calls go through the GOT of the arena: the entry's offset is
 * an imported constant, its content a slot of the one function table. A module imports memory, table and the offsets of
 * the symbols it names, and exports its functions under their symbols.
 */

import { IMPORTS } from '../../protocol/arena.ts';
import { type IrFunction, type Signature, type SymbolKind, wasmParameters } from '../ir.ts';
import { type ImportedSymbol, importName } from '../symbols.ts';
import { ByteWriter } from './byteWriter.ts';
import { requireFit } from './engineLimits.ts';
import { emitBody } from './functionEmitter.ts';
import { BLOCK_TYPES, VALUE_TYPES } from './opcodes.ts';
import { REACH_NAME, REACH_TYPE, reachBody } from './reach.ts';

export interface EmittedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Imported offsets, by the names that `importName` gives symbols. */
  readonly imports: readonly ImportedSymbol[];
}

/** A unit's functions; they may call each other directly. */
export interface EmittedUnit {
  readonly functions: readonly IrFunction[];
}

/** Numbers of what functions of a module refer to, given on first use. */
export interface ModuleNames {
  /** The global that holds a symbol's offset. */
  symbol(kind: SymbolKind, name: string): number;
  type(signature: Signature): number;
  /** A function of the same unit; `null`: it is another unit's. */
  function(target: string): number | null;
  /** The function that looks for a pointer in the pieces of an arena. */
  reach(): number;
}

const MAGIC_AND_VERSION = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const SECTION = { CUSTOM: 0, TYPE: 1, IMPORT: 2, FUNCTION: 3, EXPORT: 7, CODE: 10 } as const;
const FUNCTION_TYPE = 0x60;
const FUNCREF = 0x70;
const KIND = { FUNCTION: 0, TABLE: 1, MEMORY: 2, GLOBAL: 3 } as const;
const FUNCTION_NAMES = 1;
const IMMUTABLE = 0;
/** Limits of a memory or table that is imported: none below, and none above. */
const ANY_SIZE = [0, 0] as const;

/** @throws ExceedsEngine */
export function emit(units: readonly EmittedUnit[]): EmittedModule {
  const functions = units.flatMap((unit) => unit.functions);
  const imports = new Map<string, { readonly symbol: ImportedSymbol; readonly index: number }>();
  const types = new Types();
  let usesReach = false;
  const bodies: Uint8Array[] = [];
  let first = 0;
  for (const unit of units) {
    const own = new Map(unit.functions.map((fn, n) => [fn.symbol, first + n]));
    const names: ModuleNames = {
      symbol(kind, name) {
        const symbol: ImportedSymbol = { kind, name };
        const known = imports.get(importName(symbol));
        if (known) return known.index;
        const index = imports.size;
        imports.set(importName(symbol), { symbol, index });
        return index;
      },
      type: (signature) => types.of(signature),
      function: (target) => own.get(target) ?? null,
      reach() {
        usesReach = true;
        return functions.length;
      },
    };
    for (const fn of unit.functions) {
      const body = emitBody(fn, names);
      requireFit(fn, body);
      bodies.push(body);
    }
    first += unit.functions.length;
  }
  const typeOfEach = functions.map((fn) => types.of(fn.signature));
  if (usesReach) {
    typeOfEach.push(types.ofParameters(REACH_TYPE.parameters, REACH_TYPE.result));
    bodies.push(reachBody());
  }
  const module = new ByteWriter();
  module.append(MAGIC_AND_VERSION);
  section(module, SECTION.TYPE, (out) => types.write(out));
  section(module, SECTION.IMPORT, (out) => writeImports(out, [...imports.keys()]));
  section(module, SECTION.FUNCTION, (out) => {
    out.u32(typeOfEach.length);
    for (const type of typeOfEach) out.u32(type);
  });
  section(module, SECTION.EXPORT, (out) => {
    out.u32(functions.length);
    for (const [index, fn] of functions.entries()) {
      out.name(fn.symbol);
      out.byte(KIND.FUNCTION);
      out.u32(index);
    }
  });
  section(module, SECTION.CODE, (out) => {
    out.u32(bodies.length);
    for (const body of bodies) {
      out.u32(body.length);
      out.append(body);
    }
  });
  const names = functions.map((fn) => fn.symbol);
  section(module, SECTION.CUSTOM, (out) => writeNames(out, usesReach ? [...names, REACH_NAME] : names));
  return { bytes: module.finish(), imports: [...imports.values()].map(({ symbol }) => symbol) };
}

function section(module: ByteWriter, id: number, write: (out: ByteWriter) => void): void {
  const content = new ByteWriter();
  write(content);
  module.byte(id);
  module.sized(content);
}

function writeImports(out: ByteWriter, symbols: readonly string[]): void {
  out.u32(2 + symbols.length);
  out.name(IMPORTS.MODULE);
  out.name(IMPORTS.MEMORY);
  out.byte(KIND.MEMORY);
  for (const byte of ANY_SIZE) out.byte(byte);
  out.name(IMPORTS.MODULE);
  out.name(IMPORTS.TABLE);
  out.byte(KIND.TABLE);
  out.byte(FUNCREF);
  for (const byte of ANY_SIZE) out.byte(byte);
  for (const name of symbols) {
    out.name(IMPORTS.SYMBOLS);
    out.name(name);
    out.byte(KIND.GLOBAL);
    out.byte(VALUE_TYPES.i32);
    out.byte(IMMUTABLE);
  }
}

/** What engines show in stacks, where a function is looked for that called itself too deeply. */
function writeNames(out: ByteWriter, names: readonly string[]): void {
  out.name('name');
  const content = new ByteWriter();
  content.u32(names.length);
  for (const [index, name] of names.entries()) {
    content.u32(index);
    content.name(name);
  }
  out.byte(FUNCTION_NAMES);
  out.sized(content);
}

/** Function types, each once. */
class Types {
  private readonly indices = new Map<string, number>();
  private readonly encoded: Uint8Array[] = [];

  of(signature: Signature): number {
    return this.ofParameters(wasmParameters(signature), signature.result);
  }

  ofParameters(parameters: Signature['parameters'], result: Signature['result']): number {
    const key = `${parameters.join()}:${result}`;
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    const out = new ByteWriter();
    out.byte(FUNCTION_TYPE);
    out.u32(parameters.length);
    for (const parameter of parameters) out.byte(VALUE_TYPES[parameter]);
    out.u32(result === 'void' ? 0 : 1);
    if (result !== 'void') out.byte(BLOCK_TYPES[result]);
    const index = this.encoded.length;
    this.encoded.push(out.finish());
    this.indices.set(key, index);
    return index;
  }

  write(out: ByteWriter): void {
    out.u32(this.encoded.length);
    for (const type of this.encoded) out.append(type);
  }
}

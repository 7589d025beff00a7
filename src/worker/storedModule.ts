/**
 * A compiled module as it is kept in the browser's database, and how much of what is found there can be believed.
 *
 * Anybody of the same origin can write there, and a write can be cut off half-way. So an entry is taken only when its types
 * are right, it is no larger than entries get, its digest is that of all it holds, and its module asks for nothing but
 * what the record says and offers exactly the functions that were asked for. Worker and Node.
 */

import { type IrFunction, wasmParameters } from '../compiler/ir.ts';
import { type ImportedSymbol, importName } from '../compiler/symbols.ts';
import { shapeOf, signatureKey } from './moduleShape.ts';

/** A module and the functions in it, as plain data. */
export interface ModuleRecord {
  /** Version of the compiler: another one would make other modules. */
  readonly version: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly imports: readonly ImportedSymbol[];
  readonly strings: readonly (readonly [symbol: string, text: string])[];
  readonly objects: readonly { readonly key: string; readonly symbols: readonly string[] }[];
  /** When it was needed last, to the hour or so, in milliseconds since 1970. */
  readonly usedMs: number;
}

export interface StoredModule extends ModuleRecord {
  /** See `digestOf`. */
  readonly digest: string;
}

/** What a module takes beside its code and keys, in memory and in the box. */
export const ENTRY_BYTES = 1024;

/** About what it takes to store it. */
export function sizeOf({ bytes, objects, imports, strings }: ModuleRecord): number {
  let size = ENTRY_BYTES + bytes.length;
  for (const { key } of objects) size += key.length;
  for (const { name } of imports) size += name.length;
  for (const [symbol, text] of strings) size += symbol.length + text.length;
  return size;
}

/** SHA-256 of everything but the time of use, in hexadecimal digits. Rejects where there is no cryptography. */
export async function digestOf({ version, bytes, imports, strings, objects }: ModuleRecord): Promise<string> {
  const names = JSON.stringify([
    version,
    imports.map(({ kind, name }) => [kind, name]),
    strings,
    objects.map(({ key, symbols }) => [key, symbols]),
    bytes.length,
  ]);
  const whole = await new Blob([names, bytes]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What was found in a box, if it is a whole entry of this compiler, as it was written; else `null`. */
export async function intact(found: unknown, version: string, limitBytes: number): Promise<StoredModule | null> {
  if (!isStored(found) || found.version !== version || sizeOf(found) > limitBytes) return null;
  return found.digest === (await digestOf(found)) ? found : null;
}

/** What a stored module can be relied on to have. */
export interface Offer {
  /** The functions that belong together, by the key of their code. */
  readonly symbolsOf: ReadonlyMap<string, readonly string[]>;
  /** The type of each function, as `signatureKey` writes it. */
  readonly types: ReadonlyMap<string, string>;
}

/**
 * Whether the module is what the record says, and what it offers then; else `null`. Reads all of the module: to be asked
 * once for each record, not for each of the functions in it.
 */
export function offerOf({ bytes, imports, strings, objects }: ModuleRecord): Offer | null {
  const shape = shapeOf(bytes);
  if (!shape) return null;
  const texts = imports.filter(({ kind }) => kind === 'string').map(({ name }) => name);
  const isAsSaid =
    areSame(shape.symbols, imports.map(importName)) &&
    areSame(new Set(strings.map(([symbol]) => symbol)), texts) &&
    areSame(
      new Set(shape.functions.keys()),
      objects.flatMap((object) => object.symbols),
    );
  if (!isAsSaid) return null;
  const symbolsOf = new Map<string, readonly string[]>();
  for (const { key, symbols } of objects) if (!symbolsOf.has(key)) symbolsOf.set(key, symbols);
  return { symbolsOf, types: shape.functions };
}

/** The names of these functions in the module, if it has exactly them under this key; else `null`. */
export function functionsIn(
  { symbolsOf, types }: Offer,
  key: string,
  functions: readonly IrFunction[],
): readonly string[] | null {
  const symbols = symbolsOf.get(key);
  if (symbols?.length !== functions.length) return null;
  const areWanted = functions.every(({ symbol, signature }, index) => {
    const wanted = signatureKey(wasmParameters(signature), signature.result);
    return symbols[index] === symbol && types.get(symbol) === wanted;
  });
  return areWanted ? symbols : null;
}

/** The compiled module; `null` where the bytes are none. */
export function compiledOf({ bytes }: ModuleRecord): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return null;
  }
}

function areSame(found: ReadonlySet<string>, wanted: readonly string[]): boolean {
  const names = new Set(wanted);
  return found.size === names.size && wanted.every((name) => found.has(name));
}

const SYMBOL_KINDS: ReadonlySet<unknown> = new Set<ImportedSymbol['kind']>([
  'function',
  'variable',
  'closure',
  'string',
]);

/** No module of a text of any sense has so many names; what has more is not even looked through. */
const MAX_ITEMS = 65_536;

const isText = (value: unknown): value is string => typeof value === 'string';

function isStored(value: unknown): value is StoredModule {
  if (!isObject(value)) return false;
  const { version, digest, bytes, imports, strings, objects, usedMs }: Partial<Record<keyof StoredModule, unknown>> =
    value;
  return (
    isText(version) &&
    isText(digest) &&
    bytes instanceof Uint8Array &&
    isListOf(imports, (symbol) => isObject(symbol) && SYMBOL_KINDS.has(symbol.kind) && isText(symbol.name)) &&
    isListOf(strings, (pair) => isListOf(pair, isText) && pair.length === 2) &&
    isListOf(objects, (object) => isObject(object) && isText(object.key) && isListOf(object.symbols, isText)) &&
    Number.isFinite(usedMs)
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Also where the list has holes, which `every` alone would pass over. */
const isListOf = (value: unknown, isRight: (item: unknown) => boolean): value is unknown[] =>
  Array.isArray(value) && value.length <= MAX_ITEMS && Array.from<unknown>(value).every(isRight);

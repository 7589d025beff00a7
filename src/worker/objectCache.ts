/**
 * Compiled modules from visits before: what a page compiled once it need not emit again, so that a known patch sounds
 * before the emitter has loaded.
 *
 * In: modules as they are emitted. Out: compiled functions by their key, which is their code in print: what is found is
 * exactly what would be emitted. The box may be refused, full, or hold what somebody else wrote: then there is nothing to
 * be found, or less, and nobody is told. Worker and Node; knows no storage by name.
 */

import type { ImportedSymbol } from '../compiler/symbols.ts';
import type { CompiledObject, ObjectModule } from './objects.ts';

/** A module and the functions in it, as plain data. */
export interface StoredModule {
  /** Of the compiler: another one would make other modules. */
  readonly version: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly imports: readonly ImportedSymbol[];
  readonly strings: readonly (readonly [symbol: string, text: string])[];
  readonly objects: readonly { readonly key: string; readonly symbols: readonly string[] }[];
  /** When it was needed last, to the hour or so, in milliseconds since 1970. */
  readonly usedMs: number;
}

/** A place that outlives the page. Each of these may reject. */
export interface ModuleBox {
  /** What it holds, whoever wrote it. */
  load(): Promise<readonly (readonly [id: string, stored: unknown])[]>;
  save(entries: readonly (readonly [id: string, stored: StoredModule])[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

export interface CacheOptions {
  readonly version: string;
  /** Code and keys together; the oldest modules go. */
  readonly limitBytes: number;
  readonly nowMs: () => number;
  /** Calls when there is nothing more urgent to do. */
  readonly later: (call: () => void) => void;
  readonly newId: () => string;
}

/** Use is written down again after this time. */
const STALE_MS = 3_600_000;
/** What a module takes beside its code and keys, in memory and in the box. */
const ENTRY_BYTES = 1024;

interface Entry {
  readonly id: string;
  stored: StoredModule;
  /** As in `stored`, but to the moment. */
  usedMs: number;
  /** While somebody uses it: compiled code takes ten times as much memory as what it was made from. */
  module: WeakRef<ObjectModule> | null;
  isSaved: boolean;
}

export class ObjectCache {
  readonly #box: ModuleBox;
  readonly #options: CacheOptions;
  readonly #entries = new Map<string, Entry>();
  /** The module that has each function, the newest if there are several. */
  readonly #byKey = new Map<string, Entry>();
  #isWriting = false;
  #isRefused = false;

  constructor(box: ModuleBox, options: CacheOptions) {
    this.#box = box;
    this.#options = options;
  }

  /** Reads the box. Never rejects; `find` finds nothing before. */
  async load(): Promise<void> {
    try {
      const found = await this.#box.load();
      const entries: Entry[] = [];
      const foreign: string[] = [];
      for (const [id, stored] of found) {
        if (isStored(stored) && stored.version === this.#options.version)
          entries.push({ id, stored, usedMs: stored.usedMs, module: null, isSaved: true });
        else foreign.push(id);
      }
      entries.sort((a, b) => a.stored.usedMs - b.stored.usedMs);
      for (const entry of entries) this.#add(entry);
      if (foreign.length > 0) await this.#box.remove(foreign);
    } catch {
      this.#isRefused = true;
    }
  }

  /** The compiled functions with this key; null when there are none. */
  find(key: string): CompiledObject | null {
    const entry = this.#byKey.get(key);
    if (!entry) return null;
    const object = entry.stored.objects.find((candidate) => candidate.key === key);
    const module = entry.module?.deref() ?? moduleOf(entry.stored);
    if (!object || !module) {
      this.#drop(entry);
      return null;
    }
    entry.module = new WeakRef(module);
    entry.usedMs = this.#options.nowMs();
    if (entry.usedMs - entry.stored.usedMs > STALE_MS) {
      entry.stored = { ...entry.stored, usedMs: entry.usedMs };
      entry.isSaved = false;
      this.#write();
    }
    return { key, module, symbols: object.symbols };
  }

  /** Remembers a module that was just emitted, with all functions in it. */
  keep(module: ObjectModule, objects: readonly CompiledObject[]): void {
    if (this.#isRefused) return;
    const stored: StoredModule = {
      version: this.#options.version,
      bytes: module.bytes,
      imports: module.imports,
      strings: [...module.strings],
      objects: objects.map(({ key, symbols }) => ({ key, symbols })),
      usedMs: this.#options.nowMs(),
    };
    this.#add({
      id: this.#options.newId(),
      stored,
      usedMs: stored.usedMs,
      module: new WeakRef(module),
      isSaved: false,
    });
    this.#write();
  }

  #add(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    for (const { key } of entry.stored.objects) this.#byKey.set(key, entry);
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.id);
    for (const { key } of entry.stored.objects) if (this.#byKey.get(key) === entry) this.#byKey.delete(key);
    if (entry.isSaved) this.#box.remove([entry.id]).catch(() => undefined);
  }

  /** Everything that is not in the box yet goes there together, soon. */
  #write(): void {
    if (this.#isWriting || this.#isRefused) return;
    this.#isWriting = true;
    this.#options.later(() => {
      this.#isWriting = false;
      this.#trim();
      const entries = [...this.#entries.values()].filter(({ isSaved }) => !isSaved);
      for (const entry of entries) entry.isSaved = true;
      this.#box.save(entries.map(({ id, stored }) => [id, stored] as const)).catch(() => {
        // Full or refused: what is in memory stays of use.
        this.#isRefused = true;
      });
    });
  }

  #trim(): void {
    const inOrder = [...this.#entries.values()].sort((a, b) => a.usedMs - b.usedMs);
    let bytes = inOrder.reduce((sum, { stored }) => sum + sizeOf(stored), 0);
    for (const entry of inOrder) {
      if (bytes <= this.#options.limitBytes) return;
      bytes -= sizeOf(entry.stored);
      this.#drop(entry);
    }
  }
}

/** About what it takes to store it. */
function sizeOf({ bytes, objects, imports }: StoredModule): number {
  const keys = objects.reduce((sum, { key }) => sum + key.length, 0);
  return ENTRY_BYTES + bytes.length + keys + imports.reduce((sum, { name }) => sum + name.length, 0);
}

/** `null` when it is not what it says it is. */
function moduleOf({ bytes, imports, strings, objects }: StoredModule): ObjectModule | null {
  try {
    const module = new WebAssembly.Module(bytes);
    const exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
    const isWhole = objects.every(({ symbols }) => symbols.every((symbol) => exported.has(symbol)));
    return isWhole ? { bytes, module, imports, strings: new Map(strings) } : null;
  } catch {
    return null;
  }
}

function isStored(value: unknown): value is StoredModule {
  if (typeof value !== 'object' || value === null) return false;
  const { version, bytes, imports, strings, objects, usedMs } = value as Partial<Record<keyof StoredModule, unknown>>;
  return (
    typeof version === 'string' &&
    bytes instanceof Uint8Array &&
    Array.isArray(imports) &&
    imports.every((symbol) => typeof symbol?.kind === 'string' && typeof symbol.name === 'string') &&
    Array.isArray(strings) &&
    Array.isArray(objects) &&
    objects.every((object) => typeof object?.key === 'string' && Array.isArray(object.symbols)) &&
    typeof usedMs === 'number'
  );
}

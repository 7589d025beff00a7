/**
 * Compiled modules from earlier visits: what a page has compiled once it need not emit again, so that a known patch
 * plays before the emitter has loaded.
 *
 * In: modules as they are emitted. Out: compiled functions by their key, which is their code in print: what is found is
 * exactly what would be emitted. The box may be refused, full, or hold what somebody else wrote: what cannot be believed
 * (src/worker/storedModule.ts) is dropped from it, there is less to be found, and nobody is told. Worker and Node; knows no
 * storage by name.
 */

import type { IrFunction } from '../compiler/ir.ts';
import type { CompiledObject, ObjectModule } from '../linker/linkTypes.ts';
import type { KnownObject, KnownObjects } from './objects.ts';
import {
  compiledOf,
  digestOf,
  ENTRY_BYTES,
  functionsIn,
  intact,
  type ModuleRecord,
  type Offer,
  offerOf,
  type StoredModule,
  sizeOf,
} from './storedModule.ts';

/** Storage that outlives the page. Each of these may reject. */
export interface ModuleBox {
  /** What it holds, whoever wrote it. With more than `limit` entries in it, it is emptied instead. */
  load(limit: number): Promise<readonly (readonly [id: string, stored: unknown])[]>;
  save(entries: readonly (readonly [id: string, stored: StoredModule])[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Empties it without a look at what it holds. */
  clear(): Promise<void>;
}

export interface CacheOptions {
  readonly version: string;
  /** Code and keys together; the oldest modules are removed. */
  readonly limitBytes: number;
  readonly nowMs: () => number;
  /** Calls when there is nothing more urgent to do. What is called never rejects. */
  readonly later: (call: () => Promise<void>) => void;
  readonly newId: () => string;
  /** Calls once, before the first code from an earlier visit is used. */
  readonly onReuse?: () => void;
}

/** The time of last use is updated after this long. */
const STALE_MS = 3_600_000;

interface Entry {
  readonly id: string;
  record: ModuleRecord;
  /** As in `record`, but to the moment. */
  usedMs: number;
  /** Only while in use: compiled code takes ten times as much memory as its bytes. */
  module: WeakRef<ObjectModule> | null;
  /** See `offerOf`; `null`: nothing; `undefined`: nobody has asked yet. */
  offer: Offer | null | undefined;
  /** Whether it was in the box before this visit. */
  readonly isStored: boolean;
  isSaved: boolean;
}

export class ObjectCache implements KnownObjects {
  readonly #box: ModuleBox;
  readonly #options: CacheOptions;
  readonly #entries = new Map<string, Entry>();
  /** The module that has each function, the newest if there are several. */
  readonly #byKey = new Map<string, Entry>();
  #isWriting = false;
  #isRefused = false;
  #isReused = false;

  constructor(box: ModuleBox, options: CacheOptions) {
    this.#box = box;
    this.#options = options;
  }

  /** Reads the storage. Never rejects; `find` finds nothing before that. */
  async load(): Promise<void> {
    const { version, limitBytes, nowMs } = this.#options;
    try {
      const found = await this.#box.load(Math.floor(limitBytes / ENTRY_BYTES));
      const entries: Entry[] = [];
      const foreign: string[] = [];
      for (const [id, value] of found) {
        const stored = await intact(value, version, limitBytes);
        if (stored) {
          // No later than now, or it would never be the oldest.
          const usedMs = Math.min(stored.usedMs, nowMs());
          entries.push({
            id,
            record: { ...stored, usedMs },
            usedMs,
            module: null,
            offer: undefined,
            isStored: true,
            isSaved: true,
          });
        } else foreign.push(id);
      }
      entries.sort((a, b) => a.usedMs - b.usedMs);
      for (const entry of entries) this.#add(entry);
      if (foreign.length > 0) await this.#box.remove(foreign);
    } catch {
      this.#isRefused = true;
    }
  }

  /** Instead of `load`, after code from the box has done harm: gives all of it up. Never rejects. */
  async clear(): Promise<void> {
    try {
      await this.#box.clear();
    } catch {
      this.#isRefused = true;
    }
  }

  /** The compiled functions with this key, which is theirs; null when there are none. */
  find(key: string, functions: readonly IrFunction[]): KnownObject | null {
    const entry = this.#byKey.get(key);
    if (!entry) return null;
    const { record } = entry;
    if (entry.offer === undefined) entry.offer = offerOf(record);
    const symbols = entry.offer && functionsIn(entry.offer, key, functions);
    const kept = symbols && (entry.module?.deref() ?? objectModule(record));
    if (!kept) {
      this.#drop(entry);
      return null;
    }
    entry.module = new WeakRef(kept);
    entry.usedMs = this.#options.nowMs();
    if (entry.usedMs - record.usedMs > STALE_MS) {
      entry.record = { ...record, usedMs: entry.usedMs };
      entry.isSaved = false;
      this.#write();
    }
    const { isStored } = entry;
    if (isStored && !this.#isReused) this.#options.onReuse?.();
    this.#isReused ||= isStored;
    return { object: { key, module: kept, symbols }, isStored };
  }

  /** Remembers a module that was just emitted, with all functions in it. */
  keep(module: ObjectModule, objects: readonly CompiledObject[]): void {
    if (this.#isRefused) return;
    const record: ModuleRecord = {
      version: this.#options.version,
      bytes: module.bytes,
      imports: module.imports,
      strings: [...module.strings],
      objects: objects.map(({ key, symbols }) => ({ key, symbols })),
      usedMs: this.#options.nowMs(),
    };
    const [id, usedMs] = [this.#options.newId(), record.usedMs];
    this.#add({ id, record, usedMs, module: new WeakRef(module), offer: undefined, isStored: false, isSaved: false });
    this.#write();
  }

  /** The functions with this key are not to be found again, nor what was compiled with them. */
  drop(key: string): void {
    for (let entry = this.#byKey.get(key); entry; entry = this.#byKey.get(key)) this.#drop(entry);
  }

  #add(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    for (const { key } of entry.record.objects) this.#byKey.set(key, entry);
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.id);
    for (const { key } of entry.record.objects) if (this.#byKey.get(key) === entry) this.#byKey.delete(key);
    if (entry.isSaved) this.#box.remove([entry.id]).catch(() => undefined);
  }

  /** Everything not yet stored is stored together, soon. */
  #write(): void {
    if (this.#isWriting || this.#isRefused) return;
    this.#isWriting = true;
    this.#options.later(async () => {
      this.#isWriting = false;
      this.#trim();
      const entries = [...this.#entries.values()].filter(({ isSaved }) => !isSaved);
      for (const entry of entries) entry.isSaved = true;
      try {
        await this.#box.save(
          await Promise.all(entries.map(async ({ id, record }) => [id, await sealed(record)] as const)),
        );
      } catch {
        // Full or refused: what is in memory stays of use.
        this.#isRefused = true;
      }
    });
  }

  #trim(): void {
    const inOrder = [...this.#entries.values()].sort((a, b) => a.usedMs - b.usedMs);
    let bytes = inOrder.reduce((sum, { record }) => sum + sizeOf(record), 0);
    for (const entry of inOrder) {
      if (bytes <= this.#options.limitBytes) return;
      bytes -= sizeOf(entry.record);
      this.#drop(entry);
    }
  }
}

function objectModule(record: ModuleRecord): ObjectModule | null {
  const module = compiledOf(record);
  const { bytes, imports, strings } = record;
  return module && { bytes, module, imports, strings: new Map(strings) };
}

const sealed = async (record: ModuleRecord): Promise<StoredModule> => ({ ...record, digest: await digestOf(record) });

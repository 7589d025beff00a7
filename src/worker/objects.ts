/**
 * Compiled objects, kept by the code they were made from. Code that an edit did not change is found here and keeps its
 * module; all changed code is emitted together, as one module for the audio thread and one for the worker alone.
 */

import type { EmittedModule, EmittedUnit } from '../compiler/emit/emit.ts';
import { forFirstTier } from '../compiler/improve/improve.ts';
import type { IrFunction } from '../compiler/ir.ts';
import type { LoweredUnit } from '../compiler/lower/lower.ts';
import type { LoweredFunction } from '../compiler/lower/program.ts';
import { printCode } from '../compiler/printIr.ts';
import type { CompiledObject, ObjectModule } from '../linker/linkTypes.ts';

/** A unit of the patch with its code and what it does when the top level runs. */
export interface UnitObjects {
  readonly unit: LoweredUnit;
  readonly code: CompiledObject | null;
  readonly initialiser: CompiledObject | null;
}

/** The emitter of src/compiler/emit. */
export type Emitter = (units: readonly EmittedUnit[]) => Pick<EmittedModule, 'bytes' | 'imports'>;

/** An object that is there already. */
export interface KnownObject {
  readonly object: CompiledObject;
  /** Whether it comes from an earlier visit, and so from a place where others may write. */
  readonly isStored: boolean;
}

/** Objects from earlier visits, and of this one; see src/worker/objectCache.ts. */
export interface KnownObjects {
  /** `functions`: what the key is of. */
  find(key: string, functions: readonly IrFunction[]): KnownObject | null;
  keep(module: ObjectModule, objects: readonly CompiledObject[]): void;
  drop(key: string): void;
}

/**
 * Unused objects are dropped beyond this number, least recently used first: enough for going back and forth between
 * edits.
 */
const MAX_UNUSED = 64;

export class ObjectStore {
  private readonly objects = new Map<string, CompiledObject>();
  private readonly emit: Emitter;
  private readonly known: KnownObjects | null;
  /** Modules from visits before, with the keys under which their functions were found. */
  private readonly reused = new WeakMap<ObjectModule, Set<string>>();
  /** Keys whose code from a visit before has failed. */
  private readonly distrusted = new Set<string>();

  constructor(emit: Emitter, known: KnownObjects | null = null) {
    this.emit = emit;
    this.known = known;
  }

  /**
   * Returns the objects of all units, emitting those that are missing. `strings`: the texts they name, by symbol.
   */
  compile(units: readonly LoweredUnit[], strings: ReadonlyMap<string, string>): UnitObjects[] {
    const wanted = units.map((unit) => ({
      unit,
      codeKey: unit.functions.length > 0 ? keyOf(unit.functions) : null,
      initialiserKey: unit.initialiser ? keyOf([unit.initialiser]) : null,
    }));
    const live: [string, readonly LoweredFunction[]][] = [];
    const atTop: [string, readonly LoweredFunction[]][] = [];
    for (const { unit, codeKey, initialiserKey } of wanted) {
      if (codeKey !== null && !this.has(codeKey, unit.functions)) {
        (unit.functions.some((fn) => fn.isLive) ? live : atTop).push([codeKey, unit.functions]);
      }
      if (initialiserKey !== null && unit.initialiser && !this.has(initialiserKey, [unit.initialiser])) {
        atTop.push([initialiserKey, [unit.initialiser]]);
      }
    }
    this.emitTogether(live, strings);
    this.emitTogether(atTop, strings);
    const used = wanted.map(({ unit, codeKey, initialiserKey }) => ({
      unit,
      code: codeKey === null ? null : this.use(codeKey),
      initialiser: initialiserKey === null ? null : this.use(initialiserKey),
    }));
    this.trim(used.length * 2 + MAX_UNUSED);
    return used;
  }

  private emitTogether(
    wanted: readonly (readonly [string, readonly LoweredFunction[]])[],
    strings: ReadonlyMap<string, string>,
  ): void {
    if (wanted.length === 0) return;
    const units: EmittedUnit[] = wanted.map(([, functions]) => ({ functions: functions.map(forFirstTier) }));
    const { bytes, imports } = this.emit(units);
    const named = imports.filter((symbol) => symbol.kind === 'string').map(({ name }) => name);
    const module: ObjectModule = {
      bytes,
      module: new WebAssembly.Module(bytes),
      imports,
      strings: new Map(named.map((name) => [name, strings.get(name) ?? ''])),
    };
    const made = wanted.map(([key, functions]) => ({ key, module, symbols: functions.map((fn) => fn.ir.symbol) }));
    for (const object of made) {
      const { key } = object;
      // What may still play by this key is other code.
      this.objects.set(key, this.distrusted.has(key) ? { ...object, key: `${key}\nemitted again` } : object);
    }
    this.known?.keep(module, made);
  }

  /**
   * What was compiled failed. Whatever of it, and of what came with it, is from a visit before is forgotten and will be
   * emitted. Returns whether there was any: then it is worth another try.
   */
  distrust(modules: Iterable<ObjectModule>): boolean {
    let isAny = false;
    for (const module of modules) {
      const keys = this.reused.get(module);
      if (!keys) continue;
      isAny = true;
      this.reused.delete(module);
      for (const key of keys) {
        this.distrusted.add(key);
        this.known?.drop(key);
        if (this.objects.get(key)?.module === module) this.objects.delete(key);
      }
    }
    return isAny;
  }

  /** Also fetches what is known from a visit before. */
  private has(key: string, functions: readonly LoweredFunction[]): boolean {
    if (this.objects.has(key)) return true;
    if (this.known === null || this.distrusted.has(key)) return false;
    const irs = functions.map((fn) => fn.ir);
    const found = this.known.find(key, irs);
    if (!found) return false;
    const { object, isStored } = found;
    this.objects.set(key, object);
    if (!isStored) return true;
    const keys = this.reused.get(object.module) ?? new Set();
    this.reused.set(object.module, keys.add(key));
    return true;
  }

  /** The order of the map is that of last use. */
  private use(key: string): CompiledObject {
    const object = this.objects.get(key)!;
    this.objects.delete(key);
    this.objects.set(key, object);
    return object;
  }

  private trim(limit: number): void {
    for (const key of this.objects.keys()) {
      if (this.objects.size <= limit) return;
      this.objects.delete(key);
    }
  }
}

export function modulesOf(compiled: readonly UnitObjects[]): Set<ObjectModule> {
  const objects = compiled.flatMap(({ code, initialiser }) => [code, initialiser]);
  return new Set(objects.flatMap((object) => object?.module ?? []));
}

/** Of the functions that a unit has, by the first of them: a text is as long as all code, and most of it is what it was. */
const keys = new WeakMap<IrFunction, { readonly functions: readonly IrFunction[]; readonly key: string }>();

/** The code itself: two units are the same object exactly if they print the same. */
export function keyOf(functions: readonly LoweredFunction[]): string {
  const first = functions[0]?.ir;
  const known = first && keys.get(first);
  if (known && known.functions.length === functions.length && known.functions.every((ir, n) => ir === functions[n]?.ir))
    return known.key;
  let key = '';
  for (const { ir } of functions) key += `${ir.symbol}\n${printCode(ir)}`;
  if (first) keys.set(first, { functions: functions.map(({ ir }) => ir), key });
  return key;
}

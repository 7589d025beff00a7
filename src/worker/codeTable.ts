/**
 * The running code, unit by unit, and its history: versions, slots, sizes, events. In: generations as they are linked,
 * committed and retired. Out: rows and events for display. Worker and Node; keeps nothing that grows.
 */

import { functionSizes } from '../compiler/functionSizes.ts';
import { stateOf } from '../linker/linker.ts';
import type { LinkableUnit, LinkedGeneration, ObjectModule } from '../linker/linkTypes.ts';
import type { StateEntry } from '../linker/stateList.ts';
import type { CodeEvent, CodeRow } from '../protocol/compile.ts';
import type { Slot } from '../protocol/units.ts';

/** Unread events are dropped beyond this number, oldest first. */
const MAX_EVENTS = 256;
/** This many codes of a unit are recognised by their version. */
const MAX_VERSIONS = 16;

interface Versions {
  count: number;
  /** By the code of the unit, oldest first. */
  readonly numbers: Map<string, number>;
}

export class CodeTable {
  private readonly versions = new Map<string, Versions>();
  private readonly sizes = new WeakMap<ObjectModule, ReadonlyMap<string, number>>();
  private events: CodeEvent[] = [];

  /** The batch was created. */
  linked(linked: LinkedGeneration): void {
    this.prune(linked);
    for (const unit of linked.draft.input.units) this.versionOf(unit);
    const fresh = new Set(linked.draft.newCode.map(({ object }) => object.key));
    for (const unit of linked.draft.input.units) {
      if (unit.code && fresh.has(unit.code.key)) this.tell('linked', linked, unit);
    }
  }

  /** It plays. `before`: what it replaced. */
  committed(linked: LinkedGeneration, before: LinkedGeneration | null): void {
    const known = new Set(before?.draft.input.units.map(keyOf));
    for (const unit of linked.draft.input.units) if (!known.has(keyOf(unit))) this.tell('committed', linked, unit);
  }

  refused(linked: LinkedGeneration): void {
    for (const unit of newUnits(linked)) this.tell('refused', linked, unit);
  }

  rolledBack(linked: LinkedGeneration): void {
    for (const unit of newUnits(linked)) this.tell('rolledBack', linked, unit);
  }

  /** `slots`: those that nothing uses any more. */
  retired(linked: LinkedGeneration, slots: readonly Slot[]): void {
    const freed = new Set(slots);
    for (const code of linked.draft.codes) {
      if (![...code.slots.values()].some((slot) => freed.has(slot))) continue;
      const unit = linked.draft.input.units.find((candidate) => candidate.code?.key === code.object.key);
      if (unit) this.tell('retired', linked, unit);
    }
  }

  takeEvents(): readonly CodeEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  rows(linked: LinkedGeneration): CodeRow[] {
    const stateBytes = stateBytesOf(stateOf(linked));
    return linked.draft.input.units
      .filter((unit) => unit.code !== null || !unit.isLibrary)
      .map((unit) => ({ ...this.row(linked, unit), stateBytes: stateBytes.get(unit.name) ?? 0 }));
  }

  private tell(kind: CodeEvent['kind'], linked: LinkedGeneration, unit: LinkableUnit): void {
    this.events.push({ kind, generation: linked.generation, row: this.row(linked, unit) });
    if (this.events.length > MAX_EVENTS) this.events.splice(0, this.events.length - MAX_EVENTS);
  }

  private row(linked: LinkedGeneration, unit: LinkableUnit): CodeRow {
    const code = linked.draft.codes.find(({ object }) => object.key === unit.code?.key);
    const symbols = code ? [...code.slots].filter(([symbol]) => unit.live.has(symbol)) : [];
    const sizes = code ? this.sizesOf(code.object.module) : null;
    let codeBytes = 0;
    for (const [symbol] of symbols) codeBytes += sizes?.get(symbol) ?? 0;
    const slots = symbols.map(([, slot]) => slot);
    return {
      ...{ unit: unit.name, version: this.versionOf(unit), slots, codeBytes, stateBytes: 0, tier: 1 },
      span: unit.span,
    };
  }

  private sizesOf(module: ObjectModule): ReadonlyMap<string, number> {
    let sizes = this.sizes.get(module);
    if (!sizes) {
      sizes = functionSizes(module.bytes);
      this.sizes.set(module, sizes);
    }
    return sizes;
  }

  /** Going back to older code means going back to its version. */
  private versionOf(unit: LinkableUnit): number {
    let versions = this.versions.get(unit.name);
    if (!versions) {
      versions = { count: 0, numbers: new Map() };
      this.versions.set(unit.name, versions);
    }
    const key = keyOf(unit);
    const known = versions.numbers.get(key);
    if (known !== undefined) return known;
    versions.numbers.set(key, ++versions.count);
    for (const oldest of versions.numbers.keys()) {
      if (versions.numbers.size <= MAX_VERSIONS) break;
      versions.numbers.delete(oldest);
    }
    return versions.count;
  }

  /** Units that have been gone for long are forgotten. */
  private prune({ draft }: LinkedGeneration): void {
    const { units } = draft.input;
    if (this.versions.size <= 2 * units.length + 64) return;
    const names = new Set(units.map(({ name }) => name));
    for (const name of this.versions.keys()) if (!names.has(name)) this.versions.delete(name);
  }
}

/** The whole patch is promoted, or nothing of it: what runs while it sounds. */
export const inTier = (
  rows: readonly CodeRow[],
  { tier, reason }: { readonly tier: 1 | 2; readonly reason: string | null },
): CodeRow[] =>
  rows.map((row) => (row.slots.length > 0 ? { ...row, tier, ...(reason !== null && { tierReason: reason }) } : row));

/** What a unit was made from. */
const keyOf = (unit: LinkableUnit): string => unit.code?.key ?? unit.initialiser?.key ?? unit.name;

function newUnits({ draft }: LinkedGeneration): LinkableUnit[] {
  const changed = new Set(draft.changed);
  return draft.input.units.filter(({ name, isLibrary }) => !isLibrary && changed.has(name));
}

/** Grouped by the unit whose name begins the path. */
function stateBytesOf(entries: readonly StateEntry[]): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const { root, sizeBytes } of entries) {
    const unit = root.split('.')[0] ?? root;
    bytes.set(unit, (bytes.get(unit) ?? 0) + sizeBytes);
  }
  return bytes;
}

/** A lowered patch and its objects, as the linker's input. */

import type { LoweredPatch } from '../compiler/lower/lower.ts';
import type { LinkableUnit, LinkInput } from '../linker/linkTypes.ts';
import type { UnitObjects } from './objects.ts';

export function linkInput(compiled: readonly UnitObjects[], lowered: LoweredPatch): LinkInput {
  const units: LinkableUnit[] = compiled.map(({ unit, code, initialiser }) => ({
    name: unit.name,
    code,
    initialiser,
    live: new Set(unit.functions.filter((fn) => fn.isLive).map((fn) => fn.ir.symbol)),
    isLibrary: unit.source === null,
    span: unit.source?.span ?? null,
  }));
  const { staticClosures, strings, roots, roles, allocatesPerFrame, indexSpans, declaredAt } = lowered;
  return { units, staticClosures, strings, roots, roles, allocatesPerFrame, indexSpans, declaredAt };
}

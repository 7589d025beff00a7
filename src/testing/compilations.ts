/** What two compilations of one text must have in common, as plain data. */

import type { Compilation } from '../compiler/compile.ts';
import type { LoweredPatch, LoweredUnit } from '../compiler/lower/lower.ts';
import { printFunction } from '../compiler/printIr.ts';
import type { CellShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import { keyOf } from '../worker/objects.ts';

export const functionsOf = ({ functions, initialiser }: LoweredUnit) => [
  ...functions,
  ...(initialiser ? [initialiser] : []),
];

/** All that later stages are given, but for what closures are of their programs: see `rolesOf`. */
export function given({ diagnostics, lowered, libraryUnits }: Compilation) {
  const units = [...(lowered?.units ?? []), ...libraryUnits].map((unit) => ({
    ...{ name: unit.name, span: unit.source?.span },
    functions: functionsOf(unit).map(({ ir, ...rest }) => ({ ...rest, code: printFunction(ir) })),
    keys: functionsOf(unit).map((fn) => keyOf([fn])),
    key: keyOf(unit.functions),
  }));
  const { staticClosures, strings, libraryCalls, roots, allocatesPerFrame } = lowered ?? {};
  return { diagnostics, units, staticClosures, strings, libraryCalls, roots, allocatesPerFrame };
}

/** What each piece of state is in its program, in the order in which the roots lead to it. */
export function rolesOf({ roots, roles, units }: LoweredPatch) {
  const found: unknown[] = [];
  const seen = new Set<ObjectShape>();
  const note = (shape: RootShape | FieldShape | ObjectShape): void => {
    found.push([roles.of(shape), roles.drawnBy(shape)]);
  };
  const cell = (shape: CellShape): void => {
    if (shape.kind === 'pointer') object(shape.object);
    if (shape.kind === 'box') for (const one of shape.boxed.values()) object(one);
  };
  const fields = (list: readonly FieldShape[]): void => {
    for (const field of list) {
      note(field);
      cell(field.cell);
    }
  };
  const object = (shape: ObjectShape): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    note(shape);
    if (shape.kind === 'array') cell(shape.element);
    if (shape.kind === 'record') fields(shape.fields);
    if (shape.kind === 'function') for (const member of shape.members) fields(member.fields);
  };
  for (const root of roots) {
    note(root);
    cell(root.cell);
  }
  const used = units.flatMap(functionsOf).map(({ ir }) => roles.usedBy(ir.symbol)?.size ?? null);
  return { found, used };
}

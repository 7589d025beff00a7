/** The shapes of a patch's memory, with what they were made from. In: types and names of symbols. They do not depend on where in the text things stand. */

import type { Variable } from '../ast.ts';
import type { TypedPatch } from '../infer/infer.ts';
import { Rings } from '../rings.ts';
import type { AnyShape, ShapeSource } from '../roles.ts';
import { type FieldShape, type RootShape, ShapeBuilder } from '../shape.ts';
import { keyOf, type Program } from './program.ts';

export interface PatchShapes {
  readonly rings: Rings;
  readonly roots: readonly RootShape[];
  readonly sources: ReadonlyMap<AnyShape, ShapeSource>;
  /** What the fields of closures and of their frames are. */
  readonly variables: ReadonlyMap<FieldShape, Variable>;
}

export function shapesOf(program: Program, { patch, globalsWritten }: TypedPatch): PatchShapes {
  const rings = new Rings(program.instances, (variable) => program.variableSymbol(variable));
  const shapes = new ShapeBuilder(program, rings);
  // Those of the patch first: what is reached from both is known by its own names.
  const roots = [...patch.units, ...patch.libraryUnits].flatMap((unit) =>
    unit.variables.map((variable) => {
      const name = keyOf(unit);
      const path = unit.name === variable.name ? name : `${name}.${variable.name}`;
      return shapes.root(variable, path, globalsWritten.has(variable));
    }),
  );
  const { sources, variables } = shapes;
  return { rings, roots, sources, variables };
}

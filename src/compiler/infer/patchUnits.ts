/** What inference and lowering run: the units of the standard library that a patch uses, and then its own. */

import type { Patch, Unit } from '../ast.ts';

export const allUnits = ({ libraryUnits, units }: Patch): readonly Unit[] =>
  libraryUnits.length === 0 ? units : [...libraryUnits, ...units];

/** Characters that are looked at: of the patch, and of what it uses of the library. */
export const lengthOf = ({ text, libraryUnits }: Patch): number =>
  libraryUnits.reduce((sum, { span }) => sum + span.end - span.start, text.length);

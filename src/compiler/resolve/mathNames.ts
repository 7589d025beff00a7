/** Names of `Math` that somebody wrote without it. In: a name that nothing declares. Out: the member that is meant. Pure. */

import { MATH_CONSTANTS, MATH_FUNCTIONS } from '../../language/intrinsics.ts';

/** The member of `Math` that is meant where `Math` was left out. */
export function mathName(name: string): string | null {
  if (name === 'π') return 'Math.PI';
  const members = [...Object.keys(MATH_FUNCTIONS), ...Object.keys(MATH_CONSTANTS)];
  const isLong = name.length > 1;
  const found = members.find((member) => member === name) ?? (isLong && members.find((member) => isSame(member, name)));
  return found ? `Math.${found}` : null;
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

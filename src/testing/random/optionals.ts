/** Optional chains whose rest has effects, which do not happen where there is nothing: `a?.[y = 2]`, `f?.(y = 1)`. */

import { access } from './access.ts';
import { isNumbers, type Kind, NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { assignment, update } from './places.ts';

/** A number, or `undefined`; `null`: nothing in sight may be absent, or there is nothing to change. */
export function optionalEffect(m: Maker, depth: number): string | null {
  const isWanted = (kind: Kind): boolean => kind.kind === 'maybe' && (isNumbers(kind.of) || hasNumber(kind.of));
  const found = access(m, isWanted, depth, 'read', null);
  const effect = m.random.chance(0.7) ? assignment(m, NUMBER, depth) : update(m, depth);
  if (found?.kind.kind !== 'maybe' || effect === null) return null;
  const { text, kind } = found;
  const rest = isNumbers(kind.of)
    ? m.random.pick([`?.[${effect}]`, `?.at(${effect})`, `?.indexOf(${effect})`, `?.fill(0.5, ${effect}, 0)[0]`])
    : `?.m`;
  // The chain of a record has no place for an effect, but what it begins with has.
  return isNumbers(kind.of) ? `(${text}${rest})` : `((${effect}, ${text})${rest})`;
}

const hasNumber = (kind: Kind): boolean => kind.kind === 'record' && kind.fields.m === NUMBER;

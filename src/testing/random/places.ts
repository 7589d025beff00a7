/** Assignments, as expressions: to variables, members and elements. */

import { type Access, access } from './access.ts';
import { isSame, type Kind, NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { ARITHMETIC, number } from './numbers.ts';
import { maybe, reference } from './objects.ts';
import { boolean, character, mixed } from './primitives.ts';
import { text } from './texts.ts';

/** A place of this kind that may be assigned to; `null`: there is none. */
export function place(m: Maker, kind: Kind, depth: number): Access | null {
  if (m.isPure) return null;
  for (let attempt = 0; attempt < 3; attempt++) {
    const found = access(m, (one) => isSame(one, kind), depth, 'write', null);
    if (found === null) return null;
    if (found.name === null || found.name.isMutable) return found;
  }
  return null;
}

/** A value of a primitive kind; numbers that are kept stay of a moderate size, mostly. */
export function primitive(m: Maker, kind: Kind, depth: number): string {
  switch (kind.kind) {
    case 'boolean':
      return boolean(m, depth);
    case 'mixed':
      return mixed(m, depth);
    case 'character':
      return character(m, depth);
    case 'text':
      return text(m, depth);
    default:
      return m.random.chance(0.4) ? `keep(${number(m, depth)})` : number(m, depth);
  }
}

const LOGICAL = ['&&', '||', '??'];

/** `(place = value)` and with operators: those of numbers, and those that leave out the right side. */
export function assignment(m: Maker, kind: Kind, depth: number): string | null {
  const target = place(m, kind, depth);
  if (target === null) return null;
  const isNumber = kind.kind === 'number';
  const operator = m.random.weighted<() => string>([
    [4, () => ''],
    [isNumber ? 4 : 0, () => m.random.pick(ARITHMETIC)],
    [1, () => m.random.pick(LOGICAL)],
  ])();
  return `(${target.text} ${operator}= ${primitive(m, kind, depth)})`;
}

/** `place++` and the like. */
export function update(m: Maker, depth: number): string | null {
  const target = place(m, NUMBER, depth);
  if (target === null) return null;
  const operator = m.random.pick(['++', '--']);
  return m.random.chance(0.5) ? `(${operator}${target.text})` : `(${target.text}${operator})`;
}

/** `(place ??= value)` and the like. */
export function logicalAssignment(m: Maker, depth: number): string | null {
  const target = place(m, NUMBER, depth);
  return target && `(${target.text} ${m.random.pick(LOGICAL)}= ${number(m, depth)})`;
}

/** An assignment of an object, as a statement without its semicolon; `null`: there is no place for it. */
export function objectAssignment(m: Maker, kind: Kind, depth: number): string | null {
  const target = place(m, kind, depth);
  if (target === null) return null;
  // What runs at both times must not keep what it makes.
  if (m.fn.phase === 'both' && target.region === 'frame') return null;
  const value = reference(m, kind, target.region, depth);
  return value && `${target.text} = ${value}`;
}

/** `(place ??= object)` and the like, for a place whose object may not be there. */
export function maybeAssignment(m: Maker): string | null {
  const names = m.visible(({ kind }) => kind.kind === 'maybe');
  if (names.length === 0) return null;
  const { kind } = m.random.pick(names);
  const target = place(m, kind, 1);
  if (target === null || kind.kind !== 'maybe' || (m.fn.phase === 'both' && target.region === 'frame')) return null;
  const operator = m.random.pick(['??=', '||=', '=']);
  const value = (operator === '=' ? maybe : reference)(m, kind.of, target.region, 1);
  return value && `${target.text} ${operator} ${value}`;
}

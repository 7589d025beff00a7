/** Ways through the objects in sight to values of some kind: `r.n.m`, `a[i & 3]`, `pair[1].m`. */

import { contains, GETTER, isPrimitive, isSame, type Kind, type Part, partsOf, type Region } from './kinds.ts';
import type { Maker, Name } from './maker.ts';
import { index, number } from './numbers.ts';
import { boolean } from './primitives.ts';

export interface Access {
  readonly text: string;
  readonly kind: Kind;
  readonly region: Region;
  /** What is read is a variable, not a part of an object. */
  readonly name: Name | null;
}

/** What an access is for: reading may go past the end of an array, writing must not. */
type Purpose = 'read' | 'write';

/** An access to a value of this kind; `null`: nothing in sight has one. */
export function accessTo(m: Maker, wanted: Kind, depth: number, purpose: Purpose = 'read'): Access | null {
  return access(m, (kind) => isSame(kind, wanted), depth, purpose, null);
}

export function access(
  m: Maker,
  isWanted: (kind: Kind) => boolean,
  depth: number,
  purpose: Purpose,
  region: Region | null,
): Access | null {
  const isUsable = (part: Part): boolean => part.name !== GETTER || (purpose === 'read' && !m.isInGetter && !m.isPure);
  const has = (kind: Kind): boolean => contains(kind, isWanted, isUsable);
  const names = m.visible((name) => (region === null || name.region === region) && has(name.kind));
  if (names.length === 0) return null;
  const name = m.random.pick(names);
  let { kind } = name;
  // A part may be reached by way of any expression.
  let isPart = depth > 0 && !isWanted(kind) && m.random.chance(0.12);
  let text = isPart ? chosen(m, name, depth - 1) : name.name;
  for (;;) {
    const parts = partsOf(kind).filter((part) => isUsable(part) && has(part.kind));
    if (isWanted(kind) && (parts.length === 0 || m.random.chance(0.5))) break;
    // What was drawn on the way may have made the rest of it unusable.
    if (parts.length === 0) return null;
    const part = m.random.pick(parts);
    text += step(m, kind, part, depth, purpose);
    ({ kind } = part);
    isPart = true;
  }
  return { text, kind, region: name.region, name: isPart ? null : name };
}

/** One of two objects of a kind, or one behind something that is done first. */
function chosen(m: Maker, name: Name, depth: number): string {
  const others = m.visible((one) => isSame(one.kind, name.kind) && one.region === name.region);
  return m.random.chance(0.7)
    ? `(${boolean(m, depth)} ? ${m.random.pick(others).name} : ${name.name})`
    : `(${number(m, depth)}, ${name.name})`;
}

function step(m: Maker, holder: Kind, part: Part, depth: number, purpose: Purpose): string {
  if (typeof part.name === 'string') return m.random.chance(0.9) ? `.${part.name}` : `['${part.name}']`;
  if (typeof part.name === 'number') return `[${part.name}]`;
  const length = holder.kind === 'array' || holder.kind === 'typed' ? holder.length : 2;
  // A typed array ignores what is written outside; from any array `undefined` is read there.
  const isFree = holder.kind === 'typed' || (purpose === 'read' && isPrimitive(part.kind));
  if (!isFree || m.random.chance(0.5)) return `[${inside(m, length, depth)}]`;
  // What is no number names a property, which typed arrays would keep.
  return purpose === 'read' ? `[${index(m, depth)}]` : `[+(${number(m, depth)})]`;
}

/** An index within an array whose length is a power of two. */
export function inside(m: Maker, length: number, depth: number): string {
  return m.random.chance(0.4) ? String(m.random.below(length)) : `(${number(m, depth)}) & ${length - 1}`;
}

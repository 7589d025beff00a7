/** Patterns: of declarations, parameters and assignments. */

import { access } from './access.ts';
import { GETTER, isPrimitive, isSame, type Kind, NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { number } from './numbers.ts';
import { reference } from './objects.ts';
import { place, primitive } from './places.ts';

/** Writes the leaf of a pattern for a part of this kind: a new name, or a place to assign to. */
type Leaf = (kind: Kind) => string;

/** `[a, , b = 1]`, for an array or a tuple. */
export function arrayPattern(m: Maker, kind: Kind, leaf: Leaf): string {
  const kinds = kind.kind === 'tuple' ? kind.items : kind.kind === 'array' ? lengthened(m, kind) : [];
  const items = kinds.map((part, position) => {
    if (kind.kind === 'array' && m.random.chance(0.2) && position < kinds.length - 1) return '';
    return withFallback(m, part, leaf);
  });
  return `[${items.join(', ')}]`;
}

/** Parts of an array; of one with numbers sometimes more than it has. */
function lengthened(m: Maker, kind: Kind & { kind: 'array' }): Kind[] {
  const most = kind.element.kind === 'number' && m.random.chance(0.3) ? kind.length + 1 : kind.length;
  return Array.from({ length: m.random.between(1, Math.min(most, 4)) }, () => kind.element);
}

/** `{ m, n: { k }, b: c = true }`. */
export function recordPattern(m: Maker, kind: Kind & { kind: 'record' }, leaf: Leaf): string {
  const fields = m.random.shuffled(Object.entries(kind.fields)).filter(([name]) => name !== GETTER || !m.isInGetter);
  const some = fields.slice(0, m.random.between(Math.min(1, fields.length), fields.length));
  return `{ ${some.map(([name, part]) => `${name}: ${withFallback(m, part, leaf)}`).join(', ')} }`;
}

function deeper(m: Maker, kind: Kind, leaf: Leaf): string {
  if (kind.kind === 'record' && m.random.chance(0.5)) return recordPattern(m, kind, leaf);
  if ((kind.kind === 'tuple' || kind.kind === 'array') && m.random.chance(0.5)) return arrayPattern(m, kind, leaf);
  return leaf(kind);
}

/** The value for a part that is not there is written before the part has its name. */
function withFallback(m: Maker, kind: Kind, leaf: Leaf): string {
  const fallback = kind.kind === 'number' && m.random.chance(0.3) ? ` = ${number(m, 1)}` : '';
  return `${deeper(m, kind, leaf)}${fallback}`;
}

/** `[a, b] = [b, a]`, of variables, elements and members of one kind. */
export function exchange(m: Maker): string | null {
  const kind = m.random.chance(0.7) ? NUMBER : m.pool.object(m.random);
  const first = place(m, kind, 1);
  const second = first && place(m, kind, 1);
  if (!first || !second || first.region !== second.region) return null;
  if (!isPrimitive(kind) && m.fn.phase === 'both' && first.region === 'frame') return null;
  const values = m.random.chance(0.6)
    ? [second.text, first.text]
    : [first, second].map(({ region }) => (isPrimitive(kind) ? primitive(m, kind, 1) : reference(m, kind, region, 1)));
  return values.includes(null) ? null : `[${first.text}, ${second.text}] = [${values.join(', ')}]`;
}

/** `[a, r.m] = array` or `({ m: a } = record)`. */
export function patternAssignment(m: Maker): string | null {
  const isNumbers = (kind: Kind): boolean => kind.kind === 'array' && kind.element.kind === 'number';
  const isRecord = (kind: Kind): boolean =>
    kind.kind === 'record' && Object.values(kind.fields).some((f) => isSame(f, NUMBER));
  const found = access(m, (kind) => isNumbers(kind) || isRecord(kind), 1, 'read', null);
  const fallback = place(m, NUMBER, 0);
  if (found === null || fallback === null) return null;
  const target = (): string => {
    const { text } = place(m, NUMBER, 1) ?? fallback;
    return m.random.chance(0.3) ? `${text} = ${number(m, 1)}` : text;
  };
  if (found.kind.kind !== 'record') {
    return `[${Array.from({ length: m.random.between(1, 3) }, target).join(', ')}] = ${found.text}`;
  }
  const names = Object.entries(found.kind.fields).filter(([name, field]) => isSame(field, NUMBER) && name !== GETTER);
  return `({ ${names.map(([name]) => `${name}: ${target()}`).join(', ')} } = ${found.text})`;
}

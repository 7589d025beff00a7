/** Declarations of variables. */

import { type Access, access } from './access.ts';
import { isPrimitive, type Kind, NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { kept, literal, number } from './numbers.ts';
import { value } from './objects.ts';
import { arrayPattern, recordPattern } from './patterns.ts';
import { primitive } from './places.ts';

/** No two names are the same, so that a `var` may stand wherever a `let` may: for each fourth name it does. */
export const changeable = (name: string): string => (Number(/\d+/.exec(name)?.[0]) % 4 === 0 ? 'var' : 'let');

export function declarePrimitive(m: Maker): string {
  const kind = m.pool.primitive(m.random);
  const name = m.fresh('v');
  const isMutable = m.random.chance(0.7);
  const isEmpty = isMutable && kind.kind === 'number' && m.random.chance(0.08);
  const isAnnotated = kind.kind === 'number' && m.random.chance(0.1);
  const depth = m.random.between(1, 3);
  const start = isEmpty ? '' : ` = ${isAnnotated ? kept(m, depth) : primitive(m, kind, depth)}`;
  // What is assigned later may be of another kind.
  m.declare(name, kind, { isMutable: isMutable && !isAnnotated });
  return `${isMutable ? changeable(name) : 'const'} ${name}${isAnnotated ? ': number' : ''}${start};`;
}

/** A name for an object: a new one, or one that is there. */
export function declareObject(m: Maker): string | null {
  const object = m.pool.object(m.random);
  const kind: Kind = m.random.chance(0.15) ? { kind: 'maybe', of: object } : object;
  const region = m.random.chance(0.4) ? 'top' : m.regionOfNew();
  const text = value(m, kind, region, 2);
  if (text === null) return null;
  const name = m.fresh('v');
  // What runs at both times must not keep what it makes in a variable that may outlive the call.
  const isMutable = m.random.chance(0.5) && !(m.fn.phase === 'both' && region === 'frame');
  m.declare(name, kind, { region, isMutable });
  return `${isMutable ? changeable(name) : 'const'} ${name} = ${text};`;
}

/** Names for the parts of an object. */
export function destructure(m: Maker): string | null {
  const isWhole = (kind: Kind): boolean => kind.kind === 'record' || kind.kind === 'tuple' || kind.kind === 'array';
  const found = m.random.chance(0.7) ? access(m, isWhole, 1, 'read', null) : newlyMade(m, isWhole);
  if (found === null) return null;
  const isMutable = m.random.chance(0.5);
  const names: (() => void)[] = [];
  const bind = (kind: Kind): string => {
    const name = m.fresh('d');
    const isAssignable = isMutable && (isPrimitive(kind) || m.fn.phase !== 'both' || found.region === 'top');
    names.push(() => m.declare(name, kind, { region: found.region, isMutable: isAssignable }));
    return name;
  };
  const { kind } = found;
  const pattern = kind.kind === 'record' ? recordPattern(m, kind, bind) : arrayPattern(m, kind, bind);
  for (const declare of names) declare();
  return `${isMutable ? changeable(pattern) : 'const'} ${pattern} = ${found.text};`;
}

/** An object made for the occasion, often what a function returns. */
function newlyMade(m: Maker, isWhole: (kind: Kind) => boolean): Pick<Access, 'text' | 'kind' | 'region'> | null {
  const kind = m.pool.object(m.random);
  const region = m.regionOfNew();
  const text = isWhole(kind) ? value(m, kind, region, 2) : null;
  return text === null ? null : { text, kind, region };
}

/** Hides a variable of an outer scope behind one of the same name; the first statement of a block. */
export function shadow(m: Maker): string {
  const names = m.visible((name) => name.kind.kind === 'number' && name.callable === null);
  if (names.length === 0) return '';
  const { name } = m.random.pick(names);
  const start = m.without(name, () => (m.random.chance(0.5) ? literal(m) : number(m, 1)));
  m.declare(name, NUMBER, { isMutable: m.random.chance(0.5) });
  return `let ${name} = ${start}; `;
}

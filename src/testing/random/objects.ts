/** Expressions that give objects: ones that are there, or new ones where the running code may make them. */

import { access } from './access.ts';
import { copyOf } from './arrayUses.ts';
import { callOf, closure, method } from './calls.ts';
import { GETTER, isNumbers, isPrimitive, isSame, type Kind, NUMBER, type Region } from './kinds.ts';
import type { Maker, Name } from './maker.ts';
import { index, kept, number } from './numbers.ts';
import { primitive } from './places.ts';
import { boolean } from './primitives.ts';

/** A value of any kind that code of the running phase can give; `null`: there is none to be had. */
export function value(m: Maker, kind: Kind, region: Region, depth: number): string | null {
  if (isPrimitive(kind)) return primitive(m, kind, depth);
  if (kind.kind === 'numbers') return access(m, isNumbers, Math.max(0, depth - 1), 'read', region)?.text ?? null;
  return kind.kind === 'maybe' ? maybe(m, kind.of, region, depth) : reference(m, kind, region, depth);
}

/** An object of this kind that lives in this region; `null`: there is none. */
export function reference(m: Maker, kind: Kind, region: Region, depth: number): string | null {
  const canMake = region === m.regionOfNew();
  if (depth > 0) {
    const d = depth - 1;
    const choice = m.random.below(12);
    if (choice === 0) return chosen(m, kind, region, d);
    if (choice === 1) {
      const other = maybe(m, kind, region, d);
      const fallback = other && reference(m, kind, region, d);
      if (other && fallback) return `(${other} ?? ${fallback})`;
    }
    if (choice === 2) {
      const called = callOf(m, kind, d, region);
      if (called) return called;
    }
  }
  const known = access(m, (one) => isSame(one, kind), Math.max(0, depth - 1), 'read', region);
  if (known && (!canMake || m.random.chance(0.5))) return known.text;
  return canMake ? made(m, kind, depth) : null;
}

function chosen(m: Maker, kind: Kind, region: Region, depth: number): string | null {
  const first = reference(m, kind, region, depth);
  const second = first && reference(m, kind, region, depth);
  return first && second && `(${boolean(m, depth)} ? ${first} : ${second})`;
}

/** A new object, made where the expression stands. */
function made(m: Maker, kind: Kind, depth: number): string {
  const d = Math.max(0, depth - 1);
  const region = m.regionOfNew();
  const part = (of: Kind): string => value(m, of, region, d) ?? 'undefined';
  switch (kind.kind) {
    case 'array':
      return arrayOf(m, kind, d);
    case 'typed':
      return typedArray(m, kind, d);
    case 'tuple':
      // Where `undefined` takes the place of a number, it is no tuple but an array with a hole.
      return `[${kind.items.map((item) => (item === NUMBER ? kept(m, d) : part(item))).join(', ')}]`;
    case 'record': {
      const fields = m.random.shuffled(Object.entries(kind.fields)).map(([name, field]) => {
        if (name === GETTER) return `get ${name}() { return ${getter(m, d)} }`;
        if (field.kind === 'function' && m.random.chance(0.3)) return `${name}${method(m, field, d)}`;
        return `${name}: ${part(field)}`;
      });
      const source =
        m.random.chance(0.2) && !(GETTER in kind.fields)
          ? access(m, (one) => isSame(one, kind), d, 'read', region)
          : null;
      if (source) fields.splice(0, m.random.between(1, fields.length), `...${source.text}`);
      return `{ ${fields.join(', ')} }`;
    }
    case 'function':
      return closure(m, kind, depth);
    default:
      throw new Error(`random: ${kind.kind} is made by no literal`);
  }
}

/** What a getter returns: nothing that could lead back to it. */
function getter(m: Maker, depth: number): string {
  const fn = { phase: m.fn.phase === 'frame' ? 'frame' : 'both', level: 1, result: null } as const;
  const outer = m.isInGetter;
  return m.inFunction({ ...fn, labels: [], isInLoop: false, isInSwitch: false }, 1, () => {
    m.isInGetter = true;
    const text = number(m, depth);
    m.isInGetter = outer;
    return text;
  });
}

function arrayOf(m: Maker, { element, length }: Kind & { kind: 'array' }, depth: number): string {
  const region = m.regionOfNew();
  const item = (): string => value(m, element, region, depth) ?? 'undefined';
  const literal = (): string => {
    const items = Array.from({ length }, item);
    // A member that only some have is `undefined` in the others.
    if (element.kind === 'record' && m.random.chance(0.3)) items.push(...items.splice(1).map(withoutMixed));
    return `[${items.join(', ')}]`;
  };
  const counted = (head: string): string => {
    const [unused, position] = [m.fresh('_'), m.fresh('i')];
    const body = m.inCallback({ kind: element, region }, length, () => {
      m.declare(position, NUMBER);
      return item();
    });
    return `${head}(${unused}, ${position}) => ${body.startsWith('{') ? `(${body})` : body})`;
  };
  return m.random.weighted<() => string>([
    [6, literal],
    [1, () => counted(`Array.from({ length: ${length} }, `)],
    [isPrimitive(element) ? 0.7 : 0, () => `new Array(${length}).fill(${item()})`],
    [0.7, () => counted(`[${Array.from({ length }, () => number(m, 0)).join(', ')}].map(`)],
    [isPrimitive(element) ? 0.4 : 0, () => `${literal()}.fill(${item()}, ${m.random.between(-3, 3)})`],
    [0.3, () => `Array.from(${literal()})`],
    [1, () => copyOf(m, { kind: 'array', element, length }, depth) ?? literal()],
    [isPrimitive(element) ? 0.3 : 0, () => `Array.of(${Array.from({ length }, item).join(', ')})`],
  ])();
}

/** A record literal without its member of mixed kinds, if it is one in plain sight. */
const withoutMixed = (text: string): string => text.replace(/^\{ (?:(?!get )k: (?:true|false|\d+|null), )/, '{ ');

function typedArray(m: Maker, { name, length }: Kind & { kind: 'typed' }, depth: number): string {
  const numbers = (): string => `[${Array.from({ length }, () => number(m, depth)).join(', ')}]`;
  const sources = m.visible(
    ({ kind }) =>
      (kind.kind === 'typed' || (kind.kind === 'array' && kind.element === NUMBER)) && kind.length === length,
  );
  const larger = m.visible(({ kind }) => kind.kind === 'typed' && kind.name === name && kind.length >= length);
  return m.random.weighted<() => string>([
    [2, () => `new ${name}(${length})`],
    [4, () => `new ${name}(${numbers()})`],
    [1, () => `new ${name}(${length}).fill(${number(m, depth)})`],
    [sources.length > 0 ? 1 : 0, () => `new ${name}(${m.random.pick(sources).name})`],
    [0.5, () => `${name}.from(${numbers()})`],
    [0.3, () => `${name}.of(${numbers().slice(1, -1)})`],
    [larger.length > 0 ? 1.5 : 0, () => view(m, m.random.pick(larger), length)],
    [0.5, () => `new ${name}(${length + 2}).map((_, i) => i * ${number(m, depth)}).subarray(1, ${length + 1})`],
    [
      1,
      () => {
        const element = m.fresh('e');
        const body = m.inCallback({ kind: NUMBER, region: 'frame' }, length, () => {
          m.declare(element, NUMBER);
          return number(m, depth);
        });
        return `new ${name}(${numbers()}).map((${element}) => ${body})`;
      },
    ],
  ])();
}

/** A part of a typed array, which is the array's own. */
function view(m: Maker, { name, kind }: Name, length: number): string {
  const spare = kind.kind === 'typed' ? kind.length - length : 0;
  const start = m.random.below(spare + 1);
  return `${name}.subarray(${start}, ${start + length})`;
}

/** An object of this kind, or `undefined` or `null`; `null`: not even that can be had. */
export function maybe(m: Maker, kind: Kind, region: Region, depth: number): string | null {
  const d = Math.max(0, depth - 1);
  const there = reference(m, kind, region, d);
  if (there === null) return null;
  return m.random.weighted<() => string>([
    [2, () => access(m, (one) => one.kind === 'maybe' && isSame(one.of, kind), d, 'read', region)?.text ?? there],
    [2, () => there],
    [2, () => `(${boolean(m, d)} ? ${there} : ${m.random.pick(['undefined', 'null'])})`],
    [1, () => `(${boolean(m, d)} ? ${m.random.pick(['undefined', 'null'])} : ${there})`],
    [0.5, () => `(${boolean(m, d)} ? (${boolean(m, d)} ? undefined : null) : ${there})`],
    [0.3, () => `((${boolean(m, d)} ? null : undefined) ?? ${there})`],
    [2, () => unsafeElement(m, kind, region, d) ?? there],
    [0.5, () => (region === m.regionOfNew() ? `[${there}][${index(m, d)}]` : there)],
  ])();
}

/** An element of an array of such objects, perhaps past its end. */
function unsafeElement(m: Maker, kind: Kind, region: Region, depth: number): string | null {
  const holders = access(m, (one) => one.kind === 'array' && isSame(one.element, kind), depth, 'read', region);
  return holders && `${holders.text}[${index(m, depth)}]`;
}

/**
 * Whether two objects are the same one. Functions are not asked: one that captures nothing is made once, and JavaScript
 * makes it again every time.
 */
export function sameObjects(m: Maker, depth: number): string | null {
  const isAsked = (kind: Kind): boolean =>
    !['maybe', 'opaque', 'function', 'numbers'].includes(kind.kind) && !isPrimitive(kind);
  const names = m.visible(({ kind }) => isAsked(kind));
  if (names.length === 0) return null;
  const { kind, region } = m.random.pick(names);
  const [first, second] = [reference(m, kind, region, depth), reference(m, kind, region, depth)];
  return first && second && `(${first} ${m.random.pick(['===', '!==', '=='])} ${second})`;
}

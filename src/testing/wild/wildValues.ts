/** Expressions of wild programs: numbers, conditions, and objects. Effects stand in all places. */

import { drawn, type Writers, wrapped } from '../random/scopedMaker.ts';
import type { WildKind, WildMaker, WildName } from './wildMaker.ts';

const LITERALS = ['0', '1', '2', '3', '5', '7', '0.5', '1.5', '-1', '10'];
/** For indices and bounds: what no array has. */
const ODD = [
  ...['-1', '-2', '-3', '0.5', '1.9', '-0.5', 'NaN', 'undefined', 'Infinity', '-Infinity', '-0', '1e300', '100'],
  ...['2 ** 31', '2 ** 31 - 1', '-(2 ** 31)', '2 ** 32', '2 ** 32 + 1', '2 ** 30', '2 ** 29', '2 ** 28', '2 ** 53'],
  ...['4294967295', '536870911', '268435455', '1073741823', '-1073741824', '65536', '8192', '0x7ffffff8', '5e-324'],
];
const OPERATORS = ['+', '-', '*', '%', '&', '|', '^', '>>', '>>>', '<<', '/'];
const COMPOUND = ['', '', '+', '-', '*', '%', '&', '|', '^', '>>', '>>>', '<<', '/', '||', '&&', '??', '**'];
export const COMPARISONS = ['<', '<=', '>', '>=', '===', '!=='];
const FIELDS = ['a', 'b', 'c'];

export const odd = (m: WildMaker): string => m.random.pick(ODD);

/** A condition that holds in some frames. */
export function condition(m: WildMaker, depth: number): string {
  return m.random.weighted<() => string>([
    [4, () => `currentFrame % ${m.random.between(2, 5)} ${m.random.pick(COMPARISONS)} ${m.random.below(4)}`],
    [2, () => `${number(m, depth - 1)} ${m.random.pick(COMPARISONS)} ${number(m, depth - 1)}`],
    [depth > 0 ? 1 : 0, () => `(${condition(m, depth - 1)} ${m.random.pick(['&&', '||'])} ${condition(m, depth - 1)})`],
    [0.5, () => `!(${condition(m, depth - 1)})`],
    [0.5, () => String(m.random.chance(0.5))],
    [1, () => `${objectOrNot(m) ?? '1'} ${m.random.pick(['=== undefined', '!== undefined', '!= null', '== null'])}`],
  ])();
}

/** A variable that holds an object, perhaps. */
function objectOrNot(m: WildMaker): string | null {
  const found = m.visible(({ kind, isMaybe }) => kind !== 'number' && isMaybe);
  return found.length > 0 ? m.random.pick(found).name : null;
}

export function index(m: WildMaker, depth: number): string {
  return m.random.weighted<() => string>([
    [4, () => String(m.random.below(4))],
    [2, () => `${number(m, depth)} & 3`],
    [2, () => number(m, depth)],
    [1, () => odd(m)],
    [1, () => assignment(m, depth) ?? '0'],
  ])();
}

/** As a number: JavaScript keeps what is written at `undefined` as a property of that name, which a patch does not have. */
export const writtenIndex = (m: WildMaker, depth: number): string => `+(${index(m, depth)})`;

/** An index that is there, for plain arrays that must not grow. */
const safeIndex = (m: WildMaker, depth: number): string =>
  m.random.weighted<() => string>([
    [5, () => String(m.random.below(2))],
    [2, () => `${number(m, depth)} & 1`],
    [1, () => `(${assignment(m, depth) ?? '0'}) & 1`],
    [0.15, () => index(m, depth)],
  ])();

/** A place to assign a number to. */
export function place(m: WildMaker, depth: number): string | null {
  return m.random.weighted<() => string | null>([
    [5, () => m.find('number', true)?.name ?? null],
    [1, () => pathTo(m, 'numbers', depth, (text) => `${text}[${safeIndex(m, depth)}]`)],
    [1, () => pathTo(m, 'bytes', depth, (text) => `${text}[${writtenIndex(m, depth)}]`)],
    [1, () => pathTo(m, 'record', depth, (text) => `${text}.${m.random.pick(FIELDS)}`)],
  ])();
}

/** A way to what the variable holds: `a`, `(a = b)`, `(c ? a : b)`. */
function pathTo(m: WildMaker, kind: WildKind, depth: number, write: (text: string) => string): string | null {
  const found = m.find(kind);
  if (!found) return null;
  if (found.isMaybe && m.random.chance(0.9)) {
    const other = m.visible((name) => name.kind === kind && !name.isMaybe);
    if (other.length === 0) return null;
    return write(m.random.pick(other).name);
  }
  if (depth > 0 && m.random.chance(0.15)) {
    const changed = objectAssignment(m, depth - 1, kind);
    if (changed) return write(`(${changed})`);
  }
  return write(found.name);
}

/** `(place op= value)`, without the parentheses. */
export function assignment(m: WildMaker, depth: number): string | null {
  const target = place(m, depth - 1);
  if (target === null) return null;
  if (m.random.chance(0.12)) return m.random.pick([`${target}++`, `--${target}`, `${target}--`, `++${target}`]);
  const operator = m.random.pick(COMPOUND);
  // What grows without end only makes infinities.
  const value = ['*', '<<', '/'].includes(operator) ? m.random.pick(['0.5', '1', '2']) : number(m, depth - 1);
  return operator === '**' ? `${target} **= 1` : `${target} ${operator}= ${value}`;
}

/** `place op= object`, of any kind; `null`: there is no place. */
export function objectAssignment(m: WildMaker, depth: number, kind: WildKind | null = null): string | null {
  const found = m.visible((name) => name.isMutable && name.kind !== 'number' && (kind === null || name.kind === kind));
  if (found.length === 0) return null;
  const target = m.random.pick(found);
  const operator = m.random.weighted([
    [5, '='],
    [1, '||='],
    [target.isMaybe ? 2 : 1, '??='],
    [1, '&&='],
  ]);
  return `${target.name} ${operator} ${objectFor(m, target, depth)}`;
}

/** Something that may be kept in this variable. */
function objectFor(m: WildMaker, target: WildName, depth: number): string {
  const known = m.visible((name) => name.kind === target.kind && (target.isMaybe || !name.isMaybe));
  return m.random.weighted<() => string>([
    [6, () => m.random.pick(known.length > 0 ? known : [target]).name],
    [target.isMaybe ? 2 : 0, () => 'undefined'],
    [m.isFrame && m.random.chance(0.8) ? 1 : 4, () => freshObject(m, target.kind, depth)],
    [1, () => `(${condition(m, 0)} ? ${m.random.pick(known.length > 0 ? known : [target]).name} : ${target.name})`],
  ])();
}

/** A literal, or what a method makes. */
export function freshObject(m: WildMaker, kind: WildKind, depth: number): string {
  const d = Math.max(0, depth - 1);
  const list = (count: number): string => Array.from({ length: count }, () => number(m, d)).join(', ');
  switch (kind) {
    case 'numbers':
      return m.random.weighted<() => string>([
        [6, () => `[${list(m.random.between(2, 4))}]`],
        // Cut, so that what is made of itself in every frame does not grow without end.
        [1, () => `(${derivedArray(m, d) ?? '[1, 2, 3]'}).slice(0, 12)`],
        [1, () => `Array.from({ length: ${m.random.between(2, 4)} }, (_, i) => i + ${number(m, d)})`],
        [0.5, () => `new Array(4).fill(${number(m, d)})`],
      ])();
    case 'bytes': {
      const name = m.typed;
      return m.random.weighted<() => string>([
        [4, () => `new ${name}([${list(4)}])`],
        [4, () => `new ${name}(${m.random.pick(['4', '8', '2', '0', '16'])})`],
        [2, () => derivedBytes(m, d) ?? `new ${name}(4)`],
      ])();
    }
    case 'record':
      return `{ a: ${number(m, d)}, b: ${number(m, d)}, c: ${number(m, d)} }`;
    case 'function':
      return closure(m, d);
    default:
      return number(m, d);
  }
}

/** `(p) => …`, which may have effects on what is around it. */
export function closure(m: WildMaker, depth: number): string {
  return m.inFunction(() => {
    const name = m.fresh('p');
    m.declare({ name, kind: 'number', isMutable: true, isMaybe: false, isShared: true });
    const effect = m.random.chance(0.5) ? assignment(m, depth) : null;
    return effect ? `(${name}) => (${effect}, ${number(m, depth)})` : `(${name}) => ${number(m, depth)}`;
  });
}

/** A new array made of others. */
export function derivedArray(m: WildMaker, depth: number): string | null {
  const found = m.visible(({ kind, isMaybe }) => (kind === 'numbers' || kind === 'bytes') && !isMaybe);
  if (found.length === 0) return null;
  const source = (): string => m.random.pick(found).name;
  const bound = (): string => (m.random.chance(0.5) ? odd(m) : String(m.random.between(-3, 5)));
  const e = m.fresh('e');
  const each = (): string =>
    m.inFunction(() => {
      m.declare({ name: e, kind: 'number', isMutable: false, isMaybe: false, isShared: true });
      return `(${e}) => ${number(m, depth)}`;
    });
  return m.random.weighted<() => string>([
    [3, () => `[${Array.from({ length: m.random.between(1, 6) }, () => `...${source()}`).join(', ')}]`],
    [2, () => `[${number(m, depth)}, ...${source()}, ${number(m, depth)}]`],
    [2, () => `[...${source()}].concat([...${source()}], [${number(m, depth)}])`],
    [1, () => `[...${source()}].slice(${bound()}, ${bound()})`],
    [1, () => `[...${source()}].slice(${bound()})`],
    [1, () => `[...${source()}].fill(${number(m, depth)}, ${bound()}, ${bound()})`],
    [1, () => `[...${source()}].copyWithin(${bound()}, ${bound()}, ${bound()})`],
    [1, () => `[...${source()}].map(${each()})`],
    [1, () => `[...${source()}].filter(${each()})`],
    [0.5, () => `[...${source()}].reverse()`],
    [0.5, () => `[[...${source()}], [${number(m, depth)}]].flat()`],
    [0.5, () => `[...${source()}].flatMap((x) => [x, ${number(m, depth)}])`],
  ])();
}

/** A view of a typed array, or a new one. */
export function derivedBytes(m: WildMaker, depth: number): string | null {
  const found = m.visible(({ kind, isMaybe }) => kind === 'bytes' && !isMaybe);
  if (found.length === 0) return null;
  const source = (): string => m.random.pick(found).name;
  const bound = (): string =>
    m.random.weighted<() => string>([
      [3, () => String(m.random.between(-3, 5))],
      [2, () => odd(m)],
      [1, () => number(m, depth)],
    ])();
  return m.random.weighted<() => string>([
    [4, () => `${source()}.subarray(${bound()}, ${bound()})`],
    [2, () => `${source()}.subarray(${bound()})`],
    [1, () => `${source()}.subarray(${bound()}).subarray(${bound()}, ${bound()})`],
    [2, () => `${source()}.slice(${bound()}, ${bound()})`],
    // Node forgets the end where the start of a typed array's `fill` is `undefined`.
    [2, () => `${source()}.fill(${number(m, depth)}, +(${bound()}), ${bound()})`],
    [2, () => `${source()}.copyWithin(${bound()}, ${bound()}, ${bound()})`],
    [1, () => `${source()}.map((x) => x + ${number(m, depth)})`],
  ])();
}

/** `f?.(y = 1)`, `a?.[y = 2]`, `a?.at(y = 3)`, `r?.a`. */
function optional(m: WildMaker, depth: number): string | null {
  const found = m.visible(({ kind }) => kind !== 'number');
  if (found.length === 0) return null;
  const maybes = found.filter(({ isMaybe }) => isMaybe);
  const { name, kind } = m.random.pick(maybes.length > 0 && m.random.chance(0.8) ? maybes : found);
  const effect = (): string => {
    const changed = m.random.chance(0.3) ? objectAssignment(m, depth) : null;
    return changed ? `(${changed}, ${number(m, depth)})` : (assignment(m, depth) ?? number(m, depth));
  };
  switch (kind) {
    case 'function':
      return `${name}?.(${effect()})`;
    case 'record':
      return m.random.pick([`${name}?.a`, `${name}?.['b']`, `(${name} ?? (${effect()}, undefined))?.c`]);
    default:
      return m.random.pick([
        `${name}?.[${effect()}]`,
        `${name}?.at(${effect()})`,
        `${name}?.indexOf(${effect()})`,
        `${name}?.length`,
        `${name}?.reduce((s, e) => s + e, ${effect()})`,
      ]);
  }
}

const NUMBERS: Writers<WildMaker> = [
  [3, (m, d) => `(${number(m, d)} ${m.random.pick(OPERATORS)} ${number(m, d)})`],
  [2, (m, d) => `(${condition(m, d)} ? ${number(m, d)} : ${number(m, d)})`],
  [3, (m, d) => parenthesised(assignment(m, d))],
  [1.5, (m, d) => `(${number(m, d)} ${m.random.pick(['&&', '||', '??'])} ${number(m, d)})`],
  [1, (m, d) => `(${assignment(m, d) ?? objectAssignment(m, d) ?? '0'}, ${number(m, d)})`],
  [3, optional],
  [2, (m, d) => pathTo(m, 'numbers', d, (text) => `${text}[${index(m, d)}]`)],
  [2, (m, d) => pathTo(m, 'bytes', d, (text) => `${text}[${index(m, d)}]`)],
  [2, (m, d) => pathTo(m, 'record', d, (text) => `${text}.${m.random.pick(FIELDS)}`)],
  [2, (m, d) => pathTo(m, 'function', d, (text) => `${text}(${number(m, d)})`)],
  [0.7, (m, d) => pathTo(m, m.random.pick(['numbers', 'bytes']), d, (text) => `${text}.length`)],
  [0.7, (m, d) => pathTo(m, m.random.pick(['numbers', 'bytes']), d, (text) => `${text}.at(${index(m, d)})`)],
  [0.7, (m, d) => wrapped(derivedArray(m, d), (text) => `${text}[${index(m, d)}]`)],
  [0.7, (m, d) => wrapped(derivedArray(m, d), (text) => `${text}.length`)],
  [0.7, (m, d) => wrapped(derivedBytes(m, d), (text) => `${text}[${index(m, d)}]`)],
  [0.5, (m, d) => wrapped(derivedBytes(m, d), (text) => `${text}.length`)],
  [0.5, (m, d) => `(${closure(m, d)})(${number(m, d)})`],
];

const parenthesised = (text: string | null): string | null => text && `(${text})`;

function leaf(m: WildMaker): string {
  const known = m.find('number');
  if (known && m.random.chance(0.6)) return known.name;
  return m.isFrame && m.random.chance(0.3)
    ? `currentFrame % ${m.random.between(2, 6)}`.replace(/^.*$/, '($&)')
    : m.random.pick(LITERALS);
}

export function number(m: WildMaker, depth: number): string {
  return drawn(m, depth, 3, NUMBERS, leaf);
}

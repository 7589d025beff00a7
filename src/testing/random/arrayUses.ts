/** What the methods of arrays give: numbers, booleans, and new arrays. */

import { access } from './access.ts';
import { BOOLEAN, isNumbers, isPrimitive, type Kind, NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { bound, index, number } from './numbers.ts';
import { boolean, mixed } from './primitives.ts';

interface Source {
  readonly text: string;
  readonly element: Kind;
  readonly length: number;
}

const PLAIN: ReadonlySet<string> = new Set(['number', 'boolean']);
const NUMERIC: ReadonlySet<string> = new Set(['number', 'boolean', 'mixed']);

/** An array in sight, of primitive values; `null`: there is none. */
function source(m: Maker, depth: number): Source | null {
  const numeric = m.hasMixedTexts ? PLAIN : NUMERIC;
  const isSource = (kind: Kind): boolean =>
    isNumbers(kind) || (kind.kind === 'array' && numeric.has(kind.element.kind));
  const found = access(m, isSource, depth, 'read', null);
  if (found?.kind.kind === 'typed') return { text: found.text, element: NUMBER, length: found.kind.length };
  if (found?.kind.kind === 'numbers') return { text: found.text, element: NUMBER, length: 2 };
  if (found?.kind.kind !== 'array') return null;
  return { text: found.text, element: found.kind.element, length: found.kind.length };
}

/** A callback that is given an element and its index. */
function callback(m: Maker, { element, length }: Source, result: Kind, write: () => string): string {
  const [name, position] = [m.fresh('e'), m.fresh('i')];
  const body = m.inCallback({ kind: result, region: 'frame' }, length, () => {
    m.declare(name, element);
    m.declare(position, NUMBER);
    return write();
  });
  return m.random.chance(0.5) ? `(${name}, ${position}) => ${body}` : `(${name}, ${position}) => { return ${body} }`;
}

/** Something to look for in an array. */
const soughtIn = (m: Maker, { element }: Source, depth: number): string =>
  element.kind === 'boolean' ? boolean(m, depth) : element.kind === 'mixed' ? mixed(m, depth) : number(m, depth);

/** A new array of the elements of others; its length is not known. */
function derived(m: Maker, from: Source, depth: number): string {
  const test = (): string => callback(m, from, BOOLEAN, () => boolean(m, depth));
  return m.random.weighted<() => string>([
    [2, () => `${from.text}.filter(${test()})`],
    [2, () => `${from.text}.slice(${bound(m)}, ${bound(m)})`],
    [1, () => `${from.text}.slice(${number(m, depth)})`],
    [1, () => `${from.text}.map(${callback(m, from, NUMBER, () => number(m, depth))})`],
    [1, () => `[...${from.text}, ${soughtIn(m, from, depth)}]`],
    [1, () => `[...${from.text}].concat([${soughtIn(m, from, depth)}])`],
    [0.7, () => `[${Array.from({ length: m.random.between(2, 9) }, () => `...${from.text}`).join(', ')}]`],
    [0.5, () => `[...${from.text}].concat(${Array.from({ length: 3 }, () => `[...${from.text}]`).join(', ')})`],
    [0.7, () => `[...${from.text}].fill(${soughtIn(m, from, depth)}, ${bound(m)}, ${bound(m, depth)})`],
    [0.7, () => `[...${from.text}].copyWithin(${bound(m)}, ${bound(m)}, ${bound(m, depth)})`],
    [1, () => `[...${from.text}].reverse()`],
    [1, () => `[...${from.text}].map((x) => keep(+x)).sort((x, y) => x - y)`],
    [1, () => `[...${from.text}].map((x) => keep(+x)).sort((x, y) => y - x)`],
    [0.7, () => `[[${number(m, depth)}], [${number(m, 0)}, ${number(m, 0)}]].flat()`],
    [0.7, () => `[...${from.text}].flatMap((x) => [x, ${number(m, depth)}])`],
    [0.5, () => `${from.text}.toReversed()`],
    [0.5, () => `${from.text}.with(${m.random.below(from.length)}, ${soughtIn(m, from, depth)})`],
  ])();
}

/** A number that an array gives; `null`: there is no array. */
export function arrayNumber(m: Maker, depth: number): string | null {
  const from = source(m, depth);
  if (from === null) return null;
  const { text, element } = from;
  const isNumbers = element.kind === 'number';
  const test = (): string => callback(m, from, BOOLEAN, () => boolean(m, depth));
  const sought = (): string => soughtIn(m, from, depth);
  return m.random.weighted<() => string>([
    [1, () => `${text}.indexOf(${sought()})`],
    [0.5, () => `${text}.indexOf(${sought()}, ${bound(m)})`],
    [0.5, () => `${text}.lastIndexOf(${sought()})`],
    [1, () => `${text}.findIndex(${test()})`],
    [0.5, () => `${text}.findLastIndex(${test()})`],
    [isNumbers ? 1 : 0, () => `${text}.find(${test()})`],
    [isNumbers ? 0.5 : 0, () => `${text}.findLast(${test()})`],
    [isNumbers ? 1 : 0, () => `${text}.at(${number(m, depth)})`],
    [0.7, () => `${text}.reduceRight((s, e) => s * 0.5 + e, ${number(m, depth)})`],
    [isNumbers ? 0.7 : 0, () => `${text}.reduce((s, e) => s - e)`],
    [0.7, () => `Math.${m.random.pick(['min', 'max'])}(...${text})`],
    [0.5, () => `Math.max(${number(m, depth)}, ...${text}, ${number(m, 0)})`],
    [2, () => `(+${derived(m, from, depth)}[${index(m, depth)}])`],
    [1, () => `${derived(m, from, depth)}.length`],
    [1, () => `${derived(m, from, depth)}.reduce((s, e) => s * 3 + e, 1)`],
  ])();
}

export function arrayBoolean(m: Maker, depth: number): string | null {
  const from = source(m, depth);
  if (from === null) return null;
  const test = (): string => callback(m, from, BOOLEAN, () => boolean(m, depth));
  return m.random.pick([
    () => `${from.text}.some(${test()})`,
    () => `${from.text}.every(${test()})`,
    () => `${from.text}.includes(${soughtIn(m, from, depth)})`,
    () => `${from.text}.includes(${soughtIn(m, from, depth)}, ${bound(m)})`,
  ])();
}

/** A copy of an array in sight of the same kind. */
export function copyOf(m: Maker, kind: Kind & { kind: 'array' }, depth: number): string | null {
  if (!isPrimitive(kind.element)) return null;
  const found = access(m, (one) => one.kind === 'array' && one.element === kind.element, depth, 'read', null);
  if (found?.kind.kind !== 'array') return null;
  const { text } = found;
  if (found.kind.length === kind.length) {
    return m.random.pick([
      `[...${text}]`,
      `${text}.slice()`,
      `${text}.concat()`,
      `Array.from(${text})`,
      `${text}.toReversed()`,
    ]);
  }
  if (found.kind.length * 2 === kind.length)
    return m.random.pick([`[...${text}, ...${text}]`, `${text}.concat(${text})`]);
  return found.kind.length > kind.length ? `${text}.slice(${found.kind.length - kind.length})` : null;
}

/** A statement that changes an array as a whole; `null`: there is none to change. */
export function changeArray(m: Maker): string | null {
  const isPlain = (kind: Kind): boolean => kind.kind === 'array' && isPrimitive(kind.element);
  const found = access(m, (kind) => isPlain(kind) || kind.kind === 'typed', 1, 'read', null);
  if (found === null) return null;
  const { text, kind } = found;
  if (kind.kind === 'typed' && m.random.chance(0.4)) {
    const other = access(m, (one) => one.kind === 'typed' && one.length <= kind.length, 1, 'read', null);
    if (other) return `${text}.set(${other.text});`;
  }
  if (kind.kind === 'typed' && m.random.chance(0.3)) return changeView(m, text, kind.length);
  return m.random.weighted<() => string>([
    [2, () => `${text}.reverse();`],
    [1, () => `${text}.copyWithin(${bound(m)}, ${bound(m)}, ${bound(m)});`],
    [kind.kind === 'typed' ? 1 : 0, () => `${text}.sort();`],
    [kind.kind === 'typed' ? 0.5 : 0, () => `${text}.sort((x, y) => (y > x ? 1 : y < x ? -1 : 0));`],
  ])();
}

/** What is written through views of a typed array, which may lie over each other. */
function changeView(m: Maker, text: string, length: number): string {
  const [from, to] = [m.random.below(length), m.random.below(length)];
  const most = length - Math.max(from, to);
  return m.random.pick([
    () => `${text}.subarray(${bound(m)}, ${bound(m, 1)})[${index(m, 1)}];`,
    () => `${text}.subarray(${bound(m)}).fill(${number(m, 1)}, ${bound(m)}, ${bound(m)});`,
    () => `${text}.subarray(${bound(m)}, ${bound(m)}).copyWithin(${bound(m)}, ${bound(m)});`,
    () => `${text}.set(${text}.subarray(${from}, ${from + most}), ${to});`,
    () => `${text}.subarray(${bound(m)}).subarray(${bound(m)}, ${bound(m)}).reverse();`,
    () => `${text}.subarray(${from})[${m.random.below(length)}] = ${number(m, 1)};`,
  ])();
}

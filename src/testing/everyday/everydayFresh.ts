/** New objects: lists, records, maps, sets, tables, functions, instances. */

import { box } from './everydayBoxes.ts';
import { CLOSURE_COST, type EverydayKind, type EverydayMaker, KEYS } from './everydayMaker.ts';
import { number } from './everydayNumbers.ts';
import { keptText, literalText } from './everydayTexts.ts';

type Writer = (m: EverydayMaker, depth: number) => string;

/** A new object of this kind; `null`: the program has no such. */
export function fresh(m: EverydayMaker, kind: EverydayKind, depth: number): string | null {
  const d = Math.max(0, depth - 1);
  const listOf = (least: number, most: number, write: (n: number) => string): string =>
    Array.from({ length: m.random.between(least, most) }, (_, n) => write(n)).join(', ');
  const isTop = m.phase === 'top';
  const other = (name: EverydayKind): string | null => m.find(name)?.name ?? null;
  switch (kind) {
    case 'number':
      return number(m, depth);
    case 'text':
      return keptText(m, depth);
    case 'box':
      return box(m, depth, isTop);
    case 'list': {
      const known = other('list');
      return m.random.weighted<() => string>([
        [4, () => `[${listOf(2, 4, () => number(m, d))}]`],
        [known ? 2 : 0, () => `[...${known}, ${number(m, d)}]${isTop ? '' : '.slice(0, 9)'}`],
        [1, () => `Array.from({ length: ${m.random.between(2, 4)} }, (_, i) => i * ${number(m, 0)})`],
        [0.5, () => `Array(3).fill(${number(m, d)})`],
        [0.5, () => `'3 1 2'.split(' ').map(Number)`],
        [isTop ? 0.5 : 0, () => `[...'7421'].map((c) => +c)`],
        [known ? 1 : 0, () => `${known}.map((x) => num(x * ${number(m, 0)})).slice(0, 9)`],
        [0.3, () => `[...[${number(m, d)}, 2], ...[3]]`],
      ])();
    }
    case 'texts':
      return m.one(
        () => `[${listOf(2, 4, () => literalText(m))}]`,
        () => (isTop ? `'a b kick'.split(' ')` : `['a', 'kick']`),
        () => (isTop ? `KEYS.map((k, i) => \`\${k}\${i}\`)` : `['off', 'b', 'a']`),
        () => (isTop && other('table') ? `Object.keys(${other('table')})` : `['attack', 'off']`),
      );
    case 'boxes':
      return `[${listOf(4, 5, () => box(m, d, isTop))}]`;
    case 'record':
      return `{ p: ${number(m, d)}, q: ${number(m, d)} }`;
    case 'table':
      return tableLiteral(m, d);
    case 'numbersByText':
      return mapLiteral(m, d, (one) => number(one, d));
    case 'boxesByText':
      return mapLiteral(m, d, (one) => box(one, d, isTop));
    case 'numbersByNumber':
      return `new Map([${listOf(2, 3, (n) => `[${n}, ${number(m, d)}]`)}])`;
    case 'set':
      return m.one(
        () => `new Set([${listOf(1, 4, () => literalText(m))}])`,
        () => 'new Set(KEYS)',
      );
    case 'function':
      return closure(m, d);
    case 'object': {
      const found = m.classes.length > 0 && m.takes(20) ? m.random.pick(m.classes) : null;
      return found && `new ${found.name}(${number(m, 0)})`;
    }
    case 'objects':
      return m.classes.length === 0 || !m.takes(60)
        ? null
        : `[${listOf(2, 3, () => `new ${m.random.pick(m.classes).name}(${number(m, 0)})`)}]`;
  }
}

const mapLiteral = (m: EverydayMaker, depth: number, value: Writer): string => {
  const keys = m.random.shuffled(KEYS).slice(0, m.random.between(2, 5));
  const pairs = keys.map((one) => `['${one}', ${value(m, depth)}]`).join(', ');
  const table = m.find('table');
  return table && m.random.chance(0.15) ? `new Map(Object.entries(${table.name}))` : `new Map([${pairs}])`;
};

/** An object literal of numbers with all keys: what is not there is not written out as a member, but found by a text. */
function tableLiteral(m: EverydayMaker, depth: number): string {
  const known = m.find('table');
  const keys = m.random.shuffled(KEYS);
  const members = keys.map((one) => `${one}: ${number(m, depth)}`).join(', ');
  if (known && m.random.chance(0.6)) {
    return m.one(
      () => `{ ...${known.name}, ${members} }`,
      () => `{ ${members}, ...${known.name} }`,
      () => `Object.assign({}, ${known.name}, { ${members} })`,
    );
  }
  return `{ ${members} }`;
}

/** `(x) => …` */
export function closure(m: EverydayMaker, depth: number): string {
  const name = m.fresh('x');
  const { made } = m.inFunction(m.phase === 'frame' ? 'frame' : 'both', () => {
    m.limit = CLOSURE_COST - 1;
    m.declare(name, 'number', { isMutable: true, isKept: false });
    return number(m, depth);
  });
  return m.random.chance(0.8) ? `((${name}) => ${made})` : `(function (${name}) { return ${made} })`;
}

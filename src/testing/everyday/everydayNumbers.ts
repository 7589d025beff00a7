/** Numbers and conditions of programs in everyday JavaScript. Nothing in them is an exception in JavaScript. */

import { drawn, type Writers, wrapped } from '../random/scopedMaker.ts';
import { askedBox, box } from './everydayBoxes.ts';
import { closure } from './everydayFresh.ts';
import { CLOSURE_COST, type EverydayClass, type EverydayMaker, type EverydayName } from './everydayMaker.ts';
import { tableNumber } from './everydayTables.ts';
import { literalText, textNumber, usedText } from './everydayTexts.ts';

const OPERATORS = ['+', '-', '*', '%', '&', '|', '^', '/'];
const COMPOUND = ['', '+', '-', '*', '%', '&', '^', '||', '&&', '??'];
const COMPARISONS = ['<', '<=', '>', '>=', '===', '!=='];

export function condition(m: EverydayMaker, depth: number): string {
  const set = m.find('set');
  const [known, map, table] = [m.find('box'), m.find('numbersByText'), m.find('table')];
  return m.random.weighted<() => string>([
    [
      m.phase === 'top' ? 1 : 4,
      () => `currentFrame % ${m.random.between(2, 5)} ${m.random.pick(COMPARISONS)} ${m.random.below(4)}`,
    ],
    [3, () => `${number(m, depth - 1)} ${m.random.pick(COMPARISONS)} ${number(m, depth - 1)}`],
    [1.5, () => `${usedText(m, depth - 1)} ${m.random.pick(['===', '!==', '<'])} ${literalText(m)}`],
    [set ? 1 : 0, () => `${set!.name}.has(${literalText(m)})`],
    [map ? 1 : 0, () => `${map!.name}.has(${literalText(m)})`],
    [table ? 1 : 0, () => `${literalText(m)} in ${table!.name}`],
    [known ? 1.5 : 0, () => kindTest(m, known!)],
    [depth > 0 ? 1 : 0, () => `(${condition(m, depth - 1)} ${m.random.pick(['&&', '||'])} ${condition(m, depth - 1)})`],
    [depth > 0 ? 0.5 : 0, () => `!(${condition(m, depth - 1)})`],
  ])();
}

const kindTest = (m: EverydayMaker, { name }: EverydayName): string =>
  m.random.pick([
    `typeof ${name} === '${m.random.pick(['number', 'string', 'function', 'object', 'undefined', 'boolean'])}'`,
    `Array.isArray(${name})`,
    `${name} ${m.random.pick(['==', '!=', '===', '!=='])} ${m.random.pick(['null', 'undefined'])}`,
    `${name} === ${m.random.pick(["'a'", '1', 'true', "'attack'"])}`,
    `!${name}`,
    ...(m.classes[0] ? [`${name} instanceof ${m.classes.at(-1)!.name}`] : []),
  ]);

/** A place to assign a number to. */
export function place(m: EverydayMaker): string | null {
  const [variable, list, record] = [m.find('number', ({ isMutable }) => isMutable), m.find('list'), m.find('record')];
  const object = m.find('object');
  const field = object && numberField(m, object.class!);
  return m.random.weighted<() => string | null>([
    [4, () => variable?.name ?? null],
    [list ? 1 : 0, () => `${list!.name}[${m.random.below(2)}]`],
    [record ? 1 : 0, () => `${record!.name}.${m.random.pick(['p', 'q'])}`],
    [field ? 1.5 : 0, () => `${object!.name}.${field!}`],
  ])();
}

function numberField(m: EverydayMaker, { fields, setters, getters }: EverydayClass): string | null {
  const names = fields.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  const both = setters.filter((name) => getters.includes(name));
  return names.length + both.length > 0 ? m.random.pick([...names, ...both]) : null;
}

/** `place op= value`, without parentheses. */
export function assignment(m: EverydayMaker, depth: number): string | null {
  const target = place(m);
  if (target === null) return null;
  if (m.random.chance(0.12)) return m.random.pick([`${target}++`, `--${target}`, `${target}--`, `++${target}`]);
  const operator = m.random.pick(COMPOUND);
  return `${target} ${operator}= ${operator === '*' ? '0.5' : operator === '' ? `num(${number(m, depth)})` : number(m, depth)}`;
}

export function call(m: EverydayMaker, depth: number): string | null {
  const found = m.find('function', ({ cost }) => m.cost + m.turns * cost <= m.limit);
  if (!found || !m.takes(found.cost)) return null;
  const [least, most] = found.arity;
  const count = m.random.between(least, most);
  const list = m.random.chance(0.1) ? m.find('list') : null;
  const given = Array.from({ length: count }, () => number(m, depth));
  if (list && most > 2) given.push(`...${list.name}`);
  return `${found.name}(${given.join(', ')})`;
}

/** A member of an object, or what one of its methods gives. */
function member(m: EverydayMaker, depth: number): string | null {
  const found = m.find('object');
  if (!found) return null;
  const { name, class: one } = found;
  const method = one!.methods.length > 0 ? m.random.pick(one!.methods) : null;
  const field = numberField(m, one!);
  const boxed = one!.fields.find(({ kind }) => kind === 'box');
  return m.random.weighted<() => string | null>([
    [field ? 2 : 0, () => `${name}.${field!}`],
    [boxed ? 1 : 0, () => `num(${name}.${boxed!.name})`],
    [method ? 3 : 0, () => (m.takes(method!.cost) ? `${name}.${method!.name}(${number(m, depth)})` : null)],
    [one!.getters.length > 0 ? 1.5 : 0, () => `${name}.${m.random.pick(one!.getters)}`],
    [one!.statics.length > 0 ? 1 : 0, () => `${one!.name}.${m.random.pick(one!.statics)}`],
    [
      0.5,
      () =>
        `(${name} instanceof ${(m.classes.length > 0 ? m.random.pick(m.classes) : one!).name} ? 1 : ${number(m, depth)})`,
    ],
  ])();
}

function overObjects(m: EverydayMaker, depth: number): string | null {
  const found = m.find('objects');
  const method = found && m.random.pick(found.class!.methods);
  if (!method || !m.takes(3 * method.cost)) return null;
  return `${found.name}.reduce((s, o) => num(s + o.${method.name}(${number(m, depth)})), 0)`;
}

/** What people do with what they have: take it apart, spread it, take defaults for what is missing. */
function takenApart(m: EverydayMaker, depth: number): string | null {
  const [list, record, table] = [m.find('list'), m.find('record'), m.find('table')];
  const other = (): string => number(m, depth);
  const [a, b] = [m.fresh('a'), m.fresh('b')];
  return m.random.weighted<() => string | null>([
    [
      list ? 2 : 0,
      () =>
        `((${a}, ${b} = ${other()}, ...rest) => ${a} + ${b} * rest.length)(...${list!.name}.slice(0, ${m.random.below(4)}), 1)`,
    ],
    [list ? 1 : 0, () => `(([${a}, ${b} = ${other()}]) => num(${a} - ${b}))(${list!.name})`],
    [record ? 2 : 0, () => `(({ p: ${a}, r: ${b} = ${other()} }) => num(${a} * ${b}))(${record!.name})`],
    [
      record ? 1 : 0,
      () =>
        `(({ p: ${a} = 1, q: ${b} }) => ${a} + ${b})({ ...${record!.name}, p: ${m.random.pick(['undefined', other()])} })`,
    ],
    [table ? 1 : 0, () => `(({ a: ${a} = 2, kick: ${b} = ${other()} }) => num(${a} + ${b}))(${table!.name})`],
    [list ? 1 : 0, () => `Math.max(...${list!.name}, ${other()})`],
    [
      1,
      () => `(function () { return arguments.length + num(arguments[${m.random.below(3)}]) })(${other()}, ${other()})`,
    ],
    [1, () => `(({ get g() { return ${other()} }, h: ${other()} }).${m.random.pick(['g', 'h'])})`],
  ])();
}

const NUMBERS: Writers<EverydayMaker> = [
  [3, (m, d) => `(${number(m, d)} ${m.random.pick(OPERATORS)} ${number(m, d)})`],
  [2, (m, d) => `(${condition(m, d)} ? ${number(m, d)} : ${number(m, d)})`],
  [2, (m, d) => wrapped(assignment(m, d), (text) => `(${text})`)],
  [1, (m, d) => `(${number(m, d)} ${m.random.pick(['&&', '||', '??'])} ${number(m, d)})`],
  [3, call],
  [3, member],
  [1, overObjects],
  [2.5, askedBox],
  [1.5, (m, d) => `num(${box(m, d, false)})`],
  [3, tableNumber],
  [2, textNumber],
  [2, takenApart],
  [1.5, (m, d) => wrapped(m.find('list')?.name ?? null, (text) => `num(${text}[${number(m, d)} & 3])`)],
  [0.7, (m) => wrapped(m.find('list')?.name ?? null, (text) => `${text}.length`)],
  [1.5, (m) => wrapped(m.find('record')?.name ?? null, (text) => `${text}.${m.random.pick(['p', 'q'])}`)],
  [0.7, (m, d) => (m.takes(CLOSURE_COST) ? `${closure(m, d)}(${number(m, d)})` : null)],
];

const LITERALS = ['0', '1', '2', '3', '0.5', '1.5', '-1', '10', '7'];

function leaf(m: EverydayMaker): string {
  const known = m.find('number');
  if (known && m.random.chance(0.6)) return known.name;
  return m.phase !== 'top' && m.random.chance(0.3)
    ? `(currentFrame % ${m.random.between(2, 6)})`
    : m.random.pick(LITERALS);
}

export function number(m: EverydayMaker, depth: number): string {
  return drawn(m, depth, 3, NUMBERS, leaf);
}

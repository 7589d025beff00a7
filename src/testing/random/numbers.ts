/** Expressions that give a number or, where an element is read past the end, `undefined`. */

import { accessTo } from './access.ts';
import { arrayNumber } from './arrayUses.ts';
import { callOf, immediateCall } from './calls.ts';
import { NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { maybe } from './objects.ts';
import { optionalEffect } from './optionals.ts';
import { assignment, logicalAssignment, update } from './places.ts';
import { boolean, character, mixed } from './primitives.ts';
import { drawn, type Writers } from './scopedMaker.ts';
import { textNumber } from './texts.ts';

const LITERALS = [
  ...['0', '1', '1', '2', '2', '3', '4', '5', '7', '8', '16', '31', '32', '33', '63', '255', '256', '0.5', '0.25'],
  ...['0.1', '1.5', '2.999', '1e-3', '1e9', '65536', '0xff', '0b101', '0o17', '1_000', '.5', '5.', '1e21'],
];
const EDGES = [
  ...['2147483647', '2147483648', '-2147483648', '-2147483649', '4294967295', '4294967296', '4294967297'],
  ...['9007199254740991', '9007199254740992', '-9007199254740993', '4503599627370497', '0xdeadbeef', '1e300', '5e-324'],
  ...['-0', '-1', '-0.5', '0.49999999999999994', 'NaN', 'Infinity', '-Infinity', 'undefined', '2 ** 31', '2 ** 53'],
  ...['Math.PI', 'Number.EPSILON', 'Number.MAX_SAFE_INTEGER', '9223372036854775807', '18446744073709551616', '-1e19'],
];
export const ARITHMETIC = ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>', '>>>'];
const UNARY = ['-', '+', '~', '-', '- -', '+!'];
const MATH_1 = ['floor', 'ceil', 'round', 'trunc', 'abs', 'sign', 'sqrt', 'fround', 'clz32'];
const MATH_2 = ['min', 'max', 'imul'];
const DIGITS = ['0123456789', '1a2b3c4d', '36903690', ' 7 ', '8', '', '0x1F', '-12.5e1'];

export function literal(m: Maker): string {
  const text = m.random.chance(0.7) ? m.random.pick(LITERALS) : m.random.pick(EDGES);
  return /^[\d.]\S*$|^[A-Z]\w*$/i.test(text) ? text : `(${text})`;
}

/** Bounds and indices that no array has; for what takes any number. */
const ODD = [
  ...['-1', '-3', '0.5', '-0.5', '2.9', 'NaN', 'Infinity', '-Infinity', '-0', '1e300', '2 ** 31', '2 ** 31 - 1'],
  ...['-(2 ** 31)', '2 ** 32', '2 ** 32 + 1', '2 ** 30', '2 ** 29', '2 ** 28', '2 ** 53', '0x7ffffff8', '-(2 ** 53)'],
];

/** Where a part of an array begins or ends. */
export const bound = (m: Maker, depth = 0): string =>
  m.random.weighted<() => string>([
    [5, () => String(m.random.between(-4, 6))],
    [2, () => m.random.pick(ODD)],
    [1, () => `+(${number(m, depth)})`],
  ])();

/** A small whole number, for what counts. */
export const smallLiteral = (m: Maker): string => String(m.random.below(5));

function leaf(m: Maker): string {
  const names = m.visible((name) => name.kind.kind === 'number');
  const text = m.random.weighted<string>([
    [names.length > 0 ? 6 : 0, 'name'],
    [3, 'literal'],
    [m.fn.phase === 'top' ? 0 : 1.5, 'currentFrame'],
    [0.1, 'currentTime'],
    [0.1, 'sampleRate'],
  ]);
  if (text === 'name') return m.random.pick(names).name;
  return text === 'literal' ? literal(m) : text;
}

const WRITERS: Writers<Maker> = [
  [3, leaf],
  [7, (m, d) => `(${number(m, d)} ${m.random.pick(ARITHMETIC)} ${number(m, d)})`],
  [1, (m, d) => `(${m.random.pick(UNARY)}${operand(m, d)})`],
  [2, (m, d) => `(${boolean(m, d)} ? ${number(m, d)} : ${number(m, d)})`],
  [1, (m, d) => `(${number(m, d)} ${m.random.pick(['&&', '||', '??'])} ${number(m, d)})`],
  [1, (m, d) => `(${anything(m, d)}, ${number(m, d)})`],
  [2, (m, d) => `Math.${m.random.pick(MATH_1)}(${number(m, d)})`],
  [1, (m, d) => `Math.${m.random.pick(MATH_2)}(${number(m, d)}, ${number(m, d)})`],
  [0.3, (m, d) => `Math.${m.random.pick(['min', 'max'])}(${list(m, () => number(m, d))})`],
  [1, (m, d) => `(+${boolean(m, d)})`],
  [0.5, (m, d) => `(${boolean(m, d)} ${m.random.pick(ARITHMETIC)} ${number(m, d)})`],
  [0.7, (m, d) => `(+${mixed(m, d)})`],
  [0.7, (m, d) => `(${mixed(m, d)} ${m.random.pick(ARITHMETIC.slice(1))} ${number(m, d)})`],
  [0.3, (m, d) => `Number(${m.random.pick([mixed, boolean, character])(m, d)})`],
  [4, (m, d) => accessTo(m, NUMBER, d)?.text ?? null],
  [1.5, (m, d) => assignment(m, NUMBER, d)],
  [1.5, (m, d) => update(m, d)],
  [0.5, (m, d) => logicalAssignment(m, d)],
  [3, (m, d) => callOf(m, NUMBER, d)],
  [0.7, (m, d) => immediateCall(m, NUMBER, d)],
  [0.5, (m, d) => `[${list(m, () => number(m, d))}][${index(m, d)}]`],
  [0.3, (m, d) => `[${list(m, () => number(m, d))}].length`],
  [0.3, (m, d) => `({ m: ${number(m, d)}, k: ${boolean(m, d)} }).m`],
  [0.5, (m, d) => `${JSON.stringify(m.random.pick(DIGITS))}.charCodeAt(${number(m, d)})`],
  [0.5, (m, d) => `(+${JSON.stringify(m.random.pick(DIGITS))}[${index(m, d)}])`],
  [0.3, (m, d) => `(${JSON.stringify(m.random.pick(DIGITS))}[${index(m, d)}] ${m.random.pick(['*', '-', '|'])} 1)`],
  [0.3, (m, d) => `parseInt(${JSON.stringify(m.random.pick(DIGITS))}[${index(m, d)}], ${m.random.pick([16, 36, 10])})`],
  [0.3, (m, d) => `${JSON.stringify(m.random.pick(DIGITS))}.indexOf(${character(m, d)})`],
  [0.6, lengthOf],
  [0.8, reduced],
  [0.5, optionalMember],
  [1, optionalEffect],
  [2, arrayNumber],
  [0.7, textNumber],
  [0.3, (m, d) => `parseInt(Math.fround(${number(m, d)}))`],
  [0.3, (m, d) => `${m.random.pick(['parseInt', 'parseFloat', 'Number'])}(${mixed(m, d)})`],
  [0.2, (m, d) => `parseInt((${number(m, d)}) | 0, ${m.random.pick([2, 8, 10, 16, 36])})`],
  [0.2, (m, d) => `Math.${m.random.pick(MATH_1)}(${number(m, d)}, ${number(m, d)})`],
  [1.5, variant],
  [0.3, (m, d) => `(${number(m, d)} as number)`],
  [0.3, (m, d) => `Math.${m.random.pick(['min', 'max'])}(...[${list(m, () => number(m, d))}], ${number(m, 0)})`],
];

export function number(m: Maker, depth: number): string {
  return drawn(m, depth, 4, WRITERS, leaf);
}

/** Something to write behind a sign. */
const operand = (m: Maker, depth: number): string => `(${number(m, depth)})`;

/** A number that is one for certain, and finite. */
export const kept = (m: Maker, depth: number): string => `keep(${number(m, depth)})`;

/** An index: sometimes within what it is for, sometimes far out, rarely no whole number. */
export function index(m: Maker, depth: number): string {
  return m.random.weighted<() => string>([
    [3, () => `${number(m, depth)} & 3`],
    [2, () => smallLiteral(m)],
    [3, () => number(m, depth)],
    [0.2, () => boolean(m, depth)],
    [0.2, () => `${mixed(m, depth)} ?? 9`],
    [0.2, () => `${character(m, depth)} ?? 9`],
  ])();
}

/** Any primitive value, for what it does. */
const anything = (m: Maker, depth: number): string => m.random.pick([number, number, boolean, mixed])(m, depth);

export function list(m: Maker, item: () => string): string {
  return Array.from({ length: m.random.between(1, 4) }, item).join(', ');
}

function lengthOf(m: Maker, depth: number): string | null {
  const names = m.visible(({ kind }) => kind.kind === 'array' || kind.kind === 'typed' || kind.kind === 'tuple');
  if (names.length === 0) return depth > 0 ? `"${'x'.repeat(m.random.below(4))}".length` : null;
  return `${m.random.pick(names).name}.length`;
}

/** `array.reduce(…)`. */
function reduced(m: Maker, depth: number): string | null {
  const kinds = m.visible(
    ({ kind }) => kind.kind === 'typed' || (kind.kind === 'array' && isNumeric(kind.element.kind)),
  );
  if (kinds.length === 0) return null;
  const { name, kind } = m.random.pick(kinds);
  const length = kind.kind === 'typed' || kind.kind === 'array' ? kind.length : 0;
  const start = number(m, depth);
  const [sum, element, position] = [m.fresh('s'), m.fresh('e'), m.fresh('i')];
  const body = m.inCallback({ kind: NUMBER, region: 'frame' }, length, () => {
    m.declare(sum, NUMBER);
    m.declare(element, kind.kind === 'array' ? kind.element : NUMBER);
    m.declare(position, NUMBER);
    return number(m, depth);
  });
  return `${name}.reduce((${sum}, ${element}, ${position}) => ${body}, ${start})`;
}

const isNumeric = (kind: string): boolean => kind === 'number' || kind === 'boolean' || kind === 'mixed';

/** A member of an object that may not be there. */
function optionalMember(m: Maker, depth: number): string | null {
  const records = m.pool.records.filter((kind) => kind.kind === 'record' && kind.fields.m?.kind === 'number');
  if (records.length === 0) return null;
  const record = m.random.pick(records);
  const region = m.random.chance(0.7) ? 'top' : m.regionOfNew();
  const value = maybe(m, record, region, depth);
  if (value === null) return null;
  const nested = record.kind === 'record' && record.fields.n ? [`(${value})?.n.m`, `(${value})?.n?.m`] : [];
  const some =
    record.kind === 'record' && record.fields.a ? [`(${value})?.a[${index(m, depth)}]`, `(${value})?.a?.length`] : [];
  const whole = m.random.pick([`(${value})?.m`, `(${value})?.m ?? ${number(m, depth)}`, ...nested, ...some]);
  return `(${whole})`;
}

/** A value that the edited program computes in another way. */
function variant(m: Maker, depth: number): string | null {
  if (!m.variants || m.isPure || m.fn.phase !== 'frame') return null;
  m.isPure = true;
  const text = m.variants(kept(m, depth), kept(m, depth));
  m.isPure = false;
  return text;
}

/** Expressions that give a boolean, a character, or one of several primitive kinds. */

import { accessTo } from './access.ts';
import { arrayBoolean } from './arrayUses.ts';
import { callOf, immediateCall } from './calls.ts';
import { BOOLEAN, CHARACTER, MIXED } from './kinds.ts';
import type { Maker } from './maker.ts';
import { index, kept, number } from './numbers.ts';
import { maybe, reference, sameObjects } from './objects.ts';
import { assignment } from './places.ts';
import { drawn, type Writers } from './scopedMaker.ts';
import { textBoolean, textCharacter } from './texts.ts';

const COMPARISONS = ['<', '<=', '>', '>=', '===', '!==', '==', '!='];
const EQUALITIES = ['===', '!==', '==', '!='];
const TEXTS = ['abcd', '0123', 'x', '', '7f3e', 'a b', '-+'];
const TESTS = ['Number.isInteger', 'Number.isFinite', 'Number.isNaN', 'Number.isSafeInteger', 'isNaN', 'isFinite'];

const BOOLEANS: Writers<Maker> = [
  [6, (m, d) => `(${number(m, d)} ${m.random.pick(COMPARISONS)} ${number(m, d)})`],
  [1.5, (m, d) => `(${boolean(m, d)} ${m.random.pick(['&&', '||', '===', '!==', '==', '<'])} ${boolean(m, d)})`],
  [1, (m, d) => `(!${m.random.pick([boolean, number, mixed, character])(m, d)})`],
  [1, (m, d) => `(${mixed(m, d)} ${m.random.pick(EQUALITIES)} ${m.random.pick([mixed, number, boolean])(m, d)})`],
  [0.7, (m, d) => `(${mixed(m, d)} ${m.random.pick(EQUALITIES)} ${m.random.pick(['undefined', 'null', 'true', '1'])})`],
  [0.7, (m, d) => `(${character(m, d)} ${m.random.pick(EQUALITIES)} ${character(m, d)})`],
  [0.3, (m, d) => `(${character(m, d)} ${m.random.pick(['<', '>='])} ${character(m, d)})`],
  [0.3, (m, d) => `(${number(m, d)} ${m.random.pick(['==', '!=', '===', '<'])} ${character(m, d)})`],
  [0.5, (m, d) => `Boolean(${m.random.pick([number, mixed, character])(m, d)})`],
  [0.5, (m, d) => `!!${m.random.pick([number, mixed, character])(m, d)}`],
  [0.7, (m, d) => `${m.random.pick(TESTS)}(${m.random.pick([number, mixed])(m, d)})`],
  [0.3, (m, d) => `(${boolean(m, d)} ? ${boolean(m, d)} : ${boolean(m, d)})`],
  [1, (m, d) => accessTo(m, BOOLEAN, d)?.text ?? null],
  [0.5, (m, d) => assignment(m, BOOLEAN, d)],
  [1, (m, d) => callOf(m, BOOLEAN, d)],
  [0.3, (m, d) => immediateCall(m, BOOLEAN, d)],
  [1, (m, d) => sameObjects(m, d)],
  [0.7, isAbsent],
  [0.3, isNumberAfterAll],
  [0.5, (m, d) => `(${oneOf(m, d)} ${m.random.pick(EQUALITIES)} ${oneOf(m, d)})`],
  [1, arrayBoolean],
  [0.5, textBoolean],
  [0.3, (m, d) => `(typeof ${kept(m, d)} === 'number')`],
];

function booleanLeaf(m: Maker): string {
  const names = m.visible((name) => name.kind.kind === 'boolean');
  return names.length > 0 && m.random.chance(0.7) ? m.random.pick(names).name : m.random.pick(['true', 'false']);
}

export function boolean(m: Maker, depth: number): string {
  return drawn(m, depth, 4, BOOLEANS, booleanLeaf);
}

const MIXTURES: Writers<Maker> = [
  [2, (m, d) => number(m, d)],
  [2, (m, d) => boolean(m, d)],
  [1.5, (m, d) => `(${boolean(m, d)} ? ${mixed(m, d)} : ${m.random.pick([number, boolean, mixed])(m, d)})`],
  [
    1,
    (m, d) => `(${mixed(m, d)} ${m.random.pick(['&&', '||', '??'])} ${m.random.pick([mixed, number, boolean])(m, d)})`,
  ],
  [0.5, (m, d) => `(${boolean(m, d)} ${m.random.pick(['&&', '||'])} ${number(m, d)})`],
  [2, (m, d) => accessTo(m, MIXED, d)?.text ?? null],
  [0.5, (m, d) => assignment(m, MIXED, d)],
  [0.7, (m, d) => callOf(m, MIXED, d)],
  [0.3, (m, d) => `(void ${number(m, d)})`],
];

function mixedLeaf(m: Maker): string {
  const names = m.visible((name) => name.kind.kind === 'mixed');
  if (names.length > 0 && m.random.chance(0.6)) return m.random.pick(names).name;
  if (m.hasMixedTexts && m.random.chance(0.5)) return m.random.pick(['"1"', '"x"', '""', '" 7"', '"abc"[1]', '"12"']);
  return m.random.pick(['undefined', 'null', 'true', 'false', '0', '1', '2.5', 'NaN', '(-0)', '(void 0)']);
}

export function mixed(m: Maker, depth: number): string {
  return drawn(m, depth, 4, MIXTURES, mixedLeaf);
}

const CHARACTERS: Writers<Maker> = [
  [3, (m, d) => `${JSON.stringify(m.random.pick(TEXTS))}[${index(m, d)}]`],
  [1, (m, d) => `(${boolean(m, d)} ? ${character(m, d)} : ${character(m, d)})`],
  [0.5, (m, d) => `(${character(m, d)} ${m.random.pick(['&&', '||', '??'])} ${character(m, d)})`],
  [2, (m, d) => accessTo(m, CHARACTER, d)?.text ?? null],
  [0.5, (m, d) => assignment(m, CHARACTER, d)],
  [2, textCharacter],
];

function characterLeaf(m: Maker): string {
  const names = m.visible((name) => name.kind.kind === 'character');
  if (names.length > 0 && m.random.chance(0.7)) return m.random.pick(names).name;
  return JSON.stringify(m.random.pick([...'abcd0123 -']));
}

export function character(m: Maker, depth: number): string {
  return drawn(m, depth, 4, CHARACTERS, characterLeaf);
}

/** One of two values of different kinds. */
const oneOf = (m: Maker, depth: number): string =>
  `(${boolean(m, depth)} ? ${mixedLeaf(m)} : ${m.random.pick([mixedLeaf(m), number(m, depth)])})`;

/** Whether an object is a number, which it is not. */
function isNumberAfterAll(m: Maker, depth: number): string | null {
  const kind = m.random.pick(m.pool.records);
  const value = reference(m, kind, m.random.pick(['top', m.regionOfNew()]), depth);
  return value && `(${value} ${m.random.pick(['===', '!=='])} ${m.random.pick(['1', 'true', 'undefined'])})`;
}

/** Whether an object is there. */
function isAbsent(m: Maker, depth: number): string | null {
  const value = maybe(m, m.pool.object(m.random), m.random.pick(['top', m.regionOfNew()]), depth);
  if (value === null) return null;
  return m.random.pick([
    `(${value} ${m.random.pick(EQUALITIES)} ${m.random.pick(['undefined', 'null'])})`,
    `!(${value})`,
    `!!(${value})`,
  ]);
}

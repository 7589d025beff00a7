/** The name that is suggested is the one a reader would guess. */
import { expect, it } from 'vitest';
import { MATH_CONSTANTS, MATH_FUNCTIONS } from './intrinsics.ts';
import { nearestName } from './nearestName.ts';

const math = [...Object.keys(MATH_FUNCTIONS), ...Object.keys(MATH_CONSTANTS)];

it.each([
  ['sinn', 'sin'],
  ['sni', 'sin'],
  ['Sin', 'sin'],
  ['sgn', 'sign'],
  ['tahn', 'tanh'],
  ['tanhh', 'tanh'],
  ['coss', 'cos'],
  ['logg', 'log'],
  ['mix', 'min'],
  ['flor', 'floor'],
  ['floot', 'floor'],
  ['ceill', 'ceil'],
  ['sqr', 'sqrt'],
  ['squrt', 'sqrt'],
  ['powr', 'pow'],
  ['rand', null],
  ['randon', 'random'],
  ['rnd', null],
  ['clamp', null],
  ['pi', 'PI'],
  ['e', 'E'],
])('Math.%s: %s', (name, expected) => {
  expect(nearestName(name, math)).toBe(expected);
  expect(nearestName(name, math.toReversed())).toBe(expected);
});

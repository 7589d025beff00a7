/** Functions of the library are verified, and find all that they call, though they were compiled before any patch. */

import { expect, it } from 'vitest';
import { MATH_FUNCTIONS } from '../language/intrinsics.ts';
import { testLibrary } from '../testing/compileText.ts';
import { symbolsOf } from './irSymbols.ts';
import { verifyIr } from './verifyIr.ts';

/** Called by name, wherever an operator or a string needs them. */
const arities: Readonly<Record<string, number>> = {
  ...{ fmod: 2, toInt32: 1, pow: 2, numberToInteger: 2, stringToNumber: 1, stringToFloat: 1, stringAt: 2 },
};
const behindOperators = Object.keys(arities);
const elementary = ['sin', 'cos', 'tan', 'exp', 'log', 'atan2', 'tanh', 'cbrt', 'asinh'];

/** The units behind a name; none for what is a few instructions. */
function unitsOf(name: string) {
  const library = testLibrary();
  const { symbol } = library.signature(name, MATH_FUNCTIONS[name]?.arity ?? arities[name]!);
  return { symbol, units: library.unitsFor([`function:${symbol}`]) };
}

it.each([...new Set([...Object.keys(MATH_FUNCTIONS), ...behindOperators])])('%s', (name) => {
  const { units } = unitsOf(name);
  const functions = units.flatMap((unit) => [...unit.functions, ...(unit.initialiser ? [unit.initialiser] : [])]);
  const stored = units.flatMap((unit) => (unit.initialiser ? [...symbolsOf(unit.initialiser.ir)] : []));
  const variables = stored.flatMap((one) => (one.startsWith('variable:') ? [one.slice('variable:'.length)] : []));
  expect(verifyIr({ functions, staticClosures: [], strings: new Map(), variables: new Set(variables) })).toEqual([]);
});

it.each([...behindOperators, ...elementary])('%s has code', (name) => {
  const { symbol, units } = unitsOf(name);
  expect(units.flatMap((unit) => unit.functions.map((fn) => fn.ir.symbol))).toContain(symbol);
});

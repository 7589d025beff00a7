/** Members that only JavaScript has are refused with advice, and not treated as slips. */
import { describe, expect, it } from 'vitest';
import { MATH_CONSTANTS, MATH_FUNCTIONS, NUMBER_CONSTANTS, OTHER_BUILTINS } from '../../language/intrinsics.ts';
import { compileText } from '../../testing/compileText.ts';

/** Declarations, an expression for a value that is not known while compiling, and where JavaScript keeps its members. */
const VALUES: readonly (readonly [kind: string, declarations: string, value: string, members: object])[] = [
  ['a number', '', 't', Number.prototype],
  ['a boolean', '', '(t > 1)', Boolean.prototype],
  ['a string', "const songs = ['a', 'b']", 'songs[t & 1]', String.prototype],
  ['an array', 'const xs = [1, 2]', 'xs', Array.prototype],
  ['a typed array', 'const xs = new Float32Array(2)', 'xs', Object.getPrototypeOf(Float32Array.prototype)],
  ['a function', 'const f = (x) => x', 'f', Function.prototype],
  ['an object', 'const o = { a: 1 }', 'o', Object.prototype],
];

const codesOf = (text: string): string[] => compileText(text).diagnostics.map(({ code }) => code);

describe.each(VALUES)('%s', (_, declarations, value, members) => {
  const names = Object.getOwnPropertyNames(members).filter((name) => name !== 'constructor');

  it('has members in JavaScript', () => {
    expect(names.length).toBeGreaterThan(1);
  });

  it.each(names)('%s is known or refused', (name) => {
    expect(codesOf(`${declarations}\nexport default (t) => t * ${value}.${name}`)).not.toContain('unknown-member');
  });
});

const builtIn = new Set<string>([
  ...Object.keys(MATH_FUNCTIONS).map((name) => `Math.${name}`),
  ...Object.keys(MATH_CONSTANTS).map((name) => `Math.${name}`),
  ...Object.keys(NUMBER_CONSTANTS).map((name) => `Number.${name}`),
  ...['Number.parseInt', 'Number.parseFloat'],
  ...OTHER_BUILTINS,
]);
const missing = Object.entries({ Math, Number, Object, Array, String }).flatMap(([namespace, holder]) =>
  Object.getOwnPropertyNames(holder)
    .map((name) => `${namespace}.${name}`)
    .filter((name) => !builtIn.has(name)),
);

it.each(missing)('%s is refused', (name) => {
  expect(codesOf(`export default (t) => t * ${name}`)).toEqual(['refused']);
});

it('takes what JavaScript does not have either for a slip', () => {
  expect(codesOf('export default (t) => t.toFxed(2)')).toEqual(['unknown-member']);
  expect(codesOf('export default (t) => Math.clamp(t, 0, 1)')).toEqual(['unknown-builtin']);
});

it('lets objects have members with such names', () => {
  expect(codesOf('const o = { join: 1, toString: (x) => x }\nexport default (t) => o.join * o.toString(t)')).toEqual(
    [],
  );
});

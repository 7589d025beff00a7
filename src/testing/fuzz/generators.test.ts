/** The generators draw what they are there to draw: a construct that no seed has is not tried by thousands of them. */
import { expect, it } from 'vitest';
import { everydayProgram } from '../everyday/everydayProgram.ts';
import { randomProgram } from '../random/program.ts';
import { hugeProgram } from '../wild/hugeProgram.ts';
import { wildProgram } from '../wild/wildProgram.ts';

const SEEDS = 600;

const LABELS: readonly RegExp[] = [/break [a-zA-Z]+\d/, /continue [a-zA-Z]+\d/];
const LOGICAL: readonly RegExp[] = [/\|\|= /, /&&= /, /\?\?= /];
const COMPOUND: readonly RegExp[] = [/ \+= /, / -= /, / \*= /, / %= /, / &= /, / \^= /, /<<= /, / >>= /, />>>= /];
const OPTIONAL: readonly RegExp[] = [/\?\.\[\(?\w+.* [^=!<>]?= /, /\?\.at\(.* = /];
const ARRAYS: readonly RegExp[] = [/\.subarray\(/, /\.copyWithin\(/, /\.fill\(/, /\.set\(/, /\.slice\(/, /\.concat\(/];
const ODD: readonly RegExp[] = [/NaN/, /2 \*\* 31/, /Infinity/, /\(-1/, /0\.5/];
const SPREAD: readonly RegExp[] = [/\[\.\.\.(\w+(?:\.\w+)*), \.\.\./];

const WILD: readonly RegExp[] = [
  ...[/\?\.\(\w.* [^=!<>]?= /, /\*\*= 1/, /function \w+\(\) \{ return \(?z/, /switch .* case 1: \w+ = .*z\d/s],
  ...[
    /\.forEach\(\(e, i\) => .*\.(?:pop|shift|splice)\(/,
    /\.sort\(\(a, b\) => \{/,
    /new \w+Array\((?:-1|NaN|2 \*\* 53)\)/,
  ],
  ...[/let \[\w+ = /, /typeof z/, /var z\d/, /L\d+: \{.*break L\d+;.*\}/s],
];

const EVERYDAY: readonly RegExp[] = [
  ...[
    /class \w+ extends /,
    /super\(/,
    /super\.\w+\(/,
    /#secret/,
    /static \w+ = /,
    /get half/,
    /set half/,
    /instanceof/,
  ],
  ...[
    /\.prototype\.next = /,
    /new Map\(\[\[/,
    /new Map\(Object\.entries/,
    /new Set\(/,
    /\.get\(/,
    /\.set\(/,
    /\.has\(/,
  ],
  ...[
    /\.delete\(/,
    /\.size/,
    /for \(const \[\w+, \w+\] of \w+\)/,
    /\.forEach\(\(/,
    /for \(const \w+ in /,
    /\w+\[k\d+\]/,
  ],
  ...[/ in g\d+/, /Object\.keys\(/, /Object\.values\(/, /Object\.entries\(/, /Object\.assign\(/, /\{ \.\.\.\w+/],
  ...[/switch \(\w+\) \{ case '/, /switch \(typeof /, /typeof \w+ === 'function'/, /Array\.isArray\(/, /=== null/],
  ...[
    /try \{/,
    / catch \(/,
    / catch \{/,
    / finally \{/,
    /throw new Error/,
    /throw '/,
    /arguments\.length/,
    /\.\.\.rest/,
  ],
  ...[/const \[\w+ = /, /const \{ p: \w+, z: \w+ = /, /get g\(\)/, /console\.log\(/, /var \w+ = /, /\w+: for \(/],
  ...[
    /\.call\(/,
    /\.apply\(/,
    /#mark in /,
    /super\.mark = /,
    /Object\.fromEntries\(/,
    /delete \w+\[/,
    /\]\?\.\(/,
    /throw new Error\('far'/,
  ],
  ...[/`\$\{/, /\.slice\(/, /\.toUpperCase\(/, /Math\.max\(\.\.\./, / = \w+ \* 2\)/, /- 1\)\) \}/],
];

const drawn = (generate: (seed: number) => string): string[] =>
  Array.from({ length: SEEDS }, (_, seed) => generate(seed + 1));

it.each([
  [
    'plain',
    randomProgram,
    [
      ...LABELS,
      ...LOGICAL,
      ...COMPOUND,
      ...OPTIONAL,
      ...ARRAYS,
      ...ODD,
      ...SPREAD,
      /let h\d+/,
      /var v\d+/,
      /for \(var /,
    ],
  ],
  ['wild', wildProgram, [...LABELS, ...LOGICAL, ...COMPOUND, ...OPTIONAL, ...ARRAYS, ...ODD, ...SPREAD, ...WILD]],
  ['everyday', everydayProgram, EVERYDAY],
  [
    'huge',
    hugeProgram,
    [...SPREAD, /2 \*\* 29/, /\.subarray\(/, /\.copyWithin\(/, /\.concat\(/, /new Array\(/, /\.flat\(/],
  ],
] as const)('%s programs', (_, generate, wanted) => {
  const texts = drawn(generate);
  const missing = wanted.filter((pattern) => texts.filter((text) => pattern.test(text)).length < 3);
  expect(missing).toEqual([]);
});

it('draws the same for the same seed', () => {
  for (const generate of [randomProgram, wildProgram, everydayProgram, hugeProgram])
    expect(generate(77)).toBe(generate(77));
});

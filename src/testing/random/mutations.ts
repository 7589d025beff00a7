/**
 * Texts that somebody might have mistyped, cut off or pasted together: made at random from texts that were right. Tests
 * only.
 */

import type { Seeded } from './seeded.ts';

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}_$][\p{L}\p{N}_$]*|[\d.][\w.]*|=>|\.\.\.|\?\.|\?\?=?|\*\*=?|>>>?=?|<<=?|[=!]==?|[-+*/%&|^<>]=|&&=?|\|\|=?|\+\+|--|[\s\S]/gu;

/** What is easily typed by mistake, and what is rarely typed at all. */
const STRAYS = [
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    ':',
    '?',
    '.',
    '=',
    '=>',
    '...',
    '`',
    "'",
    '"',
    '\\',
    '#',
    '@',
    '/',
    '?.',
  ],
  ...['0', '1e400', '-0', 'NaN', 'undefined', 'null', 'true', '08', '1n', '""', '[]', '{}', '() => 0', '(x) => x(x)'],
  ...['let', 'const', 'var', 'function', 'return', 'if', 'else', 'for', 'while', 'do', 'of', 'in', 'break', 'continue'],
  ...[
    'switch',
    'case',
    'default',
    'class',
    'new',
    'this',
    'super',
    'async',
    'await',
    'yield',
    'try',
    'throw',
    'delete',
  ],
  ...[
    'typeof',
    'void',
    'export',
    'import',
    'enum',
    'type',
    'as',
    'satisfies',
    '!',
    '++',
    '--',
    '**',
    '??',
    '&&=',
    '>>>',
  ],
  ...[
    'Math',
    'Math.sin',
    'Array',
    '.length',
    '.map',
    '[0]',
    '.x',
    '()',
    'Float32Array',
    ' as any',
    '/a/',
    '\u2028',
    'ﬁ',
  ],
];

/** The place of a token, seldom of white space. */
function placeIn(tokens: readonly string[], random: Seeded): number {
  let place = random.below(tokens.length);
  for (let tries = 0; tries < 3 && (tokens[place] ?? '').trim() === ''; tries++) place = random.below(tokens.length);
  return place;
}

type Mutation = (tokens: string[], random: Seeded, other: readonly string[]) => void;

const MUTATIONS: readonly (readonly [weight: number, mutation: Mutation])[] = [
  [4, (tokens, random) => tokens.splice(placeIn(tokens, random), 1)],
  [
    2,
    (tokens, random) => {
      const at = placeIn(tokens, random);
      tokens.splice(at, 0, tokens[at] ?? '');
    },
  ],
  [
    2,
    (tokens, random) => {
      const [a, b] = [placeIn(tokens, random), placeIn(tokens, random)];
      [tokens[a], tokens[b]] = [tokens[b] ?? '', tokens[a] ?? ''];
    },
  ],
  // One of the same kind in its place: this often makes a program that is right again.
  [7, replaceAlike],
  [2, (tokens, random) => tokens.splice(random.below(tokens.length + 1), 0, random.pick(STRAYS))],
  [2, (tokens, random) => tokens.splice(placeIn(tokens, random), 1, random.pick(STRAYS))],
  [1, (tokens, random) => tokens.splice(placeIn(tokens, random), 1, random.pick(other(tokens)))],
  [1, (tokens, random) => tokens.splice(placeIn(tokens, random), random.between(2, 12))],
  [
    1,
    (tokens, random) => {
      const from = placeIn(tokens, random);
      const part = tokens.slice(from, from + random.between(2, 12));
      tokens.splice(placeIn(tokens, random), 0, ...part);
    },
  ],
  [0.5, (tokens, random) => tokens.splice(placeIn(tokens, random))],
  [0.3, (tokens, random) => tokens.splice(0, placeIn(tokens, random))],
  [
    1,
    (tokens, random, pasted) => {
      const from = random.below(pasted.length);
      tokens.splice(placeIn(tokens, random), random.below(20), ...pasted.slice(from, from + random.between(1, 30)));
    },
  ],
  [
    0.5,
    (tokens, random, pasted) => {
      tokens.splice(placeIn(tokens, random), tokens.length, ...pasted.slice(random.below(pasted.length)));
    },
  ],
  [
    1,
    (tokens, random) => {
      // Within a token: a character changed, lost or doubled.
      const at = placeIn(tokens, random);
      const token = tokens[at] ?? '';
      const place = random.below(token.length + 1);
      const put = random.pick(['', token.slice(place, place + 2), String.fromCharCode(random.between(32, 126))]);
      tokens[at] = token.slice(0, place) + put + token.slice(place + 1);
    },
  ],
];

const other = (tokens: readonly string[]): readonly string[] => (tokens.length > 0 ? tokens : ['']);

const isWord = (token: string): boolean => /^[\p{L}_$]/u.test(token);
const isNumber = (token: string): boolean => /^[\d.]*\d/.test(token);
const isSign = (token: string): boolean => /^[-+*/%&|^<>=!?]+$/.test(token);

export function replaceAlike(tokens: string[], random: Seeded, pasted: readonly string[]): void {
  const isAlike = random.pick([isWord, isWord, isNumber, isSign]);
  const places = [...tokens.keys()].filter((at) => isAlike(tokens[at] ?? ''));
  const found = (random.chance(0.7) ? tokens : pasted).filter(isAlike);
  if (places.length > 0 && found.length > 0) tokens[random.pick(places)] = random.pick(found);
}

export const tokensOf = (text: string): string[] => text.match(TOKEN) ?? [];

/** A text with one to four mistakes; `pasted`: the tokens of another, parts of which may get into it. */
export function mutate(random: Seeded, tokens: readonly string[], pasted: readonly string[]): string {
  const changed = [...tokens];
  for (
    let count = random.weighted([
      [5, 1],
      [3, 2],
      [1, 4],
    ]);
    count > 0;
    count--
  ) {
    if (changed.length === 0) changed.push(random.pick(STRAYS));
    random.weighted(MUTATIONS)(changed, random, pasted);
  }
  return changed.join('');
}

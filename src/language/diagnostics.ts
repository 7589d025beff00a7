/**
 * Every message the compiler can give, by code. A message says what is wrong and what to do; the page adds what it means
 * for the sound. Messages quote the user's names in backticks.
 */

import type { Diagnostic, Span } from '../protocol/diagnostic.ts';

const list = (names: readonly string[]): string => names.join(', ');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const guess = (suggestion: string | null): string => (suggestion ? ` Did you mean \`${suggestion}\`?` : '');

/** What a number is that is no number to play. */
export type NonFinite = 'NaN' | 'infinite';

/** For statements that run into the next line, which begins with a bracket. */
export const NEXT_LINE = ' The next line is read as part of it: put a `;` between the two.';

export const MESSAGES = {
  syntax: (detail: string) => detail,
  refused: (construct: string, instead: string) => `Segue has no ${construct}: ${instead}`,
  'undefined-name': (name: string, suggestion: string | null, isAssigned: boolean) =>
    `\`${name}\` is not defined.${isAssigned && !suggestion ? ` Declare it first, as in \`let ${name} = 0\`.` : guess(suggestion)}`,
  'undeclared-pattern': (names: readonly string[], example: string) =>
    `${names.map((name) => `\`${name}\``).join(', ')} are not defined. Declare them first, as in \`${example}\`.`,
  'declared-twice': (name: string) => `\`${name}\` is declared twice in the same scope: rename one of the two.`,
  'assign-to-const': (name: string) => `\`${name}\` is a constant: declare it with \`let\` to assign to it.`,
  'assign-to-builtin': (name: string) => `\`${name}\` belongs to the language and cannot be assigned to.`,
  'used-before-declared': (name: string) => `\`${name}\` is used before its declaration: move the declaration up.`,
  'no-default-export': () =>
    'Nothing sounds yet: add `export default (t) => …`, a function called once per frame that returns a number or [left, right].',
  'second-default-export': () => 'A patch has one default export: remove this one or the other.',
  'default-export-not-function': (type: string) =>
    `The default export is ${type}; it must be a function that returns a number or [left, right].`,
  'default-export-result': (type: string) =>
    `The default export returns ${type}; it must return a number (both channels) or [left, right].`,
  'unknown-member': (what: string, type: string, name: string, suggestion: string | null, known: readonly string[]) =>
    `${what} is ${type} and has no \`${name}\`.${guess(suggestion)}${!suggestion && known.length > 0 ? ` It has: ${list(known)}.` : ''}`,
  'unknown-builtin': (namespace: string, name: string, suggestion: string | null) =>
    `\`${namespace}.${name}\` is not in Segue.${guess(suggestion && `${namespace}.${suggestion}`)}`,
  'not-callable': (what: string, type: string, goesOn: boolean) =>
    `${what} is ${type}, not a function, so it cannot be called.${goesOn ? NEXT_LINE : ''}`,
  'not-indexable': (what: string, type: string, goesOn: boolean) =>
    `${what} is ${type} and has no elements: only arrays and strings can be indexed with [ ].${goesOn ? NEXT_LINE : ''}`,
  'not-iterable': (what: string, type: string) =>
    `${what} is ${type}, but \`for … of\` goes through arrays and strings.`,
  'tuple-index': (what: string) =>
    `${what} holds values of different kinds, so its index must be a number written out, as in \`[0]\`, or a constant that holds one.`,
  'not-a-number': (what: string, type: string, example: string | null) =>
    `${what} is ${type}, but a number is needed here${example ? `: call it, as in ${example}` : ''}.`,
  'two-kinds': (what: string, first: string, second: string, advice: string) =>
    `${capital(what)} would be ${first} in one case and ${second} in another: ${advice}.`,
  'gives-nan': (why: string) => `${capital(why)}, so the result is not a number (NaN).`,
  'missing-argument': (name: string, wanted: string) => `\`${name}\` needs ${wanted}.`,
  'builtin-as-value': (name: string, instead: string) => `\`${name}\` cannot be passed on or kept: ${instead}.`,
  'needs-new': (name: string) => `\`${name}\` needs \`new\` in front of it.`,
  'spread-needs-array-literal': () =>
    'An array cannot be spread here: write its elements one by one, as in `f(xs[0], xs[1])`.',
  'string-operation': (what: string) =>
    `${what} works only with strings that are known while compiling: write the results into an array.`,
  'impossible-text': (what: string) => `${what} cannot be computed with these arguments.`,
  'escapes-frame': (what: string, where: string) =>
    `${what} is made anew for every frame and would be kept in ${where}: make it at the top level (or in a factory called there) and change its contents instead.`,
  'grows-per-frame': (what: string) =>
    `${what} would change the length of an array while it sounds: give it its full length at the top level and write to its elements.`,
  'wrong-argument': (name: string, wanted: string, given: string) =>
    `\`${name}\` needs ${wanted}, but this is ${given}.`,
  'not-spreadable': (what: string, type: string) => `${what} is ${type}, but only arrays can be spread with \`...\`.`,
  'tuple-method': (name: string) =>
    `This array holds values of different kinds, so \`${name}\` cannot treat them alike: use an object with names.`,
  'array-of-holes': (name: string) =>
    `\`Array(n)\` has no elements yet, and \`${name}\` passes over what is not there: write \`Array(n).fill(0).${name}(…)\` or \`Array.from({ length: n }, …)\`.`,
  'sort-needs-order': (name: string) =>
    `Without a function \`${name}\` compares as text, so that 10 comes before 9: write \`${name}((a, b) => a - b)\`.`,
  'constant-depth': () => 'The depth of `flat` must be a number written out, such as 2 or Infinity.',
  'empty-reduce': () =>
    'This reduces an empty array, which has no value to begin with: give the initial value as second argument.',
  'assign-to-length': () =>
    'The length of an array follows from its elements: use `push` and `pop`, or `slice` for a shorter copy.',
  'array-gap': () =>
    'This writes neither to an element of the array nor to the next one behind its end: give the array its full length first, as in `Array(n).fill(0)`.',
  'outside-array': () => 'This writes outside the array.',
  'too-many-versions': (name: string) =>
    `\`${name}\` would need a new version for each of its own results: give it arguments of one type.`,
  'never-returns': (what: string, why: 'recursion' | 'loop') =>
    why === 'recursion'
      ? `${capital(what)} calls itself in every case and never returns: add a case that ends it.`
      : `${capital(what)} never returns: a loop in it has no end.`,
  'too-large': (what: string, limit: string) => `${what} is larger than Segue takes (${limit}).`,
  'array-length': () => 'An array length must be a whole number from 0 to 2^28.',
  'out-of-memory': (limit: string) => `The top level asks for more memory than a patch may have (${limit}).`,
  'no-room': (needed: string) =>
    `The patch needs ${needed} in one piece, more than the audio thread has left: make its arrays smaller.`,
  'too-slow': (part: string) =>
    `The patch takes ${part} of the time there is for a block: with fewer voices or simpler loops it can be played.`,
  'endless-loop': (where: string) =>
    `${capital(where)} does not come to an end: a loop or a recursion in it takes far too many turns.`,
  'per-frame-memory': () => 'One frame makes more arrays, objects or closures than fit: make them at the top level.',
  'undefined-value': (what: string) => `${what} is \`undefined\` here, so it has no members, elements or calls.`,
  'stack-overflow': (where: string) =>
    `${capital(where)} calls itself too deeply: add a case that ends it sooner, or write it as a loop.`,
  'not-finite': (what: string, value: NonFinite) =>
    value === 'NaN'
      ? `${capital(what)} becomes NaN here, which is no number, and so does all that is computed from it: look for 0 / 0, the root or logarithm of a negative number, or a value that is \`undefined\`.`
      : `${capital(what)} becomes infinite here, and what is computed from it turns to NaN: look for a division by 0, or for feedback that grows with each turn.`,
  trap: (where: string, reason: string) => `${where} stopped: ${reason}.`,
  'annotation-mismatch': (name: string, written: string, inferred: string, role: 'value' | 'result') =>
    role === 'value'
      ? `\`${name}\` is declared as ${written} but is ${inferred}.`
      : `\`${name}\` is declared to return ${written} but returns ${inferred}.`,
} as const satisfies Record<string, (...details: never[]) => string>;

export type DiagnosticCode = keyof typeof MESSAGES;

/** The place that a number reaches which is not finite and was made elsewhere. */
export const REACHES_HERE = 'It reaches the sound here.';

/** What is most likely a mistake but has a meaning in JavaScript: told, and played all the same. */
const WARNINGS: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(['gives-nan']);

/** Another place that belongs to a mistake, and what it has to do with it. */
export type RelatedPlace = NonNullable<Diagnostic['related']>[number];

/** Where a mistake is: a span, with the other places that belong to it. */
export interface Place extends Span {
  readonly related?: readonly RelatedPlace[];
}

/** Makes a diagnostic; the details are the parameters of the message in `MESSAGES`. */
export function diagnose<Code extends DiagnosticCode>(
  { start, end, related = [] }: Place,
  code: Code,
  ...details: Parameters<(typeof MESSAGES)[Code]>
): Diagnostic {
  const message = (MESSAGES[code] as (...parts: readonly unknown[]) => string)(...details);
  const severity = WARNINGS.has(code) ? 'warning' : 'error';
  return { severity, code, message, span: { start, end }, ...(related.length > 0 && { related }) };
}

/**
 * The name nearest to `name` among `known`, if it is near enough to be a slip: one edit, or two in longer names; in names
 * of one or two letters only their case.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = name.length > 4 ? 3 : name.length > 2 ? 2 : 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance with adjacent transpositions (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, beforeLast[column - 2]! + 1);
      }
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}

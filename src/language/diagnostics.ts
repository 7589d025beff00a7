/**
 * Every message the compiler can give, by code. A message says what is wrong and what to do; the page adds what it means
 * for the sound. Messages quote the user's names in backticks.
 */

import type { Diagnostic, Span } from '../protocol/diagnostic.ts';
import { codePointName, madeVisible } from './invisible.ts';
import { obviousFix } from './obviousFixes.ts';

const list = (names: readonly string[]): string => names.join(', ');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function guess(suggestion: string | null): string {
  if (!suggestion) return '';
  const foreign =
    /\p{L}/u.test(suggestion) && /[a-z]/i.test(suggestion) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.exec(suggestion);
  const alike = foreign ? ` Its \`${foreign[0]}\` is not a Latin letter (${codePointName(foreign[0])}).` : '';
  return ` Did you mean \`${suggestion}\`?${alike}`;
}

/** Words in backticks, gerunds and names with an article are singular; all other constructs are plural. */
const isOne = (construct: string): boolean => /^(?:`[^`]*`(?! and )|\w+ing\b|the )/.test(construct);

/** Why a number cannot be played. */
export type NonFinite = 'NaN' | 'infinite';

/** For statements that run into the next line, which begins with a bracket. */
export const NEXT_LINE = ' The next line is read as part of it: put a `;` between the two.';

export const MESSAGES = {
  syntax: (detail: string) => detail,
  'too-ambiguous': () =>
    'The brackets here can be read in too many ways, as types or comparisons, as values or parameters: write this in several smaller declarations.',
  'too-much-work': () =>
    'Compiling this takes too long: functions are used with too many kinds of arguments, or made inside each other too often. Write it more simply.',
  'more-mistakes': (count: number | null) =>
    count === null ? 'There are more mistakes from here on.' : `${count} more mistakes are not listed.`,
  refused: (construct: string, instead: string) =>
    `${capital(construct)} ${isOne(construct) ? 'is' : 'are'} not supported: ${instead}`,
  'undefined-name': (name: string, suggestion: string | null, isAssigned: boolean) => {
    if (suggestion) return `\`${name}\` is not defined.${guess(suggestion)}`;
    if (isAssigned) return `\`${name}\` is not defined. Declare it first, as in \`let ${name} = 0\`.`;
    return `\`${name}\` is not defined.${name === 't' ? ' It is the parameter of `export default (t) => …`.' : ''}`;
  },
  'undeclared-pattern': (names: readonly string[], example: string) =>
    `${names.map((name) => `\`${name}\``).join(', ')} are not defined. Declare them first, as in \`${example}\`.`,
  'declared-twice': (name: string) => `\`${name}\` is declared twice in the same scope: rename one of the two.`,
  'assign-to-const': (name: string) => `\`${name}\` is a constant: declare it with \`let\` to assign to it.`,
  'assign-to-builtin': (name: string) => `\`${name}\` is built in and cannot be assigned to.`,
  'used-before-declared': (name: string) => `\`${name}\` is used before its declaration: move the declaration up.`,
  'hides-library': (name: string) =>
    `\`${name}\` is your own here and has no value yet: it hides the \`${name}\` of the library. Give your own another name, as in \`const my${capital(name)} = ${name}(…)\`.`,
  'name-not-given': (name: string) =>
    `\`${name}\` needs a name that is known when the patch is compiled: call it by its own name, with a string, as in \`${name === 'probe' ? `probe(x, 'level')` : `${name}('name')`}\`.`,
  'unusable-name': (name: string, limit: number) =>
    `The name passed to \`${name}\` must have 1 to ${limit} visible characters.`,
  'control-kinds': (name: string, first: string, other: string) =>
    `\`${name}\` is already the name of a \`${first}\`: give this \`${other}\` another name.`,
  'control-argument': (what: string, wanted: string, got: string, hint: string) =>
    `${what} must be ${wanted}, but this is ${got}.${hint}`,
  'control-option': (by: string, option: string, known: readonly string[], suggestion: string | null) =>
    `\`${by}\` has no option \`${option}\`.${suggestion ? guess(suggestion) : ` It has ${known.map((name) => `\`${name}\``).join(', ')}.`}`,
  'needs-top-level': () =>
    'This has to be created once, not in every frame: call it at the top level, and use the result in the frame.',
  'no-default-export': (written: string | null, isFunction: boolean) => {
    if (!written)
      return 'No sound yet: add `export default (t) => …`, a function called once per frame that returns a number or [left, right].';
    return isFunction
      ? `No sound yet: write \`export default\` in front of \`${written}\` to play it.`
      : `No sound yet: add the line \`export default ${written}\` to play this function.`;
  },
  'second-default-export': () => 'A patch has one default export: remove this one or the other.',
  'default-export-not-function': (type: string) =>
    `The default export is ${type}; it must be a function that returns a number or [left, right].`,
  'default-export-result': (type: string) =>
    `The default export returns ${type}; it must return a number (both channels) or [left, right].`,
  'unknown-member': (what: string, type: string, name: string, suggestion: string | null, known: readonly string[]) =>
    `${what} is ${type} and has no \`${name}\`.${guess(suggestion)}${!suggestion && known.length > 0 ? ` It has: ${list(known)}.` : ''}`,
  'unknown-builtin': (namespace: string, name: string, suggestion: string | null) =>
    `\`${namespace}.${name}\` does not exist.${guess(suggestion && `${namespace}.${suggestion}`)}`,
  'only-strings': (what: string, kinds: string, name: string, advice: string) =>
    `${what} is ${kinds}, and only strings have \`${name}\`: ${advice}.`,
  'not-callable': (what: string, type: string, goesOn: boolean, hides = false) =>
    `${what} is ${type}, not a function, so it cannot be called.${hides ? ` It hides the ${what} of the library: give your own another name.` : ''}${goesOn ? NEXT_LINE : ''}`,
  'not-indexable': (what: string, type: string, goesOn: boolean) =>
    `${what} is ${type} and has no elements: only arrays and strings can be indexed with [ ].${goesOn ? NEXT_LINE : ''}`,
  'not-iterable': (what: string, type: string) => `${what} is ${type}, but \`for … of\` needs an array or a string.`,
  'not-a-number': (what: string, type: string, example: string | null) =>
    `${what} is ${type}, but a number is needed here${example ? `: call it, as in ${example}` : ''}.`,
  'several-kinds': (what: string, kinds: string, ask: string) =>
    `${what} may be ${kinds} here: check which it is first, as in \`${ask}\`.`,
  'two-kinds': (what: string, first: string, second: string, advice: string) =>
    `${capital(what)} would be ${first} in one case and ${second} in another: ${advice}.`,
  'gives-nan': (why: string) => `${capital(why)}, so the result is not a number (NaN).`,
  'restarts-each-call': (name: string, start: string) =>
    `\`${name}\` starts at ${start} again in every call, so it never gets past its first step: declare it at the top level, or in a function that returns this one.`,
  'missing-argument': (name: string, wanted: string) => `\`${name}\` needs ${wanted}.`,
  'builtin-as-value': (name: string, instead: string) => `\`${name}\` cannot be used as a value: ${instead}.`,
  'method-as-value': (name: string, object: string) =>
    `\`${name}\` is a method, which is not called here: call it, or pass a function that does, as in \`(x) => ${object}.${name}(x)\`.`,
  'assign-to-method': (name: string) =>
    `\`${name}\` is a method of a class and cannot be assigned to: give the member another name, or set a field to a function in the constructor.`,
  'needs-new': (name: string) => `\`${name}\` needs \`new\` in front of it.`,
  'not-a-class': (what: string) =>
    `${what} is an arrow function or a method, which \`new\` cannot call: leave \`new\` out, or write a class.`,
  'spread-needs-array-literal': () =>
    'An array cannot be spread here: pass its elements one by one, as in `f(xs[0], xs[1])`.',
  'string-operation': (what: string) => `${what} needs a string here.`,
  'no-text': (type: string) =>
    `${capital(type)} cannot be printed as text: print one of its elements or members instead.`,
  'impossible-text': (what: string) => `${what} cannot be computed with these arguments.`,
  'escapes-frame': (what: string, where: string) =>
    `${what} is created in every frame and would be kept in ${where}: create it at the top level (or in a factory called there) and change its contents instead.`,
  'grows-per-frame': (what: string) =>
    `${what} would change the length of an array while the patch plays: create it at full length at the top level and write to its elements.`,
  'wrong-argument': (name: string, wanted: string, given: string) =>
    `\`${name}\` needs ${wanted}, but this is ${given}.`,
  'not-spreadable': (what: string, type: string) => `${what} is ${type}, but only arrays can be spread with \`...\`.`,
  'array-of-holes': (name: string) =>
    `\`Array(n)\` has no elements yet, and \`${name}\` skips missing ones: write \`Array(n).fill(0).${name}(…)\` or \`Array.from({ length: n }, …)\`.`,
  'literal-holes': (what: string) =>
    `An element is missing between two commas in this array, and ${what} skips it in JavaScript: write \`undefined\` or a value there.`,
  'sort-needs-order': (name: string) =>
    `Without a function, \`${name}\` compares as text, so 10 comes before 9: write \`${name}((a, b) => a - b)\`.`,
  'constant-depth': () => 'The depth of `flat` must be a literal number, such as 2 or Infinity.',
  'empty-reduce': () =>
    'This reduces an empty array, which has no value to start from: pass an initial value as the second argument.',
  'assign-to-length': () =>
    'The length of an array cannot be assigned: use `push` and `pop`, or `slice` for a shorter copy.',
  'array-gap': () =>
    'This writes past the end of the array and would leave a gap: create it at full length first, as in `Array(n).fill(0)`.',
  'index-past-end': (index: string, value: number, array: string, length: number) =>
    `\`${index}\` is ${value}, \`${array}\` now has ${length} elements: reading past its end gives \`undefined\`. Reset \`${index}\`, or wrap it with \`% ${array}.length\`.`,
  thrown: (message: string) =>
    message === '' ? 'This is thrown, and nothing catches it.' : `This is thrown: “${message}”. Nothing catches it.`,
  'no-such-key': () =>
    'This assigns to a member that the object does not have: give it all its members at the top level.',
  'key-per-frame': () =>
    'This would add a key to an object, a `Map` or a `Set` while the patch plays: give it all its keys at the top level.',
  'outside-array': () => 'This writes outside the array: make the array longer, or write fewer elements.',
  'too-many-versions': (name: string) =>
    `\`${name}\` would need a new version for each of its own results: always pass it arguments of the same type.`,
  'never-returns': (what: string, why: 'recursion' | 'loop') =>
    why === 'recursion'
      ? `${capital(what)} calls itself in every case and never returns: add a case that ends it.`
      : `${capital(what)} never returns: a loop in it never ends.`,
  'too-large': (what: string, limit: string) => `${what} exceeds the limit (${limit}).`,
  'array-length': () => 'An array length must be a whole number from 0 to 2^28.',
  'out-of-memory': (limit: string) =>
    `The top level needs more memory than a patch may use (${limit}): make its arrays smaller, or \`Float32Array\`s.`,
  'too-many-objects': (name: string, limit: number) =>
    `\`${name}\` leads to more than ${limit.toLocaleString('en')} objects and fields, which is more than an edit can carry over: keep numbers in arrays instead.`,
  'no-room': (needed: string) =>
    `The patch needs ${needed} in one piece, more than the audio thread has left: make its arrays smaller.`,
  'too-slow': (part: string) =>
    `The patch takes ${part} of real time: use fewer voices or simpler loops, and it can be played.`,
  'over-budget': (where: string) =>
    `${capital(where)} does more work in each block than there is time for: use fewer voices or simpler loops, or spread the work over more frames.`,
  'endless-loop': (where: string, isCall = false) =>
    isCall
      ? `The work in ${where} did not finish: that, or a loop around it, runs far too many times.`
      : `${capital(where)} did not finish: a loop or a recursion in it runs far too many times.`,
  'per-frame-memory': () =>
    'One frame creates more arrays, objects or closures than fit: create them at the top level.',
  'other-kind': (what: string) => `${what} has another type here, which cannot be used like this.`,
  'undefined-value': (what: string) => `${what} is \`undefined\` here, so it has no members, elements or calls.`,
  'stack-overflow': (where: string) =>
    `${capital(where)} calls itself too deeply: add a case that ends it sooner, or use a loop.`,
  'not-finite': (what: string, value: NonFinite) =>
    value === 'NaN'
      ? `${capital(what)} becomes NaN here (not a number), and so does everything computed from it: look for 0 / 0, the root or logarithm of a negative number, or a value that is \`undefined\`.`
      : `${capital(what)} becomes infinite here, and what is computed from it turns to NaN: look for a division by 0, or for feedback that grows without end.`,
  trap: (where: string, reason: string) => `${where} stopped: ${reason}.`,
  'annotation-mismatch': (name: string, written: string, inferred: string, role: 'value' | 'result') =>
    role === 'value'
      ? `\`${name}\` is declared as ${written} but is ${inferred}.`
      : `\`${name}\` is declared to return ${written} but returns ${inferred}.`,
} as const satisfies Record<string, (...details: never[]) => string>;

export type DiagnosticCode = keyof typeof MESSAGES;

/** The place that a number reaches which is not finite and was made elsewhere. */
export const REACHES_HERE = 'It reaches the sound here.';

/** Most likely mistakes that have a meaning in JavaScript: reported, and played all the same. */
const WARNINGS: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(['gives-nan', 'restarts-each-call']);

/** Another place that belongs to a mistake, and what it has to do with it. */
export type RelatedPlace = NonNullable<Diagnostic['related']>[number];

/** Where a mistake is: a span, with the other places that belong to it. */
export interface Place extends Span {
  readonly related?: readonly RelatedPlace[];
}

/** Creates a diagnostic; the details are the parameters of the message in `MESSAGES`. */
export function diagnose<Code extends DiagnosticCode>(
  { start, end, related = [] }: Place,
  code: Code,
  ...details: Parameters<(typeof MESSAGES)[Code]>
): Diagnostic {
  const message = madeVisible((MESSAGES[code] as (...parts: readonly unknown[]) => string)(...details));
  const severity = WARNINGS.has(code) ? 'warning' : 'error';
  const places = related.length > MAX_RELATED ? related.slice(0, MAX_RELATED) : related;
  const shown = message.length > MAX_MESSAGE_CHARS ? `${message.slice(0, MAX_MESSAGE_CHARS)}…` : message;
  const fix = obviousFix(code, { start, end, related }, details);
  const more = { ...(places.length > 0 && { related: places }), ...(fix && { fix }) };
  return { severity, code, message: shown, span: { start, end }, ...more };
}

/** Says that a mistake is inside a function of the standard library, if one is named: the place is its call. */
export function withinLibrary(diagnostic: Diagnostic, name: string | null | undefined): Diagnostic {
  if (name === null || name === undefined) return diagnostic;
  // The text of the library is not there to be put right.
  const { fix: _, ...told } = diagnostic;
  return {
    ...told,
    message: `${diagnostic.message} This is inside \`${name}\` of the library, which is called here.`,
  };
}

/** Other places that are told of one mistake. */
export const MAX_RELATED = 20;
/** Names in a message can be as long as the text. */
const MAX_MESSAGE_CHARS = 1000;
/** Mistakes that one pass keeps; of these the page gets the first. */
const MAX_KEPT = 1000;
/** Mistakes of a text that anybody is told of. */
export const MAX_DIAGNOSTICS = 200;

/** What a pass found, up to a number of mistakes: a text can have one for every second character. */
export class DiagnosticList {
  private list: Diagnostic[] = [];
  private readonly counts = { error: 0, warning: 0 };

  get isFull(): boolean {
    return this.counts.error >= MAX_KEPT;
  }

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  add(diagnostic: Diagnostic): void {
    // Warnings must not keep errors from being told.
    if (this.counts[diagnostic.severity]++ < MAX_KEPT) this.list.push(diagnostic);
  }

  get kept(): readonly Diagnostic[] {
    return this.list;
  }

  forgetWarnings(): void {
    this.list = this.list.filter(({ severity }) => severity === 'error');
    this.counts.warning = 0;
  }
}

/** The first mistakes, with one that says how many are missing. Errors come before warnings where not all are told. */
export function firstOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MAX_DIAGNOSTICS) return diagnostics;
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  const errors = diagnostics.filter(isError).slice(0, MAX_DIAGNOSTICS);
  const warnings = diagnostics.filter((one) => !isError(one)).slice(0, MAX_DIAGNOSTICS - errors.length);
  const shown = new Set([...errors, ...warnings]);
  const kept = diagnostics.filter((one) => shown.has(one));
  // What a pass has given up to count is not known.
  const missing = diagnostics.length < MAX_KEPT ? diagnostics.length - kept.length : null;
  const note = diagnose(kept.at(-1)!.span, 'more-mistakes', missing);
  return [...kept, { ...note, severity: errors.length > 0 ? 'error' : 'warning' }];
}

/** Type inference for strings: their members, and strings known at compile time. */

import { refusal } from '../../language/refusals.ts';
import type { Expression } from '../ast.ts';
import { FOLDED_METHODS } from '../resolve/texts.ts';
import type { Analysis } from './analysis.ts';
import { callLibrary } from './calls.ts';
import { nameSpan, reportNoParts } from './parts.ts';
import { mayMakeText, reportKept } from './textMaking.ts';
import {
  BOOLEAN,
  describeType,
  isUnknown,
  NOTHING,
  NUMBER,
  objectOf,
  PER_FRAME,
  partId,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';

type MethodCall = Expression & { readonly kind: 'method' };

const RESULTS: Readonly<Record<string, number>> = {
  charCodeAt: NUMBER,
  indexOf: NUMBER,
  includes: BOOLEAN,
  charAt: STRING,
  at: STRING | UNDEFINED,
};

/** Functions of src/library/texts.ts that cut strings, by method. */
const CUTS: Readonly<Record<string, string>> = {
  slice: 'textSlice',
  substring: 'textSubstring',
  substr: 'textSubstr',
  trim: 'textTrim',
  trimStart: 'textTrimStart',
  trimEnd: 'textTrimEnd',
  split: 'textSplit',
};

/** Functions that search for a string in another. */
const SEARCHES: Readonly<Record<string, string>> = {
  startsWith: 'textStartsWith',
  endsWith: 'textEndsWith',
  lastIndexOf: 'textLastIndexOf',
};

/** Functions of src/library/textMaking.ts that make a new string. */
const MAKES: Readonly<Record<string, string>> = {
  repeat: 'textRepeat',
  padStart: 'textPadStart',
  padEnd: 'textPadEnd',
  toUpperCase: 'textToUpperCase',
  toLowerCase: 'textToLowerCase',
  replace: 'textReplace',
  replaceAll: 'textReplaceAll',
};

/** Functions that ask something of a text, with whatever is given. */
const ASKS: Readonly<Record<string, string>> = {
  indexOf: 'textIndexOf',
  includes: 'textIncludes',
  startsWith: 'textStartsWithAt',
  endsWith: 'textEndsWithAt',
  lastIndexOf: 'textLastIndexOfAt',
};

/** All that a string has; those in FOLDED_METHODS are computed ahead where all is known. */
export const TEXT_METHODS: readonly string[] = [
  ...FOLDED_METHODS,
  'codePointAt',
  'replace',
  'replaceAll',
  'trimStart',
  'trimEnd',
  'toString',
];

export function evaluateTextMethod(analysis: Analysis, expression: MethodCall, args: readonly Type[]): Type {
  const { name, id, span } = expression;
  const result = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined;
  const isPlain = !(name === 'indexOf' || name === 'includes') || (args.length === 1 && isText(args[0]!));
  if (result !== undefined && isPlain) return primitive(result);
  if (args.includes(NOTHING)) return NOTHING;
  if (args.some(isUnknown)) return analysis.mistaken;
  const place = nameSpan(analysis, expression);
  const text = primitive(STRING);
  if (name === 'codePointAt') return callLibrary(analysis, 'textCodePoint', [text, ...args.slice(0, 1)], id, span);
  if (name === 'toString') return text;
  if (name === 'concat') return evaluateConcat(analysis, expression, args);
  if (Object.hasOwn(MAKES, name)) return evaluateMaking(analysis, expression, args);
  if (Object.hasOwn(SEARCHES, name) && args.length === 1 && (args[0]!.mask & ~UNDEFINED) === STRING) {
    return callLibrary(analysis, SEARCHES[name]!, [text, ...args], id, span);
  }
  if (Object.hasOwn(ASKS, name) && args.length > 0) {
    return callLibrary(analysis, ASKS[name]!, [text, ...args.slice(0, 2)], id, span);
  }
  if (Object.hasOwn(CUTS, name)) {
    if (isCharacters(expression)) return callLibrary(analysis, 'textCharacters', [text], id, span);
    if (name === 'split' && args.length === 2) {
      const [separator, limit] = args as [Type, Type];
      if (canCut(analysis, expression) && (separator.mask & ~UNDEFINED) === STRING && !objectOf(limit)) {
        return callLibrary(analysis, 'textSplitUpTo', [text, separator, limit], id, span);
      }
    }
    if (name === 'split' && args.length === 0)
      return callLibrary(analysis, 'textSplit', [text, primitive(UNDEFINED)], id, span);
    const isPossible = name !== 'split' || (args.length === 1 && (args[0]!.mask & ~UNDEFINED) === STRING);
    if (!isPossible || args.some((type) => objectOf(type))) {
      analysis.report(place, 'string-operation', `\`${name}\``);
      return analysis.mistaken;
    }
    if (canCut(analysis, expression)) return callLibrary(analysis, CUTS[name]!, [text, ...args.slice(0, 2)], id, span);
  }
  if (Object.hasOwn(CUTS, name)) analysis.report(place, 'refused', ...refusal('textCut'));
  else if (FOLDED_METHODS.has(name)) analysis.report(place, 'string-operation', `\`${name}\``);
  else reportNoParts(analysis, text, expression);
  return analysis.mistaken;
}

const isText = (type: Type): boolean => !objectOf(type) && (type.mask & ~UNDEFINED) === STRING;

/** A method that makes a string of another. */
function evaluateMaking(analysis: Analysis, expression: MethodCall, args: readonly Type[]): Type {
  const { name, id, span } = expression;
  if (!mayMakeText(analysis, expression)) return reportKept(analysis, span);
  const given = [...args];
  const [first] = expression.args;
  if (name === 'repeat' && first?.value.kind === 'number' && first.value.value < 0) {
    analysis.report(first.value.span, 'impossible-text', `\`${name}\``);
    return analysis.mistaken;
  }
  if (name.startsWith('replace')) while (given.length < 2) given.push(primitive(UNDEFINED));
  const filler = name.startsWith('pad') ? given[1] : undefined;
  if (filler && !isText(filler)) {
    analysis.report(expression.args[1]!.value.span, 'wrong-argument', name, 'a string', describeType(filler));
    return analysis.mistaken;
  }
  return callLibrary(analysis, MAKES[name]!, [primitive(STRING), ...given.slice(0, 2)], id, span);
}

/** `text.concat(a, b)`: one call for each. */
function evaluateConcat(analysis: Analysis, expression: MethodCall, args: readonly Type[]): Type {
  const { id, span } = expression;
  if (!mayMakeText(analysis, expression)) return reportKept(analysis, span);
  args.forEach((type, position) => {
    callLibrary(analysis, 'textAdd', [primitive(STRING), type], partId(id, position), span);
  });
  return primitive(STRING);
}

/** `text.split('')`, whose parts are single characters. */
const isCharacters = ({ name, args }: MethodCall): boolean =>
  name === 'split' && args.length === 1 && args[0]!.value.kind === 'string' && args[0]!.value.value === '';

/** A part that a frame cuts is gone when the frame ends, so it must not be kept; single characters may. */
function canCut(analysis: Analysis, expression: MethodCall): boolean {
  return analysis.phase !== PER_FRAME || analysis.usedAtOnce.has(expression) || isOneCharacter(expression);
}

function isOneCharacter({ name, args }: MethodCall): boolean {
  const [start, end] = args.map(({ value }) => value);
  if (!start || !end) return false;
  if (name === 'substr') return end.kind === 'number' && end.value <= 1;
  if (name === 'split' || end.kind !== 'binary' || end.operator !== '+' || end.right.kind !== 'number') return false;
  const isSame = start.kind === 'variable' && end.left.kind === 'variable' && start.variable === end.left.variable;
  return isSame && end.right.value === 1;
}

/** Notes that the value of an expression is only used where it is. */
export function noteUse(analysis: Analysis, expression: Expression): void {
  switch (expression.kind) {
    case 'binary':
    case 'builtin':
    case 'assign':
      analysis.usedAtOnce.add(expression);
      return;
    case 'method':
      analysis.usedAtOnce.add(expression);
      // The elements are numbers.
      if (expression.name === 'map' && makesNumbers(expression)) noteUse(analysis, expression.object);
      return;
    case 'index':
      if (expression.object.kind === 'method') analysis.usedAtOnce.add(expression.object);
      return;
    case 'conditional':
      noteUse(analysis, expression.yes);
      noteUse(analysis, expression.no);
      return;
    case 'logical':
      noteUse(analysis, expression.left);
      noteUse(analysis, expression.right);
      return;
    case 'sequence':
      noteUse(analysis, expression.value);
      return;
  }
}

/** Notes what a string method uses: the string itself, and what it searches for. */
export function noteMethodUse(analysis: Analysis, { name, object, args }: MethodCall): void {
  const isOfText = [RESULTS, CUTS, SEARCHES, MAKES].some((methods) => Object.hasOwn(methods, name)) || OTHERS.has(name);
  if (!isOfText) return;
  if (object.kind === 'method' && object.name !== 'split') noteUse(analysis, object);
  for (const { value } of args) noteUse(analysis, value);
}

const OTHERS: ReadonlySet<string> = new Set(['codePointAt', 'concat', 'toString', 'toFixed']);

/** `map` with a function of the language, such as `Number`. */
function makesNumbers({ args }: MethodCall): boolean {
  const [callback] = args;
  return callback?.value.kind === 'closure' && callback.value.node.unit === null;
}

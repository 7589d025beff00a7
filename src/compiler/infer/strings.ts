/** Type inference for strings: their members, and strings known at compile time. */

import { refusal } from '../../language/refusals.ts';
import type { Expression } from '../ast.ts';
import { FOLDED_METHODS } from '../resolve/texts.ts';
import type { Analysis } from './analysis.ts';
import { callLibrary } from './calls.ts';
import { nameSpan, reportNoParts } from './parts.ts';
import {
  BOOLEAN,
  isUnknown,
  NOTHING,
  NUMBER,
  objectOf,
  PER_FRAME,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';

type MethodCall = Expression & { readonly kind: 'method' };

const RESULTS: Readonly<Record<string, number>> = {
  charCodeAt: NUMBER,
  codePointAt: NUMBER,
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
  split: 'textSplit',
};

/** Functions that search for a string in another. */
const SEARCHES: Readonly<Record<string, string>> = {
  startsWith: 'textStartsWith',
  endsWith: 'textEndsWith',
  lastIndexOf: 'textLastIndexOf',
};

/** Methods that would create a string at run time. */
const JOINS: ReadonlySet<string> = new Set('concat repeat padStart padEnd'.split(' '));

export function evaluateTextMethod(analysis: Analysis, expression: MethodCall, args: readonly Type[]): Type {
  const { name, id, span } = expression;
  const result = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined;
  if (result !== undefined) return primitive(result);
  if (args.includes(NOTHING)) return NOTHING;
  if (args.some(isUnknown)) return analysis.mistaken;
  const place = nameSpan(analysis, expression);
  const text = primitive(STRING);
  if (Object.hasOwn(SEARCHES, name) && args.length === 1 && (args[0]!.mask & ~UNDEFINED) === STRING) {
    return callLibrary(analysis, SEARCHES[name]!, [text, ...args], id, span);
  }
  if (Object.hasOwn(CUTS, name)) {
    if (isCharacters(expression)) return callLibrary(analysis, 'textCharacters', [text], id, span);
    const isPossible = name !== 'split' || (args.length === 1 && (args[0]!.mask & ~UNDEFINED) === STRING);
    if (!isPossible || args.some((type) => objectOf(type))) {
      analysis.report(place, 'string-operation', `\`${name}\``);
      return analysis.mistaken;
    }
    if (canCut(analysis, expression)) return callLibrary(analysis, CUTS[name]!, [text, ...args.slice(0, 2)], id, span);
  }
  if (JOINS.has(name)) analysis.report(place, 'refused', ...refusal('textPart'));
  else if (Object.hasOwn(CUTS, name)) analysis.report(place, 'refused', ...refusal('textCut'));
  else if (FOLDED_METHODS.has(name)) analysis.report(place, 'string-operation', `\`${name}\``);
  else reportNoParts(analysis, text, expression);
  return analysis.mistaken;
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
  const isOfText = Object.hasOwn(RESULTS, name) || Object.hasOwn(CUTS, name) || Object.hasOwn(SEARCHES, name);
  if (!isOfText) return;
  if (object.kind === 'method' && object.name !== 'split') noteUse(analysis, object);
  for (const { value } of args) noteUse(analysis, value);
}

/** `map` with a function of the language, such as `Number`. */
function makesNumbers({ args }: MethodCall): boolean {
  const [callback] = args;
  return callback?.value.kind === 'closure' && callback.value.node.unit === null;
}

/**
 * Type inference for texts that are made while the program runs: `+`, `String(…)`, methods of numbers that give texts. Each becomes
 * a call of a function in src/library/textMaking.ts. Where frames run, the text lies in what a frame may use for itself, so it has
 * to be used at once.
 */

import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { evaluateParts, partsOf } from './arrays.ts';
import { callLibrary } from './calls.ts';
import { reportNoParts } from './parts.ts';
import {
  BOOLEAN,
  describeType,
  isUnknown,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  PER_FRAME,
  partId,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';

/** While types are still being found, an operand that is not known yet may turn out to be a text. */
const EARLY_PASSES = 3;

/** `left + right` where that may join texts; `null`: it is arithmetic. */
export function evaluateJoin(analysis: Analysis, left: Type, right: Type, expression: Expression): Type | null {
  const mayBeText = ((left.mask | right.mask) & STRING) !== 0;
  if (!mayBeText) {
    const isLeftOpen = left === NOTHING && !objectOf(right);
    const isOpen = isLeftOpen || (right === NOTHING && !objectOf(left));
    if (!isOpen || analysis.pass > EARLY_PASSES || analysis.isInLibrary) return null;
    analysis.isJoinOpen = true;
    return NOTHING;
  }
  if (isUnknown(left) || isUnknown(right)) return left === NOTHING || right === NOTHING ? NOTHING : analysis.mistaken;
  if (!mayMakeText(analysis, expression)) return reportKept(analysis, expression.span);
  return callLibrary(analysis, 'textAdd', [left, right], expression.id, expression.span);
}

/** Whether a text that is made here is gone before the frame ends. */
export const mayMakeText = (analysis: Analysis, expression: Expression): boolean =>
  analysis.phase !== PER_FRAME || analysis.isInLibrary || analysis.usedAtOnce.has(expression);

export function reportKept(analysis: Analysis, span: Span): Type {
  analysis.report(span, 'refused', ...refusal('textPart'));
  return analysis.mistaken;
}

type Builtin = Expression & { readonly kind: 'builtin' };

/** `String(value)`, `String.fromCharCode(…)`, `String.fromCodePoint(…)`. */
export function evaluateTextBuiltin(analysis: Analysis, expression: Builtin, args: readonly Type[]): Type {
  const { name, id, span } = expression;
  if (args.some(isUnknown)) return NOTHING;
  if (name === 'String') {
    if (args.length === 0 || args[0]!.mask === STRING) return primitive(STRING);
    return mayMakeText(analysis, expression)
      ? callLibrary(analysis, 'textFrom', [args[0]!], id, span)
      : reportKept(analysis, span);
  }
  if (!mayMakeText(analysis, expression)) return reportKept(analysis, span);
  const codes = evaluateParts(analysis, expression, partsOf(expression.args, args));
  const library = name === 'String.fromCharCode' ? 'textOfCodes' : 'textOfPoints';
  return callLibrary(analysis, library, [codes], codesId(id), span);
}

/** The id of the call that makes a text of codes. */
export const codesId = (expressionId: number): number => partId(expressionId, 2 ** 18);

/** Functions with no text, and typed arrays, whose text nobody wants. */
export function requirePrintable(analysis: Analysis, expression: Expression, type: Type): void {
  const object = objectOf(type);
  if (!object || object.kind === 'array' || (object.kind === 'record' && !object.isTuple)) return;
  analysis.report(expression.span, 'no-text', describeType(type));
}

type MethodCall = Expression & { readonly kind: 'method' };

/** Methods of numbers and booleans that give texts; `null`: it has no such method. */
export function evaluateNumberMethod(
  analysis: Analysis,
  expression: MethodCall,
  holder: Type,
  args: readonly Type[],
): Type | null {
  const { name, id, span } = expression;
  const kinds = holder.mask & ~(UNDEFINED | NULL);
  if (objectOf(holder) || kinds === 0 || args.some(isUnknown)) return null;
  const isNumber = (kinds & ~BOOLEAN) === NUMBER || kinds === NUMBER;
  const library = isNumber ? NUMBER_METHODS[name] : undefined;
  if (name !== 'toString' && !(library && kinds === NUMBER)) return null;
  if (!mayMakeText(analysis, expression)) return reportKept(analysis, span);
  const [first] = expression.args;
  const limits = name === 'toFixed' ? [0, 100] : [2, 36];
  if (first?.value.kind === 'number' && (first.value.value < limits[0]! || first.value.value > limits[1]!)) {
    analysis.report(first.value.span, 'impossible-text', `\`${name}\``);
    return analysis.mistaken;
  }
  if (args.length === 0 && name === 'toString') return callLibrary(analysis, 'textFrom', [primitive(kinds)], id, span);
  if (!library || kinds !== NUMBER) {
    reportNoParts(analysis, holder, expression);
    return analysis.mistaken;
  }
  return callLibrary(analysis, library, [primitive(NUMBER), ...args.slice(0, 1)], id, span);
}

const NUMBER_METHODS: Readonly<Record<string, string>> = { toFixed: 'numberToFixed', toString: 'numberToString' };

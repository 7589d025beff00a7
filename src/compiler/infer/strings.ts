/** Strings, run on types: what they have, and what becomes of those that are known while compiling. */

import type { Expression } from '../ast.ts';
import { FOLDED_METHODS } from '../resolve/texts.ts';
import type { Analysis } from './analysis.ts';
import { nameSpan, reportNoParts } from './expressions.ts';
import { BOOLEAN, NUMBER, primitive, STRING, type Type } from './types.ts';

const RESULTS: Readonly<Record<string, number>> = {
  charCodeAt: NUMBER,
  codePointAt: NUMBER,
  indexOf: NUMBER,
  includes: BOOLEAN,
};

/** Methods of strings that work while a patch runs; others only on strings that are known while compiling. */
export const TEXT_METHODS: readonly string[] = [...Object.keys(RESULTS), 'split'];

export function evaluateTextMethod(analysis: Analysis, expression: Expression & { kind: 'method' }): Type {
  const { name } = expression;
  const result = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined;
  if (result !== undefined) return primitive(result);
  if (FOLDED_METHODS.has(name)) analysis.report(nameSpan(analysis, expression), 'string-operation', `\`${name}\``);
  else reportNoParts(analysis, primitive(STRING), expression);
  return analysis.mistaken;
}

/** Strings, run on types: what they have, and what becomes of those that are known while compiling. */

import type { Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { BOOLEAN, NOTHING, NUMBER, primitive, type Type } from './types.ts';

const RESULTS: Readonly<Record<string, number>> = {
  charCodeAt: NUMBER,
  codePointAt: NUMBER,
  indexOf: NUMBER,
  includes: BOOLEAN,
};

/** Methods of strings that work while a patch runs; others only on strings that are known while compiling. */
export const TEXT_METHODS: readonly string[] = [...Object.keys(RESULTS), 'split'];

export function evaluateTextMethod(analysis: Analysis, expression: Expression & { kind: 'method' }): Type {
  const { name, span } = expression;
  const result = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined;
  if (result !== undefined) return primitive(result);
  analysis.report(span, 'string-operation', `\`${name}\``);
  return NOTHING;
}

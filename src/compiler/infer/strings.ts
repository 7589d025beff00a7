/** Strings, run on types: what they have, and what becomes of those that are known while compiling. */

import type { Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { BOOLEAN, NOTHING, NUMBER, primitive, STRING, type Type, UNDEFINED } from './types.ts';

const RESULTS: Readonly<Record<string, number>> = {
  charCodeAt: NUMBER,
  codePointAt: NUMBER,
  indexOf: NUMBER,
  includes: BOOLEAN,
  charAt: STRING,
  at: STRING | UNDEFINED,
};

/** Methods that would make a string of any length. */
const PARTS: ReadonlySet<string> = new Set('slice substring substr concat repeat padStart padEnd'.split(' '));

export function evaluateTextMethod(analysis: Analysis, expression: Expression & { kind: 'method' }): Type {
  const { name, span } = expression;
  const result = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined;
  if (result !== undefined) return primitive(result);
  const instead = 'take single characters, as in `text[i]` and `text.charAt(i)`, or choose from an array of strings.';
  if (PARTS.has(name))
    analysis.report(span, 'refused', `\`${name}\` that makes a string while the patch sounds`, instead);
  else analysis.report(span, 'string-operation', `\`${name}\``);
  return NOTHING;
}

/** Strings, run on types: what they have, and what becomes of those that are known while compiling. */

import { refusal } from '../../language/refusals.ts';
import type { Expression } from '../ast.ts';
import { FOLDED_METHODS } from '../resolve/texts.ts';
import type { Analysis } from './analysis.ts';
import { nameSpan, reportNoParts } from './parts.ts';
import { BOOLEAN, NUMBER, primitive, STRING, type Type, UNDEFINED } from './types.ts';

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
  const { name } = expression;
  const result = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined;
  if (result !== undefined) return primitive(result);
  const place = nameSpan(analysis, expression);
  if (PARTS.has(name)) analysis.report(place, 'refused', ...refusal('textPart'));
  else if (FOLDED_METHODS.has(name)) analysis.report(place, 'string-operation', `\`${name}\``);
  else reportNoParts(analysis, primitive(STRING), expression);
  return analysis.mistaken;
}

/**
 * Numbers for the places of calls of `after`, `at` and `every`, by which what waits is found again after an edit
 * (src/library/dsp/scheduling/events.ts). In: a call. Out: a number that stays the same as long as the function that the
 * call is in has its name, and the function that is to be called is named alike. Pure.
 */

import type * as Babel from '@babel/types';
import type { Variable } from '../ast.ts';
import { fingerprint } from '../shortNames.ts';
import type { Context } from './context.ts';

export interface EventPlace {
  /** Which parameter takes the number. */
  readonly index: number;
  readonly number: number;
}

const PARAMETERS: ReadonlyMap<string, number> = new Map([
  ['after', 3],
  ['at', 3],
  ['every', 2],
]);

/** `null`: not a call of one of them. */
export function eventPlace(
  context: Context,
  callee: Variable,
  [, called]: Babel.CallExpression['arguments'],
): EventPlace | null {
  const index = PARAMETERS.get(callee.name);
  if (index === undefined || !context.isForeign(callee)) return null;
  const { currentFunction: around, unit } = context;
  // The top level is one place, however its statements are cut into units.
  const path = around && around !== unit?.initialiser ? around.path : '';
  const isLiteral = called?.type === 'ArrowFunctionExpression' || called?.type === 'FunctionExpression';
  const name = isLiteral || !called ? '' : context.text.slice(called.start ?? 0, called.end ?? 0);
  return { index, number: Number.parseInt(fingerprint(`${path}|${name}`), 16) };
}

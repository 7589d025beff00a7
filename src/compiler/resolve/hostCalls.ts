/**
 * Calls that name what is outside of the patch: `slider('cutoff', 900)`, `sample('kick')`, `probe(x, 'level')`. In: a call. Out: a
 * call of the function in the module that belongs to that name alone, and a note of what was named and where. Pure.
 */

import type * as Babel from '@babel/types';
import { NAMING_FUNCTIONS, type NamingFunction } from '../../language/hostNames.ts';
import { MAX_CONTROL_NAME, MAX_CONTROLS } from '../../protocol/controls.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import { MAX_SAMPLE_NAME } from '../../protocol/samples.ts';
import type { Argument, Expression } from '../ast.ts';
import type { Context } from './context.ts';
import { reportControlArguments } from './controlArguments.ts';
import { spanOf } from './expressions.ts';
import { peek } from './members.ts';
import { knownText } from './texts.ts';

/** Something outside that a patch names. */
export interface HostCall {
  /** The function: `slider`. */
  readonly by: string;
  readonly what: NamingFunction['what'];
  readonly name: string;
  readonly span: Span;
  /** The arguments behind the name that are plain numbers; null for those that are not. */
  readonly numberSpans: readonly (Span | null)[];
}

/** `null`: the call is none of these. */
export function hostCall(
  context: Context,
  callee: Babel.Identifier,
  span: Span,
  resolveArgs: () => Argument[],
): Expression | null {
  const known = NAMING_FUNCTIONS.get(callee.name);
  if (!known || !context.library?.has(callee.name) || peek(context, callee.name)) return null;
  if (context.brokenNames.has(callee.name)) return null;
  const args = resolveArgs();
  const at = args.slice(0, known.nameIndex + 1).some(({ spread }) => spread) ? undefined : args[known.nameIndex];
  const name = at ? knownText(at.value) : null;
  if (name === null) {
    if (at?.value.kind !== 'broken') context.report(at?.value.span ?? span, 'name-not-given', callee.name);
    return context.broken(span);
  }
  const place = at?.value.span ?? span;
  const longest = known.what === 'sample' ? MAX_SAMPLE_NAME : MAX_CONTROL_NAME;
  if (name.trim() === '' || name.length > longest) {
    context.report(place, 'unusable-name', callee.name, longest);
    return context.broken(span);
  }
  if (known.what === 'control' && reportControlArguments(context, callee.name, args)) return context.broken(span);
  if (!noteCall(context, { by: callee.name, what: known.what, name, span, numberSpans: numbersIn(args) }, place)) {
    return context.broken(span);
  }
  const variable = context.useNamed(callee.name, name);
  if (!variable) return context.broken(span);
  const resolved: Expression = { id: context.freshId(), span: spanOf(callee), kind: 'variable', variable };
  return { id: context.freshId(), span, kind: 'call', callee: resolved, args, optional: false };
}

/** False where that cannot be, which is reported. */
function noteCall(context: Context, call: HostCall, place: Span): boolean {
  // A text of a few hundred KB calls them tens of thousands of times.
  const key = `${call.what} ${call.name}`;
  const first = context.firstHostCalls.get(key);
  if (first && first.by !== call.by && call.what === 'control') {
    const related = [{ span: first.span, message: `Here it is a ${first.by}.` }];
    context.report({ ...place, related }, 'control-kinds', call.name, first.by, call.by);
    return false;
  }
  if (!first) {
    const named = [...context.firstHostCalls.values()].filter(({ what }) => what === call.what);
    if (named.length >= MAX_CONTROLS) {
      context.report(call.span, 'too-large', `The list of ${call.what}s`, `${MAX_CONTROLS} names`);
      return false;
    }
    context.firstHostCalls.set(key, call);
  }
  context.hostCalls.push(call);
  return true;
}

const numbersIn = (args: readonly Argument[]): (Span | null)[] =>
  args.slice(1).map(({ value, spread }) => (value.kind === 'number' && !spread ? value.span : null));

/** Type inference for getters and setters: reads and assignments of a member that are calls. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, Target } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { callMember } from './calls.ts';
import { NOTHING, objectOf, partId, type Type, UNDEFINED, withMask } from './types.ts';

/** The member that holds the function which assignments to a member call. No name in the text is like it. */
export const setterName = (name: string): string => `set ${name}`;

/** The id of the call of a getter that returns the function of a method call. */
export const getterId = (expressionId: number): number => partId(expressionId, 2 ** 18);

type MemberTarget = Target & { readonly kind: 'member' | 'index' };

/** The id of the call of a getter by an assignment that also reads. */
export const getterIdOf = ({ object }: MemberTarget): number => partId(object.id, 2 ** 18 + 1);

/** The id of the call of a setter. */
export const setterIdOf = ({ object }: MemberTarget): number => partId(object.id, 2 ** 18 + 2);

/** What a getter returns; `undefined` for objects that do not have it. */
export function evaluateGetter(analysis: Analysis, holder: Type, getter: Type, callId: number, span: Span): Type {
  if (objectOf(getter)?.kind !== 'function') return NOTHING;
  const site = { kind: 'getter', id: callId, span, args: [] } as const;
  const result = callMember(analysis, holder, getter, [], site);
  return withMask(result, result.mask | (getter.mask & UNDEFINED));
}

interface Assigned {
  readonly target: MemberTarget;
  readonly given: Expression;
}

export function callSetter(
  analysis: Analysis,
  holder: Type,
  setter: Type,
  value: Type,
  { target, given }: Assigned,
): void {
  const args = [{ value: given, spread: false }];
  callMember(analysis, holder, setter, [value], {
    kind: 'getter',
    id: setterIdOf(target),
    span: target.span,
    args,
  });
}
